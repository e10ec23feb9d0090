"""The figures of a criterion for display; every output shows the same ones."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from logparse.outcome import State
from logparse.text.wording import duration, hours, milliseconds, percent, seconds
from logparse.values.criterion import Measure, Side
from logparse.values.judgement import Judgement

COLUMNS = ("Criterion", "Value", "Limit", "Counts", "Interval (95 %)", "Outcome")

MARKS: Mapping[str, str] = MappingProxyType(
    {"PASS": "✓", "WARN": "!", "NOT JUDGED": "–", "FAIL": "✗", "NOT MEASURED": "·"}
)
"""A symbol for each outcome, so that none is told by its colour alone."""

STATE_MARKS = {State.READY: "✓", State.STARTED: "○", State.NOT_JUDGED: "–", State.NOT_READY: "✗"}
"""A symbol for each state of a verdict."""


def value_of(judgement: Judgement) -> str:
    """Formats the value with its unit; a dash if there is none."""
    if judgement.unit == "s" and judgement.value is not None:
        return milliseconds(1000 * judgement.value)
    return _number(judgement.value, judgement.unit)


def limit_of(judgement: Judgement) -> str:
    """Formats the limit with its unit and the side on which the value must be."""
    if judgement.limit is None:
        return "–"
    return f"{judgement.criterion.side} {_number(judgement.limit, judgement.unit)}"


def margin_of(judgement: Judgement) -> str:
    """Formats the distance of the value from its limit: '2.3 points to spare', '3 over'; a dash if there is none."""
    if judgement.value is None or judgement.limit is None:
        return "–"
    least = judgement.criterion.side is Side.AT_LEAST
    spare = judgement.value - judgement.limit if least else judgement.limit - judgement.value
    if judgement.criterion.measure is Measure.WHOLENESS:
        return f"{hours(-spare)} missing" if spare < 0 else "nothing missing"
    if not spare:
        return "at the limit" if judgement.criterion.side is Side.UNDER else "none to spare"
    if judgement.unit == "%":
        amount = f"{_number(abs(spare), judgement.unit).removesuffix(' %')} points"
    else:
        amount = _number(abs(spare), judgement.unit)
    return f"{amount} {'to spare' if spare > 0 else 'short' if least else 'over'}"


def counts_of(judgement: Judgement) -> str:
    """Formats the counts behind the value; a dash if there are none."""
    if judgement.count is None:
        return "–"
    return f"{judgement.count:,}" if judgement.of is None else f"{judgement.count:,} of {judgement.of:,}"


def interval_of(judgement: Judgement) -> str:
    """Formats the 95 % interval of a rate; a dash if there is none."""
    if judgement.interval is None:
        return "–"
    low, high = judgement.interval
    return f"{percent(low)} to {percent(high)}"


def outcome_of(judgement: Judgement) -> str:
    """Formats the outcome with its symbol, and whether a failure was waived."""
    return f"{MARKS[judgement.outcome.value]} {judgement.shown}"


def criterion_row(judgement: Judgement) -> tuple[str, ...]:
    """Returns one row of the table of criteria, in the order of COLUMNS."""
    return (
        judgement.title,
        value_of(judgement),
        limit_of(judgement),
        counts_of(judgement),
        interval_of(judgement),
        outcome_of(judgement),
    )


def _number(number: float | int | None, unit: str) -> str:
    if number is None:
        return "–"
    if unit == "%":
        return percent(number)
    if unit == "s":
        return seconds(1000 * number)
    if unit == "min":
        return duration(timedelta(seconds=round(60 * number)))
    if unit == "h":
        return hours(number)
    return f"{number:,}"
