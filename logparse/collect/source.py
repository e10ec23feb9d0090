"""What a source of logs is: something that is asked for a stretch of time, and hands over lines piece by piece."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from logparse.values.schedule import Span


@dataclass(frozen=True)
class Piece:
    """Lines that a source handed over, whole for a stretch of time: what was kept need not be fetched again.

    ``first`` and ``last`` are the times of its first and last row, where the source tells times. ``unproven`` says why
    it cannot be known whether the piece is whole: its lines are kept, and its time is asked for again the next time.
    """

    span: Span
    lines: tuple[str, ...]
    pages: int = 1
    first: datetime | None = None
    last: datetime | None = None
    unproven: str = ""


Keep = Callable[[Piece], None]
"""Takes a piece as soon as it is whole."""


@dataclass(frozen=True)
class Told:
    """What a source tells of a fetch: the exact request without secrets, its tool, and how it ended; see Fetch."""

    request: Mapping[str, Any]
    tool: str = ""
    version: str = ""
    limit: int | None = None
    exit_code: int = 0
    stderr: str = ""
    problem: str = ""


class SourceFailed(Exception):
    """A source that could not be asked, or did not come to the end: why in one line, and what it told."""

    def __init__(self, problem: str, told: Told | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.told = told


class Source(Protocol):
    """One kind of place where logs are fetched from.

    ``stem`` and ``suffix`` begin and end the names of the files it makes; ``identity`` tells a row fetched twice from
    two alike, and is empty where the source has no such thing.
    """

    @property
    def name(self) -> str:
        """What the settings and the command line call it."""
        ...

    @property
    def stem(self) -> str:
        """The beginning of the names of its files: "logs", or what else they hold."""
        ...

    @property
    def suffix(self) -> str:
        """The ending of its files."""
        ...

    def fetch(self, span: Span, keep: Keep) -> Told:
        """Hands over all lines of a stretch of time; SourceFailed where that is not possible.

        What was handed to ``keep`` stays, also where the fetch fails later.
        """
        ...

    def available_from(self, now: datetime) -> datetime | None:
        """The time before which the source may have lost rows already; None where it keeps them for good."""
        ...

    def identity(self, line: str) -> str:
        """What tells the same row fetched twice; empty for a line without."""
        ...


def without_repeats(lines: Sequence[str], identity: Callable[[str], str]) -> list[str]:
    """The lines in their order, of those with one identity the last: it was fetched later, and may hold more."""
    last = {key: at for at, line in enumerate(lines) if (key := identity(line))}
    return [line for at, line in enumerate(lines) if not (key := identity(line)) or last[key] == at]


def continued(before: Sequence[str], new: Sequence[str], identity: Callable[[str], str]) -> list[str]:
    """Lines and those that were fetched after them.

    A tool may print what was fetched already once more in front of what is new. Lines without an identity are taken for
    that where as many of them as possible are the very last ones before.
    """
    again = 0 if not new or identity(new[0]) else _overlap(before, new)
    return [*before, *new[again:]]


def _overlap(before: Sequence[str], new: Sequence[str]) -> int:
    """The greatest number of lines that end the one and begin the other (Knuth, Morris and Pratt: in linear time)."""
    falls = [0] * len(new)
    for at in range(1, len(new)):
        falls[at] = _step(new, falls, falls[at - 1], new[at])
    length = 0
    for line in before[-len(new) :]:
        length = _step(new, falls, length, line)
    return length


def _step(new: Sequence[str], falls: Sequence[int], length: int, line: str) -> int:
    """How many lines of the beginning match after one more line, when so many matched before it."""
    while length and (length == len(new) or new[length] != line):
        length = falls[length - 1]
    return length + 1 if new[length] == line else 0
