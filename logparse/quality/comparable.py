"""Texts made comparable: no case, no accents, no signs; and what stands in place of a text."""

import re
import unicodedata
from functools import lru_cache

_SIGNS = re.compile(r"[\W_]+")
_MEDIUM = re.compile(r"\[[a-z_ ]{1,30}\]")
_DIGITS = re.compile(r"\d+")


@lru_cache(maxsize=1 << 16)
def comparable(text: str) -> str:
    """The words of a text in lower case, without accents, with one space between."""
    if not text.isascii():
        # Apart from its letter an accent is a sign of its own class, as are the vowel signs of Arabic.
        text = unicodedata.normalize("NFKD", text).translate(_marks())
    return _SIGNS.sub(" ", text.lower().replace("'", "").replace("’", "")).strip()


@lru_cache(maxsize=1)
def _marks() -> dict[int, None]:
    """The marks of the living scripts, which are all in the first plane, to be left out."""
    return {code: None for code in range(0x3100) if unicodedata.category(chr(code)).startswith("M")}


def is_medium(text: str) -> bool:
    """Whether a text stands for what is no text: a picture, a voice message, a template."""
    return text.startswith("[") and bool(_MEDIUM.fullmatch(text))


def numbers(text: str) -> list[str]:
    """The numbers in a text, in order."""
    return _DIGITS.findall(text)


def begins_with(text: str, phrases: frozenset[str]) -> bool:
    """Whether a plain text begins with one of some plain phrases, as whole words."""
    at = -1
    for _ in range(MOST_WORDS):
        at = text.find(" ", at + 1)
        if (text if at < 0 else text[:at]) in phrases:
            return True
        if at < 0:
            return False
    return False


MOST_WORDS = 4
"""Words of a phrase that a text may begin with."""


@lru_cache(maxsize=16)
def phrases_of(texts: tuple[str, ...]) -> frozenset[str]:
    """The phrases of a setting as they are compared; what holds no word at all is left out."""
    return frozenset(filter(None, map(comparable, texts)))
