"""What of a text is words: without addresses, codes, numbers, mentions and signs, which belong to no language."""

import re

_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#*]\w+|\S*\d\S*|\b[A-Z]{2,}\b|[^\w\s'’.,!?¿¡-]|_")
READ = 1_000
"""Characters of a text that are looked at: the time that this takes grows with their square."""

_SPACES = re.compile(r"\s+")


def words_alone(text: str) -> str:
    """A text without what belongs to no language, on one line."""
    return _SPACES.sub(" ", _NOISE.sub(" ", text[:READ])).strip(" .,!?-'’")
