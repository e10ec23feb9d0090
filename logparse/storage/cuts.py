"""Cuts of a large file into stretches at line ends, so that each line is whole and in exactly one stretch."""

from collections.abc import Iterator
from itertools import pairwise
from typing import IO

from logparse.storage.files import BLOCK, compression, is_utf16

STRETCH = 1 << 27
"""The size of a stretch in bytes: seconds of counting, so that a failure loses little and many workers share a file."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LOOK_AHEAD = 4


def cuts(size: int, stretch: int = STRETCH) -> list[tuple[int, int]]:
    """Returns the offsets (from, to) near which to cut a file into stretches of like size; one unless it is larger."""
    number = max(1, round(size / stretch))
    places = [size * at // number for at in range(number + 1)]
    return list(pairwise(places))


def blocks(stream: IO[bytes], begin: int, end: int, size: int) -> Iterator[bytes]:
    """Yields the bytes from the first line starting at or after ``begin`` to the first one at or after ``end``.

    So the stretches of a file hold each line once; a stretch inside a longer line is empty. ``size`` is that of the
    whole file. Raises OSError if the file ends before the stretch does.
    """
    at = first_line(stream, begin, size)
    last = first_line(stream, end, size)
    stream.seek(at)
    while at < last:
        block = stream.read(min(BLOCK, last - at))
        if not block:
            raise OSError(f"it ends at byte {at:,} of {size:,}")
        at += len(block)
        yield block


def first_line(stream: IO[bytes], place: int, size: int) -> int:
    """Returns the offset of the first line that starts at or after ``place``; ``size`` if there is none.

    Skips lines that begin like a compressed file or with a byte order mark: a stretch that began with one would be
    decoded differently from the file.
    """
    if place <= 0 or place >= size:
        return max(0, min(place, size))
    at = place - 1
    while (at := _behind_line(stream, at, size)) < size:
        stream.seek(at)
        start = stream.read(_LOOK_AHEAD)
        if compression(start) == "none" and not is_utf16(start) and not start.startswith(_BYTE_ORDER_MARK):
            return at
    return size


def _behind_line(stream: IO[bytes], at: int, size: int) -> int:
    """Returns the offset after the first LF at or after ``at``; ``size`` if there is none."""
    stream.seek(at)
    while block := stream.read(BLOCK):
        found = block.find(b"\n")
        if found >= 0:
            return at + found + 1
        at += len(block)
    return size
