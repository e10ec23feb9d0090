"""The source ``convex`` over log stream files: events become rows that are read, and are never proof."""

import gzip
import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from logparse.collect.convex.stream import DOUBT
from logparse.collect.convex.tool import make_convex
from logparse.collect.source import FetchedLines, SourceFailed
from logparse.errors import UsageProblem
from logparse.formats.convex_rows import CONVEX_ROWS
from logparse.settings.checked import parse
from tests.builders.counted import Counter
from tests.builders.sources.fetching import START, WINDOW

INSIDE = START + timedelta(hours=1)
FUNCTION = {"path": "kapso:processARI", "type": "action", "request_id": "d064ef901f7ec0b7"}


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _console(moment: datetime, **changes: object) -> dict[str, Any]:
    event = {"topic": "console", "timestamp": _ms(moment), "function": FUNCTION, "log_level": "LOG"}
    return {**event, "message": "'[ARI] Response sent in 1834ms (grok-3)'", "is_truncated": False, **changes}


def _ended(moment: datetime, **changes: object) -> dict[str, Any]:
    event = {"topic": "function_execution", "timestamp": _ms(moment), "function": FUNCTION}
    return {**event, "execution_time_ms": 294, "status": "success", "usage": {"database_read_bytes": 1077}, **changes}


def _written(path: Path, *lines: object) -> Path:
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    return path


def _fetched(*places: Path) -> FetchedLines:
    kept: list[FetchedLines] = []
    source = make_convex(parse({"convex_logs": "\n".join(map(str, places))}).collecting, {})
    source.fetch(WINDOW, kept.append)
    (piece,) = kept
    return piece


EVENTS: Mapping[str, tuple[object, tuple[str | None, str | None, str | None]]] = {
    "a message": (_console(INSIDE), ("[ARI] Response sent in 1834ms (grok-3)", "info", FUNCTION["request_id"])),
    "a message that is an error": (
        _console(INSIDE, log_level="ERROR", message="'[ARI] Kapso API error' 500"),
        ("[ARI] Kapso API error 500", "error", FUNCTION["request_id"]),
    ),
    "several texts": (
        _console(INSIDE, message=r"'it\'s' 'b c' { d: 'e' } 'f'"),
        ("it's b c { d: 'e' } 'f'", "info", FUNCTION["request_id"]),
    ),
    "no text": (_console(INSIDE, message="[ 1, 2 ]"), ("[ 1, 2 ]", "info", FUNCTION["request_id"])),
    "the end of a run": (_ended(INSIDE), ("", None, FUNCTION["request_id"])),
    "a run that failed": (
        _ended(INSIDE, status="failure", error_message="Uncaught Error: x\n  at y"),
        ("Uncaught Error: x\n  at y", "error", FUNCTION["request_id"]),
    ),
    "an export": ({"data": _console(INSIDE)}, ("[ARI] Response sent in 1834ms (grok-3)", "info", "d064ef901f7ec0b7")),
    "a delivery": ([_console(INSIDE)], ("[ARI] Response sent in 1834ms (grok-3)", "info", "d064ef901f7ec0b7")),
    "a message of an old stream": (
        {
            "_topic": "_console",
            "_timestamp": _ms(INSIDE),
            "_functionType": "httpAction",
            "_functionPath": "POST /x",
            "message": "[WARN] 'old'",
        },
        ("old", "warn", ""),
    ),
    "a run of an old stream that failed": (
        {
            "_topic": "_execution_record",
            "_timestamp": _ms(INSIDE),
            "_functionType": "action",
            "_functionPath": "a:b",
            "status": "failure",
            "reason": "Unexpected Error: x",
            "executionTimeMs": 73,
        },
        ("Unexpected Error: x", "error", ""),
    ),
}


@pytest.mark.parametrize(("event", "record"), EVENTS.values(), ids=EVENTS)
def test_event_becomes_a_row_that_is_read(
    event: object, record: tuple[str | None, str | None, str | None], counter: Counter, tmp_path: Path
) -> None:
    """Its message without the quotes of the console, its level, its request, and its time."""
    piece = _fetched(_written(tmp_path / "stream.jsonl", event))
    (line,) = piece.lines
    assert CONVEX_ROWS.recognises(line)
    (read,) = counter.records(line.encode() + b"\n", CONVEX_ROWS)
    message, level, request = record
    assert (read["line_class"], read["message"], read["level"]) == ("records", message, level)
    assert (read["request"] or "", read["time"]) == (request, INSIDE.replace(tzinfo=None))


def test_only_rows_of_the_time_are_taken_each_once(tmp_path: Path) -> None:
    """In the order of time, from all files, packed ones too; what was delivered twice stands once."""
    first = _written(tmp_path / "a.jsonl", _console(WINDOW.end), _console(INSIDE + timedelta(minutes=1)))
    packed = tmp_path / "b.jsonl.gz"
    packed.write_bytes(gzip.compress(_written(tmp_path / "c.jsonl", [_console(INSIDE), _console(START)]).read_bytes()))
    other = _written(tmp_path / "d.jsonl", {"topic": "audit_log", "timestamp": _ms(START), "audit_log_action": "push"})
    piece = _fetched(first, packed, tmp_path / "c.jsonl", other)
    times = [json.loads(line)["timestamp"] for line in piece.lines]
    assert times == [moment.timestamp() for moment in (START, INSIDE, INSIDE + timedelta(minutes=1))]
    assert (piece.first, piece.last) == (START, INSIDE + timedelta(minutes=1))


DOUBTS: Mapping[str, tuple[list[datetime], str]] = {
    "rows around it": ([START - timedelta(minutes=1), INSIDE, WINDOW.end], DOUBT),
    "no row before it": ([INSIDE, WINDOW.end], f"{DOUBT}; no row in them is older than 2026-01-12 06:00 UTC"),
    "no row after it": (
        [START - timedelta(minutes=1), INSIDE],
        f"{DOUBT}; no row in them is of 2026-01-12 10:00 UTC or later",
    ),
}


@pytest.mark.parametrize(("moments", "doubt"), DOUBTS.values(), ids=DOUBTS)
def test_stream_is_never_proof(moments: list[datetime], doubt: str, tmp_path: Path) -> None:
    """Convex promises a best effort, so that a gap in the files is no proof of silence."""
    assert _fetched(_written(tmp_path / "stream.jsonl", *map(_console, moments))).unproven == doubt


def _no_file(folder: Path) -> Path:
    return folder / "stream-*.jsonl"


def _broken(folder: Path) -> Path:
    path = _written(folder / "stream.jsonl", _console(INSIDE))
    path.write_text(path.read_text("utf-8") + '{"topic": "cons', "utf-8")
    return path


def _other(folder: Path) -> Path:
    return _written(folder / "stream.jsonl", {"message": "x", "time": "2026-01-12T06:00:00Z"})


def _cut(folder: Path) -> Path:
    path = folder / "stream.jsonl.gz"
    path.write_bytes(gzip.compress(_written(folder / "whole", *[_console(INSIDE)] * 50).read_bytes())[:-20])
    return path


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        pytest.param(_no_file, "setting convex_logs: no file was found under", id="no file"),
        pytest.param(_broken, "stream.jsonl:2: it is no event of a log stream", id="a torn line"),
        pytest.param(_other, "stream.jsonl:1: it is no event of a log stream", id="something else"),
        pytest.param(_cut, "cannot be read to its end", id="a cut file"),
    ],
)
def test_file_that_cannot_be_read_fails(make: Callable[[Path], Path], problem: str, tmp_path: Path) -> None:
    """Whatever it may have held is missing."""
    with pytest.raises(SourceFailed, match=problem):
        _fetched(make(tmp_path))


def test_standard_input_is_refused() -> None:
    """It cannot be read a second time, for the next window."""
    with pytest.raises(UsageProblem, match="standard input cannot be read"):
        make_convex(parse({"convex_logs": "-"}).collecting, {})
