"""The course of a soak from a tally made by hand: the slots, the bars of response times, lines by window."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from logparse.counting.course import folded, lines_by_window, response_times_of, slots_of
from logparse.values.course import SLOT, Bar, Slot
from logparse.values.schedule import Soak, Span

NOON = datetime(2026, 1, 12, 12, tzinfo=UTC)
MINUTE = 29_470_320
HOUR = Span(NOON, NOON + timedelta(hours=1))


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine with an empty tally, and no lines."""
    with duckdb.connect(config={"threads": 1}) as opened:
        opened.execute("SET TimeZone = 'UTC'")
        opened.execute(
            "CREATE TABLE tally (minute BIGINT, name VARCHAR, detail VARCHAR, bin SMALLINT, count BIGINT, "
            "first TIMESTAMP, last TIMESTAMP, ms HUGEINT, ms_max BIGINT, message VARCHAR, request VARCHAR)"
        )
        opened.execute("CREATE TABLE kept (file INTEGER, minute BIGINT, lines BIGINT)")
        yield opened


def _add(
    connection: duckdb.DuckDBPyConnection, minute: int, name: str, count: int, place: int | None = None, top: int = 0
) -> None:
    row = [MINUTE + minute, name, place, count, top or None, top or None]
    connection.execute("INSERT INTO tally (minute, name, bin, count, ms, ms_max) VALUES (?, ?, ?, ?, ?, ?)", row)


def test_each_quarter_of_an_hour_is_a_slot_also_where_nothing_came(connection: duckdb.DuckDBPyConnection) -> None:
    """A slot holds its first minute and not the one after its last; what lies outside the stretch is in none."""
    for minute, count in ((-1, 1_000), (0, 1), (14, 2), (15, 4), (59, 8), (60, 2_000)):
        _add(connection, minute, "delivery", count)
    _add(connection, 15, "processing", 3)
    _add(connection, 16, "error", 1)
    _add(connection, 16, "reply", 1, top=1_234)
    _add(connection, 17, "fallback_reply", 1, top=99)
    _add(connection, 16, "response_time", 2, place=714)
    slots = slots_of(connection, HOUR)
    assert [(slot.start - NOON) // timedelta(minutes=1) for slot in slots] == [0, 15, 30, 45]
    assert all(slot.end - slot.start == SLOT for slot in slots)
    assert [slot.deliveries for slot in slots] == [3, 4, 0, 8]
    edge = 1.01**715
    assert slots[1] == Slot(NOON + SLOT, NOON + 2 * SLOT, 4, 3, 1, 2, edge, edge, 1_234)
    assert slots[2] == Slot(NOON + 2 * SLOT, NOON + 3 * SLOT)


FOLDED = {
    "nothing at all is no bar": ({}, 10_000, ()),
    "bars end behind the longest": ({0: 3, 692: 4}, 10_000, (Bar(0, 500, 3), Bar(500, 1_000, 4))),
    "the limit is an edge of its own": (
        {690: 1, 760: 2},
        2_500,
        (Bar(0, 500, 0), Bar(500, 1_000, 1), Bar(1_000, 2_000, 2)),
    ),
    "the limit cuts a bar": (
        {775: 5, 790: 7},
        2_500,
        (Bar(0, 500, 0), Bar(500, 1_000, 0), Bar(1_000, 2_000, 0), Bar(2_000, 2_500, 5), Bar(2_500, 3_000, 7)),
    ),
    "the last bar is open": ({1_200: 1}, 10_000, "open"),
}


@pytest.mark.parametrize(("bins", "limit", "bars"), FOLDED.values(), ids=FOLDED)
def test_bins_are_folded_into_a_handful_of_bars(bins: dict[int, int], limit: int, bars: object) -> None:
    """Every reply is in one bar, bars join, and a bin that an edge cuts lies where its middle does."""
    found = folded(bins, limit)
    assert sum(bar.count for bar in found) == sum(bins.values())
    assert [bar.to_ms for bar in found[:-1]] == [bar.from_ms for bar in found[1:]]
    assert found == bars if bars != "open" else found[-1] == Bar(60_000, None, 1)


def test_response_times_are_those_of_the_stretch(connection: duckdb.DuckDBPyConnection) -> None:
    """Replies before and after it are in no bar."""
    for minute in (-1, 0, 59, 60):
        _add(connection, minute, "response_time", 1, place=600)
    assert response_times_of(connection, HOUR, 10_000) == (Bar(0, 500, 2),)


def test_lines_are_told_by_file_and_window(connection: duckdb.DuckDBPyConnection) -> None:
    """Those before the start and after the hour are not."""
    for file, minute, lines in ((0, -1, 9), (0, 0, 1), (0, 239, 2), (0, 240, 4), (1, 479, 8), (1, 480, 16)):
        connection.execute("INSERT INTO kept VALUES (?, ?, ?)", [file, MINUTE + minute, lines])
    assert lines_by_window(connection, Soak(NOON), 8) == {0: {4: 3, 8: 4}, 1: {8: 8}}
