"""The language of a text, by the detector of the extra ``quality``; undetermined unless it is certain.

A short text, or one that mixes languages, has none: a guess would be shown to people as a finding. Indonesian and Malay
count as one, because nobody can tell them apart in a line of chat.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from importlib.util import find_spec

from logparse.quality.comparable import comparable
from logparse.quality.words import words_of

NEEDED = "it needs the extra of the name quality, see docs/transcripts.md"

LANGUAGES = (
    *("INDONESIAN", "MALAY", "ENGLISH", "SPANISH", "PORTUGUESE", "DUTCH", "GERMAN", "FRENCH", "ITALIAN", "TURKISH"),
    *("VIETNAMESE", "TAGALOG", "ARABIC", "HINDI", "THAI", "CHINESE", "JAPANESE", "KOREAN", "RUSSIAN"),
)
"""The languages told apart. Each further one makes short texts harder to classify, and takes memory."""

SAME: Mapping[str, str] = {"ms": "id"}
"""Languages that count as another."""

LEAST_LETTERS = 16
"""The fewest letters of a text in Latin script that determine a language."""

LEAST_SIGNS = 6
"""The same for other scripts, in which a character says more."""

LONGEST = 120
"""The characters of a text given to the detector: more take longer and add nothing."""

SURE = 0.5
"""The detector's confidence from which a language counts as known, ..."""

AHEAD = 3.0
"""... and the least ratio of that to the second most likely one."""


def available() -> bool:
    """Tells whether the detector is installed."""
    return find_spec("lingua") is not None


def common_words(text: str) -> Mapping[str, int]:
    """Counts, for each language, the different words of a text that are among its commonest."""
    words = set(comparable(text).split())
    return {name: len(words & common) for name, common in words_of("common").items()}


@lru_cache(maxsize=1 << 16)
def by_common_words(text: str) -> str:
    """Returns the language if the commonest words alone determine it, without the detector; else empty."""
    counts = common_words(text)
    name = max(counts, key=counts.__getitem__)
    most, second = counts[name], sorted(counts.values())[-2]
    return name if most >= 3 and most >= 2 * second + 1 else ""


def leaning(text: str) -> str:
    """Returns the language with the most common words in a text of sufficient length; empty if there is none.

    Too little to call two texts different in language, but enough to call them the same if both have it.
    """
    counts = common_words(text)
    name = max(counts, key=counts.__getitem__)
    alone = counts[name] > sorted(counts.values())[-2]
    return name if alone and is_long_enough(text) else ""


def holds_words_of(text: str, language: str, beside: str) -> bool:
    """Tells whether a text in one language (``beside``) has several common words that only another one has."""
    common = words_of("common")
    own = common.get(language, frozenset()) - common.get(beside, frozenset())
    return len(set(comparable(text).split()) & own) >= 2


def languages_of(texts: Iterable[str]) -> Mapping[str, str]:
    """Returns the ISO 639-1 code of each text whose language is certain; leaves out the others.

    Raises ImportError if the detector is needed and not installed.
    """
    wanted = [text for text in dict.fromkeys(texts) if is_long_enough(text)]
    found = {text: told for text in wanted if (told := by_common_words(text))}
    unsure = [text for text in wanted if text not in found]
    if unsure:
        names = map(_surely, _detector()([text[:LONGEST] for text in unsure]))
        found |= {text: name for text, name in zip(unsure, names, strict=True) if name}
    return found


def _surely(confidences: Iterable[tuple[str, float]]) -> str:
    """Returns the language that the detector is sure of; empty if it is not."""
    shares: dict[str, float] = {}
    for name, share in confidences:
        shares[SAME.get(name, name)] = shares.get(SAME.get(name, name), 0.0) + share
    ranked = sorted(((share, name) for name, share in shares.items()), reverse=True)
    (best, name), (second, _) = [*ranked, (0.0, ""), (0.0, "")][:2]
    return name if best >= SURE and best >= AHEAD * second else ""


def is_long_enough(text: str) -> bool:
    """Tells whether a text has enough letters to determine its language."""
    letters = [sign for sign in text if sign.isalpha()]
    latin = sum(sign < "\u0250" for sign in letters)
    return latin >= LEAST_LETTERS or len(letters) - latin >= LEAST_SIGNS


@lru_cache(maxsize=1)
def _detector() -> Callable[[list[str]], list[list[tuple[str, float]]]]:
    # Imported and loaded here, because it takes a second and much memory.
    from lingua import Language, LanguageDetectorBuilder  # noqa: PLC0415

    known = [getattr(Language, name) for name in LANGUAGES]
    detector = LanguageDetectorBuilder.from_languages(*known).build()

    def detect(texts: list[str]) -> list[list[tuple[str, float]]]:
        values = detector.compute_language_confidence_values_in_parallel(texts)
        return [[(each.language.iso_code_639_1.name.lower(), each.value) for each in of] for of in values]

    return detect
