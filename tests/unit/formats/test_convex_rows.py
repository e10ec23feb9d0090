"""Rows of Convex: seconds outside and milliseconds inside, quoted texts, and lines that come again."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from logparse.formats.convex_rows import CONVEX_ROWS
from tests.builders.counted import Counter

pytestmark = pytest.mark.counts

MS = 1769686939070


def _said(*messages: str, at: int = MS, **changes: object) -> dict[str, object]:
    return {"messages": list(messages), "isTruncated": False, "timestamp": at, "level": "LOG", **changes}


def _run(*lines: object, **changes: object) -> bytes:
    run: dict[str, Any] = {
        "kind": "Completion",
        "udfType": "Action",
        "identifier": "kapso:processARI",
        "logLines": list(lines),
        "timestamp": 1769686941.5,
        "executionTime": 2.9,
        "requestId": "r1",
        "success": None,
        "error": None,
    }
    return json.dumps({**run, **changes}).encode() + b"\n"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param(_said("'[ARI] Done'"), "[ARI] Done", id="a text in quotes"),
        pytest.param(_said("'a'", "1", "{ b: 'c' }"), "a 1 { b: 'c' }", id="several values"),
        pytest.param(_said(r"'it\'s \"x\"\na\\nb'"), 'it\'s "x"\na\\nb', id="what was escaped"),
        pytest.param(_said("undefined"), "undefined", id="no text"),
        pytest.param(_said(), "", id="no value"),
        pytest.param("[WARN] 'old'", "old", id="a line of an older deployment"),
    ],
)
def test_values_are_read_as_they_were_printed(counter: Counter, line: object, message: str) -> None:
    """The quotes and escapes of the console are not the message."""
    (record,) = counter.records(_run(line), CONVEX_ROWS)
    assert (record["line_class"], record["message"], record["request"]) == ("records", message, "r1")


@pytest.mark.parametrize(
    ("row", "records"),
    [
        pytest.param(
            _run(_said("'a'"), _said("'b'", at=MS + 1, level="ERROR", isTruncated=True)),
            [("a", "info", datetime(2026, 1, 29, 11, 42, 19, 70_000), False),
             ("b", "error", datetime(2026, 1, 29, 11, 42, 19, 71_000), True)],
            id="each message at its own time, with its own level",
        ),
        pytest.param(
            _run(error="Uncaught Error: no"),
            [("Uncaught Error: no", "error", datetime(2026, 1, 29, 11, 42, 21, 500_000), False)],
            id="an error of the run",
        ),
        pytest.param(_run(), [("", None, datetime(2026, 1, 29, 11, 42, 21, 500_000), False)], id="nothing printed"),
        pytest.param(
            _run(_said("'a'"), error="Uncaught Error: no"),
            [("a", "info", datetime(2026, 1, 29, 11, 42, 19, 70_000), False),
             ("Uncaught Error: no", "error", datetime(2026, 1, 29, 11, 42, 21, 500_000), False)],
            id="a message and an error",
        ),
    ],
)  # fmt: skip
def test_a_run_becomes_records(counter: Counter, row: bytes, records: list[tuple[object, ...]]) -> None:
    """The outer time is in seconds, the inner ones in ms; an error and an empty run are records too."""
    found = counter.records(row, CONVEX_ROWS)
    assert [(each["message"], each["level"], each["time"], each["truncated"]) for each in found] == records
    assert [each["opens_line"] for each in found] == [True] + [False] * (len(found) - 1)


def test_an_uncaught_error_is_critical(counter: Counter) -> None:
    """A run that ends in an error is one crash, however often its row is fetched."""
    row = _run(_said("'a'"), error="Uncaught Error: no")
    assert counter.count(row, row).metrics.critical_errors == 1


def test_lines_of_progress_count_once(counter: Counter) -> None:
    """A line in several rows of a request counts once; a row that brings nothing new is a duplicate."""
    one, two = _said("'[ARI] Response sent in 5ms'"), _said("'two'", at=MS + 5)
    progress, again = _run(one, kind="Progress", timestamp=1769686940), _run(one, kind="Progress", timestamp=1769686941)
    completion = _run(one, two, two)
    counted = counter.count(progress + again + completion)
    assert counted.metrics.replies == 1
    assert counted.metrics.records == 4 - 1
    assert counted.lines == {"outside_soak": 2, "duplicate": 1}
    apart = counter.count(progress, again + completion)
    assert apart.metrics.records == 3
    assert sum(sum(account.lines.values()) for account in apart.accounts) == 3


@pytest.mark.parametrize(
    "row",
    [
        _run(timestamp="soon"),
        _run(timestamp=10**30),
        _run(_said("'a'"), timestamp=None),
        b'{"kind":"Completion","logLines":{"a":1}}\n',
        b'{"kind":"Completion","logLines":["' + b"[" * 5_000 + b"\n",
    ],
    ids=["text", "huge", "none", "of another type", "torn and deep"],
)
def test_a_row_without_a_time_is_rejected(counter: Counter, row: bytes) -> None:
    """Nothing is made up, and nothing raised."""
    (record,) = counter.records(row, CONVEX_ROWS)
    assert record["line_class"] == "rejected"


@pytest.mark.parametrize("line", [7, None, [], {"messages": 5}, {"messages": [{"a": 1}], "timestamp": "x"}])
def test_a_strange_message_is_a_record_at_the_time_of_its_run(counter: Counter, line: object) -> None:
    """A line that cannot be read is not lost."""
    (record,) = counter.records(_run(line), CONVEX_ROWS)
    assert record["line_class"] == "records"
    assert record["time"] == datetime(2026, 1, 29, 11, 42, 21, 500_000)
