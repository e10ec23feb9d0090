"""One steady day of any size in one file: streamed, so that its memory is that of a few thousand requests."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from tests.scenarios.traffic import Request, steady_day, steady_stream
from tests.scenarios.writers import (
    PLAIN,
    Format,
    TextStyle,
    stamp,
    stamp_of,
    text_lines,
    vercel_row,
    write_text,
    write_vercel,
)

_BATCH = 2_000  # requests; enough that the work on batches does not show beside the work on requests
_PROBE = 2_000  # deliveries that are written to learn how large one is


@dataclass(frozen=True)
class BigDay:
    """What a big day is to be; `size` in bytes is met to about one percent."""

    start: datetime
    format: Format
    size: int
    seed: int = 1
    style: TextStyle = PLAIN
    handled_errors: float = 0.015
    error_words: float = 0.1


def write_big_day(path: Path, day: BigDay) -> int:
    """Write the day and return the number of deliveries in it."""
    deliveries = max(1, round(day.size / _bytes_per_delivery(day)))
    requests = steady_stream(
        day.start,
        deliveries=deliveries,
        seed=day.seed,
        handled_errors=day.handled_errors,
        error_words=day.error_words,
        newest_first=day.format == "vercel",
    )
    pieces = _row_batches(requests) if day.format == "vercel" else _line_batches(requests, day.style)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)
    return deliveries


def _bytes_per_delivery(day: BigDay) -> float:
    probe = steady_day(
        day.start, deliveries=_PROBE, seed=day.seed, handled_errors=day.handled_errors, error_words=day.error_words
    )
    answered = [request for request in probe if request.messages]  # Health checks do not grow with deliveries.
    content = write_vercel(answered) if day.format == "vercel" else write_text(answered, day.style)
    return len(content) / _PROBE


def _row_batches(requests: Iterable[Request]) -> Iterator[str]:
    for batch in _batches(requests):
        yield "".join(map(vercel_row, batch))


def _line_batches(requests: Iterable[Request], style: TextStyle) -> Iterator[str]:
    """Lines in the order of time, though the replies of some requests come after the start of later ones."""
    pending: list[str] = []
    for batch in _batches(requests):
        pending += [line for request in batch for line in text_lines(request, style)]
        pending.sort(key=stamp_of)
        # Every later request comes in at or after this batch's last, so what was printed before it is settled.
        settled = bisect_left(pending, stamp(batch[-1].time_ms), key=stamp_of)
        yield "".join(pending[:settled])
        del pending[:settled]
    yield "".join(pending)


def _batches(requests: Iterable[Request]) -> Iterator[list[Request]]:
    remaining = iter(requests)
    while batch := list(islice(remaining, _BATCH)):
        yield batch


def write_parts(whole: Path, folder: Path, number: int, overlap: float = 0.1) -> list[Path]:
    """Cut a big day into so many files, as fetches that reach back leave them, and return these.

    Each begins in the lines of the one before it, by this part of its own size.
    """
    size = whole.stat().st_size
    reach = int(size / number * overlap)
    paths = [folder / f"part-{at:03d}{whole.suffix}" for at in range(number)]
    with whole.open("rb") as day:
        for at, path in enumerate(paths):
            begin = _behind_line(day, size * at // number - reach)
            end = _behind_line(day, size * (at + 1) // number)
            day.seek(begin)
            with path.open("wb") as part:
                while begin < end and (block := day.read(min(1 << 20, end - begin))):
                    part.write(block)
                    begin += len(block)
    return paths


def _behind_line(file: BinaryIO, place: int) -> int:
    """Where the line ends that a place lies in; the beginning of the file for places at it or before."""
    if place <= 0:
        return 0
    file.seek(place)
    file.readline()
    return file.tell()
