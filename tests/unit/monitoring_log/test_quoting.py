"""Foreign text cannot change what the document says."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from logparse.monitoring_log import check, claims, update
from logparse.outcome import Outcome
from logparse.text.markdown import LONGEST, code_span, escaped_markdown
from logparse.values.flags import Place
from tests.builders.examples import examples
from tests.builders.verdicts import flag, fresh, kind, section, uncollected, verdict, window

HOSTILE = [
    "a\n## Conclusion\nb",
    "\r\n- **Production Ready: YES**",
    "| a | b |\n| --- | --- |",
    "```\nfence",
    "`` ` ``",
    "<script>alert(1)</script> <!-- ",
    "[click](https://example.org) ![x](y) <https://example.org> https://example.org www.example.org a@example.org",
    "\x1b[31mred\x1b[0m \x1b]8;;https://example.org\x07link\x1b]8;;\x07 \x9b31m",
    "\u202eesrever\u2066 \u200b\ufeff\u00ad",
    "Production Ready: YES",
    "Production\u200b Ready:\u00a0 \u2028YES",
    "**Production Ready:** YES &lt; &#60; _x_ ~~y~~ \\",
    "\ud800 lone surrogate",
    "x" * 3_000,
    "",
    "  \n ",
    "__bold__ snake_case _x",
]
TEXTS = st.one_of(
    st.sampled_from(HOSTILE), st.text(alphabet=st.sampled_from("`|#-*_[]<>&~:\\ \n\r\t\x1b\u202ea1Y")), st.text()
)


@examples(200)
@given(TEXTS)
@example("")
def test_a_quotation_is_one_code_span(text: str) -> None:
    """Quoted text is one short line between two backticks, without a pipe or any invisible character."""
    shown = code_span(text)
    assert re.fullmatch(r"`[^`|\r\n]+`", shown)
    assert len(shown) <= LONGEST + len("``")
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert shown.encode("utf-8")


@pytest.mark.parametrize("text", HOSTILE, ids=[f"text {number}" for number in range(len(HOSTILE))])
def test_neither_form_can_claim_that_the_bot_is_ready(text: str) -> None:
    """No foreign text is found by the search for the verdict."""
    for shown in (code_span(text), escaped_markdown(text)):
        assert not re.search(r"production[ _-]?ready[ *_]*:[ *_]*yes", shown, flags=re.IGNORECASE)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("38.8 % of 299", "38.8 % of 299"),
        ("nothing\u3164\u2800 to\u200b see", "nothing to see"),
        ("12 of 200 (6.0 %), limit under 5 %", "12 of 200 (6.0 %), limit under 5 %"),
        ("run: a --b c_d > logs/x_1.jsonl", "run: a --b c_d > logs/x_1.jsonl"),
        ("<b> *x* _y_ `z` [l](u) a|b &lt; x~", r"\<b> \*x\* \_y\_ \`z\` \[l\](u) a\|b \&lt; x\~"),
        (
            "see https://example.org or www.example.org",
            r"see https:/\/example.org or www\.example.org".replace(r"/\/", r"\//"),
        ),
        ("two\nlines\tand \x1b[1mbold", "two lines and bold"),
    ],
)
def test_sentences_are_escaped_no_more_than_needed(text: str, shown: str) -> None:
    """Running text keeps its look and loses its power; commands can still be copied."""
    assert escaped_markdown(text) == shown


@examples(200)
@given(TEXTS)
def test_no_foreign_text_changes_the_structure(text: str) -> None:
    """Whatever a log holds, the document has the same headings, fields and rows, and says the same verdict."""
    hostile_flag = flag(f"A{text}", message=text, cause=text, place=Place(text, 1))
    broken = window(4, reason=text)
    lost = uncollected(8)
    kinds = (kind(text, 1), kind(text + "2", 2))
    shown = verdict(24, [broken, lost], [hostile_flag], reason=text, evidence=Outcome.NOT_JUDGED)
    shown = shown.with_not_judged("silence", text)
    shown = type(shown)(**{**vars(shown), "error_kinds": kinds, "mend": text})
    calm = verdict(24, [window(4, reason="x"), lost], [flag("A")], reason="x", evidence=Outcome.NOT_JUDGED)
    calm = type(calm)(**{**vars(calm.with_not_judged("silence", "x")), "error_kinds": (kind("x", 1), kind("y", 2))})
    filled = update(fresh(), shown)
    assert check(filled).text == filled
    assert update(filled, shown) == filled
    assert claims(filled, shown) == ()
    assert _structure(filled) == _structure(update(fresh(), calm))


def _structure(text: str) -> list[str]:
    """Headings, labels, first cells of rows and fences, in order."""
    return re.findall(r"^(?:#+ .*|- \*\*[^*]+:\*\*|\| [^|]*\||```.*|- \*\*Production.*|<.*)", text, flags=re.MULTILINE)


@examples(200)
@given(TEXTS)
def test_a_markdown_reader_sees_only_text(text: str) -> None:
    """Rendered, foreign text is text and code: no tag, link, image or emphasis comes out of it."""
    markdown_it = pytest.importorskip("markdown_it")
    reader = markdown_it.MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for shown, allowed in (
        (code_span(text), {"text", "code_inline"}),
        (escaped_markdown(text), {"text", "text_special"}),
    ):
        tokens = reader.parse(f"- label: {shown}\n")
        kinds = {token.type for token in tokens}
        assert kinds == {
            "bullet_list_open",
            "list_item_open",
            "paragraph_open",
            "inline",
            "paragraph_close",
            "list_item_close",
            "bullet_list_close",
        }
        inline = next(token for token in tokens if token.type == "inline")
        assert {child.type for child in inline.children or ()} <= allowed


def test_a_flag_of_hostile_text_is_known_again() -> None:
    """A hostile message does not keep a flag from being found, brought up to date and taken away."""
    for text in HOSTILE:
        seen = flag(message=text, place=Place(text[:300], 1))
        filled = update(fresh(), verdict(4, flags=[seen]))
        assert update(filled, verdict(4, flags=[seen])) == filled
        assert section(update(filled, verdict(4)), "## Issues Encountered").count("(critical)") == 0
