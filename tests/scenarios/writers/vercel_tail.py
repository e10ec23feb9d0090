"""Vercel's live tail: a block a message, with the time of day where the tool ran, and no date."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, tzinfo

from tests.scenarios.traffic import PRODUCTION, Message, Request
from tests.scenarios.writers.writer import Writer

_SIGNS = {"info": "ℹ️", "warning": "⚠️", "error": "🚫", "fatal": "🚫"}


def write_tail(requests: Sequence[Request], zone: tzinfo = UTC, newest_first: bool = False) -> bytes:
    """The messages as blocks, and the requests that printed none; a tail is one deployment's, here production's."""
    blocks = sorted(
        (block for request in requests if request.environment == PRODUCTION for block in _blocks(request)),
        key=lambda block: block[0],
        reverse=newest_first,
    )
    return "".join(_block(time_ms, request, message, zone) for time_ms, request, message in blocks).encode()


def _blocks(request: Request) -> Iterator[tuple[int, Request, Message]]:
    for message in request.messages or (Message("info", "", 0),):
        yield request.time_ms + message.offset_ms, request, message


def _block(time_ms: int, request: Request, message: Message, zone: tzinfo) -> str:
    local = datetime.fromtimestamp(time_ms // 1000, UTC).astimezone(zone)
    sign = _SIGNS[message.level]
    status = request.status if request.status > 0 else "---"
    clock = f"{local:%H:%M:%S}.{time_ms % 1000 // 10:02d}"
    header = f"{clock}  {sign}  {request.method}  {status}  bot.example.com  ƒ  {request.path}"
    return f"{header}\n{'-' * len(header)}\n{message.text}\n\n"


VERCEL_TAIL = Writer(
    "vercel-tail", write_tail, suffix=".txt", step_ms=10, dated=False, status=True, empty_requests=True
)
