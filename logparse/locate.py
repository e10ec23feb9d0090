"""Where a record stands in its file: found by its own words, so that no line has to be numbered while counting."""

import json
from collections.abc import Sequence
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
    needles = _needles(message, request)
    for reading in readings:
        if reading.tally is None:
            continue
        for needle in needles:
            line = elsewhere.line_of(reading.path, needle) if elsewhere else line_of(reading.path, needle)
            if line:
                return Place(reading.shown, line)
    return None


def _needles(message: str, request: str | None) -> list[bytes]:
    if request:
        return [json.dumps(request, ensure_ascii=False).encode()]
    first = message.split("\n", 1)[0]
    return [first.encode()] if first else []


def line_of(path: Path, needle: bytes) -> int:
    """The number of the first line that holds some bytes, from 1; 0 where there is none or the file cannot be read."""
    before, tail = 0, b""
    try:
        with opened(path) as stream:
            while block := stream.read(BLOCK):
                window = tail + block
                at = window.find(needle)
                if at >= 0:
                    return before + window.count(b"\n", 0, at) + 1
                keep = min(len(window), len(needle) - 1)
                cut = len(window) - keep
                before += window.count(b"\n", 0, cut)
                tail = window[cut:]
    except (OSError, EOFError):
        return 0
    return 0
