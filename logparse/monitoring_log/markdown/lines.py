"""Lines of a text that keep their own endings, each known to be Markdown or literal (code, a comment)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from logparse.monitoring_log.markdown.rendered import Rendering, parse_blocks

BOM = "\ufeff"

# NOTE: not str.splitlines, which also breaks at form feeds and Unicode separators that Markdown keeps in the line.
_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r)|([^\r\n]+)$")
_BULLET = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")


@dataclass(frozen=True)
class Line:
    """One line: its text, and its own ending ("" for a last line without one).

    ``number`` counts from 1 in the parsed text; it is 0 for a line that the suite has added since. ``look`` is how it
    is rendered; if that is not plain Markdown, ``opened`` is the number of the line that opens the block. ``heading``
    is the level and text of a heading, or None.
    """

    text: str
    end: str = ""
    number: int = 0
    look: Rendering = Rendering.MARKDOWN
    opened: int = 0
    heading: tuple[int, str] | None = None

    @property
    def literal(self) -> bool:
        """Whether the line is code or a comment, in which no Markdown is parsed."""
        return self.look in (Rendering.LITERAL, Rendering.SWALLOWED)

    @property
    def blank(self) -> bool:
        """Whether the line is blank. For Markdown no other space than these two is blank, like that of a form feed."""
        return not self.text.strip(" \t")

    @property
    def indent(self) -> int:
        """The number of columns by which the text is indented; Markdown's tab stops are four columns apart."""
        blanks = len(self.text) - len(self.text.lstrip(" \t"))
        return len(self.text[:blanks].expandtabs(4))

    @property
    def bullet(self) -> bool:
        """Whether the line begins a list item."""
        return not self.literal and bool(_BULLET.match(self.text))


Body = tuple[Line, ...]
"""The lines beneath a heading."""


def split(text: str) -> Iterator[Line]:
    """Yields the lines of a text, each with how Markdown renders it."""
    seen = parse_blocks(text.removeprefix(BOM))
    for at, match in enumerate(_LINE.finditer(text)):
        look, opener = seen.looks.get(at, (Rendering.MARKDOWN, -1))
        line = match[1] if match[2] else match[3]
        yield Line(line, match[2] or "", at + 1, look, opener + 1, seen.headings.get(at))


def join(lines: Iterable[Line], newline: str, final_newline: bool) -> str:
    """Joins lines to a text; added lines end with ``newline``, and only the last may have no ending."""
    text = "".join(line.text + (line.end or newline) for line in lines)
    return text if final_newline else re.sub(r"(\r\n|\n|\r)\Z", "", text)


def block_end(body: Body, at: int) -> int:
    """Returns the index after the last line of the list item at ``at``, nested items and code included."""
    # What belongs to an item is indented by two or more: the width of its bullet and a blank.
    end, depth = at + 1, body[at].indent + 1
    for index in range(at + 1, len(body)):
        line = body[index]
        if not line.blank:
            after_blank = end < index
            apart = line.bullet or line.look is not Rendering.MARKDOWN or after_blank
            if line.heading or (line.indent <= depth and apart):
                break
            end = index + 1
    return end
