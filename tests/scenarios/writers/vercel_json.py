"""The other JSON of Vercel: rows of a live tail, the copy of the dashboard, and a log drain. One message an entry."""

from collections.abc import Iterator, Sequence
from typing import Any

from tests.scenarios.traffic import Message, Request
from tests.scenarios.writers.json_text import compact, message_id, one_a_line, printed
from tests.scenarios.writers.stamps import stamp
from tests.scenarios.writers.writer import Writer

_NOTHING = Message("info", "", 0)


def write_tail_rows(requests: Sequence[Request]) -> bytes:
    """Rows of the live tail, in order of time; each has an id of its own and names no request."""
    return one_a_line(_tail_row(*each) for each in _with_empty(requests))


def _tail_row(time_ms: int, request: Request, message: Message) -> dict[str, Any]:
    return {
        "rowId": f"{request.id}-{message_id(request, message)}",
        "timestampInMs": time_ms,
        "level": message.level,
        "message": message.text,
        "messageTruncated": False,
        "domain": "bot.example.com",
        "requestMethod": request.method,
        "requestPath": request.path,
        "responseStatusCode": request.status,
        "source": "serverless",
    }


def write_dashboard(requests: Sequence[Request]) -> bytes:
    """The clipboard: a banner, then one message a line with the time of its request, the newest request first."""
    newest_first = sorted(requests, key=lambda request: request.time_ms, reverse=True)
    rows = [_dashboard_row(request, message) for request in newest_first for message in request.messages or [_NOTHING]]
    times = [request.time_ms for request in requests] or [0]
    rule = "-" * 43 + "\n"
    banner = (
        f"{rule}Copied {len(rows)} logs from Vercel Dashboard\n- Project: bot (prj_soakbot)\n- Team: soak (team_soak)\n"
        "- Search query: (no search query applied)\n"
        f"- Search timestamps: {stamp(min(times))}Z to {stamp(max(times))}Z\n"
        f"- Dashboard URL: https://vercel.com/soak/bot/logs\n- Format: JSONL\n"
        f"- Documentation: https://vercel.com/docs/logs/runtime\n{rule}\n"
    )
    return banner.encode() + one_a_line(rows)


def _dashboard_row(request: Request, message: Message) -> dict[str, Any]:
    return {
        "requestId": request.id,
        "timestamp": request.time_ms,
        "deploymentId": request.deployment,
        "projectId": "prj_soakbot",
        "level": message.level,
        "message": message.text,
        "source": "serverless",
        "domain": "bot.example.com",
        "requestMethod": request.method,
        "requestPath": request.path,
        "responseStatusCode": request.status,
        "environment": request.environment,
        "branch": "main",
        "cache": "MISS",
    }


_BATCH = 7


def write_log_drain(requests: Sequence[Request]) -> bytes:
    """Deliveries of a drain, an array of several entries each on a line; a request that printed nothing has one too."""
    entries = [_drain_entry(*each) for each in _with_empty(requests)]
    batches = [entries[at : at + _BATCH] for at in range(0, len(entries), _BATCH)]
    return "".join(compact(batch) + "\n" for batch in batches).encode()


def _drain_entry(time_ms: int, request: Request, message: Message) -> dict[str, Any]:
    entry = {
        "id": f"{time_ms}{message_id(request, message)}",
        "deploymentId": request.deployment,
        "source": "lambda",
        "host": "bot.example.com",
        "timestamp": time_ms,
        "projectId": "prj_soakbot",
        "level": message.level,
        "message": message.text,
        "entrypoint": "api/webhook",
        "path": request.path,
        "type": "stdout",
        "statusCode": request.status,
        "requestId": request.id,
        "environment": request.environment,
        "proxy": {
            "timestamp": request.time_ms,
            "method": request.method,
            "host": "bot.example.com",
            "path": request.path,
            "statusCode": request.status,
            "region": "sin1",
        },
    }
    if not message.text:
        del entry["message"]
    return entry


def _with_empty(requests: Sequence[Request]) -> Iterator[tuple[int, Request, Message]]:
    """The messages of all requests, and an empty one for each that printed nothing, in order of time."""
    silent = [(request.time_ms, request, _NOTHING) for request in requests if not request.messages]
    return iter(sorted([*printed(requests, None), *silent], key=lambda each: each[0]))


VERCEL_TAIL_ROWS = Writer(
    "vercel-tail-rows",
    lambda requests: write_tail_rows([request for request in requests if request.environment == "production"]),
    status=True,
    message_ids=True,
    empty_requests=True,
)
VERCEL_DASHBOARD = Writer(
    "vercel-dashboard",
    write_dashboard,
    times="request",
    status=True,
    request_ids=True,
    environment=True,
    empty_requests=True,
)
LOG_DRAIN = Writer(
    "log-drain",
    write_log_drain,
    status=True,
    request_ids=True,
    message_ids=True,
    environment=True,
    empty_requests=True,
)
