"""What a writer is: how a day looks in one log format, and which of its facts that format carries."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tests.scenarios.traffic import Request

Write = Callable[[Sequence[Request]], bytes]

Times = Literal["message", "request", "none"]
"""Whose time a record has: that of its own message, that of its request, or none at all."""


@dataclass(frozen=True)
class Writer:
    """One log format as the tool in question writes it; the name is that of the format in `logparse.formats`.

    What the format carries: `times`, see above, in steps of `step_ms`; `dated`, whether its times tell the date and
    the zone; `status`, the HTTP status; `levels`; `request_ids`; `message_ids`, an id that tells a record fetched
    twice from two alike; `environment` (where it carries none, the file is production's); `empty_requests`, requests
    that printed nothing. `is_document`: the file is one document, of which a part is none.
    `splits_messages`: each line of a message becomes a record.
    """

    name: str
    write: Write
    suffix: str = ".jsonl"
    times: Times = "message"
    step_ms: int = 1
    dated: bool = True
    status: bool = False
    levels: bool = True
    request_ids: bool = False
    message_ids: bool = False
    environment: bool = False
    empty_requests: bool = False
    is_document: bool = False
    splits_messages: bool = False

    def window(self, requests: Sequence[Request], begin_ms: int, end_ms: int) -> bytes:
        """What one fetch of a window brings: the records whose time lies in it, its end not included."""
        return self.write(list(self._inside(requests, begin_ms, end_ms)))

    def _inside(self, requests: Sequence[Request], begin_ms: int, end_ms: int) -> Iterator[Request]:
        for request in requests:
            begun = begin_ms <= request.time_ms < end_ms
            if self.times == "request":
                if begun:
                    yield request
                continue
            messages = tuple(m for m in request.messages if begin_ms <= request.time_ms + m.offset_ms < end_ms)
            if messages or (begun and not request.messages):
                yield replace(request, messages=messages)
