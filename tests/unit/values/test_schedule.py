"""The soak: its start, its windows, and the quiet hours, also on days of 23 and 25 hours."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from logparse.errors import UsageProblem
from logparse.values.schedule import (
    CHECKPOINTS,
    QuietHours,
    Soak,
    Span,
    StartSource,
    minute_of,
    parse_hour,
    parse_start,
    subtract,
)

NOON = datetime(2026, 1, 12, 12, tzinfo=UTC)


def _span(first: int, last: int) -> Span:
    """A stretch between two minutes after noon."""
    return Span(NOON + timedelta(minutes=first), NOON + timedelta(minutes=last))


@pytest.mark.parametrize("hour", CHECKPOINTS)
def test_every_checkpoint_can_be_asked_for(hour: int) -> None:
    """`--hour` takes just the hours at which the soak is judged."""
    assert parse_hour(f" {hour} ") == hour


@pytest.mark.parametrize("text", ["", "3", "-4", "28", "4.0", "twelve", "04", "\u0664", "4h"])
def test_any_other_hour_is_refused_with_the_ones_there_are(text: str) -> None:
    """A wrong hour is told in one line that names what there is."""
    with pytest.raises(UsageProblem, match=r"^--hour=.*use one of 0, 4, 8, 12, 16, 20, 24, or due$"):
        parse_hour(text)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("2026-01-12T06:00Z", datetime(2026, 1, 12, 6, tzinfo=UTC)),
        (" 2026-01-12 06:00+00:00 ", datetime(2026, 1, 12, 6, tzinfo=UTC)),
        ("2026-01-12T06:30:00+07:00", datetime(2026, 1, 11, 23, 30, tzinfo=UTC)),
    ],
)
def test_a_start_is_read_in_its_zone_and_kept_in_utc(text: str, start: datetime) -> None:
    """Whatever zone a start is written in, the soak knows it in UTC."""
    assert parse_start(text, "--start") == start
    assert parse_start(text, "--start").tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("yesterday", "is no ISO 8601 time"),
        ("", "is no ISO 8601 time"),
        ("2026-01-12T06:00", "has no time zone"),
        ("2026-01-12", "has no time zone"),
        ("2026-01-12T06:00:01Z", "has seconds"),
        ("2026-01-12T06:00:00.5Z", "has seconds"),
        ("0001-01-01T00:00+14:00", "is out of range"),
    ],
)
def test_a_bad_start_is_told_with_its_place(text: str, problem: str) -> None:
    """One line says where the start was written, and what is wrong with it."""
    with pytest.raises(UsageProblem, match=problem) as caught:
        parse_start(text, "--start")
    assert str(caught.value).startswith("--start: ")
    assert "\n" not in str(caught.value)


def test_windows_follow_each_other_and_fill_the_soak() -> None:
    """Each checkpoint adds the four hours before it; together they are the 24 hours."""
    soak = Soak(NOON)
    windows = [soak.window(hour) for hour in soak.due(24)]
    assert [window.length for window in windows] == [timedelta(hours=4)] * 6
    assert [window.end for window in windows[:-1]] == [window.start for window in windows[1:]]
    assert Span(windows[0].start, windows[-1].end) == soak.span == soak.judged(24)


def test_only_reached_windows_are_due() -> None:
    """At hour 12 three windows are judged; at hour 0 none, and its own window lies before the start."""
    soak = Soak(NOON)
    assert (soak.due(12), soak.due(0)) == ((4, 8, 12), ())
    assert soak.window(0).end == soak.start


@pytest.mark.parametrize(
    ("removed", "left"),
    [
        ([], [(0, 60)]),
        ([(0, 60)], []),
        ([(-10, 70)], []),
        ([(10, 20)], [(0, 10), (20, 60)]),
        ([(30, 40), (10, 35)], [(0, 10), (40, 60)]),
        ([(-5, 5), (55, 99)], [(5, 55)]),
        ([(60, 70), (-9, 0)], [(0, 60)]),
        ([(70, 80)], [(0, 60)]),
        ([(-20, -10), (10, 20)], [(0, 10), (20, 60)]),
    ],
)
def test_stretches_are_taken_out_of_a_stretch(removed: list[tuple[int, int]], left: list[tuple[int, int]]) -> None:
    """What is left is in order, without empty pieces, however the removed stretches overlap."""
    assert list(subtract(_span(0, 60), [_span(*span) for span in removed])) == [_span(*span) for span in left]


@pytest.mark.parametrize(
    ("other", "common", "length"),
    [
        ((10, 20), True, 10),
        ((-10, 10), True, 10),
        ((50, 90), True, 10),
        ((60, 90), False, 0),
        ((-30, 0), False, 0),
        ((-30, -10), False, 0),
    ],
)
def test_stretches_share_time_or_not(other: tuple[int, int], common: bool, length: int) -> None:
    """A stretch ends before its last moment: two that only meet share nothing."""
    assert _span(0, 60).overlaps(_span(*other)) is common
    assert _span(*other).clip(_span(0, 60)).length == timedelta(minutes=length)


BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("name", "night", "hours"),
    [
        ("an ordinary night", datetime(2026, 1, 12, tzinfo=BERLIN), 8),
        ("the night that loses an hour", datetime(2026, 3, 28, tzinfo=BERLIN), 7),
        ("the night that gains an hour", datetime(2026, 10, 24, tzinfo=BERLIN), 9),
    ],
)
def test_quiet_hours_follow_the_local_clock(name: str, night: datetime, hours: int) -> None:
    """From 22:00 to 06:00 on the wall is shorter or longer where the clock is changed in between."""
    within = Span(night.replace(hour=12).astimezone(UTC), (night.replace(hour=12) + timedelta(days=1)).astimezone(UTC))
    spans = QuietHours(time(22), time(6), BERLIN).spans(within)
    assert [span.length for span in spans] == [timedelta(hours=hours)], name


@pytest.mark.parametrize(
    ("start", "end", "spans"),
    [
        (time(13), time(14), [(60, 120)]),
        (time(22), time(6), [(600, 1080)]),
        (time(11), time(13), [(0, 60), (1380, 1440)]),
        (time(23, 30), time(0, 30), [(690, 750)]),
    ],
)
def test_quiet_hours_are_cut_at_the_edges_of_the_time(start: time, end: time, spans: list[tuple[int, int]]) -> None:
    """Of each local day's quiet hours only what lies inside the given time counts."""
    found = QuietHours(start, end, ZoneInfo("UTC")).spans(_span(0, 24 * 60))
    assert list(found) == [_span(*span) for span in spans]


@pytest.mark.parametrize(
    ("zone", "quiet", "within", "spans"),
    [
        ("UTC", (time(22), time(6)), (14 * 60, 20 * 60), [(14 * 60, 18 * 60)]),
        ("America/Los_Angeles", (time(20), time(18)), (13 * 60, 20 * 60), [(13 * 60, 14 * 60), (16 * 60, 20 * 60)]),
        ("Pacific/Kiritimati", (time(1), time(5)), (-9 * 60, 0), [(-60, 0)]),
    ],
)
def test_quiet_hours_of_the_local_day_before_and_after_count(
    zone: str, quiet: tuple[time, time], within: tuple[int, int], spans: list[tuple[int, int]]
) -> None:
    """Where the local date is another than in UTC, or the night began the day before, none of it is missed."""
    found = QuietHours(*quiet, ZoneInfo(zone)).spans(_span(*within))
    assert list(found) == [_span(*span) for span in spans]


def test_quiet_hours_are_given_in_utc() -> None:
    """Like all stretches of time."""
    (night,) = QuietHours(time(22), time(6), ZoneInfo("Asia/Jakarta")).spans(_span(0, 24 * 60))
    assert night.start.tzinfo is night.end.tzinfo is UTC


def test_the_source_of_a_start_is_named() -> None:
    """In verdict.json and in the reports."""
    assert [str(source) for source in StartSource] == ["--start", "document", "clock", "first record", "unknown"]


def test_minutes_count_from_1970_and_round_down() -> None:
    """A moment belongs to the minute it lies in, before 1970 too."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    assert [minute_of(epoch + timedelta(seconds=seconds)) for seconds in (-1, 0, 59, 60)] == [-1, 0, 0, 1]
