"""Rows of the Vercel command line: one request a line, with its messages, which share the time of the request."""

import json
from collections.abc import Sequence
from typing import Any

from tests.scenarios.traffic import PRODUCTION, Request
from tests.scenarios.writers.writer import Writer

_LEVELS = ("info", "warning", "error", "fatal")


def vercel_row(request: Request) -> str:
    """One request as one line of JSON; its level and message are a copy of its worst entry's."""
    entries = [{"level": m.level, "message": m.text, "messageTruncated": False} for m in request.messages]
    worst = max(request.messages, key=lambda message: severity(message.level), default=None)
    row: dict[str, Any] = {
        "id": request.id,
        "timestamp": request.time_ms,
        "deploymentId": request.deployment,
        "projectId": "prj_soakbot",
        "level": worst.level if worst else "info",
        "message": worst.text if worst else "",
    }
    if worst:  # The tool leaves the key out where there is nothing to truncate.
        row["messageTruncated"] = False
    row |= {
        "source": "serverless",
        "domain": "bot.example.com",
        "requestMethod": request.method,
        "requestPath": request.path,
        "responseStatusCode": request.status,
        "environment": request.environment,
        "branch": "main" if request.environment == PRODUCTION else "new-menu",
        "cache": "MISS",
        "logs": entries,
    }
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"


def severity(level: str) -> int:
    """How bad a level is; a request has that of its worst message."""
    return _LEVELS.index(level)


def write_vercel(requests: Sequence[Request]) -> bytes:
    """The requests as rows, the newest first."""
    newest_first = sorted(requests, key=lambda request: request.time_ms, reverse=True)
    return "".join(map(vercel_row, newest_first)).encode()


VERCEL_ROWS = Writer(
    "vercel-rows",
    write_vercel,
    times="request",
    status=True,
    request_ids=True,
    message_ids=True,
    environment=True,
    empty_requests=True,
)
