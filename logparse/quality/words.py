"""Words by language, from words.toml: common ones, those of questions and thanks, and those no sentence ends with."""

from collections.abc import Mapping
from functools import cache

from logparse.quality.comparable import comparable
from logparse.tables import table


@cache
def words_of(kind: str) -> Mapping[str, frozenset[str]]:
    """Returns the words of a kind by language, normalised."""
    return {name: frozenset(map(comparable, words.split())) for name, words in table("quality/words")[kind].items()}


@cache
def words_of_all_languages(kind: str) -> frozenset[str]:
    """Returns the words of a kind in all languages together, normalised."""
    return frozenset().union(*words_of(kind).values())


@cache
def name_of(language: str) -> str:
    """Returns the English name of a language by its code, or the code if it has no name here."""
    return str(table("quality/words")["names"].get(language, language))
