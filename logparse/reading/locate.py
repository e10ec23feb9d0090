"""Where a record stands in its file: found by its own words, so that no line has to be numbered while counting."""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from logparse.counting.cache import Cache, digest_key
from logparse.reading.log_file import Reading
from logparse.reading.look_again import Elsewhere
from logparse.storage.files import BLOCK, Fingerprint, opened
from logparse.values.flags import Place

Record = tuple[str, str | None]
"""What a record is found by: its message, and the id of its request where there is one."""


def places_of(
    records: Sequence[Record], readings: Sequence[Reading], cache: Cache, elsewhere: Elsewhere | None = None
) -> list[Place | None]:
    """For each record the first line, in the order of the files, that holds its request's id or its first line.

    None where it cannot be found, e.g. in a file that was not UTF-8. Each file is read once for all of them, and none
    after the last was found; what was looked for before is remembered. ``elsewhere``: the machines that read the files,
    where they do.
    """
    needles = [_needle(message, request) for message, request in records]
    found: dict[bytes, Place] = {}
    if elsewhere:
        counted = [reading for reading in readings if reading.tally is not None]
        places = elsewhere.first_lines([reading.path for reading in counted], frozenset(filter(None, needles)))
        found = {needle: Place(counted[at].shown, line) for needle, (at, line) in places.items()}
    for reading in readings if not elsewhere else ():
        missing = set(filter(None, needles)) - found.keys()
        if missing and reading.tally is not None:
            lines = _known_lines(reading, missing, cache)
            found.update({needle: Place(reading.shown, line) for needle, line in lines.items() if line})
    return [found.get(needle) for needle in needles]


def _known_lines(reading: Reading, needles: Collection[bytes], cache: Cache) -> dict[bytes, int]:
    """The first line of a file that holds each of these bytes, as remembered or looked up now; 0 where none does."""
    digests = {needle: hashlib.sha256(needle).hexdigest() for needle in needles}
    known = cache.known_lines(reading.sha256)
    new = [needle for needle, digest in digests.items() if digest not in known]
    if new:
        lines = first_lines(reading.path, new)
        looked_up = {digests[needle]: lines.get(needle, 0) for needle in new}
        with suppress(OSError):
            # What was found in another file, that took its place meanwhile, is not to be remembered of this one.
            if digest_key(reading.path, Fingerprint.of(reading.path)) == reading.digest_key:
                cache.remember_lines(reading.sha256, looked_up)
        known |= looked_up
    return {needle: known[digest] for needle, digest in digests.items()}


def _needle(message: str, request: str | None) -> bytes:
    if request:
        return json.dumps(request, ensure_ascii=False).encode()
    return message.split("\n", 1)[0].encode()


def first_lines(path: Path, needles: Collection[bytes]) -> dict[bytes, int]:
    """The number of the first line that holds each of these bytes, from 1; what stands nowhere is left out.

    So is what stands behind a place where the file cannot be read.
    """
    found: dict[bytes, int] = {}
    with suppress(OSError, EOFError), opened(path) as stream:
        lines_in(iter(partial(stream.read, BLOCK), b""), needles, found)
    return found


def lines_in(
    blocks: Iterable[bytes], needles: Collection[bytes], found: dict[bytes, int] | None = None
) -> dict[bytes, int]:
    """The same of blocks that follow each other; what is ``found`` stays, also where they end with an error."""
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
