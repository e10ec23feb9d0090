"""A text as it reads without the escapes around it, sign by sign, with the place of each sign in the text itself.

A secret is one in any wrapping: in full-width signs, in JSON inside of JSON, in an address. What is looked for in the
unwrapped text is found in the text itself by the places.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from logparse.text.visible import visible

ROUNDS = 3
"""How deep escapes are looked into: JSON in JSON in an address."""

_ESCAPE = re.compile(
    r"((?:%[0-9A-Fa-f]{2})+)|\\u([0-9A-Fa-f]{4})|\\([nrtbf\"'/\\])|&(?:#(\d{2,3})|(amp|quot|lt|gt|apos));"
)
_ENTITIES = {"amp": "&", "quot": '"', "lt": "<", "gt": ">", "apos": "'"}


@dataclass(frozen=True)
class Unwrapped:
    """The signs of a text, and where each of them begins in it; one place more says where the last one ends."""

    signs: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the text itself some signs stand."""
        return self.places[start], self.places[end]


def unwrapped(text: str) -> Iterator[Unwrapped]:
    """The text in its own signs, and then, where it holds escapes, without them, one round after the other."""
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
    """A sign as it is usually written: a full-width or a styled one is another way to write a plain one."""
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
    """The signs that an escape stands for, each with its place in it."""
    if found[1]:
        offset = 0
        for sign in bytes.fromhex(found[1].replace("%", "")).decode("utf-8", "surrogateescape"):
            yield sign, offset
            offset += 3 * len(sign.encode("utf-8", "surrogateescape"))
    elif found[2] or found[4]:
        yield chr(int(found[2], 16) if found[2] else int(found[4])), 0
    else:
        yield _ENTITIES[found[5]] if found[5] else found[3] if found[3] in "\"'/\\" else " ", 0
