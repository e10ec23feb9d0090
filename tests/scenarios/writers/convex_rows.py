"""Rows of `npx convex logs --jsonl`: one run of a function a line; long ones tell of their progress before."""

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

from tests.scenarios.traffic import PRODUCTION, Message, Request
from tests.scenarios.writers.json_text import one_a_line
from tests.scenarios.writers.writer import Writer

_LEVELS = {"info": "LOG", "warning": "WARN", "error": "ERROR", "fatal": "ERROR"}
LONG_MS = 6_000
"""Runs that take longer than this tell of their progress once."""


def write_convex_rows(requests: Sequence[Request]) -> bytes:
    """The runs in the order in which they ended; what a progress row holds, the completion holds again."""
    rows = [row for request in requests if request.environment == PRODUCTION for row in _rows(request)]
    rows.sort(key=itemgetter("timestamp"))
    return one_a_line(rows)


def shown(text: str) -> str:
    """A text as a console shows it among other values: in single quotes."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
    return f"'{escaped}'"


def _rows(request: Request) -> Iterator[dict[str, Any]]:
    lasted_ms = max((message.offset_ms for message in request.messages), default=0)
    lines = [_line(request, message) for message in request.messages]
    if lasted_ms > LONG_MS:
        yield _row(request, "Progress", lines[: len(lines) // 2], LONG_MS)
    yield _row(request, "Completion", lines, lasted_ms)


def _line(request: Request, message: Message) -> dict[str, Any]:
    return {
        "messages": [shown(message.text)],
        "isTruncated": False,
        "timestamp": request.time_ms + message.offset_ms,
        "level": _LEVELS[message.level],
    }


def _row(request: Request, kind: str, lines: Sequence[dict[str, Any]], after_ms: int) -> dict[str, Any]:
    return {
        "kind": kind,
        "udfType": "Action",
        "identifier": "kapso:processARI",
        "logLines": lines,
        "timestamp": (request.time_ms + after_ms) / 1000,
        "executionTime": after_ms / 1000,
        "requestId": request.id,
        "success": None,
        "error": None,
    }


CONVEX_ROWS = Writer(
    "convex-rows",
    write_convex_rows,
    request_ids=True,
    message_ids=True,
    empty_requests=True,
)
