"""The wording of numbers and times for people, the same in every output."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from logparse.values.metrics import Metrics, wilson
from logparse.values.ratings import CheckResult

_MOST_DECIMALS = 6


def number(value: int) -> str:
    """Formats a count with thousands separators."""
    return f"{value:,}"


def plural(count: int, one: str, several: str = "") -> str:
    """Formats a count with its noun: '1 delivery', '1,204 deliveries'."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def percent(value: float | Fraction) -> str:
    """Formats a rate in percent, with as many decimals as needed so that it does not look whole unless it is."""
    return f"{_honest(Fraction(value), 1)} %"


def rate(count: int, of: int) -> str:
    """Formats a rate in percent with its counts, '97.3 % (1,171 of 1,204)', or says that there is none."""
    if of == 0:
        return "no deliveries"
    return f"{percent(Fraction(100 * count, of))} ({count:,} of {of:,})"


def rate_and_interval(count: int, of: int) -> str:
    """Formats a rate with its counts and, if there is one, its 95 % interval."""
    interval = wilson(count, of)
    if interval is None:
        return rate(count, of)
    return f"{rate(count, of)}, 95 % interval {interval[0]:.1f} to {interval[1]:.1f} %"


def seconds(milliseconds: float | Fraction, decimals: int = 2) -> str:
    """Formats milliseconds as seconds: '3.42 s'."""
    return f"{_honest(Fraction(milliseconds) / 1000, decimals)} s"


def milliseconds(value: float | Fraction) -> str:
    """Formats a response time as the protocol has it, followed by seconds: '3512 ms (3.5 s)'.

    Rounds to whole milliseconds, but keeps the decimals that show that it is not a whole second.
    """
    value, decimals = Fraction(value), 0
    while decimals < _MOST_DECIMALS and float(f"{float(value):.{decimals}f}") % 1000 == 0 and value % 1000 != 0:
        decimals += 1
    return f"{float(value):.{decimals}f} ms ({seconds(value, 1)})"


def response_time(metrics: Metrics) -> str:
    """Formats the mean response time: '3512 ms (3.5 s), mean of 8 replies; p95 6.1 s, max 9.8 s'."""
    if not metrics.replies:
        return "no replies"
    details = [f"mean of {plural(metrics.replies, 'reply', 'replies')}"]
    spread = []
    if metrics.response_ms_p95 is not None:
        spread.append(f"p95 {metrics.response_ms_p95 / 1000:.1f} s")
    if metrics.response_ms_max is not None:
        spread.append(f"max {seconds(metrics.response_ms_max, 1)}")
    if spread:
        details.append(", ".join(spread))
    return f"{milliseconds(Fraction(metrics.response_ms_sum, metrics.replies))}, {'; '.join(details)}"


def ratings_so_far(checks: Sequence[CheckResult]) -> str:
    """Sums up people's ratings over all checks: '8 of 9 appropriate (checks 1, 2, 3)'."""
    filled = [check for check in checks if check.rated]
    if not filled:
        return "not rated"
    rated = sum(check.rated for check in filled)
    fine = rated - sum(check.needs_improvement for check in filled)
    numbers = ", ".join(str(check.number) for check in filled)
    return f"{max(fine, 0):,} of {rated:,} appropriate ({'check' if len(filled) == 1 else 'checks'} {numbers})"


def moment(time: datetime) -> str:
    """Formats a time to the minute, in UTC."""
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def exact(time: datetime) -> str:
    """Formats a time in UTC to the second, or to the minute if it is a whole one."""
    time = time.astimezone(UTC)
    return f"{time:%Y-%m-%d %H:%M:%S} UTC" if time.second or time.microsecond else moment(time)


def period(first: datetime, last: datetime) -> str:
    """Formats a span to the minute, in UTC; the second date only if it differs."""
    first, last = first.astimezone(UTC), last.astimezone(UTC)
    if f"{first:%Y-%m-%d %H:%M}" == f"{last:%Y-%m-%d %H:%M}":
        return moment(first)
    end = "%H:%M" if first.date() == last.date() else "%Y-%m-%d %H:%M"
    return f"{first:%Y-%m-%d %H:%M} to {last:{end}} UTC"


def duration(length: timedelta) -> str:
    """Formats a duration, '1 h 05 min', '12 min 2 s', '45 s': to the second, but less than one is never lost."""
    total = length.total_seconds()
    if total < 90:
        return f"{total:g} s"
    hours, rest = divmod(total, 3600)
    minutes, left = divmod(rest, 60)
    tail = f" {left if left < 1 else round(left):g} s" if left else ""
    return f"{int(hours)} h {int(minutes):02d} min{tail}" if hours else f"{int(minutes)} min{tail}"


def hours(amount: float) -> str:
    """Formats a number of hours: '12 h', '3.5 h'."""
    return f"{amount:.1f} h".replace(".0 h", " h")


def _honest(value: Fraction, decimals: int) -> str:
    """Rounds a number to so many decimals, or to more if it would look whole (94.96 as 95.0) and is not.

    Limits are whole numbers: a value that misses its limit must not be shown as the limit.
    """
    while decimals < _MOST_DECIMALS and value.denominator != 1 and float(f"{float(value):.{decimals}f}").is_integer():
        decimals += 1
    return f"{float(value):,.{decimals}f}"
