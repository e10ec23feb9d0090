"""The interface of a source of logs: it is asked for a span of time, and hands over lines by pieces."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from logparse.values.schedule import Span


@dataclass(frozen=True)
class FetchedLines:
    """Lines that a source handed over, complete for a span: once kept, they need not be fetched again.

    ``first`` and ``last`` are the times of the first and last row, if known. ``unproven`` is why the completeness of
    the piece is unknown: its lines are kept, and its span is fetched again next time.
    """

    span: Span
    lines: tuple[str, ...]
    pages: int = 1
    first: datetime | None = None
    last: datetime | None = None
    unproven: str = ""

    @classmethod
    def of(
        cls, span: Span, rows: Sequence[tuple[datetime | None, str]], pages: int = 1, unproven: str = ""
    ) -> "FetchedLines":
        """Makes a piece of rows, each with its time if it has one, in their order."""
        times = [time for time, _ in rows if time]
        lines = tuple(line for _, line in rows)
        return cls(span, lines, pages, min(times, default=None), max(times, default=None), unproven)


Keep = Callable[[FetchedLines], None]
"""Takes each complete piece at once."""


@dataclass(frozen=True)
class FetchReport:
    """The report of a source on a fetch: the exact request without secrets, the tool, and how it ended; see Fetch."""

    request: Mapping[str, Any]
    tool: str = ""
    version: str = ""
    limit: int | None = None
    exit_code: int = 0
    stderr: str = ""
    problem: str = ""


class SourceFailed(Exception):
    """A source that could not be asked, or stopped early: the reason in one line, and its report."""

    def __init__(self, problem: str, told: FetchReport | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.told = told


class Source(Protocol):
    """A kind of place that logs are fetched from; fetches for another subject or source prove nothing for this one."""

    @property
    def name(self) -> str:
        """The name in settings and on the command line."""

    @property
    def stem(self) -> str:
        """The start of its files' names: "logs", or what else they hold."""
        return "logs"

    @property
    def suffix(self) -> str:
        """The suffix of its files."""
        return ".jsonl"

    def fetch(self, span: Span, keep: Keep) -> FetchReport:
        """Hands all lines of a span to ``keep``; SourceFailed if that is not possible, but pieces handed over stay."""

    def available_from(self, now: datetime) -> datetime | None:
        """Returns the time before which rows may be lost already; None: they are kept, or nobody knows."""
        return None

    @property
    def subject(self) -> str:
        """Whose logs it asks for, as configured: project and environment, or command; no times, limits or secrets."""

    def merged(self, before: Sequence[str], new: Sequence[str]) -> list[str]:
        """Merges lines fetched before with new ones; what came both times stands once, here by its whole line."""
        return without_repeats([*before, *new], str)


def without_repeats(lines: Sequence[str], identity: Callable[[str], str]) -> list[str]:
    """Returns the lines in order, only the last of each identity: it was fetched later, and may hold more."""
    last = {key: at for at, line in enumerate(lines) if (key := identity(line))}
    return [line for at, line in enumerate(lines) if not (key := identity(line)) or last[key] == at]
