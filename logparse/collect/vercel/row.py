"""A row of the request logs as ``vercel logs --json`` writes it, signs and order of keys included.

So a file is the same whichever way it was fetched, and is read by one format. Compared with CLI 60.0.0.
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
    """What is no row of the request logs as it is known."""


@dataclass(frozen=True)
class RequestRow:
    """A request: its id, its time in milliseconds since 1970, the environment it ran in, and its line."""

    identity: str
    time: int
    environment: str
    line: str


def row_of(answer: Any, project: str) -> RequestRow:
    """A row from the API's own; NoRow where it lacks an id or a time, or is another thing."""
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


def identity_of(line: str) -> str:
    """The id of a request, from its line; empty where the line is no row."""
    try:
        identity = json.loads(line)["id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return identity if isinstance(identity, str) else ""


def _log(log: Mapping[str, Any]) -> dict[str, Any]:
    truncated = {key: log[key] for key in ("messageTruncated",) if key in log}
    return {"level": log.get("level") or "info", "message": log.get("message") or "", **truncated}


def _worst(logs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Level and message of the first of the worst entries, as the tool chooses it."""
    if not logs:
        return {"level": "info", "message": ""}
    return dict(max(logs, key=lambda log: SEVERITIES.get(log["level"], UNKNOWN_SEVERITY)))


def milliseconds_of(time: Any) -> int:
    """A time in ISO 8601, or already in milliseconds, as milliseconds since 1970; ValueError without a zone."""
    if isinstance(time, int) and not isinstance(time, bool):
        return time
    moment = datetime.fromisoformat(time)
    if moment.tzinfo is None:
        raise ValueError(f"{time!r} has no time zone")
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def moment_of(milliseconds: int) -> datetime:
    """Milliseconds since 1970 as a time."""
    return _EPOCH + timedelta(milliseconds=milliseconds)


def first_millisecond(moment: datetime) -> int:
    """The first whole millisecond that is not before a time."""
    return -((_EPOCH - moment) // timedelta(milliseconds=1))


def compact(values: Mapping[str, Any]) -> str:
    """JSON as JavaScript writes it: no spaces, and no escapes but for signs that must have one."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return _HALF_PAIR.sub(lambda half: f"\\u{ord(half[0]):04x}", text)
