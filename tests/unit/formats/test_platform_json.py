"""JSON of platforms: docker's pieces, the journal's bytes, the heads and pages of CloudWatch."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from logparse.formats.cloudwatch import CLOUDWATCH
from logparse.formats.docker_json import DOCKER_JSON
from logparse.formats.format import Format
from logparse.formats.journald import JOURNALD
from tests.builders.counted import Counter

pytestmark = pytest.mark.counts

TIME = datetime(2026, 1, 12, 10, 15, 32, 123_456)
UUID = "643af4e3-975a-4cc7-9e7a-1eda11539d90"


def _docker(log: str, stream: str = "stdout", time: object = "2026-01-12T10:15:32.123456789Z") -> dict[str, object]:
    return {"log": log, "stream": stream, "time": time}


def _journal(message: object, **changes: object) -> dict[str, object]:
    entry = {"__REALTIME_TIMESTAMP": "1768212932123456", "__CURSOR": "s=1;i=2", "MESSAGE": message, "PRIORITY": "4"}
    return {**entry, **changes}


def _event(message: str, **changes: object) -> dict[str, object]:
    return {"timestamp": 1768212932123, "message": message, "ingestionTime": 1768212933000, "eventId": "e1", **changes}


@pytest.mark.parametrize(
    ("log_format", "entry", "level", "message"),
    [
        pytest.param(DOCKER_JSON, _docker("[ARI] Done\n"), None, "[ARI] Done", id="docker"),
        pytest.param(
            DOCKER_JSON, _docker("ERROR [ARI] Done\r\n"), "error", "[ARI] Done", id="docker: a level in front"
        ),
        pytest.param(DOCKER_JSON, _docker("\x1b[33m[warn]\x1b[0m a\n"), "warn", "a", id="docker: colours"),
        pytest.param(DOCKER_JSON, _docker("\n"), None, "", id="docker: an empty line"),
        pytest.param(DOCKER_JSON, _docker("errors happen\n"), None, "errors happen", id="docker: prose"),
        pytest.param(JOURNALD, _journal("a"), "warn", "a", id="journal"),
        pytest.param(JOURNALD, _journal([226, 130, 172, 10, 97]), "warn", "€\na", id="journal: bytes"),
        pytest.param(JOURNALD, _journal([255, 254]), "warn", "[255,254]", id="journal: bytes that are no text"),
        pytest.param(JOURNALD, _journal([1, "x"]), "warn", '[1,"x"]', id="journal: a list of anything"),
        pytest.param(JOURNALD, _journal(None), "warn", "", id="journal: too long to be shown"),
        pytest.param(JOURNALD, _journal("a", PRIORITY="2"), "fatal", "a", id="journal: critical"),
        pytest.param(JOURNALD, _journal("a", PRIORITY="6"), "info", "a", id="journal: a program that speaks to it"),
        pytest.param(
            JOURNALD,
            _journal("Error: a", PRIORITY="6", _TRANSPORT="stdout"),
            "error",
            "a",
            id="journal: what a program printed has no level but its own",
        ),
        pytest.param(
            JOURNALD, _journal("a", PRIORITY="3", _TRANSPORT="stdout"), "error", "a", id="journal: printed with a level"
        ),
        pytest.param(CLOUDWATCH, _event("[ARI] Done"), None, "[ARI] Done", id="an event without a head"),
        pytest.param(
            CLOUDWATCH, _event(f"2026-01-12T10:15:32.123Z\t{UUID}\tERROR\ta\tb\n"), "error", "a\tb", id="of Node"
        ),
        pytest.param(
            CLOUDWATCH, _event(f"[WARNING]\t2026-01-12T10:15:32.123Z\t{UUID}\ta\n"), "warn", "a", id="of Python"
        ),
        pytest.param(
            CLOUDWATCH,
            _event(f"2026-01-12T10:15:32.123Z {UUID} Task timed out after 10.00 seconds\n\n"),
            None,
            "Task timed out after 10.00 seconds",
            id="of the platform",
        ),
    ],
)
def test_an_entry_becomes_a_record(
    counter: Counter, log_format: Format, entry: dict[str, object], level: str | None, message: str
) -> None:
    """The message stands without what its platform put around it, and has a level only where somebody gave it one."""
    (record,) = counter.records(json.dumps(entry).encode() + b"\n", log_format)
    assert (record["line_class"], record["level"], record["message"]) == ("records", level, message)
    assert record["time"].replace(microsecond=0) == TIME.replace(microsecond=0)


@pytest.mark.parametrize(
    ("message", "request_id"),
    [
        (f"2026-01-12T10:15:32.123Z\t{UUID}\tINFO\ta", UUID),
        (f"[INFO]\t2026-01-12T10:15:32.123Z\t{UUID}\ta", UUID),
        (f"REPORT RequestId: {UUID}\tDuration: 3 ms", UUID),
        (f"START RequestId: {UUID} Version: $LATEST", UUID),
        ("2026-01-12T10:15:32.123Z\tundefined\tINFO\ta", None),
        (f"the user wrote {UUID}", None),
    ],
)
def test_the_request_stands_in_the_head(counter: Counter, message: str, request_id: str | None) -> None:
    """The id of a request is taken from where the runtime puts it, and from nowhere else."""
    (record,) = counter.records(json.dumps(_event(message)).encode() + b"\n", CLOUDWATCH)
    assert record["request"] == request_id
    assert record["id"] == "e1"


def test_pieces_of_a_long_line_are_one_record(counter: Counter) -> None:
    """A piece continues the one above it of the same stream that did not end; the other stream may come between."""
    entries = [_docker("a" * 100), _docker("other\n", "stderr"), _docker("b"), _docker("c\n"), _docker("d\n")]
    content = b"".join(json.dumps(each).encode() + b"\n" for each in entries)
    records = counter.records(content, DOCKER_JSON)
    assert [each["line_class"] for each in records] == [
        "records", "records", "continuation", "continuation", "records"
    ]  # fmt: skip
    assert [each["truncated"] for each in records] == [True, False, False, False, False]


@pytest.mark.parametrize("indent", [None, 4])
@pytest.mark.parametrize(
    ("answer", "problems"),
    [({"nextToken": "t"}, ["cut off"]), ({"searchedLogStreams": []}, []), ({"nextToken": None}, []), ({}, [])],
    ids=["more was to come", "all of it", "an empty token", "nothing else"],
)
def test_the_pages_of_an_answer(
    counter: Counter, answer: dict[str, object], problems: list[str], indent: int | None
) -> None:
    """A token says that more was to come, on one line as on many."""
    content = json.dumps({"events": [_event("a"), _event("b", eventId="e2")], **answer}, indent=indent).encode()
    counted = counter.count(content + b"\n")
    assert counted.metrics.records == 2
    assert counted.problems == problems
    assert "rejected" not in counted.lines


def test_the_pretty_journal_is_the_same(counter: Counter) -> None:
    """An entry over many lines is the entry on one line."""
    entries = [_journal("a"), _journal("b", __CURSOR="s=2")]
    plain = counter.count(b"".join(json.dumps(each).encode() + b"\n" for each in entries))
    pretty = counter.count(b"".join(json.dumps(each, indent=8).encode() + b"\n" for each in entries))
    assert pretty.tally.rows != plain.tally.rows
    assert pretty.metrics == plain.metrics
    assert pretty.lines == {"records": 2, "continuation": 10}


@pytest.mark.parametrize(
    ("log_format", "entry"),
    [
        (DOCKER_JSON, _docker("a\n", time="soon")),
        (DOCKER_JSON, _docker("a\n", time=5)),
        (JOURNALD, _journal("a", __REALTIME_TIMESTAMP="x")),
        (JOURNALD, _journal("a", __REALTIME_TIMESTAMP="9" * 40)),
        (CLOUDWATCH, _event("a", timestamp=-1)),
        (CLOUDWATCH, _event("a", timestamp="1e999")),
        (CLOUDWATCH, {"timestamp": 1768212932123, "eventId": "e"}),
    ],
)
def test_an_entry_without_a_time_is_rejected(counter: Counter, log_format: Format, entry: dict[str, object]) -> None:
    """What cannot be placed in time is no record."""
    (record,) = counter.records(json.dumps(entry).encode() + b"\n", log_format)
    assert record["line_class"] == "rejected"
