"""Property 4: the account of lines adds up for every input, however broken."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.builders.counted import Counter, physical_lines
from tests.builders.days import broken_files, damaged_files
from tests.builders.examples import examples

_BROKEN = broken_files() | damaged_files()
"""Files with lines as they should not be, and good files of every format of which some bytes were changed."""


def _adds_up(counter: Counter, content: bytes) -> None:
    counted = counter.count(content)
    if counted.problems == ["unreadable"]:  # it begins as a compressed file does, and is none
        assert counted.lines == {}
    else:
        assert sum(counted.lines.values()) == physical_lines(content)


@examples(200)
@given(content=st.binary(max_size=300))
def test_every_line_of_any_bytes_is_in_exactly_one_class(counter: Counter, content: bytes) -> None:
    """Whatever bytes a file holds, the classes of its lines add up to the lines that it has."""
    _adds_up(counter, content)


@examples(200)
@given(content=_BROKEN)
def test_every_physical_line_is_in_exactly_one_class(counter: Counter, content: bytes) -> None:
    """However broken a log is, the classes of its lines add up to the lines that it has."""
    _adds_up(counter, content)
