"""A walk through a span of time in slices, each short enough that its rows fit on one page.

Later pages of the request logs may repeat the first (vercel/vercel#16286), so only first pages that report no further
rows are trusted. The length of the next slice follows from the row rate of the last ones.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from logparse.collect.source import SourceFailed
from logparse.collect.vercel.row import RequestRow, from_milliseconds

PAGE = 50
"""The largest number of rows on a page."""

AIM = 40
"""The target number of rows in a slice; with more, slices exceed 50 so often that splitting costs what is gained."""

FIRST = 5 * 60_000
"""The length of the first slice in milliseconds, while the row rate is unknown."""

LONGEST = 4 * 3_600_000
GROWTH = 4
"""The largest growth from one slice to the next: a busy hour may follow a quiet one."""

MOST_PAGES = 1_000
"""The largest number of pages fetched for one millisecond."""


@dataclass(frozen=True)
class RowPage:
    """The rows of one answer, and whether it says that more follow."""

    rows: tuple[RequestRow, ...]
    more: bool

    @property
    def whole(self) -> bool:
        """Whether these are all rows that were asked for."""
        return not self.more and len(self.rows) <= PAGE


@dataclass(frozen=True)
class Slice:
    """The rows of ``[begin, end)``, in milliseconds, sorted by time, and the number of pages fetched for them."""

    begin: int
    end: int
    rows: tuple[RequestRow, ...]
    pages: int


AskPage = Callable[[int, int, int], RowPage]
"""Fetches a page (numbered from 0) of the rows in [begin, end); it may hold rows just outside."""


def walk(begin: int, end: int, ask: AskPage) -> Iterator[Slice]:
    """Yields all rows of a span by slices; raises SourceFailed if one millisecond has too many rows to fetch."""
    at, length, pace, asked = begin, FIRST, 0.0, 0
    while at < end:
        until = min(at + length, end)
        page = ask(at, until, 0)
        asked += 1
        if page.whole:
            rows = page.rows
        elif until - at > 1:
            length = (until - at) // 2
            continue
        else:
            rows, pages = _one_millisecond(at, page, ask)
            asked += pages
        yield Slice(at, until, _inside(rows, at, until), asked)
        now = len(rows) / (until - at)
        pace = (pace + now) / 2 if pace else now
        fitting = int(AIM / pace) if pace else LONGEST
        length = max(1, min(fitting, (until - at) * GROWTH, LONGEST))
        at, asked = until, 0


def _one_millisecond(at: int, first: RowPage, ask: AskPage) -> tuple[tuple[RequestRow, ...], int]:
    """Fetches the rows of a millisecond with more than one page; returns them and the number of further pages."""
    rows, page, number = list(first.rows), first, 0
    seen = {row.identity for row in rows}
    while page.more:
        number += 1
        page = ask(at, at + 1, number)
        if not page.rows or number > MOST_PAGES or any(row.identity in seen for row in page.rows):
            where = f"within three milliseconds around {from_milliseconds(at).isoformat()}"
            raise SourceFailed(
                f"over {PAGE} requests came {where}, and the pages after the first do not bring the others "
                "(vercel/vercel#16286)"
            )
        rows.extend(page.rows)
        seen.update(row.identity for row in page.rows)
    return tuple(rows), number


def _inside(rows: Sequence[RequestRow], begin: int, end: int) -> tuple[RequestRow, ...]:
    # The newest comes first; rows of one millisecond are reversed as well.
    inside = {row.identity: row for row in reversed(rows) if begin <= row.time < end}
    return tuple(sorted(inside.values(), key=lambda row: row.time))
