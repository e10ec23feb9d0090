"""A stretch of time walked in slices, each so small that its rows fit on one page.

Later pages of the request logs may repeat the first (vercel/vercel#16286), so only first pages are trusted, and of them
only those that say that no more rows follow. How long the next slice is, the rows of the last ones tell.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from logparse.collect.source import SourceFailed
from logparse.collect.vercel.row import RequestRow, moment_of

PAGE = 50
"""Rows of a page, at most."""

AIM = 40
"""Rows that a slice is meant to hold. With more, chance brings over 50 so often that the splits cost what is won."""

FIRST = 5 * 60_000
"""Milliseconds of the first slice, of which nothing is known yet."""

LONGEST = 4 * 3_600_000
GROWTH = 4
"""A slice is at most so many times as long as the one before it: after a quiet hour comes a busy one."""

MOST_PAGES = 1_000
"""Pages of one millisecond that are looked at."""


@dataclass(frozen=True)
class Page:
    """The rows of one answer, and whether it says that more follow."""

    rows: tuple[RequestRow, ...]
    more: bool

    @property
    def whole(self) -> bool:
        """Whether these are all rows that were asked for."""
        return not self.more and len(self.rows) <= PAGE


@dataclass(frozen=True)
class Slice:
    """The rows of ``[begin, end)``, in milliseconds, in the order of time, and how many pages were asked for."""

    begin: int
    end: int
    rows: tuple[RequestRow, ...]
    pages: int


AskPage = Callable[[int, int, int], Page]
"""The page of some number, from 0, of the rows of [begin, end); it may hold rows just outside."""


def walk(begin: int, end: int, ask: AskPage) -> Iterator[Slice]:
    """All rows of a stretch, slice by slice; SourceFailed where a millisecond has more rows than can be had."""
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
        length = _next_length(until - at, pace)
        at, asked = until, 0


def _next_length(length: int, pace: float) -> int:
    """The length of a slice after one, from the rows in a millisecond."""
    fitting = int(AIM / pace) if pace else LONGEST
    return max(1, min(fitting, length * GROWTH, LONGEST))


def _one_millisecond(at: int, first: Page, ask: AskPage) -> tuple[tuple[RequestRow, ...], int]:
    """The rows of a millisecond that has more than one page, and how many pages follow the first."""
    rows, page, number = list(first.rows), first, 0
    seen = {row.identity for row in rows}
    while page.more:
        number += 1
        page = ask(at, at + 1, number)
        if not page.rows or number > MOST_PAGES or any(row.identity in seen for row in page.rows):
            raise SourceFailed(
                f"over {PAGE} requests came within three milliseconds around {moment_of(at).isoformat()}, and the "
                "pages after the first do not bring the others (vercel/vercel#16286)"
            )
        rows.extend(page.rows)
        seen.update(row.identity for row in page.rows)
    return tuple(rows), number


def _inside(rows: Sequence[RequestRow], begin: int, end: int) -> tuple[RequestRow, ...]:
    # They come with the newest first; those of one millisecond are turned round as well.
    inside = {row.identity: row for row in reversed(rows) if begin <= row.time < end}
    return tuple(sorted(inside.values(), key=lambda row: row.time))
