"""The document as sections, in order: parsed, checked, and joined again without losing a character."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from logparse.errors import UsageProblem
from logparse.monitoring_log.layout import DEFAULT_PATH, HEADINGS, METRICS, OWN_LABELS, TITLE, Heading
from logparse.monitoring_log.markdown.fields import find_fields
from logparse.monitoring_log.markdown.lines import Body, Line, join, split
from logparse.monitoring_log.markdown.own_values import is_own_value
from logparse.monitoring_log.markdown.rendered import Rendering
from logparse.monitoring_log.markdown.table import hidden_row

_LIKE_THE_SUITE = re.compile(r"\s*(?:[-*+]\s+(?:\*\*|__|[\d,]+ \S |First message: |Likely cause, )|\||#)")
_TABLE_HEAD = re.compile(r"[ \t]*\|\s*Metric\s*\|\s*Value\s*\|\s*Status\s*\|.*")
_PLACES = {(heading.level, heading.text): place for place, heading in enumerate(HEADINGS)}


@dataclass(frozen=True)
class Section:
    """One of the document's own headings and all lines up to the next of them, people's headings included."""

    name: str
    heading: Line | None
    body: Body


@dataclass(frozen=True)
class Document:
    """A checked document. The first section has no name: it holds the lines before the title."""

    path: str
    newline: str
    final_newline: bool
    sections: tuple[Section, ...]

    def body(self, name: str) -> Body:
        """Returns the lines beneath one of the document's own headings."""
        return next(section.body for section in self.sections if section.name == name)

    def with_body(self, name: str, body: Body) -> "Document":
        """Replaces the lines beneath one heading."""
        sections = tuple(replace(s, body=body) if s.name == name else s for s in self.sections)
        return replace(self, sections=sections)

    def lines(self) -> Iterator[Line]:
        """Yields all lines, in order."""
        for section in self.sections:
            if section.heading:
                yield section.heading
            yield from section.body

    @property
    def text(self) -> str:
        """The whole text."""
        return join(self.lines(), self.newline, self.final_newline)


def parse(text: str, path: str | Path = DEFAULT_PATH) -> Document:
    """Parses a document; raises UsageProblem, with the line, if a heading is missing, doubled or out of order."""
    lines = tuple(split(text))
    found = _own_headings(lines)
    _check(found, lines, str(path))
    starts = [index for index, _ in found]
    sections = [Section("", None, lines[: starts[0]])]
    for (index, place), end in zip(found, [*starts[1:], len(lines)], strict=True):
        sections.append(Section(HEADINGS[place].text, lines[index], lines[index + 1 : end]))
    for line in lines:
        if line.look is Rendering.SWALLOWED and _LIKE_THE_SUITE.match(line.text):
            raise UsageProblem(
                f"{path}:{line.opened}: the comment opened here is not closed where its list, quotation or HTML ends, "
                f"so that line {line.number} is hidden; close it with -->"
            )
    for section in sections:
        _check_seen(section, str(path))
    newline = next((line.end for line in lines if line.end), "\n")
    return Document(str(path), newline, bool(lines[-1].end), tuple(sections))


def with_plain_headings(document: Document) -> Document:
    """Writes the suite's own headings with plain blanks, so that searches find them; the title's text is free."""
    return replace(document, sections=tuple(map(_with_plain_heading, document.sections)))


def _with_plain_heading(section: Section) -> Section:
    line = section.heading
    if line is None or line.heading is None or section.name == TITLE or section.name in line.text:
        return section
    return replace(section, heading=replace(line, text=str(Heading(*line.heading))))


def out_of_html(document: Document) -> Document:
    """Inserts a blank line before each of the suite's lines inside a block of HTML, which ends the block.

    Inside such a block Markdown is not parsed, so quoted log text would be read as HTML.
    """
    while True:
        lines = tuple(document.lines())
        stuck = {line.opened: at for at, line in reversed(list(enumerate(lines))) if _stuck(line)}
        if not stuck:
            return document
        apart = set(stuck.values())
        mended = [part for at, line in enumerate(lines) for part in ([Line(""), line] if at in apart else [line])]
        document = parse(join(mended, document.newline, document.final_newline), document.path)


def _stuck(line: Line) -> bool:
    return line.look is Rendering.HTML and line.opened < line.number and bool(_LIKE_THE_SUITE.match(line.text))


def _own_headings(lines: Body) -> list[tuple[int, int]]:
    """Returns the document's own headings as (index of the line, place in the fixed order)."""
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
    """Raises UsageProblem for the first heading that is doubled, missing or out of order."""
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
    """Returns the message about a missing heading: hidden, at another level, or gone."""
    if heading.text != TITLE:
        for line in lines:
            if line.literal and line.text.strip() == str(heading):
                return _hidden(path, line, f"the heading '{heading}'")
        for index, line in enumerate(lines):
            if line.heading and line.heading[1] == heading.text:
                return f"{path}:{index + 1}: this heading has another level than it needs; write it '{heading}'"
    following = next((index for index, other in found if other > place), None)
    number = len(lines) or 1 if following is None else following + 1
    where = "at the end" if following is None else "before this line"
    return f"{path}:{number}: the heading '{_named(heading)}' is missing; put it back {where}"


def _check_seen(section: Section, path: str) -> None:
    """Raises UsageProblem if a field or table of the suite is only found in code or a comment, where nobody sees it.

    Code that was left open is accepted if nothing of the suite's follows it.
    """
    for label in OWN_LABELS.get(section.name, ()):
        pattern = re.compile(rf"[ \t]*[-*+][ \t]+(?:\*\*|__)\s*{re.escape(label)}\s*(?::|\*\*|__).*")
        _refuse_hidden(section.body, pattern, f"the field '{label}'", path)
        _refuse_replaced(section.body, label, path)
    if section.name == METRICS:
        _refuse_hidden(section.body, _TABLE_HEAD, "the table", path)
        row = hidden_row(section.body)
        if row is not None:
            raise UsageProblem(_hidden(path, section.body[row], "the row of the table"))


def _refuse_hidden(body: Body, pattern: re.Pattern[str], what: str, path: str) -> None:
    found = [line for line in body if pattern.fullmatch(line.text)]
    if found and all(line.literal for line in found):
        raise UsageProblem(_hidden(path, found[0], what))


def _refuse_replaced(body: Body, label: str, path: str) -> None:
    """Raises UsageProblem if the suite's field is hidden, and only words of people's are seen behind its label."""
    hidden = [field for field in find_fields(body, label, literal=True) if is_own_value(label, field.value)]
    seen = find_fields(body, label)
    if hidden and seen and not any(field.empty or is_own_value(label, field.value) for field in seen):
        raise UsageProblem(_hidden(path, body[hidden[0].index], f"the field '{label}'"))


def _hidden(path: str, line: Line, what: str) -> str:
    return (
        f"{path}:{line.opened}: {what} of line {line.number} stands in the code block or comment opened here; "
        "close it above that line"
    )


def _named(heading: Heading) -> str:
    return f"# ({heading.text})" if heading.text == TITLE else str(heading)
