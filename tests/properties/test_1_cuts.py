"""Property 1: cutting one log into overlapping files, any way, gives the same counts."""

from __future__ import annotations

from itertools import groupby, pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.builders.counted import START, Counter, Row, Tallied
from tests.builders.days import small_days
from tests.builders.examples import examples
from tests.properties.formats import format_of, is_timed, stands_alone, writers
from tests.scenarios.traffic import HOUR_MS, MINUTE_MS, Request, epoch_ms
from tests.scenarios.writers import Writer

_BEGIN_MS = epoch_ms(START)
_HOURS = 4


def units(content: bytes) -> list[bytes]:
    """A log in pieces between which it may be cut: equal lines of one moment stay together.

    Two equal lines of one moment, one in each of two files, cannot be told from one line that both files hold.
    """
    lines = content.splitlines(keepends=True)
    return [b"".join(group) for _, group in groupby(lines)]


@st.composite
def cut_between_lines(draw: st.DrawFn, content: bytes) -> list[bytes]:
    """The log in two or three files that overlap anyhow, or only meet, cut between any two lines."""
    pieces = units(content)
    places = sorted(draw(st.lists(st.integers(0, len(pieces)), min_size=1, max_size=2)))
    reach = st.integers(0, 40) | st.just(len(pieces))
    files = []
    for begin, end in pairwise([0, *places, len(pieces)]):
        back, ahead = draw(reach), draw(reach)
        files.append(b"".join(pieces[max(0, begin - back) : end + ahead]))
    return files


@st.composite
def cut_into_fetches(draw: st.DrawFn, writer: Writer, day: list[Request]) -> list[bytes]:
    """The day in two or three fetches of any stretches of time that overlap anyhow, or only meet."""
    moments = sorted(draw(st.lists(st.integers(0, _HOURS * HOUR_MS), min_size=1, max_size=2)))
    reach = st.integers(0, 90 * MINUTE_MS)
    files = []
    for begin, end in pairwise([0, *moments, (_HOURS + 1) * HOUR_MS]):
        back, ahead = draw(reach), draw(reach)
        files.append(writer.window(day, _BEGIN_MS + begin - back, _BEGIN_MS + end + ahead))
    return files


@st.composite
def with_repeats(draw: st.DrawFn, writer: Writer, content: bytes) -> bytes:
    """The log with some of its lines standing twice: printed twice at one moment, or one row brought twice."""
    lines = content.splitlines(keepends=True)
    begins = [format_of(writer).recognises(line.decode()) for line in lines] + [True]
    whole = [at for at in range(len(lines)) if begins[at] and begins[at + 1]]
    doubled = draw(st.sets(st.sampled_from(whole), max_size=5)) if whole else set()
    return b"".join(line * 2 if at in doubled else line for at, line in enumerate(lines))


@st.composite
def cut_logs(draw: st.DrawFn) -> tuple[str, bytes, list[bytes]]:
    """What was cut, between lines or into fetches; a log of a format, whole, and in files that stand in any order."""
    writer, day = draw(writers(is_timed)), draw(small_days())
    content = writer.write(day)
    if stands_alone(writer) and draw(st.booleans()):
        content = draw(with_repeats(writer, content))
        files, cut = draw(cut_between_lines(content)), "lines"
    else:
        files, cut = draw(cut_into_fetches(writer, day)), "fetches"
    return cut, content, [file for file in draw(st.permutations(files)) if file]


def _told(tally: Tallied, cut: str) -> frozenset[Row]:
    """What a tally tells of the records. How many lines they stand on may differ from fetch to fetch."""
    return frozenset(row for row in tally.timed if cut == "lines" or row[1] != "lines")


@examples(200)
@given(log=cut_logs())
def test_cutting_one_log_into_overlapping_files_gives_the_same_counts(
    counter: Counter, log: tuple[str, bytes, list[bytes]]
) -> None:
    """However a log is cut into files, and however these overlap, each record counts once."""
    cut, content, files = log
    assert _told(counter.tally(*files), cut) == _told(counter.tally(content), cut)
