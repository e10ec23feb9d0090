"""Removal of invisible characters: those that control a terminal, change the direction or hide a word."""

import re
import unicodedata
from collections.abc import Iterator

MOST_MARKS = 3
"""The most combining marks of a letter; no language needs more, and a flood of them covers the lines above."""

_SEQUENCES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x9b[0-?]*[ -/]*[@-~]"  # colours and moves
    r"|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)"  # links, titles and other strings, with all that stands in them
    r"|\x1b[ -/]*[0-~]?"
)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_MARKS = frozenset({"Mn", "Me"})


def visible(text: str, instead: str = "") -> str:
    """Replaces white space by spaces, and each invisible character by ``instead``.

    Invisible are terminal codes, controls, zero-width characters, changes of direction, half surrogate pairs, and
    unassigned characters. The time is linear in the text, so long texts are to be cut before.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_seen(_SEQUENCES.sub(instead, text), instead))


def _seen(text: str, instead: str) -> Iterator[str]:
    marks = 0
    for sign in text:
        category = unicodedata.category(sign)
        marks = marks + 1 if category in _MARKS else 0
        if sign.isspace() or category in {"Zl", "Zp"}:
            yield " "
        elif category in _UNSEEN or sign in _FILLERS:
            yield instead
        elif marks <= MOST_MARKS:
            yield sign


def cut(text: str, longest: int) -> str:
    """Cuts a text to a number of characters; the last of them is then an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
