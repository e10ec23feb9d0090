"""Foreign text in everything that is written from a verdict: checked by reading each output as its reader does."""

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from logparse.monitoring_log import create, update
from logparse.report import terminal
from logparse.report.failure import failure_message
from logparse.report.header import header
from logparse.report.page import top
from logparse.report.summary import summary
from logparse.settings.checked import parse
from logparse.text.claims import disarmed
from logparse.text.escape import as_html, html, printable
from logparse.text.visible import visible
from logparse.verdicts.verdict import Verdict, to_json
from tests.builders.hostile_texts import HOSTILE
from tests.builders.hostile_verdicts import CALM, telling
from tests.builders.verdicts import START

pytestmark = pytest.mark.counts

LONGEST_LINE = 6_000
"""Characters that a line of any output may have, whatever a log holds."""

each_text = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
_WORDS = {name: text for name, text in HOSTILE.items() if visible(text).strip()}
each_word = pytest.mark.parametrize("text", _WORDS.values(), ids=_WORDS.keys())
"""The texts of which anything is seen; where there is nothing to say, some fields are left out."""


UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""The categories of Unicode that must not come out raw."""


class _Reader(HTMLParser):
    """The elements of a page with their attributes, in order, without the text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.text: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.elements.append((f"/{tag}", ()))

    def handle_comment(self, data: str) -> None:
        self.elements.append(("<!--", ()))

    def handle_decl(self, decl: str) -> None:
        self.elements.append(("<!", ()))

    def handle_pi(self, data: str) -> None:
        self.elements.append(("<?", ()))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _unseen(text: str) -> set[str]:
    """The signs of a text that are not seen: controls, signs without a width, turns of the direction."""
    return {hex(ord(sign)) for sign in set(text) if unicodedata.category(sign) in UNSEEN}


@each_word
def test_a_page_has_the_same_elements_whatever_a_log_holds(text: str) -> None:
    """No text makes an element or an attribute, or ends one."""
    shown = top.page(telling(text))
    assert _Reader(shown).elements == _Reader(top.page(telling(CALM))).elements
    assert _unseen(shown) <= {"0xa"}


@each_text
def test_a_text_for_html_is_read_as_it_was_shown(text: str) -> None:
    """What a browser shows of it is the text as a terminal shows it."""
    assert _Reader(f"<p>{html(text)}</p>").elements == [("p", ()), ("/p", ())]
    assert _Reader(f'<p title="{html(text)}">').elements[0][1][0][0] == "title"
    assert "<" not in as_html({text: [text, {text: text}]})


@each_text
def test_the_title_of_a_page_is_one_line(text: str) -> None:
    """The title holds nothing of a log; what holds of it holds with any."""
    assert "\n" not in top.title(telling(text))


READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
"""Reads as GitHub does, in what matters here."""


def _structure(markdown: str) -> Iterator[tuple[str, str, str]]:
    """What a reader of Markdown sees beside the words: blocks, headings with their words, and what stands in lines."""
    tokens = READER.parse(markdown)
    for place, token in enumerate(tokens):
        heading = token.type == "inline" and tokens[place - 1].type == "heading_open"
        yield token.type, token.tag, token.content if heading else ""
        yield from _inside(token)


def _inside(token: Token) -> Iterator[tuple[str, str, str]]:
    for child in token.children or ():
        # Text is cut at each escaped sign; how often says nothing.
        if child.type not in ("text", "text_special"):
            yield child.type, child.tag, ""


@cache
def _calm_document(hour: int) -> list[tuple[str, str, str]]:
    return list(_structure(update(create(START), telling(CALM, hour))))


@each_word
@pytest.mark.parametrize("hour", [4, 24])
def test_the_document_has_the_same_structure_whatever_a_log_holds(text: str, hour: int) -> None:
    """No text makes a heading, a row, a list item, a link, an image, or HTML."""
    shown = update(create(START), telling(text, hour))
    assert list(_structure(shown)) == _calm_document(hour)
    assert not {"html_block", "html_inline", "image", "link_open"} & {kind for kind, _, _ in _structure(shown)}
    assert _unseen(shown) <= {"0xa"}
    assert max(map(len, shown.splitlines())) <= LONGEST_LINE


@each_word
def test_the_summary_has_the_same_structure_whatever_a_log_holds(text: str) -> None:
    """No text makes a heading, a row, a list item, a link, an image, or HTML."""
    shown = summary(telling(text))
    assert list(_structure(shown)) == list(_structure(summary(telling(CALM))))
    assert _unseen(shown) <= {"0xa"}


@each_text
def test_the_title_of_the_document_is_one_heading(text: str) -> None:
    """The setting title may hold anything; the document begins with it and has no other heading than it should."""
    shown = create(START, title=text)
    assert [kind for kind, _, _ in _structure(shown)] == [kind for kind, _, _ in _structure(create(START, title=CALM))]
    assert update(shown, telling(CALM))


@each_text
def test_the_verdict_stands_where_the_suite_puts_it_and_nowhere_else(text: str) -> None:
    """`grep "Production Ready: YES"` finds no text of a log, and the one line of the suite says what it concluded."""
    document = update(create(START, title=text), telling(text))
    lines = [line for line in document.splitlines() if re.search("production ready: (yes|no)", line, re.IGNORECASE)]
    assert lines == ["- **Production Ready: NO**"]
    assert not re.search("production.?ready: (yes|no)", summary(telling(text)).replace("\u00a0", "#"), re.IGNORECASE)


def _terminal_lines(verdict: Verdict, text: str) -> Iterator[str]:
    """All lines that a run prints of a verdict, one by one as they are written."""
    yield from map(printable, header(verdict, [text], parse().limits))
    yield from map(printable, terminal.criteria_table(verdict))
    yield from map(printable, terminal.reasons(verdict))
    yield from map(printable, terminal.deployments(verdict))
    yield from terminal.block(verdict)
    for judgement in verdict.criteria:
        yield from failure_message(judgement).split("\n")
    yield printable(text)


@each_word
def test_a_line_of_the_terminal_is_one_line_and_orders_nothing(text: str) -> None:
    """No control, no turn of the direction, and no command that a CI service would obey."""
    calm = list(_terminal_lines(telling(CALM), CALM))
    lines = list(_terminal_lines(telling(text), text))
    assert len(lines) == len(calm)
    for line in lines:
        assert not _unseen(line)
        assert not line.lstrip().startswith("::")
        assert not re.search(r"##\w*\[", line)
        assert len(line) <= LONGEST_LINE
        assert line.encode().decode() == line


def test_a_flood_of_marks_does_not_cover_other_lines() -> None:
    """A letter carries no more marks than languages need."""
    flood = "Z" + "\u0301" * 1_000
    assert len(printable(flood)) <= 4
    assert printable("\u0e17\u0e35\u0e48 Ti\u1ebf\u0302\u0301ng") == "\u0e17\u0e35\u0e48 Ti\u1ebf\u0302\u0301ng"


@each_text
def test_verdict_json_is_json_and_the_text_is_data(text: str) -> None:
    """What is read back is what was told, a claim of readiness broken up; what would not be seen stands escaped."""
    written = to_json(telling(text))
    read = json.loads(written)
    assert read["reason"] == read["mend"] == read["deployments"][0] == disarmed(text)
    assert read["verdict"] == "NOT READY"
    assert set(read) == set(json.loads(to_json(telling(CALM))))
    assert _unseen(written) <= {"0xa"}
    assert written.encode().decode() == written
