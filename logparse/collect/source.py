"""What a source of logs is: something that is asked for a stretch of time, and hands over lines piece by piece."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from logparse.values.schedule import Span


@dataclass(frozen=True)
class FetchedLines:
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


Keep = Callable[[FetchedLines], None]
"""Takes a piece as soon as it is whole."""


@dataclass(frozen=True)
class FetchReport:
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

    def __init__(self, problem: str, told: FetchReport | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.told = told


class Source(Protocol):
    """One kind of place where logs are fetched from.

    ``stem`` and ``suffix`` begin and end the names of the files it makes. ``subject`` is whose logs it asks for, as
    that was written: project and environment, or the command; no times, no limit, no secret. What was fetched for
    another subject, or from another source, proves nothing here.
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

    def fetch(self, span: Span, keep: Keep) -> FetchReport:
        """Hands over all lines of a stretch of time; SourceFailed where that is not possible.

        What was handed to ``keep`` stays, also where the fetch fails later.
        """
        ...

    def available_from(self, now: datetime) -> datetime | None:
        """The time before which the source may have lost rows already; None where it keeps them for good."""
        ...

    @property
    def subject(self) -> str:
        """Whose logs are asked for, for people; the same text for the same logs."""
        ...

    def merged(self, before: Sequence[str], new: Sequence[str]) -> list[str]:
        """Lines that were fetched before and lines that were fetched now, what came both times once."""
        ...


def without_repeats(lines: Sequence[str], identity: Callable[[str], str]) -> list[str]:
    """The lines in their order, of those with one identity the last: it was fetched later, and may hold more."""
    last = {key: at for at, line in enumerate(lines) if (key := identity(line))}
    return [line for at, line in enumerate(lines) if not (key := identity(line)) or last[key] == at]
