"""Detection of faults in a single reply: empty, cut off, or a fallback text."""

import re
from functools import lru_cache

from logparse.quality.comparable import comparable, is_medium, phrases_of
from logparse.quality.look import LookAt, Noticed, Talk
from logparse.quality.words import words_of_all_languages
from logparse.settings.quality import QualityLimits
from logparse.values.conversation import Message

NOTHING = frozenset({"null", "undefined", "none", "nan", "object object", "n a", "error", "true", "false", "empty"})
"""Texts that programs print for a missing value."""

_VISIBLE = re.compile(r"[^\s\u00ad\u200b-\u200f\u2060\ufeff.,:;!?\"'`*_~\-–—()\[\]{}<>|/\\]")

LEAST_CUT = 30
"""The fewest characters of a reply that can be recognised as cut off."""

LONGEST = 4096
"""The provider's limit of characters in a message; a message of that length was cut."""

_OPEN_END = re.compile(r"[,(\[{“„«¿¡&/\-–—،]\s*$")


def empty_replies(talk: Talk, limits: QualityLimits) -> LookAt:
    """Finds replies without anything to read, or with what programs print for a missing value."""
    found = []
    of = 0
    for reply in talk.replies:
        of += 1
        if not _VISIBLE.search(reply.text):
            found.append(Noticed((reply,), "the reply is empty"))
        elif len(reply.text) < 20 and comparable(reply.text) in NOTHING:
            found.append(Noticed((reply,), "the reply is what a program prints in place of a text"))
    return LookAt(of, tuple(found))


def cut_off_replies(talk: Talk, limits: QualityLimits) -> LookAt:
    """Finds replies that end in the middle of a sentence and are not continued by another one."""
    found = []
    of = 0
    for turn in talk.turns:
        replies = [reply for reply in turn.replies if not is_medium(reply.text)]
        of += len(replies)
        # A reply that continues in the next message, or in a picture, was not cut off.
        if replies and replies[-1] is turn.replies[-1] and (why := _cut(replies[-1])):
            found.append(Noticed((replies[-1],), why))
    return LookAt(of, tuple(found))


def _cut(reply: Message) -> str:
    text = reply.text.rstrip()
    if len(text) < LEAST_CUT:
        return ""
    if len(text) >= LONGEST:
        return f"the reply is as long as a message can be, {LONGEST:,} characters"
    if _OPEN_END.search(text):
        return f"the reply ends with {text[-1]!r}"
    if text[-1].isalpha():
        # All of the last word: an address does not end with the word "com", and must not be quoted.
        last = text[-40:].split()[-1]
        if comparable(last) in words_of_all_languages("never_last") and last.islower() | (not text[-1].isascii()):
            return f"the reply ends with {comparable(last)!r}, after which a sentence goes on"
    if text.count("**") % 2 or (text.rfind("(") > text.rfind(")") and text.rfind("(") > len(text) - 200):
        return "the reply ends inside brackets, or in the middle of bold text"
    return ""


def fallback_replies(talk: Talk, limits: QualityLimits) -> LookAt:
    """Finds replies with a fallback text in place of an answer."""
    phrases, replies = _any_of(limits.fallbacks), list(talk.replies)
    sent = [reply for reply in replies if phrases and phrases.search(f" {comparable(reply.text)} ")]
    found = (Noticed((reply,), "the fallback text was sent in place of an answer") for reply in sent)
    return LookAt(len(replies), tuple(found))


@lru_cache(maxsize=16)
def _any_of(texts: tuple[str, ...]) -> re.Pattern[str] | None:
    """Compiles the phrases of a setting to a pattern for normalised texts, as whole words; None if there are none."""
    phrases = sorted(phrases_of(texts))
    return re.compile(f" (?:{'|'.join(map(re.escape, phrases))}) ") if phrases else None
