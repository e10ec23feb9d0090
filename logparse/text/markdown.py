"""Escapes of foreign text for Markdown, so that nothing in a log changes what the document says."""

import re

from logparse.text.claims import disarmed
from logparse.text.visible import cut, visible

LONGEST = 200
"""The most characters shown of a quoted text."""

_SPECIAL = re.compile(
    r"[\\`*<|~\[\]$]"  # escapes, code, emphasis, tags, cells, strikethrough, links, formulas
    r"|^[#>+=-]"  # headings, quotations, lists
    r"|(?<![^\W_])_|_(?![^\W_])"  # emphasis, but not the underscores inside a name
    r"|&(?=#?\w+;)|(?<=:)/(?=/)|(?<=www)\.|(?<=\w)@(?=\w)"  # entities, bare links, mail addresses
)
_NUMBERED = re.compile(r"^(\d{1,9})(?=[.)](?:[ \t]|$))")
NARROW = "\u202f"
"""The narrow no-break space, which marks lines written by people that contain the verdict's own words."""

READY = "Production Ready: YES"
"""The words that gates search for in the document."""


def code_span(text: str, longest: int = LONGEST) -> str:
    """Escapes log text to a short code span: as it is, on one line, with nothing read as Markdown.

    A backtick would end the span and a pipe would end a table cell, so both are replaced by look-alikes.
    """
    shown = cut(_one_line(text, longest), longest).replace("`", "'").replace("|", "¦")
    return f"`{disarmed(shown) or '(no text)'}`"


def escaped_markdown(text: str, longest: int = 3 * LONGEST) -> str:
    """Escapes the Markdown characters of a sentence, on one line of running text."""
    shown = disarmed(cut(_one_line(text, longest), longest))
    return _NUMBERED.sub(r"\1\\", _SPECIAL.sub(lambda match: "\\" + match[0], shown))


def _one_line(text: str, longest: int) -> str:
    """Joins the lines of a text; removes terminal codes, control, bidi and invisible characters, and double spaces."""
    # NOTE: cut first, so that a message of many megabytes costs no more than a short one.
    return " ".join(visible(text[: 10 * longest]).split())


def set_apart(text: str) -> str:
    """Breaks up the verdict's words in a line written by people, so that no search for the verdict finds it."""
    return text.replace(READY, READY.replace(": ", f":{NARROW}"))
