"""Escapes of foreign text, for a line of a terminal and for HTML."""

import re
from collections.abc import Mapping
from html import escape

from logparse.text.claims import disarmed
from logparse.text.visible import cut, visible

LONGEST = 5_000
"""The most characters shown of a line; a reason that names very many files is not read further anyway."""

_COMMAND = re.compile(r"^( *:)(?=:)|(#)(?=#\w*\[)")
"""The start of a command to a CI service: ``::`` at the start of a line, ``##[`` or ``##word[`` anywhere in it."""


def printable(text: str) -> str:
    """Escapes a text to one line of a terminal, without commands to the terminal or to a CI service.

    Invisible characters become question marks.
    """
    return _COMMAND.sub(lambda begin: f"{begin[0]} ", _seen(text))


def html(text: str) -> str:
    """Escapes a text for HTML, also inside a quoted attribute."""
    return escape(_seen(text), quote=True)


def seen(text: str, longest: int = LONGEST) -> str:
    """Makes all of a text visible and cuts it, for a tree of elements that is escaped when written."""
    return cut(_seen(text), longest)


def as_html(value: object) -> str:
    """Escapes a text, or the texts of a nested value joined on one line, for HTML."""
    return html(_line(value))


def _line(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_line(inner)}" for key, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_line, value))
    return str(value)


def _seen(text: str) -> str:
    # Cut first, so that a text of many megabytes costs no more than a short one.
    return cut(disarmed(visible(text[: 2 * LONGEST], instead="?")), LONGEST)
