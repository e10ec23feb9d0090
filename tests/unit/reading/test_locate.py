"""Finding the line of a record by its own words."""

import gzip
from pathlib import Path

import pytest

from logparse.reading.locate import first_lines
from logparse.storage.files import BLOCK


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_line_is_found_wherever_it_stands(tmp_path: Path, packed: bool) -> None:
    """The number is right in the first line, in the last, and where the words lie over the border of two blocks."""
    filler = b"x" * 99 + b"\n"
    before = filler * (BLOCK // 100)
    over_border = before + b"y" * (BLOCK - len(before) - 3) + b" needle over the border\n"
    content = b"first needle\n" + over_border[13:] + filler * 7 + b"last needle"
    path = tmp_path / "log"
    path.write_bytes(gzip.compress(content) if packed else content)
    needles = (b"first needle", b"needle over the border", b"last needle")
    expected = {needle: content[: content.index(needle)].count(b"\n") + 1 for needle in needles}
    assert first_lines(path, needles) == expected
    assert [first_lines(path, [needle])[needle] for needle in needles] == list(expected.values())


def test_words_that_are_nowhere_have_no_line(tmp_path: Path) -> None:
    """What is not there, or cannot be read, is left out."""
    path = tmp_path / "log"
    path.write_bytes(b"one\ntwo\n")
    assert first_lines(path, [b"three", b"two"]) == {b"two": 2}
    assert first_lines(path, []) == {}
    assert first_lines(tmp_path / "missing", [b"one"]) == {}
