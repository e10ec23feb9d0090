"""Foreign text made harmless, so that nothing in a log can change what the document says or how it is read."""

import re

from logparse.text.claims import disarmed
from logparse.text.visible import visible

LONGEST = 200
"""How many characters of a quoted text are shown."""

_SPECIAL = re.compile(
    r"[\\`*<|~\[\]$]"  # escapes, code, emphasis, tags, cells, strikethrough, links, formulas
    r"|^[#>+=-]"  # headings, quotations, lists
    r"|(?<![^\W_])_|_(?![^\W_])"  # emphasis, but not the underscores inside a name
    r"|&(?=#?\w+;)|(?<=:)/(?=/)|(?<=www)\.|(?<=\w)@(?=\w)"  # entities, bare links, mail addresses
)
_NUMBERED = re.compile(r"^(\d{1,9})(?=[.)](?:[ \t]|$))")
NARROW = "\u202f"
"""The narrow no-break space, by which a line of people that holds the verdict's own words is told from that line."""

READY = "Production Ready: YES"
"""What gates search for in the document."""


def code_span(text: str, longest: int = LONGEST) -> str:
    """Log text as one short code span: shown as it is, on one line, with nothing in it read as Markdown.

    A backtick would end the span and a pipe would end a table cell, so both are replaced by look-alikes.
    """
    shown = _short(_one_line(text, longest), longest).replace("`", "'").replace("|", "¦")
    return f"`{disarmed(shown) or '(no text)'}`"


def escaped_markdown(text: str, longest: int = 3 * LONGEST) -> str:
    """A sentence from elsewhere in the program as one line of running text, its Markdown characters escaped."""
    shown = disarmed(_short(_one_line(text, longest), longest))
    return _NUMBERED.sub(r"\1\\", _SPECIAL.sub(lambda match: "\\" + match[0], shown))


def _one_line(text: str, longest: int) -> str:
    """The text on one line, without terminal codes, control, bidi and invisible characters; spaces made single."""
    # NOTE: cut first, so that a message of many megabytes costs no more than a short one.
    return " ".join(visible(text[: 10 * longest]).split())


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def set_apart(text: str) -> str:
    """A line of people with the verdict's words in it: it looks the same, but no search for the verdict finds it."""
    return text.replace(READY, READY.replace(": ", f":{NARROW}"))
