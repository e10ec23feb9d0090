"""Sentences on what would change a verdict: how much may still go wrong, or what it takes to become READY."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from logparse.judging.budgets import END, allowed, budgets, by_the_end, mean_to_come, needed, used
from logparse.judging.facts import EVIDENCE_FIRST, Facts
from logparse.outcome import Outcome, State
from logparse.text.wording import percent, plural
from logparse.values.criteria import RESPONSE_TIME, criterion_of
from logparse.values.criterion import Count, Share, Side
from logparse.values.judgement import Judgement

RESTART = "mend the bot and begin again: pytest --hour=0 --restart"


@dataclass(frozen=True)
class Standing:
    """The standing of a soak: its judgements, and the facts behind them."""

    facts: Facts
    state: State
    criteria: Sequence[Judgement]

    @property
    def over(self) -> bool:
        """Whether the soak is over."""
        return self.facts.case.hour == END

    def open(self, *outcomes: Outcome) -> list[Judgement]:
        """Returns the required criteria with one of these outcomes."""
        return [judgement for judgement in self.criteria if judgement.required and judgement.outcome in outcomes]


def would_change(standing: Standing) -> tuple[str, ...]:
    """Returns what would change the verdict, a sentence each, the most important first; none at hour 0."""
    if standing.state is State.STARTED:
        return ()
    if standing.state is State.READY:
        return tuple(_of_ready(standing))
    return tuple(_of_failed(standing)) + tuple(_of_unjudged(standing))


def _of_ready(standing: Standing) -> Iterator[str]:
    """Yields how much more may go wrong before READY is lost; after the end, how much more might have."""
    for judgement in standing.criteria:
        if judgement.waived:
            yield f"Without its waiver, {judgement.title.lower()} is {judgement.waived.outcome}."
    metrics, limits = standing.facts.metrics, standing.facts.limits
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
    metrics, limits = standing.facts.metrics, standing.facts.limits
    for judgement in standing.criteria:
        measure = judgement.criterion.measure
        if not isinstance(measure, Share) or not judgement.required or judgement.waived:
            continue
        part, base = judgement.criterion.share(metrics)
        by_end = base if standing.over else by_the_end(base, standing.facts.case.hour)
        left = allowed(judgement.criterion, by_end, limits) - used(judgement.criterion, part, base)
        if left < 0:
            continue
        more = plural(left + 1, f"more {measure.one}", f"more {measure.several}")
        title = judgement.title.lower()
        if standing.over:
            yield f"{more} and the {title} would have been lost."
        else:
            traffic = f"at the present traffic, {plural(by_end, measure.base_one, measure.base)} by then"
            yield f"{more} until hour {END} and the {title} is lost ({traffic})."


def _of_mean(standing: Standing) -> Iterator[str]:
    metrics, limits = standing.facts.metrics, standing.facts.limits
    if not any(one.criterion is RESPONSE_TIME and one.required and not one.waived for one in standing.criteria):
        return
    bound = None if standing.over else mean_to_come(metrics, limits, standing.facts.case.hour)
    if bound is not None:
        yield f"Replies must stay under {_seconds(bound)} on average until hour {END}."
    elif standing.over:
        spare = 1000 * limits.response_seconds - Fraction(metrics.response_ms_sum, metrics.replies)
        yield f"Replies could have taken just under {_seconds(spare)} longer on average."


def _of_counts(standing: Standing) -> Iterator[str]:
    found = budgets([one for one in standing.criteria if one.required and not one.waived], standing.facts.limits)
    counted = [
        (measure.one, budget.left)
        for budget in found
        if isinstance(measure := criterion_of(budget.criterion).measure, Count)
    ]
    none_left = [one for one, left in counted if left == 0]
    lost = "it would have been NOT READY" if standing.over else "it is NOT READY"
    if none_left:
        yield f"A single {_either(none_left)}, and {lost}."
    for one, left in counted:
        if left > 0:
            yield f"{plural(left + 1, f'more {one}')}, and {lost}."


def _of_failed(standing: Standing) -> Iterator[str]:
    """Yields what would turn each failure around, or that nothing can."""
    failed = standing.open(Outcome.FAIL)
    happened = [judgement.title for judgement in failed if not judgement.criterion.mendable]
    for judgement in failed:
        if isinstance(judgement.criterion.measure, Share):
            yield _mended_rate(judgement, judgement.criterion.measure, standing)
        elif judgement.criterion.mendable:
            yield _mended_mean(judgement, standing)
    if happened:
        them, back = ("it has", "it") if len(happened) == 1 else ("they have", "them")
        yield f"{', '.join(happened)}: {them} happened; nothing that comes later takes {back} back."
    if failed and standing.over:
        yield f"The soak is over; {RESTART}."
    elif happened:
        yield f"This soak cannot become READY any more; {RESTART}."


def _mended_mean(judgement: Judgement, standing: Standing) -> str:
    metrics, limits, title = standing.facts.metrics, standing.facts.limits, judgement.title
    bound = None if standing.over else mean_to_come(metrics, limits, standing.facts.case.hour)
    if bound is None:
        over = Fraction(metrics.response_ms_sum, metrics.replies or 1) - 1000 * limits.response_seconds
        return f"{title}: replies had to be over {_seconds(over, up=True)} quicker on average."
    if bound <= 0:
        return f"{title}: at the present traffic no later reply can be quick enough to bring the mean down."
    return f"{title}: replies must stay under {_seconds(bound)} on average until hour {END}."


def _mended_rate(judgement: Judgement, share: Share, standing: Standing) -> str:
    metrics, limits, title = standing.facts.metrics, standing.facts.limits, judgement.title
    at_least = judgement.criterion.side is Side.AT_LEAST
    if standing.over:
        (budget,) = budgets([judgement], limits)
        what = f"{share.base} might fail" if at_least else f"{share.several} were allowed"
        return f"{title}: at most {max(0, budget.allowed):,} {what} at this traffic; it was {budget.used:,}."
    lacking = needed(judgement.criterion, metrics, limits)
    limit = percent(getattr(limits, judgement.name))
    if lacking is None:
        return f"{title}: with a limit of {limit} nothing that comes later makes it good."
    _, base = judgement.criterion.share(metrics)
    to_come = by_the_end(base, standing.facts.case.hour) - base
    next_ones = f"the next {lacking:,} {share.base}" if lacking > 1 else f"the next {share.base_one}"
    how = f"{next_ones} must all be {share.part}" if at_least else f"{next_ones} must bring no {share.one}"
    can = "it can still be met" if lacking <= to_come else "that is too few"
    return f"{title}: {how} to come back to {limit}; about {to_come:,} are to come until hour {END}, so {can}."


def _of_unjudged(standing: Standing) -> Iterator[str]:
    """Yields what would let a criterion be judged; those that only wait for the evidence are skipped beside it."""
    told: set[str] = set()
    for judgement in standing.open(Outcome.NOT_JUDGED):
        mend = judgement.mend or judgement.reason
        if (mend == EVIDENCE_FIRST and told) or mend in told:
            continue
        told.add(mend)
        yield f"{judgement.title} can be judged after this: {mend}."


def _either(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _seconds(milliseconds: Fraction, up: bool = False) -> str:
    """Formats seconds to a tenth, or to a hundredth under one second; never rounded across the limit."""
    unit = 100 if milliseconds >= 1000 else 10
    tenths = -(-milliseconds // unit) if up else milliseconds // unit
    return f"{float(tenths * unit / 1000):.{1 if unit == 100 else 2}f} s"
