"""Where a large file is cut into stretches: behind a line, so that each line is whole and in exactly one of them."""

from collections.abc import Iterator
from itertools import pairwise
from typing import IO

from logparse.storage.files import BLOCK, compression, is_utf16

STRETCH = 1 << 27
"""Bytes of a stretch: some seconds of counting, so that little is lost with it and a file feeds many workers."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LOOK_AHEAD = 4


def cuts(size: int, stretch: int = STRETCH) -> list[tuple[int, int]]:
    """The places near which a file of so many bytes is cut, as (from, to); one stretch where it is not larger.

    No stretch is much smaller than the others.
    """
    number = max(1, round(size / stretch))
    places = [size * at // number for at in range(number + 1)]
    return list(pairwise(places))


def blocks(stream: IO[bytes], begin: int, end: int, size: int) -> Iterator[bytes]:
    """The bytes of a stretch, from the first line that begins at ``begin`` or behind it, to the same place of ``end``.

    So the stretches of a file hold each of its lines once, wherever it is cut: also none at all, where a line is
    longer than a stretch. ``size`` is that of the whole file. OSError where the file ends before its stretch does.
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
    """Where the first line begins that does not begin before ``place``; ``size`` where there is none.

    A line whose first bytes would say of a file that it is compressed, or how it is encoded, does not count as one: a
    stretch that began with it would be read in another way than the file.
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
    """The place behind the first LF at or behind a place; ``size`` where there is none."""
    stream.seek(at)
    while block := stream.read(BLOCK):
        found = block.find(b"\n")
        if found >= 0:
            return at + found + 1
        at += len(block)
    return size
