"""Property 4: the account of lines adds up for every input, however broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.counted import Counter, physical_lines
from tests.unit.days import broken_files, damaged_files, examples

INPUTS = {
    "any bytes": st.binary(max_size=300),
    "lines as they should not be": broken_files(),
    "good files damaged": damaged_files(),
}


@pytest.mark.parametrize("files", INPUTS.values(), ids=INPUTS)
@examples(200)
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
