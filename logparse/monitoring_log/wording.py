"""Numbers and times as people read them in the document."""

from datetime import UTC, datetime
from fractions import Fraction

from logparse.metrics import Metrics, wilson

_MOST_DECIMALS = 6


def moment(time: datetime) -> str:
    """A time to the minute, in UTC."""
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def period(first: datetime, last: datetime) -> str:
    """A stretch of time to the minute, in UTC; the second date only where it differs."""
    first, last = first.astimezone(UTC), last.astimezone(UTC)
    if f"{first:%Y-%m-%d %H:%M}" == f"{last:%Y-%m-%d %H:%M}":
        return moment(first)
    end = "%H:%M" if first.date() == last.date() else "%Y-%m-%d %H:%M"
    return f"{first:%Y-%m-%d %H:%M} to {last:{end}} UTC"


def number(value: int) -> str:
    """A count, with its thousands set apart."""
    return f"{value:,}"


def plural(count: int, one: str, several: str = "") -> str:
    """A count and what is counted."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def rate(count: int, of: int) -> str:
    """A rate in percent with its counts, or that there is none."""
    if of == 0:
        return "no deliveries"
    return f"{_honest(Fraction(100 * count, of), 1)} % ({count:,} of {of:,})"


def rate_and_interval(count: int, of: int) -> str:
    """A rate with its counts and its 95 % interval, where there is one."""
    interval = wilson(count, of)
    if interval is None:
        return rate(count, of)
    return f"{rate(count, of)}, 95 % interval {interval[0]:.1f} to {interval[1]:.1f} %"


def response_time(metrics: Metrics) -> str:
    """The mean response time with the number of replies, the 95th percentile and the maximum."""
    if not metrics.replies:
        return "no replies"
    details = [f"mean of {plural(metrics.replies, 'reply', 'replies')}"]
    spread = []
    if metrics.response_ms_p95 is not None:
        spread.append(f"p95 {metrics.response_ms_p95 / 1000:.1f} s")
    if metrics.response_ms_max is not None:
        spread.append(f"max {_honest(Fraction(metrics.response_ms_max, 1000), 1)} s")
    if spread:
        details.append(", ".join(spread))
    mean = Fraction(metrics.response_ms_sum, 1000 * metrics.replies)
    return f"{_honest(mean, 2)} s ({'; '.join(details)})"


def _honest(value: Fraction, decimals: int) -> str:
    """A number rounded to so many decimals; to more, where it would look whole (94.96 as 95.0) and is not.

    Limits are whole numbers: a value that misses its limit must not be shown as the limit.
    """
    while decimals < _MOST_DECIMALS and value.denominator != 1 and float(f"{float(value):.{decimals}f}").is_integer():
        decimals += 1
    return f"{float(value):.{decimals}f}"
