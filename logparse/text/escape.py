"""Foreign text made harmless for where it stands: a line of a terminal, or HTML."""

import re
from collections.abc import Mapping
from html import escape

from logparse.text.claims import disarmed
from logparse.text.visible import visible

LONGEST = 5_000
"""Characters of a line that are shown; a reason that names very many files is no longer read anyway."""

_COMMAND = re.compile(r"^( *:)(?=:)|(#)(?=#\w*\[)")
"""How a command to a CI service begins: ``::`` in front of a line, ``##[`` or ``##word[`` anywhere in it."""


def printable(text: str) -> str:
    """A text as one line of a terminal, in which nothing is an order to the terminal or to a CI service.

    Each sign that is not seen becomes a question mark.
    """
    return _COMMAND.sub(lambda begin: f"{begin[0]} ", _seen(text))


def html(text: str) -> str:
    """A text for HTML, also inside a quoted attribute."""
    return escape(_seen(text), quote=True)


def seen(text: str, longest: int = LONGEST) -> str:
    """A text of which all is seen, cut to a length, for a tree of elements that is escaped when it is written."""
    shown = _seen(text)
    return shown if len(shown) <= longest else shown[: longest - 1].rstrip() + "…"


def as_html(value: object) -> str:
    """A text, or the texts of a nested value in one line, for HTML."""
    return html(_line(value))


def _line(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_line(inner)}" for key, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_line, value))
    return str(value)


def _seen(text: str) -> str:
    # Cut first, so that a text of many megabytes costs no more than a short one.
    shown = disarmed(visible(text[: 2 * LONGEST], instead="?"))
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1].rstrip() + "…"
