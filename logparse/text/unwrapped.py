"""Texts without the escapes in them, character by character, each with its place in the original.

A secret remains one in any wrapping: full-width characters, JSON inside JSON, an address. What is found in the
unwrapped text is located in the original by these places.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from logparse.text.visible import visible

ROUNDS = 3
"""The depth to which escapes are decoded: JSON in JSON in an address."""

_ESCAPE = re.compile(
    r"((?:%[0-9A-Fa-f]{2})+)|\\u([0-9A-Fa-f]{4})|\\([nrtbf\"'/\\])|&(?:#(\d{2,3})|(amp|quot|lt|gt|apos));"
)
_ENTITIES = {"amp": "&", "quot": '"', "lt": "<", "gt": ">", "apos": "'"}


@dataclass(frozen=True)
class Unwrapped:
    """The characters of a text, and the place of each in the original, plus one for the end."""

    signs: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Returns the place in the original of a range of characters."""
        return self.places[start], self.places[end]


def unwrapped(text: str) -> Iterator[Unwrapped]:
    """Yields the text as it is, then, if it holds escapes, decoded once more each time."""
    signs = text if text.isascii() else "".join(map(_plain, text))
    view = Unwrapped(signs, tuple(range(len(text) + 1)))
    yield view
    for _ in range(ROUNDS if any(sign in signs for sign in "%\\&") else 0):
        further = _decoded(view)
        if further.signs == view.signs:
            return
        view = further
        yield view


def _plain(sign: str) -> str:
    """Returns the plain form of a full-width or styled character."""
    if sign.isascii():
        return sign
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 else sign


def _decoded(view: Unwrapped) -> Unwrapped:
    signs: list[str] = []
    places: list[int] = []
    at = 0
    for found in _ESCAPE.finditer(view.signs):
        signs += view.signs[at : found.start()]
        places += view.places[at : found.start()]
        for sign, offset in _signs(found):
            if kept := visible(sign):
                signs.append(_plain(kept))
                places.append(view.places[found.start() + offset])
        at = found.end()
    signs += view.signs[at:]
    places += view.places[at:]
    return Unwrapped("".join(signs), tuple(places))


def _signs(found: re.Match[str]) -> Iterator[tuple[str, int]]:
    """Yields the characters that an escape stands for, each with its offset in it."""
    if found[1]:
        offset = 0
        for sign in bytes.fromhex(found[1].replace("%", "")).decode("utf-8", "surrogateescape"):
            yield sign, offset
            offset += 3 * len(sign.encode("utf-8", "surrogateescape"))
    elif found[2] or found[4]:
        yield chr(int(found[2], 16) if found[2] else int(found[4])), 0
    else:
        yield _ENTITIES[found[5]] if found[5] else found[3] if found[3] in "\"'/\\" else " ", 0
