"""Lines of logging libraries: a time, a level and a message under one of a few names."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from logparse.formats import recognise
from logparse.formats.json_lines import JSON_LINES
from tests.builders.counted import Counter

pytestmark = pytest.mark.counts

TIME = datetime(2026, 1, 12, 10, 15, 32, 123_000)
MS = 1768212932123


@pytest.mark.parametrize(
    ("entry", "level", "message"),
    [
        ({"level": 30, "time": MS, "pid": 1, "msg": "a"}, "info", "a"),
        ({"name": "bot", "level": 50, "time": "2026-01-12T10:15:32.123Z", "msg": "a", "v": 0}, "error", "a"),
        ({"level": "warn", "message": "a", "timestamp": "2026-01-12T10:15:32.123Z"}, "warn", "a"),
        ({"severity": "ERROR", "message": "a", "timestamp": "2026-01-12T10:15:32.123456789Z"}, "error", "a"),
        ({"levelname": "CRITICAL", "asctime": "2026-01-12 10:15:32,123", "message": "a"}, "fatal", "a"),
        ({"@timestamp": "2026-01-12T10:15:32.123+00:00", "message": "a"}, None, "a"),
        ({"ts": 1768212932.123, "lvl": "debug", "msg": "a"}, "debug", "a"),
        ({"line": "a", "timestamp": "1768212932123000000", "date": "2026-01-12T10:15:32.123Z"}, None, "a"),
        ({"t": 1768212932123000, "text": "INFO a"}, "info", "a"),
        ({"time": MS, "log": {"b": 1}}, None, '{"b":1}'),
        ({"time": MS, "level": "info", "msg": "ERROR a"}, "info", "ERROR a"),
        ({"time": MS, "level": "", "msg": ""}, None, ""),
    ],
    ids=["pino", "bunyan", "winston", "Railway", "Python", "logstash", "zap", "Grafana", "µs", "object", "set", "none"],
)  # fmt: skip
def test_a_line_is_known_and_read(counter: Counter, entry: dict[str, object], level: str | None, message: str) -> None:
    """The first name of a few that an entry has counts; the size of a number tells its unit."""
    line = json.dumps(entry)
    found = recognise([line])
    assert found is not None
    assert found.name == "json-lines"
    (record,) = counter.records(line.encode() + b"\n", JSON_LINES)
    assert (record["line_class"], record["level"], record["message"]) == ("records", level, message)
    assert abs(record["time"] - TIME).total_seconds() < 0.001


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"requestId": "sin1::abcdef"}, {"request": "sin1::abcdef"}),
        ({"req": {"id": 1, "method": "POST", "url": "/a"}, "res": {"statusCode": 500}},
         {"request": None, "method": "POST", "path": "/a", "status": 500}),
        ({"status": "ok", "method": "GET", "path": "/b"}, {"status": None, "method": "GET", "path": "/b"}),
        ({"status": 7}, {"status": None}),
        ({"req": "text", "res": [1]}, {"request": None, "status": None}),
        ({"env": "prod", "environment": "live"}, {"environment": None}),
    ],
    ids=["a request", "of pino-http, whose ids are counted", "a status in words", "no status", "other types", "places"],
)  # fmt: skip
def test_what_a_line_says_of_its_request(
    counter: Counter, entry: dict[str, object], expected: dict[str, object]
) -> None:
    """Ids that come again with every start are no ids, and words of a program's own are no environment."""
    (record,) = counter.records(json.dumps({"time": MS, "msg": "a", **entry}).encode() + b"\n", JSON_LINES)
    assert {name: record[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("time", "read"),
    [
        ("2026-01-12T10:15:32+07:00", datetime(2026, 1, 12, 3, 15, 32)),
        ("2026-01-12 10:15:32", datetime(2026, 1, 12, 9, 15, 32)),
        ("2026-07-12T10:15:32.5", datetime(2026, 7, 12, 8, 15, 32, 500_000)),
        (1768212932, datetime(2026, 1, 12, 10, 15, 32)),
        ("1768212932.25", datetime(2026, 1, 12, 10, 15, 32, 250_000)),
        (1768212932123456789, datetime(2026, 1, 12, 10, 15, 32, 123_456)),
    ],
)
def test_times_are_read_in_their_zone(counter: Counter, time: object, read: datetime) -> None:
    """A text without a zone is in the zone of the settings, a number never."""
    content = json.dumps({"time": time, "msg": "a"}).encode() + b"\n"
    (record,) = counter.records(content, JSON_LINES, timezone="Europe/Berlin")
    assert record["time"] == read


@pytest.mark.parametrize(("time", "ambiguous"), [("2026-10-25T02:30:00", True), ("2026-10-25T02:30:00Z", False)])
def test_a_repeated_hour_is_said(counter: Counter, time: str, ambiguous: bool) -> None:
    """A local time in the hour that the clock repeats may be either of two."""
    content = json.dumps({"time": time, "msg": "a"}).encode() + b"\n"
    (record,) = counter.records(content, JSON_LINES, timezone="Europe/Berlin")
    assert record["ambiguous"] is ambiguous


@pytest.mark.parametrize(
    "line",
    [
        '{"time":"soon","msg":"a"}',
        '{"time":5,"msg":"a"}',
        '{"time":1e300,"msg":"a"}',
        '{"time":99999999999999999999999999,"msg":"a"}',
        '{"time":"9999-99-99T00:00:00Z","msg":"a"}',
        '{"time":true,"msg":"a"}',
        '{"time":1768212932123}',
        '{"time":1768212932123,"message":"a copy","logs":[{"message":"b"}]}',
        '{"time":1768212932123,"msg":"a"',
        "{" * 3_000,
        '{"msg":' + "[" * 100_000,
        "no JSON",
        "[1, 2]",
        '"2026-01-12T10:15:32Z a"',
    ],
    ids=lambda line: str(line)[:40],
)
def test_what_cannot_be_read_is_rejected(counter: Counter, line: str) -> None:
    """However broken, deep or huge: a line that is no record is rejected, and nothing is raised."""
    (record,) = counter.records(line.encode() + b"\n", JSON_LINES)
    assert record["line_class"] == "rejected"


@pytest.mark.parametrize("tail", [r"cut \ud83d", r"\ud83da", r"\udc00"])
def test_half_a_surrogate_is_replaced(counter: Counter, tail: str) -> None:
    """A message that was cut in the middle of a sign is read all the same."""
    line = f'{{"time":{MS},"msg":"{tail}"}}\n'
    (record,) = counter.records(line.encode(), JSON_LINES)
    assert record["line_class"] == "records"
    assert "\ufffd" in record["message"]
