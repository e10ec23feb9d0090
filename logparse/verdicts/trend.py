"""The trend: the numbers of a soak compared with those of an earlier one. A change to the worse only warns."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from logparse.outcome import Outcome
from logparse.settings.limits import TrendLimits
from logparse.text.wording import percent, plural, seconds
from logparse.values.criteria import CRITERIA, RESPONSE_TIME
from logparse.values.criterion import Criterion, Share, Side
from logparse.values.metrics import Metrics
from logparse.verdicts.differences import LEAST, Interval, Sample, of_means, of_rates


@dataclass(frozen=True)
class Change:
    """One number before and now, in ``unit``; rates have their counts in ``before_of`` and ``now_of``.

    ``difference`` is now less before (for rates in percentage points), ``interval`` its 95 % interval. The outcome is
    WARN for a change to the worse that is both significant and large, PASS for any other that was compared, and NOT
    MEASURED if the two cannot be, or are not, compared.
    """

    name: str
    title: str
    unit: str
    before: float | None
    now: float | None
    before_of: int
    now_of: int
    outcome: Outcome
    reason: str
    difference: float | None = None
    interval: tuple[float, float] | None = None


@dataclass(frozen=True)
class Trend:
    """The changes since an earlier soak, with its start, title, time of judging and deployments."""

    start: datetime
    title: str
    judged_at: datetime | None
    deployments: tuple[str, ...]
    changes: tuple[Change, ...]

    @property
    def worse(self) -> tuple[Change, ...]:
        """The changes that warn."""
        return tuple(change for change in self.changes if change.outcome is Outcome.WARN)


def changes(now: Metrics, before: Metrics, limits: TrendLimits) -> Iterator[Change]:
    """Yields each number of two soaks, in the order in which they are shown."""
    for criterion in CRITERIA:
        if isinstance(criterion.measure, Share):
            yield _rate(criterion, criterion.share(now), criterion.share(before), limits)
    yield _mean(now, before, limits)
    times = (
        ("response_time_p50", "Response time (median)", now.response_ms_p50, before.response_ms_p50),
        ("response_time_p95", "Response time (p95)", now.response_ms_p95, before.response_ms_p95),
    )
    for name, title, own_time, other_time in times:
        shown = (_seconds(other_time), _seconds(own_time), before.replies, now.replies)
        yield Change(
            name, title, "s", *shown, Outcome.NOT_MEASURED, "shown, not compared: a percentile has no interval"
        )


def _rate(criterion: Criterion, now: tuple[int, int], before: tuple[int, int], limits: TrendLimits) -> Change:
    """Compares a rate before and now, in percentage points; exact at its limit."""
    lower_is_worse = criterion.side is Side.AT_LEAST
    shown = (_percent(before), _percent(now), before[1], now[1])
    change = Change(criterion.name, criterion.title, "%", *shown, Outcome.NOT_MEASURED, "no base in one of them")
    if not now[1] or not before[1]:
        return change
    exact = Fraction(100 * now[0], now[1]) - Fraction(100 * before[0], before[1])
    interval = of_rates(now, before)
    if interval is None:
        return _told(change, exact, None, "not compared: more were counted than there are in the base")
    worse = -exact if lower_is_worse else exact
    away = -interval[1] if lower_is_worse else interval[0]
    what = f"by {float(abs(exact)):.2f} percentage points ({_ends(exact, interval)})"
    bound = f"{float(limits.rate_points):g} points"
    return _judged(
        change, exact, interval, worse, significant=away > 0, large=worse >= limits.rate_points, said=(what, bound)
    )


def _mean(now: Metrics, before: Metrics, limits: TrendLimits) -> Change:
    """Compares the mean response times before and now."""
    own, other = now.response_ms_mean, before.response_ms_mean
    shown = (_seconds(other), _seconds(own), before.replies, now.replies)
    title = f"{RESPONSE_TIME.title} (mean)"
    change = Change(RESPONSE_TIME.name, title, "s", *shown, Outcome.NOT_MEASURED, "no reply in one of them")
    if own is None or other is None:
        return change
    exact = Fraction(now.response_ms_sum, 1000 * now.replies) - Fraction(before.response_ms_sum, 1000 * before.replies)
    if now.response_ms_sd is None or before.response_ms_sd is None:
        return _told(change, exact, None, "not compared: how far the times are spread was not kept")
    samples = Sample(own, now.response_ms_sd, now.replies), Sample(other, before.response_ms_sd, before.replies)
    found = of_means(*samples)
    if found is None:
        return _told(change, exact, None, f"not compared: under {plural(LEAST, 'reply', 'replies')} in one of them")
    interval = found[0] / 1000, found[1] / 1000
    needed = limits.time_percent / 100 * Fraction(before.response_ms_sum, 1000 * before.replies)
    what = f"by {seconds(1000 * abs(exact))} ({_ends(exact, interval)} s)"
    bound = f"{percent(limits.time_percent)} of the earlier mean"
    large = exact > 0 and exact >= needed
    return _judged(change, exact, interval, exact, significant=interval[0] > 0, large=large, said=(what, bound))


def _judged(
    change: Change,
    exact: Fraction,
    interval: Interval,
    worse: Fraction,
    *,
    significant: bool,
    large: bool,
    said: tuple[str, str],
) -> Change:
    """Judges a compared change; ``said`` is its size, and what would be large."""
    what, bound = said
    if worse <= 0:
        chance = ": may be chance" if interval[0] <= 0 <= interval[1] else ""
        return _told(change, exact, interval, f"better {what}{chance}" if worse else "the same", Outcome.PASS)
    if not significant:
        return _told(change, exact, interval, f"worse {what}: may be chance", Outcome.PASS)
    if not large:
        return _told(change, exact, interval, f"worse {what}, which is less than {bound}", Outcome.PASS)
    return _told(change, exact, interval, f"worse {what}, which is {bound} or more", Outcome.WARN)


def _told(
    change: Change, exact: Fraction, interval: Interval | None, reason: str, outcome: Outcome = Outcome.NOT_MEASURED
) -> Change:
    return replace(change, difference=float(exact), interval=interval, reason=reason, outcome=outcome)


def _ends(exact: Fraction, interval: Interval) -> str:
    """Describes the interval of a change whose size is given without its sign."""
    low, high = interval if exact >= 0 else (-interval[1], -interval[0])
    return f"95 % interval {low:.2f} to {high:.2f}"


def _percent(rate: tuple[int, int]) -> float | None:
    return 100 * rate[0] / rate[1] if rate[1] else None


def _seconds(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else milliseconds / 1000
