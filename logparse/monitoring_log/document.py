"""The document as its sections, in order: read, checked, and put together again without losing a character."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from logparse.errors import UsageProblem
from logparse.monitoring_log.layout import DEFAULT_PATH, HEADINGS, TITLE, Heading
from logparse.monitoring_log.lines import Body, Line, join, split

_PLACES = {(heading.level, heading.text): place for place, heading in enumerate(HEADINGS)}


@dataclass(frozen=True)
class Section:
    """One of the document's own headings and all lines up to the next of them, people's headings included."""

    name: str
    heading: Line | None
    body: Body


@dataclass(frozen=True)
class Document:
    """A checked document. The first section has no name: it is what stands before the title."""

    path: str
    newline: str
    final_newline: bool
    sections: tuple[Section, ...]

    def body(self, name: str) -> Body:
        """The lines beneath one of the document's own headings."""
        return next(section.body for section in self.sections if section.name == name)

    def with_body(self, name: str, body: Body) -> "Document":
        """The document with other lines beneath one heading."""
        sections = tuple(replace(s, body=body) if s.name == name else s for s in self.sections)
        return replace(self, sections=sections)

    def lines(self) -> Iterator[Line]:
        """All lines, in order."""
        for section in self.sections:
            if section.heading:
                yield section.heading
            yield from section.body

    @property
    def text(self) -> str:
        """The whole text."""
        return join(self.lines(), self.newline, self.final_newline)


def parse(text: str, path: str | Path = DEFAULT_PATH) -> Document:
    """The sections of a document; UsageProblem with the line where a heading is missing, doubled or out of order."""
    lines = tuple(split(text))
    found = _own_headings(lines)
    _check(found, lines, str(path))
    starts = [index for index, _ in found]
    sections = [Section("", None, lines[: starts[0]])]
    for (index, place), end in zip(found, [*starts[1:], len(lines)], strict=True):
        sections.append(Section(HEADINGS[place].text, lines[index], lines[index + 1 : end]))
    newline = next((line.end for line in lines if line.end), "\n")
    return Document(str(path), newline, bool(lines[-1].end), tuple(sections))


def _own_headings(lines: Body) -> list[tuple[int, int]]:
    """The document's own headings as (index of the line, place in the fixed order)."""
    found = []
    titled = False
    for index, line in enumerate(lines):
        heading = line.heading
        if heading is None:
            continue
        if heading[0] == 1 and not titled:
            titled = True
            found.append((index, 0))
        elif heading in _PLACES:
            found.append((index, _PLACES[heading]))
    return found


def _check(found: list[tuple[int, int]], lines: Body, path: str) -> None:
    """Refuse a document whose headings are doubled, missing or out of order; the first problem is told."""
    first: dict[int, int] = {}
    for index, place in found:
        if place in first:
            raise UsageProblem(
                f"{path}:{index + 1}: the heading '{HEADINGS[place]}' stands here a second time, first in line "
                f"{first[place] + 1}; remove or rename one of the two"
            )
        first[place] = index
    for place, heading in enumerate(HEADINGS):
        if place not in first:
            raise UsageProblem(_missing(heading, place, found, lines, path))
    for (_, before), (index, place) in pairwise(found):
        if place < before:
            raise UsageProblem(
                f"{path}:{index + 1}: the heading '{_named(HEADINGS[place])}' stands after "
                f"'{_named(HEADINGS[before])}'; move its section up, before that one"
            )


def _missing(heading: Heading, place: int, found: list[tuple[int, int]], lines: Body, path: str) -> str:
    """What to tell about a heading that is not there: hidden, at another level, or simply gone."""
    if lines and lines[-1].open_since:
        opened = lines[-1].open_since
        return f"{path}:{opened}: the code block or comment opened here is never closed; close it below its last line"
    if heading.text != TITLE:
        for index, line in enumerate(lines):
            if line.heading and line.heading[1] == heading.text:
                return f"{path}:{index + 1}: this heading has another level than it needs; write it '{heading}'"
    following = next((index for index, other in found if other > place), None)
    number = len(lines) or 1 if following is None else following + 1
    where = "at the end" if following is None else "before this line"
    return f"{path}:{number}: the heading '{_named(heading)}' is missing; put it back {where}"


def _named(heading: Heading) -> str:
    return f"# ({heading.text})" if heading.text == TITLE else str(heading)
