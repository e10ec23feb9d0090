"""The files that are counted: one steady day each, as text with ISO times or as Vercel rows, the same for one seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.scenarios.bulk import BigDay, write_big_day
from tests.scenarios.writers import Format

START = datetime(2026, 1, 12, tzinfo=UTC)
"""The start of the soak that the files hold."""

KINDS: dict[str, Format] = {"text": "text", "rows": "vercel"}
"""The inputs by name: text with ISO times, and rows of ``vercel logs --json``."""

UNITS = {"MB": 10**6, "GB": 10**9}

LARGEST_DAY = 10**9
"""Bytes of a day that is generated request by request; larger ones are made of it, because that takes half an hour."""


@dataclass(frozen=True)
class Input:
    """One file: its kind (of KINDS), its size as it is written on the command line, and where it is."""

    kind: str
    size: str
    path: Path


def size_in_bytes(size: str) -> int:
    """A size like 100MB or 10GB in bytes; ValueError for any other text."""
    number, unit = size[:-2], size[-2:].upper()
    if unit not in UNITS or not number.isdigit():
        raise ValueError(f"{size!r} is no size like 100MB or 1GB")
    return int(number) * UNITS[unit]


def made(kind: str, size: str, seed: int, folder: Path) -> Input:
    """The input of this kind, size and seed; it is written where the folder does not hold it yet.

    Of over 1 GB it is the day of 1 GB with each line as often as that takes: a text busier by so much, and rows whose
    requests have ids of their own.
    """
    path = folder / f"{kind}-{size}-seed{seed}.{'txt' if kind == 'text' else 'jsonl'}"
    if not path.exists():
        unfinished = path.with_suffix(".unfinished")
        times, rest = divmod(size_in_bytes(size), LARGEST_DAY)
        if times > 1 and not rest:
            with unfinished.open("wb") as file:
                file.writelines(_often(made(kind, "1GB", seed, folder), times))
        else:
            write_big_day(unfinished, BigDay(START, KINDS[kind], size_in_bytes(size), seed))
        unfinished.rename(path)
    return Input(kind, size, path)


def _often(day: Input, times: int) -> Iterator[bytes]:
    with day.path.open("rb") as file:
        for line in file:
            if day.kind == "text":
                yield line * times
            else:
                yield b"".join(line.replace(b'"id":"', b'"id":"%d-' % at, 1) for at in range(times))
