"""The soak: its start, its checkpoints and their windows, and the quiet hours in which silence is expected."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from logparse.errors import UsageProblem

CHECKPOINTS = (0, 4, 8, 12, 16, 20, 24)
"""The hours at which the soak is judged."""

WINDOW = timedelta(hours=4)
"""The time between two checkpoints."""

SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""The characters of a soak's identity: none that people confuse with another."""

IDENTITY = rf"[{SIGNS}]{{6}}"
"""The identity of a soak, as a regular expression."""

CLOCK_SKEW = timedelta(minutes=5)
"""The largest difference between two clocks; times beyond it are impossible."""


@dataclass(frozen=True, order=True)
class Span:
    """A span of time, ``[start, end)``, both aware and in UTC."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """The length of the span; never negative."""
        return max(self.end - self.start, timedelta(0))

    def overlaps(self, other: "Span") -> bool:
        """Tells whether the two share any time."""
        return self.start < other.end and other.start < self.end

    def clip(self, other: "Span") -> "Span":
        """Returns the part of this span inside the other (empty if there is none)."""
        start = max(self.start, other.start)
        return Span(start, max(start, min(self.end, other.end)))


def subtract(span: Span, removed: Iterable[Span]) -> Iterator[Span]:
    """Yields the parts of a span outside of others, in order, without empty ones."""
    at = span.start
    for gone in sorted(removed):
        if gone.end <= at or gone.start >= span.end:
            continue
        if gone.start > at:
            yield Span(at, gone.start)
        at = max(at, gone.end)
    if at < span.end:
        yield Span(at, span.end)


@dataclass(frozen=True)
class Soak:
    """The 24 hours that are judged, from a start on a whole minute, UTC."""

    start: datetime

    @property
    def span(self) -> Span:
        """The whole soak."""
        return self.judged(CHECKPOINTS[-1])

    def checkpoint(self, hour: int) -> datetime:
        """Returns the time of a checkpoint."""
        return self.start + timedelta(hours=hour)

    def judged(self, hour: int) -> Span:
        """Returns the span that is judged at a checkpoint: from the start to it."""
        return Span(self.start, self.checkpoint(hour))

    def window(self, hour: int) -> Span:
        """Returns the window that ends at a checkpoint; at hour 0 the four hours before the start (the baseline)."""
        return Span(self.checkpoint(hour) - WINDOW, self.checkpoint(hour))

    def due(self, hour: int) -> tuple[int, ...]:
        """Returns the checkpoints whose windows are judged at this one, without hour 0."""
        return tuple(due for due in CHECKPOINTS if 0 < due <= hour)


def draw_identity(choose: Callable[[str], str]) -> str:
    """Draws the identity of a new soak, six characters; ``choose`` picks one of a text at random.

    It distinguishes soaks that begin in the same minute.
    """
    return "".join(choose(SIGNS) for _ in range(6))


class StartSource(StrEnum):
    """The source of the soak's start."""

    OPTION = "--start"
    DOCUMENT = "document"
    CLOCK = "clock"
    FIRST_RECORD = "first record"
    UNKNOWN = "unknown"


def parse_hour(text: str) -> int:
    """Parses the checkpoint in ``--hour``; raises UsageProblem if there is no such checkpoint."""
    if text.strip() in {str(hour) for hour in CHECKPOINTS}:
        return int(text)
    raise UsageProblem(f"--hour={text}: no such checkpoint; use one of {', '.join(map(str, CHECKPOINTS))}, or due")


def parse_moment(text: str, where: str) -> datetime:
    """Parses an ISO 8601 time with a zone to aware UTC; raises UsageProblem, starting with ``where``, if it is none."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageProblem(f"{where}: {text!r} is no ISO 8601 time; write it like 2026-01-12T06:00Z") from None
    if moment.tzinfo is None:
        raise UsageProblem(f"{where}: {text!r} has no time zone; write it like 2026-01-12T06:00Z or ...+07:00")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise UsageProblem(f"{where}: {text!r} is out of range") from None


def parse_start(text: str, where: str) -> datetime:
    """Parses a start like ``parse_moment``; raises UsageProblem also if it is not on a whole minute."""
    start = parse_moment(text, where)
    if start.second or start.microsecond:
        raise UsageProblem(f"{where}: {text!r} has seconds; a soak starts on a whole minute")
    return start


@dataclass(frozen=True)
class QuietHours:
    """The part of each local day in which no deliveries are expected, e.g. 22:00 to 06:00 in Asia/Jakarta."""

    start: time
    end: time
    zone: ZoneInfo

    def spans(self, within: Span) -> tuple[Span, ...]:
        """Returns the quiet spans that touch the given span, in order; local days of 23 or 25 hours are handled."""
        day = within.start.astimezone(self.zone).date() - timedelta(days=1)
        last = within.end.astimezone(self.zone).date()
        found = []
        while day <= last:
            until = day + timedelta(days=1) if self.end <= self.start else day
            quiet = Span(
                datetime.combine(day, self.start, self.zone).astimezone(UTC),
                datetime.combine(until, self.end, self.zone).astimezone(UTC),
            ).clip(within)
            if quiet.length:
                found.append(quiet)
            day += timedelta(days=1)
        return tuple(found)


def minute_of(moment: datetime) -> int:
    """Returns a time as whole minutes since 1970, UTC."""
    return int((moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(minutes=1))
