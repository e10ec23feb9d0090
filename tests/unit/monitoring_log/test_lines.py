"""Lines: every text comes back as it was, and only Markdown is read as Markdown."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logparse.monitoring_log.markdown.lines import block_end, join, split


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("ab#-*` ~<>!|\t\r\n\ufeff\x0b\x85\u2028"), max_size=60))
def test_every_text_survives_splitting(text: str) -> None:
    """Splitting a text into lines and joining them again gives the same text, whatever its line endings are."""
    lines = list(split(text))
    assert join(lines, "\n", final_newline=not lines or bool(lines[-1].end)) == text


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("# A\n## B ##\n###\tC  c\n", [(1, "A"), (2, "B"), (3, "C c")]),
        ("\ufeff# After a byte order mark\n", [(1, "After a byte order mark")]),
        ("    # indented code\n#no space\n####### seven\n- # in a list\n", []),
        ("```\n# code\n```\n# A\n", [(1, "A")]),
        ("````\n```\n# code\n````\n# A\n", [(1, "A")]),
        ("~~~ sh\n```\n# code\n~~~\n# A\n", [(1, "A")]),
        ("``` not a fence ` here\n# A\n", [(1, "A")]),
        (
            "- x\n  ```\n# not indented, so the list and its code end\n",
            [(1, "not indented, so the list and its code end")],
        ),
        ("- x\n  ```\n# the list ends\n  ```\n# in code\n", [(1, "the list ends")]),
        ("> ```\n# the quotation ends\n", [(1, "the quotation ends")]),
        ("<div>\n# seen all the same\n</div>\n", [(1, "seen all the same")]),
        ("<div> <!--\n\n# hidden\n-->\n\n# A\n", [(1, "A")]),
        ("<pre>\n# code\n\n# code\n</pre>\n# A\n", [(1, "A")]),
        ("    code\n\n# A\n", [(1, "A")]),
        ("- a\n  # in a list\n> # quoted\n", []),
        ("A\n===\nB\n---\n", []),
        ("- ```\n  # code\n  ```\n# A\n", [(1, "A")]),
        ("<!-- a\n# hidden\n-->\n# A\n", [(1, "A")]),
        ("<!-- a -->\n# A\n", [(1, "A")]),
        ("# A\r\n# B\r# C", [(1, "A"), (1, "B"), (1, "C")]),
    ],
)
def test_headings_are_found_where_markdown_has_them(text: str, headings: list[tuple[int, str]]) -> None:
    """A heading counts where Markdown shows one, and not in code or comments."""
    assert [line.heading for line in split(text) if line.heading] == headings


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("- a\n- b\n", 1),
        ("- a\n  - nested\n\n  more\n- b\n", 4),
        ("- a\nlazy continuation\n\nparagraph\n", 2),
        ("- a\n\n\n# heading\n", 1),
        ("- a\n# heading\n", 1),
        ("- a\n\t- nested by a tab\n\n\tmore\n- b\n", 4),
        ("- a\n  ```\n  - code\n\n  more\n  ```\n- b\n", 6),
        ("- a\n  ```\n- the code ends\n", 2),
        ("- a\n```\ncode\n```\n", 1),
        ("- a\n<!-- hidden -->\n", 1),
        ("- a\n  ```\n  never closed\n", 3),
        ("- a\n\x0c\nthe paragraph goes on\n- b\n", 3),
        ("- a\n\u3000\nthe paragraph goes on\n", 3),
    ],
)
def test_a_list_item_reaches_as_far_as_what_belongs_to_it(text: str, end: int) -> None:
    """A list item holds its nested items, continuation lines and code, but not the blank lines after it."""
    assert block_end(tuple(split(text)), 0) == end


@pytest.mark.parametrize("sign", "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\u00a0\u3000")
def test_only_line_ends_of_markdown_end_a_line(sign: str) -> None:
    """What other programs take for the end of a line, or for a blank, stands within a line, as in Markdown."""
    lines = list(split(f"a{sign}# B\n{sign}\n# C\n"))
    assert [line.heading for line in lines] == [None, None, (1, "C")]
    assert [line.blank for line in lines] == [False, False, False]
