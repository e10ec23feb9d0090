"""The rendering of each line by Markdown: code, comments, HTML, and headings.

A parser decides this (markdown-it-py): a fence may be inside a list or a quotation and end with it, be closed by a
longer one, or never; pairing backticks by hand finds other code than readers see.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*")
# NOTE: a block of other HTML (<div>, <details>) only ends at a blank line, but its content is seen.
_UNSEEN = re.compile(r"\s*<(?:!|\?|(?:script|pre|style|textarea)(?:\s|>|$))", re.IGNORECASE)


class Rendering(Enum):
    """The way a line is rendered: as Markdown, inside HTML, literally or not at all, or hidden by an unclosed comment.

    A comment left open in a list, a quotation or other HTML ends with it in Markdown, but not in a browser.
    """

    MARKDOWN = 0
    HTML = 1
    LITERAL = 2
    SWALLOWED = 3


@dataclass(frozen=True)
class Rendered:
    """The lines that are not plain Markdown, by index from 0, with the index of the line that opens each block; and the
    level and text of the document's own headings, without those in lists and quotations.
    """

    looks: Mapping[int, tuple[Rendering, int]]
    headings: Mapping[int, tuple[int, str]]


def parse_blocks(text: str) -> Rendered:
    """Parses a text without a byte order mark."""
    lines = re.split(r"\r\n|\n|\r", text)
    looks: dict[int, tuple[Rendering, int]] = {}
    headings: dict[int, tuple[int, str]] = {}
    tokens = _reader().parse(text)
    for at, token in enumerate(tokens):
        if token.map is None:
            continue
        start, end = token.map
        if token.type == "heading_open" and token.level == 0 and token.markup.startswith("#"):
            headings[start] = (len(token.markup), " ".join(tokens[at + 1].content.split()))
        elif token.type in ("fence", "code_block"):
            looks.update(dict.fromkeys(range(start, end), (Rendering.LITERAL, start)))
        elif token.type == "html_block":
            looks.update(_html(token.content, start, end, lines))
            headings.update(_headings_in(lines, start, end, token.level))
    seen = {at: heading for at, heading in headings.items() if looks.get(at, (Rendering.HTML, 0))[0] is Rendering.HTML}
    return Rendered(looks, seen)


def _html(content: str, start: int, end: int, lines: list[str]) -> Iterator[tuple[int, tuple[Rendering, int]]]:
    """Yields the rendering of the lines of an HTML block, and of later lines hidden by a comment left open in it."""
    look = Rendering.LITERAL if _UNSEEN.match(content) else Rendering.HTML
    yield from ((at, (look, start)) for at in range(start, end))
    before, opened, after = content.rpartition("<!--")
    if opened and "-->" not in after:
        first = start + before.count("\n")
        closed = next((at for at in range(end, len(lines)) if "-->" in lines[at]), len(lines) - 1)
        yield from ((at, (Rendering.LITERAL, first)) for at in range(first, end))
        yield from ((at, (Rendering.SWALLOWED, first)) for at in range(end, closed + 1))


def _headings_in(lines: list[str], start: int, end: int, level: int) -> Iterator[tuple[int, tuple[int, str]]]:
    """Yields headings that HTML directly above turns into plain text: people still see them as headings."""
    for at in range(start, end if level == 0 else start):
        match = _HEADING.fullmatch(lines[at])
        if match:
            yield at, (len(match[1]), " ".join((match[2] or "").split()))


@cache
def _reader() -> "MarkdownIt":
    # Imported here, because it takes a tenth of a second, and not every run reads a document.
    from markdown_it import MarkdownIt  # noqa: PLC0415

    # Only blocks are parsed: inline Markdown does not change how a line is seen.
    return MarkdownIt("commonmark").enable("table").disable(["inline", "text_join"])
