"""The other JSON of Vercel: rows of the live tail, the copy of the dashboard, deliveries of a log drain."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from logparse.formats.format import Format
from logparse.formats.log_drain import LOG_DRAIN
from logparse.formats.vercel_dashboard import VERCEL_DASHBOARD
from logparse.formats.vercel_tail_rows import VERCEL_TAIL_ROWS
from tests.builders.counted import Counter

pytestmark = pytest.mark.counts

MS = 1768212932123
TIME = datetime(2026, 1, 12, 10, 15, 32, 123_000)
TAIL: dict[str, Any] = {
    "rowId": "r1",
    "timestampInMs": MS,
    "level": "warning",
    "message": "one",
    "messageTruncated": False,
    "requestMethod": "POST",
    "requestPath": "/api/webhook/kapso",
    "responseStatusCode": 200,
    "source": "serverless",
}
COPY: dict[str, Any] = {
    "requestId": "q1",
    "timestamp": MS,
    "deploymentId": "dpl_1",
    "level": "info",
    "message": "one",
    "requestMethod": "POST",
    "requestPath": "/api/webhook/kapso",
    "responseStatusCode": 200,
    "environment": "production",
}
DRAIN: dict[str, Any] = {
    "id": "m1",
    "timestamp": MS,
    "deploymentId": "dpl_1",
    "source": "lambda",
    "level": "error",
    "message": "one\n",
    "requestId": "q1",
    "statusCode": 500,
    "path": "/api/webhook/[name]",
    "environment": "production",
    "proxy": {"method": "POST", "path": "/api/webhook/kapso", "statusCode": 500},
}


def _line(entry: dict[str, Any], **changes: object) -> bytes:
    """An entry on a line, with some keys changed, or left out where they are None."""
    changed = {key: value for key, value in {**entry, **changes}.items() if value is not None}
    return json.dumps(changed).encode() + b"\n"


@pytest.mark.parametrize(
    ("log_format", "line", "expected"),
    [
        pytest.param(
            VERCEL_TAIL_ROWS,
            _line(TAIL),
            {"time": TIME, "level": "warn", "message": "one", "id": "r1", "request": None, "status": 200},
            id="a row of the tail",
        ),
        pytest.param(
            VERCEL_TAIL_ROWS, _line(TAIL, messageTruncated=True), {"truncated": True}, id="a cut tail message"
        ),
        pytest.param(
            VERCEL_DASHBOARD,
            _line(COPY),
            {"time": TIME, "message": "one", "id": None, "request": "q1", "status": 200, "deployment": "dpl_1"},
            id="a copied line",
        ),
        pytest.param(
            VERCEL_DASHBOARD,
            _line(COPY, timestamp="2026-01-12T10:15:32.123Z"),
            {"time": TIME},
            id="a copied line with a time in ISO",
        ),
        pytest.param(VERCEL_DASHBOARD, _line(COPY, responseStatusCode=None), {"status": 0}, id="no status yet"),
        pytest.param(
            LOG_DRAIN,
            _line(DRAIN),
            {
                "time": TIME,
                "level": "error",
                "message": "one",
                "id": "m1",
                "request": "q1",
                "status": 500,
                "method": "POST",
                "path": "/api/webhook/kapso",
                "environment": "production",
                "deployment": "dpl_1",
            },
            id="an entry of a drain, with the path that was called and not the route",
        ),
        pytest.param(LOG_DRAIN, _line(DRAIN, message=None), {"message": ""}, id="an entry that printed nothing"),
        pytest.param(LOG_DRAIN, _line(DRAIN, statusCode=-1), {"status": -1}, id="a crashed function"),
        pytest.param(
            LOG_DRAIN,
            _line(DRAIN, statusCode=None, proxy={"statusCode": -1}),
            {"status": 0, "method": None},
            id="a revalidation in the background",
        ),
        pytest.param(
            LOG_DRAIN,
            _line(DRAIN, source="build", environment="production"),
            {"environment": "build", "deployment": None},
            id="the log of a build is not the bot's",
        ),
    ],
)
def test_an_entry_becomes_a_record(
    counter: Counter, log_format: Format, line: bytes, expected: dict[str, object]
) -> None:
    """Each key stands where records have it."""
    (record,) = counter.records(line, log_format)
    assert record["line_class"] == "records"
    assert {name: record[name] for name in expected} == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"timestamp": "soon", "timestampInMs": "soon"},
        {"timestamp": 10**25, "timestampInMs": 10**25},
        {"timestamp": -5, "timestampInMs": -5},
        {"timestamp": {"a": 1}, "timestampInMs": [1]},
        {"id": None, "rowId": None, "requestId": None},
    ],
    ids=["text", "huge", "negative", "of another type", "no id"],
)
@pytest.mark.parametrize(
    ("log_format", "entry"),
    [(VERCEL_TAIL_ROWS, TAIL), (VERCEL_DASHBOARD, COPY), (LOG_DRAIN, DRAIN)],
    ids=["tail", "dashboard", "drain"],
)
def test_an_entry_without_what_it_needs_is_rejected(
    counter: Counter, log_format: Format, entry: dict[str, Any], changes: dict[str, object]
) -> None:
    """A time out of range and a missing id make no record, and raise nothing."""
    (record,) = counter.records(_line(entry, **changes), log_format)
    assert record["line_class"] == "rejected"


def test_the_end_of_a_tail_is_a_cut_off(counter: Counter) -> None:
    """A row of the platform itself is no record, and says that more was to come."""
    end = _line(TAIL, rowId="r2", source="delimiter", message="Exceeded runtime logs limit")
    counted = counter.count(_line(TAIL) + end)
    assert counted.lines == {"records": 1, "banner": 1}
    assert counted.problems == ["cut off"]


BANNER = (
    b"-------------------------------------------\nCopied 2 logs from Vercel Dashboard\n- Project: bot (prj_1)\n"
    b"- Search query: (no search query applied)\n- Format: JSONL\n-------------------------------------------\n\n"
)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param(BANNER + _line(COPY) + _line(COPY, message="two"), "", id="all there"),
        pytest.param(BANNER + _line(COPY), "2 logs were copied, but only 1", id="a line is missing"),
        pytest.param(
            BANNER.replace(b"(no search query applied)", b"`level:error`") + _line(COPY) + _line(COPY, message="two"),
            "what a search found (`level:error`)",
            id="only what a search found",
        ),
        pytest.param(
            BANNER + _line(COPY) + _line(COPY, requestId="q2"), "only the first message", id="one message a request"
        ),
    ],
)
def test_a_copy_says_what_it_lacks(counter: Counter, content: bytes, problem: str) -> None:
    """The banner tells how many lines there were and for what was searched; requests tell whether all was copied."""
    counted = counter.count(content)
    assert "rejected" not in counted.lines
    assert counted.lines["banner"] == 6
    found = " ".join(each.text for reading in counted.readings for each in reading.problems)
    assert (problem in found) if problem else not found


@pytest.mark.slow
def test_what_a_drain_delivers_again_counts_once(counter: Counter) -> None:
    """The same id counts once in one array, in another array of the same file, and in another file."""
    one, two, three = (json.dumps({**DRAIN, "id": each, "message": each}) for each in "abc")
    first = f"[{one},{two},{one}]\n[{two},{three}]\n".encode()
    alone, together = counter.count(first), counter.count(first, f"[{three},{one}]\n".encode())
    assert alone.metrics.records == together.metrics.records == 3
    assert sum(alone.lines.values()) == 2
    assert together.accounts[1].lines == {"duplicate": 1}
