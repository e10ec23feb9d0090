"""Slices of time: every row once, first pages alone, and no more of them than the rows need."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logparse.collect.source import SourceFailed
from logparse.collect.vercel.row import RequestRow
from logparse.collect.vercel.slices import PAGE, RowPage, Slice, walk

HOUR = 3_600_000


class MadePages:
    """Pages of rows at some times, as the API gives them; ``repeats``: each page is the first."""

    def __init__(self, times: Sequence[int], repeats: bool = False) -> None:
        self.rows = [RequestRow(f"r{at}", time, "production", f"line {at}") for at, time in enumerate(sorted(times))]
        self.repeats = repeats
        self.asked: list[tuple[int, int, int]] = []

    def ask(self, begin: int, end: int, number: int) -> RowPage:
        """A page, the newest rows first, with those just outside."""
        self.asked.append((begin, end, number))
        rows = [row for row in self.rows if begin - 1 <= row.time <= end][::-1]
        at = 0 if self.repeats else number * PAGE
        return RowPage(tuple(rows[at : at + PAGE]), len(rows) > PAGE * (number + 1))


def _walked(pages: MadePages, begin: int, end: int) -> list[Slice]:
    slices = list(walk(begin, end, pages.ask))
    assert [row for one in slices for row in one.rows] == [row for row in pages.rows if begin <= row.time < end]
    assert [slices[0].begin, *(one.end for one in slices)] == [*(one.begin for one in slices), end]
    assert sum(one.pages for one in slices) == len(pages.asked)
    return slices


@given(
    st.lists(st.integers(-5, 3_000), max_size=300),
    st.integers(0, 1_000),
    st.integers(1, 2_000),
)
def test_every_row_is_found_once_whatever_the_times(times: list[int], begin: int, length: int) -> None:
    """Also where rows crowd, and where they lie at the edges of slices or just outside the stretch."""
    _walked(MadePages(times), begin, begin + length)


@pytest.mark.slow
def test_busy_and_quiet_hours_need_few_pages() -> None:
    """Ten thousand rows need little more than the 200 pages that hold them, and an empty day a handful."""
    chance = random.Random(1)
    even = [chance.randrange(4 * HOUR) for _ in range(10_000)]
    pages = MadePages(even)
    _walked(pages, 0, 4 * HOUR)
    assert len(pages.asked) < 320
    bursts = [hour * HOUR + int(chance.expovariate(1 / 60_000)) for hour in range(4) for _ in range(2_500)]
    pages = MadePages(bursts)
    _walked(pages, 0, 4 * HOUR)
    assert len(pages.asked) < 450
    quiet = MadePages([])
    _walked(quiet, 0, 24 * HOUR)
    assert len(quiet.asked) < 12


def test_later_pages_are_never_asked_for_where_slices_do() -> None:
    """So that pages that repeat take nothing away."""
    chance = random.Random(2)
    pages = MadePages([chance.randrange(HOUR) for _ in range(3_000)], repeats=True)
    _walked(pages, 0, HOUR)
    assert {number for _, _, number in pages.asked} == {0}


def test_page_that_is_full_to_the_last_row_is_whole() -> None:
    """Fifty rows and no more are one page."""
    pages = MadePages([1_000] * PAGE)
    assert len(_walked(pages, 0, 60_000)) == 1


def test_crowded_millisecond_is_taken_page_by_page() -> None:
    """Time cannot be cut further there."""
    pages = MadePages([*range(100), *([50] * 120)])
    slices = _walked(pages, 0, 100)
    assert max(len(one.rows) for one in slices) == 121


def test_crowded_millisecond_with_pages_that_repeat_is_a_failure() -> None:
    """Its other rows cannot be had, and that is said."""
    pages = MadePages([50] * 120, repeats=True)
    with pytest.raises(SourceFailed, match=r"around 1970-01-01T00:00:00.*vercel/vercel#16286"):
        list(walk(0, 100, pages.ask))


def test_page_without_rows_that_promises_more_is_a_failure() -> None:
    """No loop without end."""
    with pytest.raises(SourceFailed, match="within three milliseconds"):
        list(walk(0, 1, lambda begin, end, number: RowPage((), True)))


def test_slices_before_a_failure_stay() -> None:
    """What is whole is handed over before the next is asked for."""
    pages = MadePages([30 * 60_000] * 120, repeats=True)
    found: list[Slice] = []
    with pytest.raises(SourceFailed):
        found.extend(walk(0, HOUR, pages.ask))
    assert found[-1].end == 30 * 60_000 - 1
