"""What holds for any log: overlaps, order, formats and cuts change nothing, and every line is accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby, pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scenarios.traffic import Request
from tests.scenarios.writers import Format, write_text, write_vercel
from tests.unit.counted import Counter, physical_lines, usual_way
from tests.unit.days import broken_files, damaged_files, examples, small_days

WRITERS = {"text": write_text, "vercel": write_vercel}
NOT_IN_BOTH = ("webhook_statuses", "webhook_statuses_unknown", "records", "left_out")
"""Numbers that differ between the formats by nature: a request that prints nothing is a record in rows alone."""


def _units(content: bytes) -> list[bytes]:
    """A log in pieces between which it may be cut: equal lines of one moment stay together.

    Two equal lines of one moment, one in each of two files, cannot be told from one line that both files hold.
    """
    lines = content.splitlines(keepends=True)
    return [b"".join(group) for _, group in groupby(lines, key=lambda line: line)]


@st.composite
def overlapping(draw: st.DrawFn, content: bytes) -> list[bytes]:
    """The log in two to four files that overlap anyhow, or only meet, and together hold all of it."""
    units = _units(content)
    cuts = sorted(draw(st.lists(st.integers(0, len(units)), min_size=1, max_size=3)))
    files = []
    for begin, end in pairwise([0, *cuts, len(units)]):
        back, ahead = draw(st.integers(0, 40)), draw(st.integers(0, 40))
        files.append(b"".join(units[max(0, begin - back) : end + ahead]))
    return [file for file in draw(st.permutations(files)) if file]


def _with_repeats(content: bytes, places: Sequence[int]) -> bytes:
    """The text with some lines printed twice at the same moment."""
    lines = content.splitlines(keepends=True)
    timed = [line.startswith(b"2026") for line in lines]
    whole = [at for at in range(len(lines)) if timed[at] and (at + 1 == len(lines) or timed[at + 1])]
    doubled = {whole[place % len(whole)] for place in places}
    return b"".join(line * 2 if at in doubled else line for at, line in enumerate(lines))


@pytest.mark.parametrize("format", WRITERS)
@examples(12)
@given(data=st.data(), day=small_days())
def test_overlapping_files_give_the_same_counts(
    counter: Counter, format: Format, data: st.DataObject, day: list[Request]
) -> None:
    """However a log is cut into files that overlap, each record counts once."""
    content = WRITERS[format](day)
    if format == "text":
        content = _with_repeats(content, data.draw(st.lists(st.integers(0, 1_000), max_size=5)))
    files = data.draw(overlapping(content))
    assert counter.count(*files).tally.timed == counter.count(content).tally.timed


@examples(15)
@given(day=small_days())
def test_both_formats_give_the_same_numbers(counter: Counter, day: list[Request]) -> None:
    """A day in text and in rows has the same metrics, where both carry the fact."""
    text, rows = (asdict(counter.count(write(day)).metrics) for write in WRITERS.values())
    assert {name: value for name, value in text.items() if name not in NOT_IN_BOTH} == {
        name: value for name, value in rows.items() if name not in NOT_IN_BOTH
    }


@pytest.mark.parametrize("format", WRITERS)
@examples(10)
@given(day=small_days(), seed=st.integers(0, 99))
def test_the_order_of_lines_does_not_matter(counter: Counter, format: Format, day: list[Request], seed: int) -> None:
    """Every line has its own time, or none, so that a shuffled log has the same tally."""
    content = WRITERS[format](day)
    lines = content.splitlines(keepends=True)
    Random(seed).shuffle(lines)
    assert counter.count(b"".join(lines)).tally == counter.count(content).tally


@pytest.mark.parametrize("format", WRITERS)
@examples(10)
@given(day=small_days(), share=st.floats(0, 1))
def test_tallies_of_parts_add_up_to_the_tally_of_all(
    counter: Counter, format: Format, day: list[Request], share: float
) -> None:
    """A log that is cut anywhere between two lines, counted apart and added, is the log counted in one."""
    units = _units(WRITERS[format](day))
    cut = round(share * len(units))
    one, other, whole = (counter.count(b"".join(part)) for part in (units[:cut], units[cut:], units))
    assert (one.tally + other.tally).timed == whole.tally.timed


@pytest.mark.parametrize(
    "files",
    [st.binary(max_size=300), broken_files(), damaged_files()],
    ids=["any bytes", "lines as they should not be", "good files damaged"],
)
@examples(40)
@given(data=st.data())
def test_every_physical_line_is_in_exactly_one_class(
    counter: Counter, files: st.SearchStrategy[bytes], data: st.DataObject
) -> None:
    """However broken a file is, the classes of its lines add up to the lines that it has."""
    content = data.draw(files)
    counted = counter.count(content)
    if counted.problems == ["unreadable"]:  # it begins as a compressed file does, and is none
        assert counted.lines == {}
    else:
        assert sum(counted.lines.values()) == physical_lines(content)


@examples(12)
@given(day=small_days(), ends=st.sampled_from(["\n", "\r\n", "\r"]), mark=st.booleans(), last=st.booleans())
def test_the_ends_of_lines_do_not_matter(
    counter: Counter, day: list[Request], ends: str, mark: bool, last: bool
) -> None:
    """LF, CRLF and CR end a line, a byte order mark is no text, and the last line needs no end."""
    content = write_text(day)
    changed = ("\ufeff" if mark else "").encode() + content.replace(b"\n", ends.encode())
    assert counter.count(changed if last else changed.rstrip(b"\r\n")).tally == counter.count(content).tally


_STAMPS = (
    "2026-01-12T00:10:00.000Z",
    "2026-01-12 00:10:00Z",
    "2026-01-12T00:10:00.123456789Z",
    "2026-02-30T00:10:00Z",
    "2026-01-12T00:10:60Z",
    "2026-01-12T00:10Z",
    "2026-01-12T24:00:00Z",
    "2026-01-12T07:10:00+07:00",
    "2026-01-12T00:10:00",
    "2026-01-12T00:10:00,123Z",
    " 2026-01-12T00:10:00Z",
)
_GAPS = (" ", "\t", "", "  ")
_MESSAGES = (
    "[ARI] Response sent in 5ms",
    "INFO [ARI] Response sent in 7ms",
    "[info][ARI] Response sent in 3ms",
    "app[web.1]: ERROR [Store] boom",
    "stdout F [ARI] Response sent in 9ms",
    "[error] x",
    "Error: y",
    "a Z b Z c",
    "Z Z Z Z Z Z Z Z",
    "\x1b[31mred",
    "",
)
_UNTIMED = ("    at x", "", " ", "\t", "[ARI] Response sent in 1ms", "Vercel CLI 60.0.0", '{"a":1}', "Z ", "Z Z")
_ANY_TEXT = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=8)
_WORDS = st.sampled_from(_MESSAGES) | _ANY_TEXT
_TIMED = st.builds("{}{}{}".format, st.sampled_from(_STAMPS), st.sampled_from(_GAPS), _WORDS)


@examples(40)
@given(lines=st.lists(_TIMED | st.sampled_from(_UNTIMED), max_size=8), ends=st.sampled_from(["\n", "\r\n"]))
def test_the_quicker_way_of_reading_text_sees_the_same(counter: Counter, lines: list[str], ends: str) -> None:
    """Text that is cut at its times while it is read has the same tally as text that is read line by line."""
    first = "2026-01-12T00:05:00.000Z [Webhook] Signature verified"
    content = "".join(line + ends for line in [first, *lines]).encode()
    quick = counter.count(content)
    with usual_way():
        usual = counter.count(content)
    assert (quick.lines, quick.tally) == (usual.lines, usual.tally)
