"""The hour that a local clock shows twice: records of one showing may have been read as those of the other."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from logparse.values.schedule import Span, subtract
from logparse.values.timeline import Moment, gaps

_STEP = timedelta(minutes=15)
"""The step of the search: clocks are changed at whole quarters of an hour."""


def read_as_the_other(records: Sequence[Moment], within: Span, zone: ZoneInfo, limit: timedelta) -> tuple[Span, ...]:
    """Returns the parts of a repeated hour without records, because its records were all read as of the other showing.

    ``limit``: the longest gap that does not count. What is missing in both showings is missing.
    """
    found: list[Span] = []
    for first, second in _repeated(within, zone):
        shift = second.start - first.start
        for showing, other, way in ((first, second, -shift), (second, first, shift)):
            if any(showing.start <= moment.first < showing.end for moment in records):
                continue
            inside = [moment for moment in records if other.start <= moment.first < other.end]
            lost = [gap for gap in gaps(inside, other) if gap.length > limit or not inside]
            found += subtract(showing, [Span(gap.start + way, gap.end + way) for gap in lost])
    return tuple(found)


def _repeated(within: Span, zone: ZoneInfo) -> Iterator[tuple[Span, Span]]:
    """Yields both showings of each hour (or less) that the clock of a zone repeats around a span."""
    start = within.start.astimezone(UTC) - timedelta(hours=2)
    at = start.replace(minute=start.minute // 15 * 15, second=0, microsecond=0)
    while at < within.end + timedelta(hours=2):
        back = _offset(at, zone) - _offset(at + _STEP, zone)
        if back > timedelta(0):
            turn = at + _STEP
            yield Span(turn - back, turn), Span(turn, turn + back)
        at += _STEP


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)
