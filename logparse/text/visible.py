"""What is seen of a foreign text: no sign in it that steers a terminal, turns the direction or hides a word."""

import re
import unicodedata
from collections.abc import Iterator

MOST_MARKS = 3
"""Combining marks that one letter may carry; no language needs more, and a flood of them covers the lines above."""

_SEQUENCES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x9b[0-?]*[ -/]*[@-~]"  # colours and moves
    r"|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)"  # links, titles and other strings, with all that stands in them
    r"|\x1b[ -/]*[0-~]?"
)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_MARKS = frozenset({"Mn", "Me"})


def visible(text: str, instead: str = "") -> str:
    """The text with a space for each sign of white space, and ``instead`` for each sign that is not seen.

    Those are terminal codes, controls, signs without a width, turns of the direction, half surrogate pairs, and signs
    that Unicode gives no meaning. The time that it takes grows with the text, so what may be long is cut before.
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
