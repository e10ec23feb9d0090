"""The steps from a scan to its tally: a few rows in, and the rows after each step."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import duckdb
import pytest

from logparse.counting.codes import CODES, bits
from logparse.counting.tally import TALLY_STEPS
from logparse.formats.sql.steps import statement

NOON = datetime(2026, 1, 12, 12)

_KINDS = {
    **dict.fromkeys(("file", "code", "marks"), "INTEGER"),
    **dict.fromkeys(("minute", "records", "lines", "told", "untold", "fine", "ms", "ms_max"), "BIGINT"),
    **dict.fromkeys(
        ("detail", "deployment", "project", "failed_request", "unknown_level", "message", "request"), "VARCHAR"
    ),
    **dict.fromkeys(("first", "last"), "TIMESTAMP"),
    "times": "INTEGER[]",
}


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine with an empty scan."""
    with duckdb.connect(config={"threads": 1}) as opened:
        opened.execute(f"CREATE TABLE scan ({', '.join(f'{name} {kind}' for name, kind in _KINDS.items())})")
        yield opened


def _scanned(connection: duckdb.DuckDBPyConnection, code: str = "other", *marks: str, **more: Any) -> None:
    """A row of the scan: one record in the first minute, a line of its own, unless told otherwise."""
    counts = {"records": 1, "lines": 1, "told": 0, "untold": 0, "fine": 0}
    values = {"file": 0, "minute": 1, "code": CODES[code], "marks": bits(*marks), "first": NOON, "last": NOON}
    values |= counts | more
    places = ", ".join(f"${name}" for name in values)
    connection.execute(f"INSERT INTO scan ({', '.join(values)}) VALUES ({places})", values)


def _after(connection: duckdb.DuckDBPyConnection, step: str, columns: str) -> list[tuple[Any, ...]]:
    return connection.execute(f"SELECT {columns} FROM ({statement(TALLY_STEPS, step)}) ORDER BY ALL").fetchall()


def test_traced(connection: duckdb.DuckDBPyConnection) -> None:
    """The minutes of tracebacks, up to the last one."""
    _scanned(connection, "other", "traceback", last=NOON + timedelta(seconds=5))
    _scanned(connection, "other", "error", minute=2)
    assert _after(connection, "traced", "minute, latest") == [(1, NOON + timedelta(seconds=5))]


def test_tracebacks(connection: duckdb.DuckDBPyConnection) -> None:
    """Of two tracebacks the one below a logged error was caught."""
    _scanned(connection, "other", "traceback", records=2)
    _scanned(connection, "other", "error", detail="the job failed")
    assert _after(connection, "tracebacks", "minute, count") == [(1, 1)]


def test_failures(connection: duckdb.DuckDBPyConnection) -> None:
    """A request once, with the marks of all its records; what names no request, and tracebacks, by their number."""
    _scanned(connection, "other", "critical_error", failed_request="a")
    _scanned(connection, "other", "redirected", failed_request="a", minute=2)
    _scanned(connection, "other", "signature_failure", records=3)
    _scanned(connection, "other", "traceback", records=2)
    assert _after(connection, "failures", "request, minute, marks, count") == [
        ("a", 1, bits("critical_error", "redirected"), 1),
        (None, 1, bits("critical_error"), 2),
        (None, 1, bits("signature_failure"), 3),
    ]


def test_named(connection: duckdb.DuckDBPyConnection) -> None:
    """A row under each name that it counts as."""
    _scanned(connection, "reply", "slow_reply", times=[7, 7], records=2, ms=14, ms_max=7, deployment="d")
    assert _after(connection, "named", "name, detail, bin, count, ms") == [
        ("deployment", "d", None, 2, None),
        ("lines", None, None, 1, None),
        ("records", None, None, 2, None),
        ("reply", None, None, 2, 14),
        ("response_time", None, 195, 1, None),
        ("response_time", None, 195, 1, None),
        ("slow_reply", None, None, 2, None),
    ]


def test_added(connection: duckdb.DuckDBPyConnection) -> None:
    """Rows of one minute, name, detail and bin are one."""
    _scanned(connection, times=[7, 7])
    _scanned(connection, records=4, last=NOON + timedelta(seconds=5))
    assert _after(connection, "added", "name, bin, count, last") == [
        ("lines", None, 2, NOON + timedelta(seconds=5)),
        ("records", None, 5, NOON + timedelta(seconds=5)),
        ("response_time", 195, 2, None),
    ]
