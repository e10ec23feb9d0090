"""The timeline of a soak: when records, deliveries and replies came, and the stretches in which they did not."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from logparse.values.schedule import Span, subtract


@dataclass(frozen=True)
class Moment:
    """The events of one kind within one minute: how many, and the exact times of the first and the last."""

    first: datetime
    last: datetime
    count: int = 1


@dataclass(frozen=True)
class Timeline:
    """The moments of a soak, each kind in order of time."""

    records: tuple[Moment, ...] = ()
    deliveries: tuple[Moment, ...] = ()
    replies: tuple[Moment, ...] = ()
    partial: tuple[Moment, ...] = ()


@dataclass(frozen=True)
class Stretch:
    """A stretch of time in which something did not happen, and how many deliveries fell into it."""

    span: Span
    deliveries: int = 0


def gaps(moments: Iterable[Moment], within: Span) -> list[Span]:
    """Returns the spans without any of the moments, in order, from edge to edge of the given span.

    A gap runs from one moment to the next; gaps inside a minute are not seen, which are shorter than any limit.
    """
    found, at = [], within.start
    for moment in moments:
        if moment.first > at:
            found.append(Span(at, moment.first))
        at = max(at, moment.last)
    if at < within.end:
        found.append(Span(at, within.end))
    return found


def holes(timeline: Timeline, within: Span, limit: timedelta, covered: Sequence[Span] = ()) -> tuple[Span, ...]:
    """Returns the spans over the limit in which no file holds any record, and which no manifest covers."""
    unproven = (piece for gap in gaps(timeline.records, within) for piece in subtract(gap, covered))
    return tuple(piece for piece in unproven if piece.length > limit)


def silences(timeline: Timeline, within: Span, quiet: Sequence[Span]) -> list[Span]:
    """Returns the spans without a delivery, except quiet hours: after those, a silence starts anew."""
    return [piece for gap in gaps(timeline.deliveries, within) for piece in subtract(gap, quiet)]


def unanswered(timeline: Timeline, within: Span) -> list[Stretch]:
    """Returns the stretches from the first unanswered delivery to the next reply, or to the end of the span.

    Deliveries in the same minute as the reply at an edge of the stretch count as one there: of such a minute the tally
    only knows the first and the last.
    """
    found = []
    firsts = [moment.first for moment in timeline.deliveries]
    lasts = [moment.last for moment in timeline.deliveries]
    for gap in gaps(timeline.replies, within):
        # A delivery at the very time of a reply was answered by it; at the start of all there is no reply yet.
        after = gap.start if gap.start > within.start else gap.start - timedelta.resolution
        inside = timeline.deliveries[bisect_right(lasts, after) : bisect_left(firsts, gap.end)]
        if inside:
            first = inside[0].first if inside[0].first > after else inside[0].last
            whole = sum(moment.count for moment in inside if moment.first > after and moment.last < gap.end)
            cut = sum(1 for moment in inside if not (moment.first > after and moment.last < gap.end))
            found.append(Stretch(Span(first, gap.end), whole + cut))
    return found
