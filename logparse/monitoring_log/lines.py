"""Text as lines that keep their own endings, each known to be Markdown or literal (fenced code, a comment)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

BOM = "\ufeff"

# NOTE: not str.splitlines, which also breaks at form feeds and Unicode separators that Markdown keeps in the line.
_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r)|([^\r\n]+)$")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*")
_BULLET = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_FENCE = re.compile(r"\s*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})(.*)")
_COMMENT_END = re.compile("-->")


@dataclass(frozen=True)
class Line:
    """One line: its text, its own ending ("" for a last line without one), and whether Markdown is read in it.

    ``number`` counts from 1 in the text that was read; it is 0 for a line that the suite has added since.
    ``open_since`` is the number of the line that opened the code or comment which goes on after this line, else 0.
    """

    text: str
    end: str = ""
    literal: bool = False
    number: int = 0
    open_since: int = 0

    @property
    def blank(self) -> bool:
        """Whether nothing stands in the line."""
        return not self.text.strip()

    @property
    def indent(self) -> int:
        """How far the text is indented."""
        return len(self.text) - len(self.text.lstrip(" \t"))

    @property
    def bullet(self) -> bool:
        """Whether a list item begins here."""
        return not self.literal and bool(_BULLET.match(self.text))

    @property
    def heading(self) -> tuple[int, str] | None:
        """The level and text of the heading that stands here, if one does."""
        match = None if self.literal else _HEADING.fullmatch(self.text.removeprefix(BOM))
        return (len(match[1]), " ".join((match[2] or "").split())) if match else None


Body = tuple[Line, ...]
"""The lines beneath a heading."""


def split(text: str) -> Iterator[Line]:
    """The lines of a text, those in fenced code and HTML comments marked as literal."""
    closer: re.Pattern[str] | None = None
    since = 0
    for number, match in enumerate(_LINE.finditer(text), 1):
        line = match[1] if match[2] else match[3]
        literal = closer is not None
        if closer is None:
            closer, since = _closer(line.removeprefix(BOM)), number
            literal = closer is not None
            if closer is _COMMENT_END and closer.search(line):
                closer = None
        elif closer.search(line):
            closer = None
        yield Line(line, match[2] or "", literal, number, since if closer else 0)


def join(lines: Iterable[Line], newline: str, final_newline: bool) -> str:
    """The text of the lines; added ones end with ``newline``, and only the last may end with nothing."""
    text = "".join(line.text + (line.end or newline) for line in lines)
    return text if final_newline else re.sub(r"(\r\n|\n|\r)\Z", "", text)


def block_end(body: Body, at: int) -> int:
    """The index after the last line that belongs to the list item at ``at``, nested items and fences included."""
    end, depth = at + 1, body[at].indent
    for index in range(at + 1, len(body)):
        line = body[index]
        if line.literal and body[index - 1].literal:
            end = index + 1
        elif not line.blank:
            after_blank = end < index
            if line.heading or (line.indent <= depth and (line.bullet or after_blank)):
                break
            end = index + 1
    return end


def _closer(line: str) -> re.Pattern[str] | None:
    """The pattern of the line that closes what this line opens; None where it opens nothing."""
    if line.lstrip().startswith("<!--"):
        return _COMMENT_END
    match = _FENCE.fullmatch(line)
    if match is None or (match[1][0] == "`" and "`" in match[2]):
        return None
    return re.compile(rf"^\s*{match[1][0]}{{{len(match[1])},}}\s*$")
