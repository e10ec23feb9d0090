"""The messages between client and workers: files, parts of them, and counts; plain values all."""

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
    """All that a worker needs to count as the run itself would.

    ``code`` is the version of the code and its engine (see ``code``); ``stretch``: bytes of a part of a large file.
    """

    settings: Settings
    now: datetime
    start: datetime | None
    code: str
    stretch: int


@dataclass(frozen=True)
class LogFile:
    """A log file as the run found it: a path that all machines have, or a URL; its name for display; its size in bytes.

    ``version`` changes with its content; ``stored``: it is in an object store; ``modified``: its last change, in
    seconds since 1970, for a file in a store.
    """

    place: str
    shown: str
    size: int
    version: str
    stored: bool = False
    modified: float | None = None


@dataclass(frozen=True)
class FilePart:
    """A part of a file that is read by itself: all of it, or a byte range (see storage/cuts.py), and how.

    ``copy``: the kind of copy that is read; ``before``: the lines of the file in front of it; ``lines``: its own;
    ``minutes``: those with records, or None if not known.
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
        """True if it is all of its file."""
        return self.begin == 0 and self.end == self.file.size


@dataclass(frozen=True)
class Cut:
    """The result for a large file, by its first bytes: it is to be counted in byte ranges, in this format."""

    file: LogFile
    format: str


@dataclass(frozen=True)
class Scanned:
    """Counted neighbouring byte ranges: the parts, their counts as one, and their scan (Parquet).

    ``rejected``: the first few rejected lines, each with its number from the start of the first part.
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
    """The result of reading a file: the fields of reading.Reading, its tally (Parquet; None if nothing is counted), and
    the parts for reading it again.

    ``rejected``: the first few rejected lines; None if not known.
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
    """The result for a file that has to be counted again: whole, because rows of it repeat, or from mended copies."""

    whole: bool


def numbered(pieces: tuple[FilePart, ...]) -> tuple[FilePart, ...]:
    """Returns the parts of a file in order, each with the number of lines in front of it."""
    before, found = 0, []
    for piece in pieces:
        found.append(replace(piece, before=before))
        before += piece.lines
    return tuple(found)


@cache
def code() -> str:
    """Returns a digest of the modules and tables of this package and the version of the engine."""
    digest = hashlib.sha256(duckdb.__version__.encode())
    folder = Path(logparse.__file__).parent
    for module in sorted([*folder.rglob("*.py"), *folder.rglob("*.toml")]):
        digest.update(str(module.relative_to(folder)).encode() + b"\0" + module.read_bytes())
    return digest.hexdigest()
