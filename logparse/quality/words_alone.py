"""The words of a text without URLs, codes, numbers and mentions, which say nothing about language."""

import re

_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#*]\w+|\S*\d\S*|\b[A-Z]{2,}\b|[^\w\s'’.,!?¿¡-]|_")
READ = 1_000
"""The number of characters used of a text: the time is quadratic in it."""

_SPACES = re.compile(r"\s+")


def words_alone(text: str) -> str:
    """Strips everything from a text that belongs to no language, and joins its lines."""
    return _SPACES.sub(" ", _NOISE.sub(" ", text[:READ])).strip(" .,!?-'’")
