"""The tally: what each kind of event is counted as, row by row, from events made by hand."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

import duckdb
import pytest

from logparse.counting.codes import CODES, MARKS
from logparse.counting.tally import ADDED, COLUMNS, tally_events

NOON = datetime(2026, 1, 12, 12)
MINUTE = 29_470_320
"""The minute of noon, since 1970."""

_TYPES = {
    "minute": "BIGINT",
    "code": "UTINYINT",
    "marks": "UINTEGER",
    "detail": "VARCHAR",
    "level": "VARCHAR",
    "deployment": "VARCHAR",
    "project": "VARCHAR",
    "request": "VARCHAR",
    "id": "VARCHAR",
    "opens_line": "BOOLEAN",
    "opens_id": "BOOLEAN",
    "on_webhook": "BOOLEAN",
    "status": "INTEGER",
    "time": "TIMESTAMP",
    "ms": "INTEGER",
    "message": "VARCHAR",
}

Row = dict[str, Any]


@dataclass(frozen=True)
class Event:
    """A row of ``events``: a record of no meaning, at noon, unless told otherwise."""

    minute: int | None = MINUTE
    code: int = CODES["other"]
    marks: int = 0
    detail: str | None = None
    level: str | None = None
    deployment: str | None = None
    project: str | None = None
    request: str | None = None
    id: str | None = None
    opens_line: bool = True
    opens_id: bool = True
    on_webhook: bool = False
    status: int | None = None
    time: datetime | None = NOON
    ms: int | None = None
    message: str | None = "some words"


def event(code: str = "other", *marks: str, at: float = 0, **more: Any) -> Event:
    """An event of a code and with marks, so many seconds after noon."""
    time = NOON + timedelta(seconds=at)
    minute = MINUTE + int(at // 60)
    return replace(Event(minute, CODES[code], sum(MARKS[mark] for mark in marks), time=time), **more)


def line(code: str, **more: Any) -> Event:
    """A line that holds no record."""
    return replace(Event(None, CODES[code], time=None), **more)


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine for all tests of this module."""
    with duckdb.connect(config={"threads": 1}) as opened:
        assert [field.name for field in fields(Event)] == list(_TYPES)
        opened.execute(f"CREATE TABLE events ({', '.join(f'{name} {kind}' for name, kind in _TYPES.items())})")
        yield opened


def _tallied(connection: duckdb.DuckDBPyConnection, *events: Event) -> list[Row]:
    """The rows of the tally in order of their names and times, each without what is NULL in it."""
    _count(connection, *events)
    return _rows(connection, "SELECT * EXCLUDE (file) FROM counted ORDER BY name, minute, detail, bin")


def _count(connection: duckdb.DuckDBPyConnection, *events: Event) -> int:
    connection.execute("TRUNCATE events")
    places = ", ".join("?" for _ in _TYPES)
    for one in events:
        connection.execute(f"INSERT INTO events VALUES ({places})", list(asdict(one).values()))
    return tally_events(connection, "", "counted").get(0, 0)


def _rows(connection: duckdb.DuckDBPyConnection, select: str) -> list[Row]:
    found = connection.execute(select).fetchall()
    names = [column[0] for column in connection.description or ()]
    return [{name: value for name, value in zip(names, row, strict=True) if value is not None} for row in found]


def _named(name: str, rows: list[Row]) -> list[Row]:
    """The rows of one name, without it."""
    return [{key: value for key, value in row.items() if key != "name"} for row in rows if row["name"] == name]


def _row(count: int = 1, first: float = 0, last: float | None = None, **more: Any) -> Row:
    """A row of so many events from so many seconds after noon."""
    times = {
        "first": NOON + timedelta(seconds=first),
        "last": NOON + timedelta(seconds=first if last is None else last),
    }
    return {"minute": MINUTE + int(first // 60), "count": count, **times, **more}


def test_a_record_of_no_meaning_is_a_record_and_a_line(connection: duckdb.DuckDBPyConnection) -> None:
    """And nothing else."""
    assert _tallied(connection, event()) == [{"name": "lines", **_row()}, {"name": "records", **_row()}]


def test_no_event_has_no_row(connection: duckdb.DuckDBPyConnection) -> None:
    """An empty log has an empty tally."""
    assert _tallied(connection) == []


def test_a_tally_has_the_columns_that_are_described(connection: duckdb.DuckDBPyConnection) -> None:
    """Of the types that are described, in that order."""
    _count(connection, event("reply", ms=5))
    kept = "DESCRIBE SELECT * EXCLUDE (file) FROM counted"
    columns = connection.execute(f"SELECT column_name, column_type FROM ({kept})").fetchall()
    assert [name for name, _ in columns] == list(COLUMNS)
    assert [kind for name, kind in columns if not COLUMNS[name].startswith(kind)] == []


def test_records_of_one_moment_count_each(connection: duckdb.DuckDBPyConnection) -> None:
    """However alike they are: two rows that say the same are two."""
    rows = _tallied(
        connection,
        event("delivery", "error", "critical_error", detail="e", deployment="d", on_webhook=True, status=200),
        event(
            "delivery", "error", "critical_error", "partial", detail="e", deployment="d", on_webhook=True, status=200
        ),
        event("receipt", "error", "critical_error", detail="e", deployment="d", on_webhook=True, status=200),
        event("receipt", "error", "critical_error", "partial", detail="e", deployment="d", on_webhook=True, status=200),
    )
    assert {row["name"]: row["count"] for row in rows} == {
        "critical_error": 4,
        "delivery": 2,
        "deployment": 4,
        "error": 4,
        "lines": 4,
        "partial": 2,
        "receipt": 2,
        "records": 4,
        "status_told": 4,
    }


TOLD_BY_CODE = [code for code, number in CODES.items() if number < CODES["continuation"]]


@pytest.mark.parametrize("code", TOLD_BY_CODE)
def test_each_event_is_counted_under_its_name(connection: duckdb.DuckDBPyConnection, code: str) -> None:
    """Once a record; the message of a signature failure too, beside its mark, which counts once a request."""
    inside = event(code, at=2, opens_line=False)
    rows = _tallied(connection, event(code, at=1), event(code, at=4), inside, event(code, at=61))
    names = {row["name"] for row in rows} - {"records", "lines"}
    name = {"signature_failure": "signature_message"}.get(code, code)
    assert names == (set() if code == "other" else {name})
    message: Row = {"message": "some words"} if code == "send_failure" else {}
    if names:
        assert _named(name, rows) == [_row(3, 1, 4, **message), _row(1, 61, **message)]
    assert _named("records", rows) == [_row(3, 1, 4), _row(1, 61)]
    assert _named("lines", rows) == [_row(2, 1, 4), _row(1, 61)]


def test_events_of_a_minute_are_told_apart_and_their_records_added(connection: duckdb.DuckDBPyConnection) -> None:
    """Whatever the records of a minute are, together they are its records."""
    deliveries = [event("delivery", at=second) for second in (5, 6)]
    rows = _tallied(connection, *deliveries, event("receipt", at=2), event("receipt", at=9), event("receipt", at=8))
    assert _named("delivery", rows) == [_row(2, 5, 6)]
    assert _named("receipt", rows) == [_row(3, 2, 9)]
    assert _named("records", rows) == _named("lines", rows) == [_row(5, 2, 9)]


def test_response_times_are_summed_and_binned(connection: duckdb.DuckDBPyConnection) -> None:
    """Sum and maximum are exact; each time falls into the bin whose lower edge, a power of 1.01, it has reached."""
    rows = _tallied(
        connection,
        event("reply", at=1, ms=1_000),
        event("reply", at=2, ms=1_000),
        event("reply", "slow_reply", at=3, ms=12_000),
        event("fallback_reply", at=4, ms=0),
        event("reply", at=61, ms=1),
        event("reply", at=62, ms=2),
    )
    assert _named("response_time", rows) == [
        {"minute": MINUTE, "bin": 0, "count": 1},
        {"minute": MINUTE, "bin": 694, "count": 2},
        {"minute": MINUTE, "bin": 943, "count": 1},
        {"minute": MINUTE + 1, "bin": 0, "count": 1},
        {"minute": MINUTE + 1, "bin": 69, "count": 1},
    ]
    assert _named("reply", rows) == [
        _row(3, 1, 3, ms=14_000, ms_max=12_000, message="some words"),
        _row(2, 61, 62, ms=3, ms_max=2),
    ]
    assert _named("fallback_reply", rows) == [_row(1, 4, ms=0, ms_max=0)]
    assert _named("slow_reply", rows) == [_row(1, 3, message="some words")]


@pytest.mark.parametrize("mark", ["slow_reply", "partial", "truncated", "ambiguous", "error"])
def test_each_mark_counts_its_records(connection: duckdb.DuckDBPyConnection, mark: str) -> None:
    """Beside the event that a record is; only what is a failure keeps its words as an example."""
    shown = {"message": "a", "request": "r"} if mark in ("slow_reply", "error") else {}
    rows = _tallied(
        connection,
        event("delivery", mark, at=1, message="a", request="r"),
        event("delivery", mark, at=2, message="b", request="s", opens_line=False),
        event("delivery", at=3),
        event("other", mark, at=4),
    )
    assert _named(mark, rows) == [_row(3, 1, 4, **shown)]
    assert _named("records", rows) == [_row(4, 1, 4)]
    assert {row["name"] for row in rows} == {mark, "delivery", "records", "lines"}


def test_errors_are_counted_by_their_kinds_with_the_first_example(connection: duckdb.DuckDBPyConnection) -> None:
    """The example is the first message of a kind in its minute, with its request, cut."""
    long = "x" * 501
    rows = _tallied(
        connection,
        event("other", "error", at=3, detail="a", message="second", request="r2"),
        event("other", "error", at=2, detail="a", message="first", request="r1"),
        event("delivery", "error", at=1, detail="a", message=long),
        event("other", "error", at=4, detail="b", message="of b"),
        event("other", "error", at=4, detail="b", message="also", opens_line=False),
        event("other", at=4, detail="c"),
    )
    assert _named("error", rows) == [
        _row(3, 1, 3, detail="a", message=long[:-1], request="r1"),
        _row(2, 4, detail="b", message="of b"),
    ]
    assert _named("lines", rows) == [_row(5, 1, 4)]


def test_the_first_example_is_that_of_the_first_record_not_of_the_first_to_end(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """Errors of one kind stand beside different events, and each such group has its own first and last."""
    rows = _tallied(
        connection,
        event("other", "error", at=1, detail="a", message="first", request="r1"),
        event("other", "error", at=9, detail="a", message="last", request="r9"),
        event("delivery", "error", at=2, detail="a", message="second", request="r2"),
    )
    assert _named("error", rows) == [_row(3, 1, 9, detail="a", message="first", request="r1")]


FAILURES = ["critical_error", "signature_failure", "delivery_failure"]


@pytest.mark.parametrize("mark", FAILURES)
def test_a_failed_request_counts_once_however_many_of_its_records_show_it(
    connection: duckdb.DuckDBPyConnection, mark: str
) -> None:
    """In the minute in which it first shows, from its first record that does to its last."""
    rows = _tallied(
        connection,
        event("other", mark, at=65, request="r", message="later"),
        event("other", mark, at=50, request="r", message="first"),
        event("other", mark, at=59, request="r", message="of the same kind"),
        event("delivery", mark, at=55, request="r", message="of another"),
        event("other", mark, at=61, request="r", message="next"),
        event("other", at=1, request="r"),
        event("other", mark, at=70, request="s", message="of s"),
    )
    assert _named(mark, rows) == [
        {**_row(1, 50, 65), "message": "first", "request": "r"},
        {**_row(1, 70), "message": "of s", "request": "s"},
    ]
    assert {row["name"] for row in rows} == {mark, "delivery", "records", "lines"}


@pytest.mark.parametrize("mark", FAILURES)
def test_without_a_request_each_failed_record_counts(connection: duckdb.DuckDBPyConnection, mark: str) -> None:
    """Where nothing says that two records belong together, they are two failures."""
    inside = event("other", mark, at=2, opens_line=False)
    rows = _tallied(connection, event("other", mark, at=3), event("other", mark, at=1), inside, event("other", at=9))
    assert _named(mark, rows) == [_row(3, 1, 3, message="some words")]
    assert {row["name"] for row in rows} == {mark, "records", "lines"}


def test_a_request_counts_under_each_failure_that_it_shows(connection: duckdb.DuckDBPyConnection) -> None:
    """A crash and a wrong signature are two; what else went wrong is no mere delivery failure."""
    rows = _tallied(
        connection,
        event("other", "critical_error", at=1, request="r"),
        event("signature_failure", "signature_failure", at=2, request="r"),
        event("other", "delivery_failure", at=3, request="r"),
        event("other", "delivery_failure", "error", at=4, request="s", detail="e"),
    )
    assert [row["count"] for row in _named("critical_error", rows)] == [1]
    assert [row["count"] for row in _named("signature_failure", rows)] == [1]
    assert [row["request"] for row in _named("delivery_failure", rows)] == ["s"]


def test_an_error_is_no_failure(connection: duckdb.DuckDBPyConnection) -> None:
    """With or without a request, other marks count under their own names alone."""
    rows = _tallied(
        connection,
        event("other", "error", at=1, request="r", detail="e"),
        event("other", "error", "slow_reply", at=1, detail="e"),
    )
    assert {row["name"] for row in rows} == {"error", "slow_reply", "records", "lines"}


@pytest.mark.parametrize(
    ("name", "more", "told", "untold"),
    [
        ("a known status", {"status": 200}, 1, 0),
        ("a crash is a known one", {"status": -1}, 1, 0),
        ("0 is not known", {"status": 0}, 0, 1),
        ("none is not known", {"status": None}, 0, 1),
        ("another path", {"status": 200, "on_webhook": False}, 0, 0),
        ("another path without a status", {"status": None, "on_webhook": False}, 0, 0),
        ("another message of the same row", {"status": 200, "opens_line": False, "opens_id": False, "id": "r"}, 0, 0),
        ("another record of the same line", {"status": 200, "opens_line": False, "id": "i", "request": "r"}, 1, 0),
        ("a record of no line without a status", {"status": 0, "opens_line": False, "id": "i", "request": "r"}, 0, 1),
        ("a row's own first record", {"status": 200, "id": "r", "request": "r"}, 1, 0),
        ("another environment", {"status": 200, "code": CODES["left_out"]}, 0, 0),
        ("another environment without a status", {"status": 0, "code": CODES["left_out"]}, 0, 0),
    ],
)
def test_requests_on_the_webhook_path_are_counted_by_whether_they_tell_a_status(
    connection: duckdb.DuckDBPyConnection, name: str, more: dict[str, Any], told: int, untold: int
) -> None:
    """Each request once, not each of its messages."""
    rows = _tallied(
        connection,
        replace(event(at=1, on_webhook=True), **more),
        replace(event(at=2, on_webhook=True), **more),
        replace(event(at=61, on_webhook=True), **more),
        event(at=3),
    )
    counts = {key: [row["count"] for row in _named(key, rows)] for key in ("status_told", "status_untold")}
    assert counts == {"status_told": [2, 1] * told, "status_untold": [2, 1] * untold}, name


def test_lines_are_counted_by_the_records_that_open_them(connection: duckdb.DuckDBPyConnection) -> None:
    """A line of three records is three records and one line; a record that opens none adds none."""
    rows = _tallied(
        connection,
        event(at=1),
        event(at=2, opens_line=False),
        event("delivery", at=3, opens_line=False),
        event("delivery", at=61, opens_line=False),
    )
    assert [row["count"] for row in _named("records", rows)] == [3, 1]
    assert _named("lines", rows) == [_row(1, 1, 2)]


@pytest.mark.parametrize("code", ["continuation", "blank", "banner", "rejected", "duplicate"])
def test_lines_without_a_record_are_counted_by_their_classes(connection: duckdb.DuckDBPyConnection, code: str) -> None:
    """They have no minute and no time, and are no records."""
    rows = _tallied(connection, line(code), line(code), event(at=1))
    assert _named(code, rows) == [{"count": 2}]
    assert _named("records", rows) == _named("lines", rows) == [_row(1, 1)]
    assert len(rows) == 3


def test_what_a_banner_says_is_kept_also_where_it_shares_a_line(connection: duckdb.DuckDBPyConnection) -> None:
    """Each text is counted; one on the line of an entry counts as no line, and so does what says nothing."""
    rows = _tallied(
        connection,
        line("banner", detail="Fetching"),
        line("banner", detail="Fetching"),
        line("banner", detail="Done", opens_line=False),
        line("blank", opens_line=False),
        event(at=1, detail="no banner", opens_line=False),
    )
    assert _named("banner", rows) == [{"detail": "Done", "count": 0}, {"detail": "Fetching", "count": 2}]
    assert {row["name"] for row in rows} == {"banner", "records"}


def test_deployments_are_counted_by_their_ids(connection: duckdb.DuckDBPyConnection) -> None:
    """Those of this environment."""
    rows = _tallied(
        connection,
        event(at=1, deployment="one"),
        event(at=3, deployment="one"),
        event("delivery", at=2, deployment="one", opens_line=False),
        event("delivery", at=5, deployment="one"),
        event("delivery", at=4, deployment="one"),
        event(at=3, deployment="two"),
        event("left_out", at=4, deployment="preview"),
        event(at=5),
    )
    assert _named("deployment", rows) == [_row(5, 1, 5, detail="one"), _row(1, 3, detail="two")]


@pytest.mark.parametrize(
    ("name", "events", "repeats"),
    [
        ("no ids", [event(), event()], 0),
        ("ids of their own", [event(id="a"), event(id="b")], 0),
        ("one twice", [event(id="a"), event(id="b"), event(id="a", at=61)], 1),
        ("one thrice", [event(id="a"), event(id="a"), event("delivery", id="a")], 2),
        ("two messages of a row", [event(id="a"), event(id="a", opens_line=False, opens_id=False)], 0),
        ("two entries on a line", [event(id="a"), event(id="a", opens_line=False)], 1),
        ("rows without a time", [line("rejected", id="a"), line("rejected", id="a")], 0),
        ("nothing at all", [], 0),
    ],
)
def test_lines_that_repeat_an_id_are_noticed(
    connection: duckdb.DuckDBPyConnection, name: str, events: list[Event], repeats: int
) -> None:
    """Where there are any, the file is to be counted again, each once."""
    assert _count(connection, *events) == repeats, name


def test_tallies_add_up(connection: duckdb.DuckDBPyConnection) -> None:
    """The sum of two tallies of one minute is the tally of both: counts, times and sums, with the first example."""
    early = (
        event("reply", "error", "slow_reply", at=at, ms=ms, detail="e", message=f"{at}", request=f"r{at}")
        for at, ms in ((1, 5), (2, 7))
    )
    late = (
        event("reply", "error", "slow_reply", at=at, ms=ms, detail="e", message=f"{at}", request=f"r{at}")
        for at, ms in ((9, 11), (8, 6), (7, 3))
    )
    more = event("reply", at=70, ms=4)
    one, other = [*early, more], list(late)
    whole = _tallied(connection, *one, *other)
    _count(connection, *other)
    connection.execute("CREATE OR REPLACE TEMP TABLE parts AS FROM counted")
    _count(connection, *one)
    connection.execute("INSERT INTO parts FROM counted")
    assert _rows(connection, f"FROM ({ADDED}) ORDER BY name, minute, detail, bin") == whole
    assert _named("error", whole) == [_row(5, 1, 9, detail="e", message="1", request="r1")]
