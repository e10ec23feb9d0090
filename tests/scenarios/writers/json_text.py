"""JSON as the platforms write it, and the messages of a day in the order in which they were printed."""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence

from tests.scenarios.traffic import PRODUCTION, Message, Request


def compact(value: object) -> str:
    """One value on one line, letters of any language as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def one_a_line(entries: Iterable[object]) -> bytes:
    """NDJSON: each entry on a line of its own."""
    return "".join(compact(entry) + "\n" for entry in entries).encode()


def message_id(request: Request, message: Message) -> str:
    """An id of one message, the same whenever it is fetched."""
    return f"{zlib.crc32(f'{request.id}|{message.offset_ms}|{message.text}'.encode()):08x}"


def printed(
    requests: Sequence[Request], environment: str | None = PRODUCTION
) -> Iterator[tuple[int, Request, Message]]:
    """Each message with the time at which it was printed, in order of time: those of one environment, or all (None)."""
    messages = [
        (request.time_ms + message.offset_ms, request, message)
        for request in requests
        if environment in (None, request.environment)
        for message in request.messages
    ]
    return iter(sorted(messages, key=lambda each: each[0]))
