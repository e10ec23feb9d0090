"""Gaps, holes, silences and unanswered stretches, exactly at their edges."""

from datetime import UTC, datetime, timedelta

import pytest

from logparse.values.schedule import Span
from logparse.values.timeline import Moment, Stretch, Timeline, gaps, holes, silences, unanswered

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


def test_no_gap_is_empty() -> None:
    """What comes at the very edges leaves no gap before or after it."""
    assert gaps([at(0), at(24)], DAY) == [DAY]
    assert gaps([at(0, 1)], DAY) == [Span(START + HOUR, DAY.end)]


def test_no_gap_is_seen_between_the_first_and_the_last_of_a_moment() -> None:
    """A gap reaches up to the first, and the next begins at the last."""
    assert gaps([at(1, 2)], DAY) == [Span(START, START + HOUR), Span(START + 2 * HOUR, DAY.end)]
    assert gaps([at(0, 3), at(1, 2)], DAY) == [Span(START + 3 * HOUR, DAY.end)]


def test_a_moment_is_one_of_its_kind_and_a_timeline_is_empty_unless_told() -> None:
    """What nobody counted did not happen."""
    assert Moment(START, START) == Moment(START, START, 1)
    assert Timeline() == Timeline((), (), (), ())
    assert Stretch(DAY) == Stretch(DAY, 0)


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


UNANSWERED = [
    ("a delivery at the very start", [at(0)], [], [(0, 6, 1)]),
    ("a minute of three deliveries after a reply", [at(2, 2.01, 3)], [at(1)], [(2, 6, 3)]),
    ("two minutes with deliveries after a reply", [at(2, 2.01, 3), at(3, 3, 2)], [at(1)], [(2, 6, 5)]),
    ("a reply within a minute of deliveries", [at(0.99, 1.005, 5)], [at(1)], [(0.99, 1, 1), (1.005, 6, 1)]),
    ("a minute that begins with the reply", [at(1, 1.005, 4)], [at(1)], [(1.005, 6, 1)]),
    ("a minute that ends with the reply", [at(2, 2.01, 4)], [at(1), at(2.01)], [(2, 2.01, 1)]),
    ("a minute that ends before the reply", [at(2, 2.005, 4)], [at(1), at(2.01)], [(2, 2.01, 4)]),
    ("a first minute shared with a reply and two more", [at(1, 1.005, 9), at(2, 2, 2)], [at(1)], [(1.005, 6, 3)]),
    ("deliveries that come with the reply alone", [at(1), at(2)], [at(1), at(2)], []),
]
"""Deliveries and replies, and the stretches without an answer: from hour, to hour, deliveries."""


@pytest.mark.parametrize(
    ("deliveries", "replies", "expected"), [row[1:] for row in UNANSWERED], ids=[row[0] for row in UNANSWERED]
)
def test_deliveries_at_the_edges_of_an_unanswered_stretch(
    deliveries: list[Moment], replies: list[Moment], expected: list[tuple[float, float, int]]
) -> None:
    """Of a minute that a reply cuts in two, one delivery is sure on each side; of a whole minute all are."""
    timeline = Timeline(deliveries=tuple(deliveries), replies=tuple(replies))
    found = unanswered(timeline, Span(START, START + 6 * HOUR))
    assert found == [Stretch(Span(START + a * HOUR, START + b * HOUR), count) for a, b, count in expected]
