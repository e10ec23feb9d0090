"""Counting a file in stretches: wherever it is cut, it has the tally and the account of lines of the whole."""

from __future__ import annotations

import io
from collections import Counter as Sums
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from logparse.counting.cache import CountedFile
from logparse.counting.engine import LogSource
from logparse.reading.log_file import read, recognised
from logparse.reading.stretched import CountedStretch, added, count_stretch, differ, rejoined
from logparse.reading.workplace import Workplace
from logparse.storage.cuts import blocks, cuts, first_line
from tests.builders.counted import START, Counter
from tests.builders.days import FAILURES, HARMLESS, broken_files, changed, damaged_files, small_days
from tests.builders.examples import examples
from tests.properties.formats import format_of, writers
from tests.scenarios.traffic import Request, steady_day
from tests.scenarios.writers import WRITERS, Writer

pytestmark = pytest.mark.counts


def is_cut(writer: Writer) -> bool:
    """Whether what a writer writes may be counted in stretches."""
    return format_of(writer).line_by_line and not writer.is_document


def in_stretches(
    source: LogSource, places: Sequence[int], work: Workplace, tree: bool
) -> tuple[CountedFile, Path] | None:
    """The facts and the tally of a file that is cut near these places and counted in stretches."""
    size = source.path.stat().st_size
    stretches = _counted(source, [0, *places, size], False, work)
    ends = frozenset[str]().union(*(stretch.ends for stretch in stretches))
    if differ([stretch.copy for stretch in stretches], ends):
        stretches = _counted(source, [0, *places, size], True, work)
    if tree and len(stretches) > 1:
        stretches = [added(stretches[:1], work), added(stretches[1:], work)]
    return rejoined(stretches, work)


def _counted(source: LogSource, places: Sequence[int], mended: bool, work: Workplace) -> list[CountedStretch]:
    stretches = []
    for begin, end in pairwise(places):
        piece = work.scratch / "piece"
        with source.path.open("rb") as stream:
            piece.write_bytes(b"".join(blocks(stream, begin, end, places[-1])))
        if piece.stat().st_size:
            stretches.append(count_stretch(LogSource(piece, "none", source.format), mended, work))
    return stretches


def _same_as_whole(counter: Counter, content: bytes, places: Sequence[int], tree: bool = False) -> None:
    """Fails unless a file has the same facts, tally and lines in stretches as it has whole."""
    with TemporaryDirectory(dir=counter.folder) as name:
        work = counter.workplace(Path(name))
        path = work.scratch / "log"
        path.write_bytes(content)
        log_format, document = recognised(content, work.formats)
        whole = read(path, "log", work)
        if log_format is None or not log_format.line_by_line or document or not whole.tally:
            return  # It is not cut at all.
        cut = in_stretches(LogSource(path, "none", log_format), sorted(places), work, tree)
        if cut is None:
            assert whole.facts.repeated_lines
            return
        assert whole.facts.repeated_lines == 0
        facts, tally = cut
        # NOTE: Of a file with NUL the engine may miss lines that it sees in a stretch of it; then a copy without NUL is
        # read in the one case alone. The account of lines tells so, and no number may differ.
        assert replace(facts, copy="", quick=False) == replace(whole.facts, copy="", quick=False)
        assert _rows(counter, tally) == _rows(counter, whole.tally)


def _rows(counter: Counter, tally: Path | None) -> tuple[dict[object, int], set[object]]:
    """The counts by minute, name, detail and bin, and what else stands in a row; not the examples, which may differ."""
    rows = counter.connection.execute(
        f"SELECT minute, name, detail, bin, count, first, last, ms, ms_max FROM read_parquet('{tally}')"
    ).fetchall()
    sums: Sums[object] = Sums()
    for row in rows:
        sums[_key(row)] += row[4]
    return dict(sums), {_key(row) + row[5:] for row in rows}


def _key(row: Sequence[object]) -> tuple[object, ...]:
    minute, name, detail, place = row[:4]
    return minute, name, detail.replace("\x00", "\ufffd") if isinstance(detail, str) else detail, place


_PLACES = st.lists(st.integers(0, 100_000), min_size=1, max_size=4)


@examples(40)
@given(writer=writers(is_cut), day=small_days(), places=_PLACES, tree=st.booleans())
def test_a_file_cut_anywhere_has_the_tally_of_the_whole(
    counter: Counter, writer: Writer, day: list[Request], places: list[int], tree: bool
) -> None:
    """Whatever its format, and however its stretches are added, a file counts as if it had not been cut."""
    content = writer.write(day)
    _same_as_whole(counter, content, [place % len(content) for place in places], tree)


@pytest.mark.slow
@examples(100)
@given(content=broken_files() | damaged_files(), places=_PLACES)
def test_a_broken_file_cut_anywhere_has_the_tally_of_the_whole(
    counter: Counter, content: bytes, places: list[int]
) -> None:
    """Also one with lines as they should not be, whatever bytes and ends of lines it holds."""
    assume(content)
    _same_as_whole(counter, content, [place % len(content) for place in places])


_SMALL = [
    changed(steady_day(START, hours=4, deliveries=2, seed=3), {0: edit})
    for edit in (FAILURES["uncaught exception"], HARMLESS["a stack trace"])
]


@pytest.mark.slow
@pytest.mark.parametrize("writer", [each for each in WRITERS.values() if is_cut(each)], ids=lambda writer: writer.name)
@pytest.mark.parametrize("day", _SMALL, ids=["a crash", "a stack trace"])
def test_every_place_is_a_place_to_cut(counter: Counter, writer: Writer, day: list[Request]) -> None:
    """A small file, cut at each of its bytes in turn, never differs from the whole."""
    content = writer.write(day)[-20_000:]
    content = content[content.index(b"\n") + 1 :]
    cuts_made = {first_line(io.BytesIO(content), place, len(content)): place for place in range(len(content))}
    assert len(cuts_made) == content.count(b"\n") + 1, "behind each line, and in front of the first"
    for place in cuts_made.values():
        _same_as_whole(counter, content, [place])


def test_a_request_that_fails_on_both_sides_of_a_cut_counts_once(counter: Counter) -> None:
    """Its records are added as one request, as they are in a file that is not cut."""
    entry = (
        '{"time":"2026-01-12T00:10:00Z","level":"fatal","msg":"[ARI] Processing error: down","requestId":"request-1"}\n'
    )
    content = entry.encode() + entry.replace(":10:00Z", ":11:00Z").encode()
    _same_as_whole(counter, content, [len(content) // 2])


def test_a_row_that_stands_on_both_sides_of_a_cut_is_noticed(counter: Counter) -> None:
    """Rows that repeat are to be counted once, which takes a look at the whole file."""
    content = WRITERS["vercel-rows"].write(steady_day(START, hours=4, deliveries=3, seed=3))
    with TemporaryDirectory(dir=counter.folder) as name:
        work = counter.workplace(Path(name))
        path = work.scratch / "log"
        path.write_bytes(content * 2)
        assert (
            in_stretches(LogSource(path, "none", format_of(WRITERS["vercel-rows"])), [len(content)], work, True) is None
        )


@examples(300)
@given(content=st.binary(max_size=200) | st.text("a\n\r").map(str.encode), places=st.lists(st.integers(0, 200)))
def test_stretches_hold_each_byte_once(content: bytes, places: list[int]) -> None:
    """Put together they are the file, and each begins at its start or behind a line."""
    edges = sorted({0, *(min(place, len(content)) for place in places), len(content)})
    pieces = [b"".join(blocks(io.BytesIO(content), *edge, len(content))) for edge in pairwise(edges)]
    assert b"".join(pieces) == content
    begun = b""
    for piece in pieces:
        assert not piece or not begun or begun.endswith(b"\n")
        begun += piece


def test_a_file_that_has_become_shorter_is_no_stretch() -> None:
    """What is missing at its end is told, not left out."""
    with pytest.raises(OSError, match="it ends at byte 4 of 10"):
        list(blocks(io.BytesIO(b"a\nb\n"), 0, 10, 10))


MARKS = {"gzip": b"\x1f\x8b", "zstd": b"\x28\xb5\x2f\xfd", "UTF-16": b"\xff\xfe", "UTF-8 with a mark": b"\xef\xbb\xbf"}


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS)
def test_no_stretch_begins_like_a_file_of_another_kind(mark: bytes) -> None:
    """A line that begins with such bytes stays with the line before it."""
    content = b"one\n" + mark + b"two\nthree\n"
    assert first_line(io.BytesIO(content), 2, len(content)) == content.index(b"three")


@pytest.mark.parametrize(("size", "number"), [(1, 1), (100, 1), (149, 1), (151, 2), (1_000, 10)])
def test_stretches_are_alike_in_size(size: int, number: int) -> None:
    """They meet, reach from the first byte to the last, and no small one is left over."""
    found = cuts(size, 100)
    assert len(found) == number
    assert (found[0][0], found[-1][1]) == (0, size)
    assert all(one[1] == other[0] for one, other in pairwise(found))
    assert all(50 <= end - begin <= 150 for begin, end in found) or size < 50
