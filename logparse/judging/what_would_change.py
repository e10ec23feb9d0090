"""What would change a verdict, in sentences: how much may still go wrong, or what it takes to become READY."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from logparse.judging.budgets import (
    END,
    allowed_errors,
    allowed_unprocessed,
    budgets,
    by_the_end,
    deliveries_to_dilute,
    deliveries_to_recover,
    mean_to_come,
)
from logparse.outcome import Outcome, State
from logparse.settings.limits import Limits
from logparse.text.wording import percent, plural
from logparse.values.judgement import Judgement
from logparse.values.metrics import Metrics

RESTART = "mend the bot and begin again: pytest --hour=0 --restart"
_AFTER_EVIDENCE = "mend the evidence first"

MENDABLE = ("success_rate", "error_rate", "response_time")
"""The criteria that what comes later can bring back; of the others a failure stays one."""

SINGLE = {
    "signature_failures": "signature failure",
    "critical_errors": "critical error",
    "delivery_failures": "delivery failure",
}


@dataclass(frozen=True)
class Standing:
    """Where a soak stands at an hour: what was judged, from which numbers, against which limits."""

    hour: int
    state: State
    criteria: Sequence[Judgement]
    metrics: Metrics
    limits: Limits

    @property
    def over(self) -> bool:
        """Whether nothing is to come any more."""
        return self.hour == END

    def open(self, *outcomes: Outcome) -> list[Judgement]:
        """The required criteria with one of these outcomes."""
        return [judgement for judgement in self.criteria if judgement.required and judgement.outcome in outcomes]


def would_change(standing: Standing) -> tuple[str, ...]:
    """What would change the verdict, a sentence each, the weightiest first; none at hour 0."""
    if standing.state is State.STARTED:
        return ()
    if standing.state is State.READY:
        return tuple(_of_ready(standing))
    return tuple(_of_failed(standing)) + tuple(_of_unjudged(standing))


def _of_ready(standing: Standing) -> Iterator[str]:
    """How much more may go wrong before it is lost; after the end, how much more might have."""
    for judgement in standing.criteria:
        if judgement.waived:
            yield f"Without its waiver, {judgement.title.lower()} is {judgement.waived.outcome}."
    metrics, limits = standing.metrics, standing.limits
    if metrics.deliveries:
        yield from _of_rates(standing)
    if metrics.replies:
        yield from _of_mean(standing)
    yield from _of_counts(standing)
    if not standing.over:
        silence, answering = f"{float(limits.silence_minutes):g}", f"{float(limits.answering_minutes):g}"
        several = plural(limits.answering_deliveries, "delivery", "deliveries")
        yield (
            f"Over {silence} minutes without a delivery, or over {answering} minutes with {several} and no reply, "
            "and it is NOT READY."
        )


def _of_rates(standing: Standing) -> Iterator[str]:
    metrics, limits = standing.metrics, standing.limits
    by_end = metrics.deliveries if standing.over else by_the_end(metrics.deliveries, standing.hour)
    unprocessed = max(0, metrics.deliveries - metrics.processed)
    rates = (
        ("success_rate", allowed_unprocessed(by_end, limits) - unprocessed, "failed delivery", "failed deliveries"),
        ("error_rate", allowed_errors(by_end, limits) - metrics.errors, "error", "errors"),
    )
    for name, left, one, several in rates:
        judgement = _named(standing, name)
        if judgement is None or judgement.waived or left < 0:
            continue
        more, title = plural(left + 1, f"more {one}", f"more {several}"), judgement.title.lower()
        if standing.over:
            yield f"{more} and the {title} would have been lost."
        else:
            traffic = f"at the present traffic, {plural(by_end, 'delivery', 'deliveries')} by then"
            yield f"{more} until hour {END} and the {title} is lost ({traffic})."


def _of_mean(standing: Standing) -> Iterator[str]:
    metrics, limits = standing.metrics, standing.limits
    judgement = _named(standing, "response_time")
    if judgement is None or judgement.waived:
        return
    bound = None if standing.over else mean_to_come(metrics, limits, standing.hour)
    if bound is not None:
        yield f"Replies must stay under {_seconds(bound)} on average until hour {END}."
    elif standing.over:
        spare = 1000 * limits.response_seconds - Fraction(metrics.response_ms_sum, metrics.replies)
        yield f"Replies could have taken just under {_seconds(spare)} longer on average."


def _of_counts(standing: Standing) -> Iterator[str]:
    found = budgets([one for one in standing.criteria if one.required and not one.waived], standing.limits)
    counted = [budget for budget in found if budget.criterion in SINGLE]
    none_left = [SINGLE[budget.criterion] for budget in counted if budget.left == 0]
    lost = "it would have been NOT READY" if standing.over else "it is NOT READY"
    if none_left:
        yield f"A single {_either(none_left)}, and {lost}."
    for budget in counted:
        if budget.left > 0:
            yield f"{plural(budget.left + 1, 'more ' + SINGLE[budget.criterion])}, and {lost}."


def _of_failed(standing: Standing) -> Iterator[str]:
    """What would mend each failure, and whether anything can."""
    failed = standing.open(Outcome.FAIL)
    happened = [judgement.title for judgement in failed if judgement.name not in MENDABLE]
    for judgement in failed:
        if judgement.name in MENDABLE:
            yield _mended(judgement, standing)
    if happened:
        them = "it has" if len(happened) == 1 else "they have"
        back = "it" if len(happened) == 1 else "them"
        yield f"{', '.join(happened)}: {them} happened; nothing that comes later takes {back} back."
    if failed and standing.over:
        yield f"The soak is over; {RESTART}."
    elif happened:
        yield f"This soak cannot become READY any more; {RESTART}."


def _mended(judgement: Judgement, standing: Standing) -> str:
    metrics, limits, title = standing.metrics, standing.limits, judgement.title
    if judgement.name in ("success_rate", "error_rate"):
        return _mended_rate(judgement, standing)
    bound = None if standing.over else mean_to_come(metrics, limits, standing.hour)
    if bound is None:
        over = Fraction(metrics.response_ms_sum, metrics.replies or 1) - 1000 * limits.response_seconds
        return f"{title}: replies had to be over {_seconds(over, up=True)} quicker on average."
    if bound <= 0:
        return f"{title}: at the present traffic no later reply can be quick enough to bring the mean down."
    return f"{title}: replies must stay under {_seconds(bound)} on average until hour {END}."


def _mended_rate(judgement: Judgement, standing: Standing) -> str:
    metrics, limits, title = standing.metrics, standing.limits, judgement.title
    success = judgement.name == "success_rate"
    if standing.over:
        (budget,) = budgets([judgement], limits)
        what = "deliveries might fail" if success else "errors were allowed"
        return f"{title}: at most {max(0, budget.allowed):,} {what} at this traffic; it was {budget.used:,}."
    needed = deliveries_to_recover(metrics, limits) if success else deliveries_to_dilute(metrics, limits)
    limit = percent(limits.success_rate if success else limits.error_rate)
    if needed is None:
        return f"{title}: with a limit of {limit} nothing that comes later makes it good."
    to_come = by_the_end(metrics.deliveries, standing.hour) - metrics.deliveries
    next_ones = f"the next {needed:,} deliveries" if needed > 1 else "the next delivery"
    how = f"{next_ones} must all be processed" if success else f"{next_ones} must bring no error"
    can = "it can still be met" if needed <= to_come else "that is too few"
    return f"{title}: {how} to come back to {limit}; about {to_come:,} are to come until hour {END}, so {can}."


def _of_unjudged(standing: Standing) -> Iterator[str]:
    """What would let a criterion be judged; what waits for the evidence alone is not told beside it."""
    told: set[str] = set()
    for judgement in standing.open(Outcome.NOT_JUDGED):
        mend = judgement.mend or judgement.reason
        if (mend == _AFTER_EVIDENCE and told) or mend in told:
            continue
        told.add(mend)
        yield f"{judgement.title} can be judged after this: {mend}."


def _named(standing: Standing, name: str) -> Judgement | None:
    return next((judgement for judgement in standing.criteria if judgement.name == name and judgement.required), None)


def _either(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _seconds(milliseconds: Fraction, up: bool = False) -> str:
    """Seconds to a tenth, or to a hundredth under one second; never to the side on which the limit is broken."""
    unit = 100 if milliseconds >= 1000 else 10
    tenths = -(-milliseconds // unit) if up else milliseconds // unit
    return f"{float(tenths * unit / 1000):.{1 if unit == 100 else 2}f} s"
