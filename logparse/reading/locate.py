"""The search for a record's line in its file, by the record's own text, so that counting need not number lines."""

import json
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from logparse.reading.reading import Reading
from logparse.reading.workplace import Workplace
from logparse.storage.files import BLOCK, opened
from logparse.values.flags import Place

Record = tuple[str, str | None]
"""The search keys of a record: its message, and the id of its request if it has one."""


def places_of(records: Sequence[Record], readings: Sequence[Reading], work: Workplace) -> list[Place | None]:
    """Finds for each record the first line, in the order of the files, with its request's id or its first line.

    None if there is no such line, e.g. in a file that is not UTF-8.
    """
    needles = [_needle(message, request) for message, request in records]
    counted = [reading for reading in readings if reading.tally is not None]
    found = work.readers.first_lines(counted, frozenset(filter(None, needles)), work)
    places = {needle: Place(counted[at].shown, line) for needle, (at, line) in found.items()}
    return [places.get(needle) for needle in needles]


def _needle(message: str, request: str | None) -> bytes:
    if request:
        return json.dumps(request, ensure_ascii=False).encode()
    return message.split("\n", 1)[0].encode()


def first_lines(path: Path, needles: Collection[bytes]) -> dict[bytes, int]:
    """Returns the number of the first line, from 1, that holds each of these bytes; leaves out those not found.

    Lines after a place where the file cannot be read are not searched.
    """
    found: dict[bytes, int] = {}
    with suppress(OSError, EOFError), opened(path) as stream:
        lines_in(iter(partial(stream.read, BLOCK), b""), needles, found)
    return found


def lines_in(
    blocks: Iterable[bytes], needles: Collection[bytes], found: dict[bytes, int] | None = None
) -> dict[bytes, int]:
    """Searches consecutive blocks in the same way; adds to ``found``, also if the blocks end with an error."""
    found = {} if found is None else found
    longest = max(map(len, needles), default=1)
    before, tail = 0, b""
    for block in blocks:
        window = tail + block
        for needle in needles:
            if needle not in found and (at := window.find(needle)) >= 0:
                found[needle] = before + window.count(b"\n", 0, at) + 1
        if len(found) == len(needles):
            break
        cut = len(window) - min(len(window), longest - 1)
        before += window.count(b"\n", 0, cut)
        tail = window[cut:]
    return found
