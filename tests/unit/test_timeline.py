"""Gaps, holes, silences and unanswered stretches, exactly at their edges."""

from datetime import UTC, datetime, timedelta

from logparse.schedule import Span
from logparse.timeline import Moment, Timeline, gaps, holes, silences, unanswered

START = datetime(2026, 1, 12, tzinfo=UTC)
DAY = Span(START, START + timedelta(hours=24))
HOUR = timedelta(hours=1)


def at(hours: float, last: float | None = None, count: int = 1) -> Moment:
    """A moment at some hours after the start."""
    return Moment(START + hours * HOUR, START + (hours if last is None else last) * HOUR, count)


def test_gaps_reach_from_edge_to_edge() -> None:
    """The time before the first moment and after the last counts as well."""
    found = gaps([at(1), at(3)], DAY)
    assert [(gap.start, gap.end) for gap in found] == [
        (START, START + HOUR),
        (START + HOUR, START + 3 * HOUR),
        (START + 3 * HOUR, DAY.end),
    ]


def test_no_moment_leaves_one_gap() -> None:
    """Without any moment all of the time is one gap."""
    assert gaps([], DAY) == [DAY]


def test_hole_of_exactly_the_limit_is_none() -> None:
    """A stretch of exactly 60 minutes is no hole; a microsecond more is one."""
    records = tuple(at(hour) for hour in range(25))
    assert holes(Timeline(records=records), DAY, HOUR) == ()
    late = Moment(START + HOUR + timedelta.resolution, START + HOUR + timedelta.resolution)
    assert len(holes(Timeline(records=(records[0], late, *records[2:])), DAY, HOUR)) == 1


def test_quiet_hours_are_cut_out_of_a_silence() -> None:
    """A silence stops where quiet hours begin, and starts anew where they end."""
    quiet = [Span(START + 2 * HOUR, START + 8 * HOUR)]
    pieces = silences(Timeline(deliveries=(at(1), at(9))), Span(START, START + 9 * HOUR), quiet)
    assert [piece.length for piece in pieces] == [HOUR, HOUR, HOUR]


def test_unanswered_stretch_begins_with_its_first_delivery() -> None:
    """Quiet time between a reply and the next delivery is no time without an answer."""
    timeline = Timeline(deliveries=(at(1), at(5), at(5.1), at(5.2)), replies=(at(1), at(5.3)))
    stretches = unanswered(timeline, Span(START, START + 6 * HOUR))
    assert [(one.span.start, one.span.end, one.deliveries) for one in stretches] == [
        (START + 5 * HOUR, START + 5.3 * HOUR, 3)
    ]


def test_unanswered_stretch_may_last_to_the_end() -> None:
    """Deliveries after the last reply are unanswered until the end of the time."""
    stretches = unanswered(Timeline(deliveries=(at(1), at(2), at(3))), Span(START, START + 4 * HOUR))
    assert [(one.span.length, one.deliveries) for one in stretches] == [(3 * HOUR, 3)]


def test_delivery_at_the_time_of_its_reply_is_answered() -> None:
    """Rows have one time for a request: its delivery and its reply share it."""
    same = (at(1), at(2), at(3))
    assert unanswered(Timeline(deliveries=same, replies=same), Span(START, START + 3.5 * HOUR)) == []
