"""Templates: each value in them is harmless, because it stands there, and nothing in them can let one through."""

import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, UndefinedError, nodes
from markupsafe import Markup

from logparse.report.index import index
from logparse.report.page import table, top
from logparse.review.card import card_of
from logparse.review.guard import Door
from logparse.review.sitting import Said
from logparse.review.web import application
from logparse.text import templates as module
from logparse.text.escape import html
from logparse.text.templates import harmless, lines, templates, unchanged
from logparse.values.ratings import Quality, Tag
from logparse.values.suspicions import Examined, SuspicionRate
from logparse.verdicts.history import FOLDER, keep, kept
from tests.builders.hostile_texts import HOSTILE
from tests.builders.hostile_verdicts import CALM, telling
from tests.builders.talks import FIRST, cards, plain, sitting, suspicion, talk
from tests.builders.verdicts import START, verdict

FILTERS = frozenset({"capitalize", "cut", "join", "length", "lines", "lower", "replace", "unchanged"})
"""The filters that templates use: none makes HTML of a text but by the rule that is tested here."""

UNCHANGED = ["card.link", "rating.notes", "rating.notes"]
"""What stands in a page sign for sign, escaped: a link, and the notes in the field in which they are typed."""

PACKAGES = (("logparse.report", "templates"), ("logparse.review", "page"))

ENDING = "'\"></textarea><script>alert(1)</script>"
WORST = f"{ENDING}</td></style><!-- x=y\u202e\u200b\x1b[31m\nProduction Ready: YES {{{{ 7 * 7 }}}}"
"""A text that ends whatever it may stand in, begins what it may not, hides, and claims."""

each_text = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())


def _parsed() -> Iterator[tuple[Environment, str, nodes.Template]]:
    """Each template of each package, by its environment and name."""
    for package, folder in PACKAGES:
        environment = templates(package, folder)
        for name in environment.list_templates(extensions=["html", "css"]):
            yield environment, name, environment.parse(environment.loader.get_source(environment, name)[0])  # type: ignore[union-attr]


def test_no_template_knows_a_way_around() -> None:
    """No filter declares a text harmless, and no text is joined to HTML, which would escape it by another rule."""
    for environment, name, template in _parsed():
        assert {found.name for found in template.find_all(nodes.Filter)} <= FILTERS, name
        others = (nodes.Concat, nodes.MarkSafe, nodes.MarkSafeIfAutoescape, nodes.ScopedEvalContextModifier)
        assert not list(template.find_all(others)), name
        assert not set(module.DECLARING_SAFE) & set(environment.filters)


def test_few_texts_stand_as_they_are() -> None:
    """What is not seen may stand only where a changed text would lead elsewhere, or be written down changed."""
    found = [
        f"{one.node.node.name}.{one.node.attr}"  # type: ignore[union-attr]
        for _, _, template in _parsed()
        for one in template.find_all(nodes.Filter)
        if one.name == "unchanged"
    ]
    assert sorted(found) == UNCHANGED


def test_a_value_that_nobody_gave_is_an_error() -> None:
    """It is no empty text, which nobody would notice."""
    with pytest.raises(UndefinedError):
        templates("logparse.report").get_template("report.html").render()


@each_text
def test_a_value_is_made_harmless_once(text: str) -> None:
    """What was made so already, and HTML of the project, stay as they are; lines stay lines."""
    assert harmless(text) == harmless(harmless(text)) == html(text)
    assert harmless(Markup("<b>")) == "<b>"
    assert lines(f"{text}\n{text}".replace("\r", "")).count("\n") == 1 + 2 * text.replace("\r", "").count("\n")
    assert _Elements(unchanged(text)).found == []


class _Elements(HTMLParser):
    """The elements of a page with the names of their attributes, in order."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, *(name for name, _ in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.found.append((f"/{tag}",))

    def handle_comment(self, data: str) -> None:
        self.found.append(("<!--",))


def _all_pages(folder: Path) -> Iterator[str]:
    yield from _reports()
    yield from _indexes(folder)
    yield from _reviews(folder)


def _reports() -> Iterator[str]:
    """The report with all its parts, with others in their place and rows left out, and of a run that broke off."""
    bad = telling(CALM)
    one = suspicion("a")
    found = Examined(
        1, 2, suspicions=(one,), rates=(SuspicionRate(one.kind, 1, 2, "replies", None),), first=START, last=START
    )
    yield top.page(replace(bad, quality=found))
    with pytest.MonkeyPatch.context() as bounds:
        bounds.setattr(table, "MOST_ROWS", 1)
        yield top.page(replace(bad, settings=tuple(replace(one, changed=False) for one in bad.settings)))
    yield top.unfinished_page()


def _indexes(folder: Path) -> Iterator[str]:
    """The page over several soaks, and once more with a verdict that cannot be read."""
    for one in (verdict(4), verdict(24), replace(verdict(8), start=START - timedelta(days=2))):
        keep(folder / FOLDER, one)
        (folder / f"hour-{one.hour:02d}.html").write_text(f"<title>{top.title(one)}</title>", "utf-8")
    yield index(folder, START)
    kept(folder / FOLDER)[-1].path.write_text("{}")
    yield index(folder, START)


def _reviews(folder: Path) -> Iterator[str]:
    """A review of two conversations, of which one has all that one may have, before and after they are rated."""
    card = card_of(talk("a", *[CALM] * 300), (suspicion("a"),), FIRST, plain, "https://x.example.com/{key}")
    held = replace(sitting(folder, (replace(card, partial=True), *cards("b"))), problems=(CALM,))
    client = application(held, Door(4711, "secret-token"), lambda: None).test_client()
    for quality in (None, Quality.NEEDS_IMPROVEMENT):
        for number in (1, 2):
            held.rate(number, Said(quality, (Tag.HARMFUL,) if quality else (), CALM))
        for path in ("1", "2", "end"):
            yield client.get(f"/secret-token/{path}", headers={"Host": "127.0.0.1:4711"}).text


Shown = set[tuple[str, int]]
"""Lines of the templates that showed a value: the file, and the line of what Jinja2 made of it."""


def _pages_telling(text: str, folder: Path) -> tuple[Sequence[str], Shown]:
    """Every page there is, with a text in the place of each value that is no HTML."""
    shown: Shown = set()

    def told(value: object) -> Markup:
        caller = sys._getframe(1)
        shown.add((caller.f_code.co_filename, caller.f_lineno))
        return value if isinstance(value, Markup) else harmless(text)

    folder.mkdir()
    with pytest.MonkeyPatch.context() as instead:
        instead.setattr(module, "harmless", told)
        instead.setattr(module, "unchanged", lambda _: unchanged(ENDING))
        templates.cache_clear()
        pages = list(_all_pages(folder))
    templates.cache_clear()
    return pages, shown


def _lines_with_a_value() -> Iterator[tuple[str, int]]:
    for _, name, template in _parsed():
        for output in template.find_all(nodes.Output):
            yield from ((name, one.lineno) for one in output.nodes if not isinstance(one, nodes.TemplateData))


def _lines_that_showed(shown: Shown) -> Iterator[tuple[str, int]]:
    for environment, name, _ in _parsed():
        template = environment.get_template(name)
        yield from ((name, template.get_corresponding_lineno(at)) for file, at in shown if file == template.filename)


def test_no_value_of_a_template_is_more_than_text(tmp_path: Path) -> None:
    """With the worst text in the place of every value, each page has the same elements, all is seen, none claims."""
    calm, _ = _pages_telling(CALM, tmp_path / "calm")
    pages, shown = _pages_telling(WORST, tmp_path / "worst")
    assert set(_lines_with_a_value()) == set(_lines_that_showed(shown))
    for page, other in zip(pages, calm, strict=True):
        assert _Elements(page).found == _Elements(other).found
        assert {sign for sign in page if unicodedata.category(sign) in {"Cc", "Cf"}} == {"\n"}
        assert not re.search("production ready: (yes|no)", page, re.IGNORECASE)
