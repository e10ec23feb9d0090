"""The criteria on rates and on the response time, compared exactly, and the warnings of intervals and windows."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from math import ceil

from logparse.evidence.examine import coverage
from logparse.judging.facts import Facts
from logparse.outcome import Outcome
from logparse.settings.in_force import own_words
from logparse.settings.limits import Limits
from logparse.text.wording import milliseconds, percent, plural, rate, seconds
from logparse.values.criteria import CRITERIA, ERROR_RATE, FALLBACK_REPLIES, RESPONSE_TIME, SEND_FAILURES, SUCCESS_RATE
from logparse.values.criterion import Count, Criterion
from logparse.values.judgement import Judgement, unjudged
from logparse.values.metrics import NORMAL_95, Metrics, wilson

NO_DELIVERY = "no delivery was seen, so there is no rate"
LOOK_AT_ERRORS = "see the kinds of error under Issues Encountered in MONITORING-LOG.md and in the report"


def success_rate(facts: Facts) -> Judgement:
    """Judges whether enough of the deliveries were processed."""
    metrics, limit = facts.metrics, facts.limits.success_rate
    judgement = _rate(facts, SUCCESS_RATE, limit)
    if not metrics.deliveries:
        return judgement
    if _lacks_words(facts):
        return replace(judgement, reason=NEVER_PROCESSED, mend=SET_PROCESSING)
    return _judged_rate(
        judgement,
        met=not _misses_success(metrics, facts.limits),
        proven=judgement.interval is None or judgement.interval[0] >= limit,
        broken=_windows_that(facts, _misses_success),
        advice=f"{plural(metrics.deliveries - metrics.processed, 'delivery was', 'deliveries were')} not processed; "
        f"{LOOK_AT_ERRORS}",
    )


NEVER_PROCESSED = "no processing was ever seen, and event_processing holds the words of another bot than event_delivery"
SET_PROCESSING = "set event_processing in pytest.ini to what the bot logs when it begins to work on a message"


def _lacks_words(facts: Facts) -> bool:
    """Tells whether nothing was processed because only the words of a delivery were set.

    If all words are defaults, or known from earlier soaks, the bot really processed nothing.
    """
    own = own_words(facts.settings)
    half_set = "event_delivery" in own and "event_processing" not in own
    return half_set and not facts.metrics.processed and "processing" not in facts.collected.known_before


def error_rate(facts: Facts) -> Judgement:
    """Judges whether the errors are a small part of the deliveries."""
    metrics, limit = facts.metrics, facts.limits.error_rate
    judgement = _rate(facts, ERROR_RATE, limit)
    if not metrics.deliveries:
        return judgement
    return _judged_rate(
        judgement,
        met=not misses_errors(metrics, facts.limits),
        proven=judgement.interval is None or judgement.interval[1] < limit,
        broken=_windows_that(facts, misses_errors),
        advice=LOOK_AT_ERRORS,
    )


def _rate(facts: Facts, criterion: Criterion, limit: Fraction) -> Judgement:
    """Returns the judgement of a rate before its comparison: NOT JUDGED, with the numbers if there are any."""
    part, base = criterion.share(facts.metrics)
    rule = f"{criterion.side} {percent(float(limit))}"
    reason = f"{rate(part, base)}, limit {rule}{coverage(facts.evidence)}" if base else NO_DELIVERY
    return replace(
        unjudged(criterion),
        reason=reason,
        value=100 * part / base if base else None,
        limit=float(limit),
        count=part,
        of=base,
        interval=wilson(part, base),
        mend="" if base else "collect the logs of a time in which users wrote to the bot, or set event_delivery",
    )


def _judged_rate(judgement: Judgement, *, met: bool, proven: bool, broken: list[int], advice: str) -> Judgement:
    """Judges a compared rate: the limit decides, the interval and the single windows only warn."""
    if not met:
        return replace(judgement, outcome=Outcome.FAIL, reason=f"{judgement.reason}; {advice}")
    warnings = []
    if not proven and judgement.count is not None and judgement.of is not None and judgement.limit is not None:
        warnings.append(_not_proven(judgement.count, judgement.of, Fraction(judgement.limit)))
    if broken:
        warnings.append(_broken_in(broken))
    outcome = Outcome.WARN if warnings else Outcome.PASS
    return replace(judgement, outcome=outcome, reason="; ".join([judgement.reason, *warnings]))


def _broken_in(hours: list[int]) -> str:
    windows = "window of hour" if len(hours) == 1 else "windows of hours"
    return f"broken in the {windows} {', '.join(map(str, hours))}"


def _not_proven(part: int, base: int, limit: Fraction) -> str:
    """Describes how many more deliveries at this rate would put the whole 95 % Wilson interval on the good side.

    The interval inverts the score test, so its edge reaches the limit p0 at n = z² p0 (1 - p0) / (p - p0)².
    """
    share, edge = Fraction(part, base), limit / 100
    if share == edge:
        return "meets the limit, but it cannot be proven at this rate"
    needed = ceil(NORMAL_95**2 * float(edge * (1 - edge) / (share - edge) ** 2)) - base
    return (
        f"meets the limit, not proven: about {plural(max(1, needed), 'more delivery', 'more deliveries')} at this rate"
    )


SET_REPLY = (
    "set event_reply in pytest.ini to what the bot logs when it answered, with the milliseconds that it took; "
    "a bot that logs neither has to learn it"
)
"""The remedy if messages were processed, and no reply was seen."""


def response_time(facts: Facts) -> Judgement:
    """Judges whether the bot answers quickly on average."""
    metrics, limit = facts.metrics, facts.limits.response_seconds
    mean, rule = metrics.response_ms_mean, f"mean under {float(limit):g} s"
    judgement = replace(
        unjudged(RESPONSE_TIME),
        reason="no reply was seen",
        value=None if mean is None else mean / 1000,
        limit=float(limit),
        count=metrics.replies,
        mend=SET_REPLY if metrics.processed else "collect the logs of a time in which the bot answered",
    )
    if mean is None or metrics.response_ms_p95 is None or metrics.response_ms_max is None:
        return judgement
    spread = f"p95 {seconds(metrics.response_ms_p95)}, maximum {seconds(metrics.response_ms_max)}"
    shown = (
        f"mean {milliseconds(mean)} over {plural(metrics.replies, 'reply', 'replies')} "
        f"({spread}), limit {rule}{coverage(facts.evidence)}"
    )
    judgement = replace(judgement, mend="")
    if _misses_time(metrics, facts.limits):
        advice = "look at the AI provider's times and at cold starts"
        return replace(judgement, outcome=Outcome.FAIL, reason=f"{shown}; {advice}")
    warnings = []
    if metrics.slow_replies:
        warnings.append(f"{plural(metrics.slow_replies, 'reply', 'replies')} took over {float(limit):g} s")
    broken = _windows_that(facts, _misses_time)
    if broken:
        warnings.append(_broken_in(broken))
    return replace(judgement, outcome=Outcome.WARN if warnings else Outcome.PASS, reason="; ".join([shown, *warnings]))


def send_failures(facts: Facts) -> Judgement:
    """Judges whether few answers could not be handed to the provider."""
    return _share_of_replies(facts, SEND_FAILURES, facts.limits.send_failures)


def fallback_replies(facts: Facts) -> Judgement:
    """Judges whether few replies were the fallback text."""
    return _share_of_replies(facts, FALLBACK_REPLIES, facts.limits.fallback_replies)


def _share_of_replies(facts: Facts, criterion: Criterion, limit: Fraction) -> Judgement:
    judgement = _rate(facts, criterion, limit)
    part, base = criterion.share(facts.metrics)
    if not base:
        return replace(judgement, reason=f"no reply was seen, so there is no rate; {part:,} counted", mend="")
    outcome = Outcome.WARN if Fraction(100 * part) > limit * base else Outcome.PASS
    reason = f"{rate(part, base)} of the replies, look where over {percent(limit)}"
    return replace(judgement, outcome=outcome, reason=reason)


def broken_limits(window: Metrics, limits: Limits) -> list[str]:
    """Describes the limits that one window breaks by its own numbers; a window alone only warns."""
    broken = []
    if _misses_success(window, limits):
        broken.append(f"success rate {rate(window.processed, window.deliveries)}")
    if misses_errors(window, limits):
        broken.append(f"error rate {rate(window.errors, window.deliveries)}")
    if _misses_time(window, limits):
        broken.append(f"response time {milliseconds(Fraction(window.response_ms_sum, window.replies))}")
    for criterion in CRITERIA:
        if isinstance(criterion.measure, Count):
            found: int = getattr(window, criterion.name)
            if found > getattr(limits, criterion.name):
                broken.append(plural(found, criterion.measure.one))
    return broken


def _misses_success(numbers: Metrics, limits: Limits) -> bool:
    return Fraction(100 * numbers.processed) < limits.success_rate * numbers.deliveries


def misses_errors(numbers: Metrics, limits: Limits) -> bool:
    """Tells whether the errors are too large a part of the deliveries, compared exactly."""
    return numbers.deliveries > 0 and Fraction(100 * numbers.errors) >= limits.error_rate * numbers.deliveries


def _misses_time(numbers: Metrics, limits: Limits) -> bool:
    return numbers.replies > 0 and numbers.response_ms_sum >= 1000 * limits.response_seconds * numbers.replies


def _windows_that(facts: Facts, misses: Callable[[Metrics, Limits], bool]) -> list[int]:
    return [hour for hour, window in facts.windows.items() if misses(window, facts.limits)]
