"""The values that people write behind Quality and Tags, in their own words: parsed or reported, never misread."""

import re

from logparse.values.ratings import Quality, Tag

RATING_PLACEHOLDER = f"[{' / '.join(Quality)}]"
TAGS_PLACEHOLDER = f"[{', '.join(Tag)}; or none]"

_STRUCK_OUT = re.compile(r"~~.*?~~|<(?:s|del)>.*?</(?:s|del)>", re.DOTALL)
_HYPHENS = re.compile("[\u2010-\u2015_]")
_BOX = re.compile(r"(?:[-*+]\s+)?\[(?P<mark>[ xX✓✔]?)\]\s*(?P<words>[^\[\]\n]*)")
_BOXES = str.maketrans({"☐": "[ ] ", "☑": "[x] ", "☒": "[x] ", "✅": "✓", "✔": "✓", "\ufe0f": ""})
# NOTE: no words may follow, for "appropriate (not really)" is none. What else there is to say goes behind Notes.
_APPROPRIATE = re.compile(r"appropriate[.!]?")
_NEEDS_IMPROVEMENT = re.compile(r"needs?[ -]?(?:an? |some )?improvements?(?P<said>\W.*)?", re.DOTALL)
_BOTH = re.compile(r"\[?appropriate\s*(?:/|\||,|or)\s*needs[ -]improvement\]?")

_SPOKEN = {
    Tag.WRONG_LANGUAGE: r"(?:in (?:a |the )?)?(?:wrong|other|another) language",
    Tag.OFF_TOPIC: r"off ?topic",
    Tag.REPETITIVE: r"repetitive|repeats(?: itself)?|repeated",
    Tag.NO_ANSWER: r"did ?n[o']t answer|did not answer|no answer|not answered|unanswered",
    Tag.HARMFUL: r"harmful",
}
_NO_TAGS = frozenset({"", "none", "no", "no tags", "-", "n/a", "[]", "[ ]"})


def read_quality(value: str) -> tuple[Quality | None, str]:
    """Parses a rating, and says what is wrong with it; (None, "") if nothing was filled in yet.

    Text that only resembles a rating is none: "not appropriate" must not be read as its second word.
    """
    words = _normalised(value)
    boxes = [box for box in _BOX.finditer(words) if box["words"].strip() or box["mark"].strip()]
    if any(box["mark"].strip() or "\n" in words or words.count("[") > 1 for box in boxes):
        ticked = [box["words"].strip() for box in boxes if box["mark"].strip()]
        if len(ticked) > 1:
            return None, f"{_shown(value)} ticks more than one rating; tick one"
        words = ticked[0] if ticked else ""
    if not words.strip(" []-") or _BOTH.fullmatch(words.strip()):
        return None, ""
    words = words.strip().removeprefix("[").removesuffix("]").strip()
    if _APPROPRIATE.fullmatch(words.strip(" ✓")):
        return Quality.APPROPRIATE, ""
    poor = _NEEDS_IMPROVEMENT.fullmatch(words.lstrip(" ✓✗✘❌⚠!").rstrip())
    if poor and not re.search(r"\bappropriate", poor["said"] or ""):
        return Quality.NEEDS_IMPROVEMENT, ""
    write = f"write {' or '.join(Quality)}, and what else there is to say behind Notes"
    return None, f"{_shown(value)} is no rating; {write}"


def read_tags(value: str) -> tuple[tuple[Tag, ...], tuple[str, ...]]:
    """Parses the tags in a value: tags in their fixed order, and a message for each part that is no tag."""
    words = _normalised(value)
    if " ".join(words.split()) == TAGS_PLACEHOLDER:
        return (), ()
    boxes = list(_BOX.finditer(words))
    if any(box["mark"] for box in boxes):
        words = "\n".join(box["words"] for box in boxes if box["mark"].strip())
    found, strange = set(), []
    for part in re.split(r"[,;/|\n]|\band\b", words.strip().removeprefix("[").removesuffix("]")):
        named = re.sub(r"^(?:[-*+]\s|#)", "", part.strip()).replace("-", " ").strip(" .!✓[]")
        tag = next((tag for tag, spoken in _SPOKEN.items() if re.fullmatch(spoken, " ".join(named.split()))), None)
        if tag:
            found.add(tag)
        elif named not in _NO_TAGS:
            strange.append(f"{_shown(part)} is no tag; the tags are {', '.join(Tag)}")
    return tuple(tag for tag in Tag if tag in found), tuple(strange)


def _normalised(value: str) -> str:
    """Lowers the case, unifies hyphens, and removes emphasis and struck-out text."""
    words = _STRUCK_OUT.sub("", value.translate(_BOXES)).replace("’", "'").replace("\u00a0", " ")
    words = re.sub(r"\\(?=[\[\]*_`~-])|[*`]", "", words)
    return _HYPHENS.sub("-", words).casefold().strip()


def _shown(value: str) -> str:
    """Quotes a value for a sentence: short, on one line."""
    line = " ".join(value.split())
    return f"'{line if len(line) <= 60 else line[:59] + '…'}'"
