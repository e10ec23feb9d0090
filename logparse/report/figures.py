"""The figures of a criterion as people read them; every output shows the same ones."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from logparse.text.wording import duration, hours, milliseconds, percent, seconds
from logparse.values.criterion import Measure, Side
from logparse.values.judgement import Judgement

COLUMNS = ("Criterion", "Value", "Limit", "Counts", "Interval (95 %)", "Outcome")

MARKS: Mapping[str, str] = MappingProxyType(
    {"PASS": "✓", "WARN": "!", "NOT JUDGED": "–", "FAIL": "✗", "NOT MEASURED": "·"}
)
"""A sign beside each outcome, so that no outcome is told by its colour alone."""


def value_of(judgement: Judgement) -> str:
    """The value with its unit; a dash where there is none."""
    if judgement.unit == "s" and judgement.value is not None:
        return milliseconds(1000 * judgement.value)
    return _number(judgement.value, judgement.unit)


def limit_of(judgement: Judgement) -> str:
    """The limit with its unit and on which side of it the value must be."""
    if judgement.limit is None:
        return "–"
    return f"{judgement.criterion.side} {_number(judgement.limit, judgement.unit)}"


def margin_of(judgement: Judgement) -> str:
    """How far the value is from its limit: '2.3 points to spare', '3 over'; a dash where there is none."""
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
    """The counts behind the value; a dash where there are none."""
    if judgement.count is None:
        return "–"
    return f"{judgement.count:,}" if judgement.of is None else f"{judgement.count:,} of {judgement.of:,}"


def interval_of(judgement: Judgement) -> str:
    """The 95 % interval of a rate; a dash where there is none."""
    if judgement.interval is None:
        return "–"
    low, high = judgement.interval
    return f"{percent(low)} to {percent(high)}"


def outcome_of(judgement: Judgement) -> str:
    """The outcome with its sign; that of a waived failure says so."""
    return f"{MARKS[judgement.outcome.value]} {judgement.shown}"


def row_of(judgement: Judgement) -> tuple[str, ...]:
    """One row of the table of criteria, in the order of COLUMNS."""
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
