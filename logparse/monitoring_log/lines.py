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


@dataclass(frozen=True)
class Line:
    """One line: its text, its own ending ("" for a last line without one), and whether Markdown is read in it.

    ``number`` counts from 1 in the text that was read; it is 0 for a line that the suite has added since.
    """

    text: str
    end: str = ""
    literal: bool = False
    number: int = 0

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
    closes: re.Pattern[str] | None = None
    for number, match in enumerate(_LINE.finditer(text), 1):
        line = match[1] if match[2] else match[3]
        if closes:
            literal, closes = True, None if closes.search(line) else closes
        else:
            closes = _opened(line)
            literal = closes is not None
            if closes and line.lstrip().startswith("<!--") and closes.search(line):
                closes = None
        yield Line(line, match[2] or "", literal, number)


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


def unclosed(lines: Body) -> Line | None:
    """The line that opens fenced code or a comment which runs to the end of the text without being closed."""
    closes: re.Pattern[str] | None = None
    opener = None
    for line in lines:
        if closes is None:
            closes = _opened(line.text)
            opener = line
            if closes and line.text.lstrip().startswith("<!--") and closes.search(line.text):
                closes = None
        elif closes.search(line.text):
            closes = None
    return opener if closes else None


def _opened(line: str) -> re.Pattern[str] | None:
    """The pattern of the line that closes what this line opens; None where it opens nothing."""
    if line.lstrip().startswith("<!--"):
        return re.compile("-->")
    match = _FENCE.fullmatch(line)
    if match is None or (match[1][0] == "`" and "`" in match[2]):
        return None
    return re.compile(rf"^\s*{match[1][0]}{{{len(match[1])},}}\s*$")
