"""Where a record stands in its file: found by its own words, so that no line has to be numbered while counting."""

import json
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from logparse.elsewhere import Elsewhere
from logparse.files import BLOCK, opened
from logparse.flags import Place
from logparse.reading import Reading


def place_of(
    message: str, request: str | None, readings: Sequence[Reading], elsewhere: Elsewhere | None = None
) -> Place | None:
    """The first line, in the order of the files, that holds a request's id or a message's first line.

    None where it cannot be found, e.g. in a file that was not UTF-8. ``elsewhere``: the machines that read the files.
    """
    needle = _needle(message, request)
    counted = [reading for reading in readings if reading.tally is not None]
    if not needle:
        return None
    if elsewhere:
        at, line = elsewhere.line_of([reading.path for reading in counted], needle)
        return Place(counted[at].shown, line) if line else None
    for reading in counted:
        if line := line_of(reading.path, needle):
            return Place(reading.shown, line)
    return None


def _needle(message: str, request: str | None) -> bytes:
    """What is looked for; nothing where nothing tells the record from others."""
    if request:
        return json.dumps(request, ensure_ascii=False).encode()
    return message.split("\n", 1)[0].encode()


def line_of(path: Path, needle: bytes) -> int:
    """The number of the first line that holds some bytes, from 1; 0 where there is none or the file cannot be read."""
    try:
        with opened(path) as stream:
            return line_in(iter(partial(stream.read, BLOCK), b""), needle)
    except (OSError, EOFError):
        return 0


def line_in(blocks: Iterable[bytes], needle: bytes) -> int:
    """The number of the first line of these blocks that holds some bytes, from 1; 0 where there is none."""
    before, tail = 0, b""
    for block in blocks:
        window = tail + block
        at = window.find(needle)
        if at >= 0:
            return before + window.count(b"\n", 0, at) + 1
        keep = min(len(window), len(needle) - 1)
        cut = len(window) - keep
        before += window.count(b"\n", 0, cut)
        tail = window[cut:]
    return 0
