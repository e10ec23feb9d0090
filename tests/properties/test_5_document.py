"""Property 5: writing an hour twice gives the same bytes; people's text survives any sequence of runs."""

from __future__ import annotations

import re
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from logparse.monitoring_log import update
from tests.builders.drawn_documents import verdicts
from tests.builders.examples import examples
from tests.builders.verdicts import fresh

Lines = list[str]

FORMS = (
    "{}",
    "  {}",
    "- {}",
    "  - {}",
    "    - {}",
    "  - **{}:** with a label of their own",
    "> {}",
    "## {}",
    "### {}",
    "#### {}",
    "\n{}\n",
    "```\n{}\n- **Errors:** pasted\n```",
    "  ```\n  {}\n  ```",
    "<!-- {} -->",
    "| {} | 1 |",
    "1. {}",
)
"""What people add anywhere."""

_NOTES = re.compile(r"- \*\*Notes:\*\* ")
_CHECKED = re.compile(r"- \*\*(?:Conversation|User message|Bot response|Quality):\*\* ")
_FLAG = re.compile(r"- \*\*.+\*\* \(critical\): ")


def _open_places(lines: Lines) -> list[int]:
    """Before which lines something may be added: below the title, not in pasted code, not behind the last line."""
    places, inside = [], False
    for at, line in enumerate(lines):
        if at and not inside:
            places.append(at)
        if line.lstrip().startswith("```"):
            inside = not inside
    return places


@st.composite
def added(draw: st.DrawFn, lines: Lines, mark: str) -> Lines:
    """The document with something added between any two lines."""
    at = draw(st.sampled_from(_open_places(lines)))
    return [*lines[:at], *draw(st.sampled_from(FORMS)).format(mark).split("\n"), *lines[at:]]


@st.composite
def appended(draw: st.DrawFn, lines: Lines, mark: str) -> Lines:
    """The document with a section of people's own at its end."""
    return [
        *lines,
        *draw(st.sampled_from(("## {}", "\n## {}\n\nwith text\n", "\n{}", "- {}\n"))).format(mark).split("\n"),
    ]


def _written(places: re.Pattern[str]) -> Callable[[Lines, str], st.SearchStrategy[Lines]]:
    """Behind the label of any of these lines people write words of their own, after those that they wrote before."""

    @st.composite
    def written(draw: st.DrawFn, lines: Lines, mark: str) -> Lines:
        found = [at for at, line in enumerate(lines) if places.match(line)]
        if not found:
            return draw(added(lines, mark))
        at = draw(st.sampled_from(found))
        label = places.match(lines[at])
        keep = lines[at] if "PERSON" in lines[at] or places is _FLAG or label is None else label[0].rstrip()
        return [*lines[:at], f"{keep} {mark}", *lines[at + 1 :]]

    return written


EDITS = (added, added, appended, _written(_NOTES), _written(_CHECKED), _written(_FLAG))
"""The ways in which people write into the document between two runs."""


@examples(200)
@given(data=st.data(), windows_ends=st.booleans())
def test_an_hour_twice_gives_the_same_bytes_and_what_people_write_survives(
    data: st.DataObject, windows_ends: bool
) -> None:
    """Hours in any order, repeated, with people at work between: no run doubles, changes or loses a line of theirs."""
    ends = "\r\n" if windows_ends else "\n"
    text, marks = fresh().replace("\n", ends), list[str]()
    for _ in range(data.draw(st.integers(1, 5))):
        lines = text.split(ends)
        for _ in range(data.draw(st.integers(0, 3))):
            marks.append(f"PERSON-{len(marks)}.")
            lines = data.draw(data.draw(st.sampled_from(EDITS))(lines, marks[-1]))
        before, run = ends.join(lines), data.draw(verdicts())
        text = update(before, run)
        assert update(text, run) == text
        assert [mark for mark in marks if text.count(mark) != 1] == []
        assert _lines_of_people(before, ends) == _lines_of_people(text, ends)


def _lines_of_people(text: str, ends: str) -> Lines:
    """The lines that hold a mark, sorted; of one that the suite began, people's words alone."""
    theirs = [line for line in text.split(ends) if "PERSON" in line]
    return sorted(line[line.index("PERSON") :] if _FLAG.match(line) else line for line in theirs)
