"""Rows of the request logs, written as the command line tool writes them; the tool itself is in test_vercel_cli."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from logparse.collect.vercel.row import NoRow, first_millisecond, from_milliseconds, milliseconds_of, request_id, row_of

WHOLE: dict[str, Any] = {
    "requestId": "r1",
    "timestamp": "2026-01-12T06:00:00.123Z",
    "deploymentId": "d",
    "requestMethod": "POST",
    "requestPath": "/x",
    "statusCode": 200,
    "environment": "production",
    "branch": "main",
    "cache": "MISS",
    "domain": "bot.example.com",
    "events": [{"source": "serverless"}],
    "logs": [{"level": "info", "message": "hello", "messageTruncated": False}],
}


def _log(level: str, message: str) -> dict[str, Any]:
    return {"level": level, "message": message, "messageTruncated": False}


WORST = {
    "none": ([], ("info", "")),
    "the first of equals": ([_log("info", "a"), _log("info", "b")], ("info", "a")),
    "an error among others": ([_log("info", "a"), _log("error", "b"), _log("warning", "c")], ("error", "b")),
    "the fatal one": ([_log("error", "a"), _log("fatal", "b")], ("fatal", "b")),
    "one of a known level before unknown ones": ([_log("debug", "a"), _log("info", "b")], ("info", "b")),
    "one without a level": ([{"message": "a"}], ("info", "a")),
}


@pytest.mark.parametrize(("logs", "worst"), WORST.values(), ids=WORST)
def test_row_tells_the_worst_of_its_messages(logs: list[dict[str, Any]], worst: tuple[str, str]) -> None:
    """Level and message of the row are those of its first worst entry."""
    row = json.loads(row_of({**WHOLE, "logs": logs}, "p").line)
    assert (row["level"], row["message"]) == worst


def test_row_has_the_keys_of_the_tool_in_its_order() -> None:
    """What is missing in the answer is missing in the row, or has the tool's default."""
    bare = row_of({"requestId": "r1", "timestamp": "2026-01-12T06:00:00Z"}, "p").line
    assert bare == (
        '{"id":"r1","timestamp":1768197600000,"deploymentId":"","projectId":"p","level":"info","message":"",'
        '"source":"static","domain":"","requestMethod":"","requestPath":"","responseStatusCode":0,'
        '"environment":"production","logs":[]}'
    )


def test_row_is_one_line_that_survives_utf8() -> None:
    """Signs that end a line elsewhere stay as they are, half of a pair is escaped, nothing else is."""
    line = row_of({**WHOLE, "logs": [_log("info", "\u2028 \x85 \n \ud83d ü 🙂 \x7f")]}, "p").line
    assert "\\n" in line
    assert "\n" not in line
    assert "\\ud83d ü 🙂 \x7f" in line
    assert json.loads(line.encode())["message"] == "\u2028 \x85 \n \ud83d ü 🙂 \x7f"


NO_ROWS: dict[str, Any] = {
    "no object": [],
    "nothing": None,
    "no id": {**WHOLE, "requestId": ""},
    "an id that is a number": {**WHOLE, "requestId": 7},
    "no time": {key: value for key, value in WHOLE.items() if key != "timestamp"},
    "a time that is none": {**WHOLE, "timestamp": "soon"},
    "a time without a zone": {**WHOLE, "timestamp": "2026-01-12T06:00:00"},
    "logs that are none": {**WHOLE, "logs": 3},
}


@pytest.mark.parametrize("answer", NO_ROWS.values(), ids=NO_ROWS)
def test_what_is_no_row_is_refused(answer: Any) -> None:
    """A row that cannot be told from others, or has no time, is not guessed at."""
    with pytest.raises(NoRow):
        row_of(answer, "p")


def test_times_are_whole_milliseconds() -> None:
    """Finer times are cut, as the tool does; the first millisecond of a stretch is not before it."""
    assert milliseconds_of("2026-01-12T06:00:00.1239999Z") == milliseconds_of("2026-01-12T13:00:00.123+07:00")
    assert milliseconds_of(1768197600123) == 1768197600123
    moment = datetime(2026, 1, 12, 6, tzinfo=UTC)
    assert first_millisecond(moment) == 1768197600000
    assert first_millisecond(moment + timedelta(microseconds=1)) == 1768197600001
    assert from_milliseconds(first_millisecond(moment)) == moment


@pytest.mark.parametrize("line", ["", "{", "[]", '"x"', '{"id": 3}', "{}"])
def test_line_without_an_id_has_none(line: str) -> None:
    """It is then told apart by nothing."""
    assert request_id(line) == ""
