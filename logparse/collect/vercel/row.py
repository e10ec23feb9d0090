"""A row of the request logs as ``vercel logs --json`` writes it, byte for byte, including the order of keys.

So a file is the same whichever way it was fetched, and one format reads it. Compared with CLI 60.0.0.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

SEVERITIES = {"info": 0, "warning": 1, "error": 2, "fatal": 3}
UNKNOWN_SEVERITY = -1

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HALF_PAIR = re.compile("[\ud800-\udfff]")


class NoRow(ValueError):
    """An answer that is not a known row of the request logs."""


@dataclass(frozen=True)
class RequestRow:
    """A request: its id, its time in milliseconds since 1970, its environment, and its line."""

    identity: str
    time: int
    environment: str
    line: str


def row_of(answer: Any, project: str) -> RequestRow:
    """Converts a row of the API; raises NoRow if it lacks an id or a time, or has another shape."""
    try:
        identity, time = answer["requestId"], milliseconds_of(answer["timestamp"])
        if not (isinstance(identity, str) and identity):
            raise NoRow(f"its requestId is {identity!r}")
        logs = [_log(log) for log in answer.get("logs") or []]
        first = next(iter(answer.get("events") or [{}]))
        environment = answer.get("environment") or "production"
        values = {
            "id": identity,
            "timestamp": time,
            "deploymentId": answer.get("deploymentId") or "",
            "projectId": project,
            **_worst(logs),
            "source": first.get("source") or "static",
            "domain": answer.get("domain") or "",
            "requestMethod": answer.get("requestMethod") or "",
            "requestPath": answer.get("requestPath") or "",
            "responseStatusCode": answer.get("statusCode") or 0,
            "environment": environment,
            **{key: answer[key] for key in ("branch", "cache", "cacheReason", "pprState", "traceId") if key in answer},
            "logs": logs,
        }
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        raise NoRow(f"{type(error).__name__}: {error}") from None
    return RequestRow(identity, time, str(environment), compact(values))


def request_id(line: str) -> str:
    """Returns the request id in a line; empty if the line is no row."""
    try:
        identity = json.loads(line)["id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return identity if isinstance(identity, str) else ""


def _log(log: Mapping[str, Any]) -> dict[str, Any]:
    truncated = {key: log[key] for key in ("messageTruncated",) if key in log}
    return {"level": log.get("level") or "info", "message": log.get("message") or "", **truncated}


def _worst(logs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Returns level and message of the first of the worst entries, as the tool does."""
    nothing = {"level": "info", "message": ""}
    return dict(max(logs, key=lambda log: SEVERITIES.get(log["level"], UNKNOWN_SEVERITY), default=nothing))


def milliseconds_of(time: Any) -> int:
    """Converts ISO 8601 or milliseconds to milliseconds since 1970; raises ValueError for a time without a zone."""
    if isinstance(time, int) and not isinstance(time, bool):
        return time
    moment = datetime.fromisoformat(time)
    if moment.tzinfo is None:
        raise ValueError(f"{time!r} has no time zone")
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def from_milliseconds(milliseconds: int) -> datetime:
    """Converts milliseconds since 1970 to a time."""
    return _EPOCH + timedelta(milliseconds=milliseconds)


def first_millisecond(moment: datetime) -> int:
    """Returns the first whole millisecond at or after a time."""
    return -((_EPOCH - moment) // timedelta(milliseconds=1))


def compact(values: Mapping[str, Any]) -> str:
    """Writes JSON as JavaScript does: no spaces, and escapes only where they are required."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return _HALF_PAIR.sub(lambda half: f"\\u{ord(half[0]):04x}", text)
