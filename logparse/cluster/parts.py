"""What goes to the workers and comes back: files, pieces of them, and what was counted; plain values all."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

import duckdb

import logparse
from logparse.counting.cache import CountedFile
from logparse.reading.file_problems import Problem
from logparse.settings.checked import Settings


@dataclass(frozen=True)
class Setup:
    """What a worker needs to count as the run itself would.

    ``code`` tells the version of the code and its engine (see ``code``); ``stretch``: bytes of a stretch of a large
    file.
    """

    settings: Settings
    now: datetime
    start: datetime | None
    code: str
    stretch: int


@dataclass(frozen=True)
class LogFile:
    """A log file as the run found it: a path that all machines have, or a URL; how people know it; its size in bytes.

    ``version`` changes with its content; ``stored``: it lies in an object store; ``modified``: when it was last
    written, in seconds since 1970, for what lies in a store.
    """

    place: str
    shown: str
    size: int
    version: str
    stored: bool = False
    modified: float | None = None


@dataclass(frozen=True)
class FilePart:
    """A part of a file that is read by itself: all of it, or a stretch (see storage/cuts.py), and how.

    ``copy``: the kind of copy that is read; ``before``: the lines of the file in front of it; ``lines``: its own;
    ``minutes``: those in which it has records, or None where that is not known.
    """

    file: LogFile
    begin: int
    end: int
    format: str
    compression: str = "none"
    copy: str = ""
    first_date: date | None = None
    before: int = 0
    lines: int = 0
    minutes: frozenset[int] | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it is all of its file."""
        return self.begin == 0 and self.end == self.file.size


@dataclass(frozen=True)
class Cut:
    """What a look at the front of a large file says: it is to be counted in stretches, as this format."""

    file: LogFile
    format: str


@dataclass(frozen=True)
class Scanned:
    """Neighbouring stretches that were counted: their pieces, what they are together, and their scan (Parquet).

    Of ``rejected`` lines the first few, each with its number in the first of the pieces' lines.
    """

    pieces: tuple[FilePart, ...]
    blank: int
    torn: bool
    ends: frozenset[str]
    scan: bytes
    rejected: tuple[tuple[int, str], ...] = ()

    @property
    def lines(self) -> int:
        """The physical lines."""
        return sum(piece.lines for piece in self.pieces)


@dataclass(frozen=True)
class Counted:
    """A file that was read: what reading.Reading says of it, its tally (Parquet; None where nothing is counted), and
    the pieces that it is read again by.

    Of ``rejected`` lines the first few; None where that is not known.
    """

    sha256: str = ""
    format: str = ""
    compression: str = "none"
    first_date: date | None = None
    facts: CountedFile = field(default_factory=lambda: CountedFile(lines=0))
    tally: bytes | None = None
    problems: tuple[Problem, ...] = ()
    pieces: tuple[FilePart, ...] = ()
    rejected: tuple[tuple[int, str], ...] | None = ()
    tool: str = ""
    local: bool = False


@dataclass(frozen=True)
class Again:
    """A file that is to be counted once more: whole, because rows of it stand twice, or from mended copies."""

    whole: bool


def numbered(pieces: tuple[FilePart, ...]) -> tuple[FilePart, ...]:
    """The pieces of a file in their order, each with the lines in front of it."""
    before, found = 0, []
    for piece in pieces:
        found.append(replace(piece, before=before))
        before += piece.lines
    return tuple(found)


@cache
def code() -> str:
    """A digest of the modules and tables of this package and the version of the engine."""
    digest = hashlib.sha256(duckdb.__version__.encode())
    folder = Path(logparse.__file__).parent
    for module in sorted([*folder.rglob("*.py"), *folder.rglob("*.toml")]):
        digest.update(str(module.relative_to(folder)).encode() + b"\0" + module.read_bytes())
    return digest.hexdigest()
