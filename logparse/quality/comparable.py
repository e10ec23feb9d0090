"""Normalised texts for comparison: without case, accents and punctuation; and media placeholders."""

import re
import unicodedata
from functools import lru_cache

_SIGNS = re.compile(r"[\W_]+")
_MEDIUM = re.compile(r"\[[a-z_ ]{1,30}\]")
_DIGITS = re.compile(r"\d+")


@lru_cache(maxsize=1 << 16)
def comparable(text: str) -> str:
    """Returns the words of a text in lower case, without accents, separated by single spaces."""
    if not text.isascii():
        # Decomposed, an accent is a combining mark, as are the vowel marks of Arabic.
        text = unicodedata.normalize("NFKD", text).translate(_marks())
    return _SIGNS.sub(" ", text.lower().replace("'", "").replace("’", "")).strip()


@lru_cache(maxsize=1)
def _marks() -> dict[int, None]:
    """Returns the combining marks of the living scripts, which all lie in the first plane, mapped to None."""
    return {code: None for code in range(0x3100) if unicodedata.category(chr(code)).startswith("M")}


def is_medium(text: str) -> bool:
    """Tells whether a text is the placeholder of a picture, a voice message or a template."""
    return text.startswith("[") and bool(_MEDIUM.fullmatch(text))


def numbers(text: str) -> list[str]:
    """Returns the numbers in a text, in order."""
    return _DIGITS.findall(text)


def begins_with(text: str, phrases: frozenset[str]) -> bool:
    """Tells whether a normalised text begins with one of the normalised phrases, as whole words."""
    at = -1
    for _ in range(MOST_WORDS):
        at = text.find(" ", at + 1)
        if (text if at < 0 else text[:at]) in phrases:
            return True
        if at < 0:
            return False
    return False


MOST_WORDS = 4
"""The most words of a phrase."""


@lru_cache(maxsize=16)
def phrases_of(texts: tuple[str, ...]) -> frozenset[str]:
    """Returns the phrases of a setting, normalised; leaves out those without a word."""
    return frozenset(filter(None, map(comparable, texts)))
