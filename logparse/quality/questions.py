"""Detection of questions that were not answered in time."""

import re
from datetime import datetime, timedelta

from logparse.quality.comparable import comparable, is_medium
from logparse.quality.look import LookAt, Noticed, Talk, Turn
from logparse.quality.words import words_of_all_languages
from logparse.settings.quality import QualityLimits
from logparse.values.conversation import Message

MARKS = ("?", "？", "؟")


def unanswered_questions(talk: Talk, limits: QualityLimits, until: datetime) -> LookAt:
    """Finds questions without a reply within the limit; ignores those asked too late to know."""
    patience = timedelta(minutes=float(limits.unanswered_minutes))
    found: list[Noticed] = []
    of = 0
    for turn in talk.turns:
        question = _question(turn)
        if question is None or question.time + patience > until:
            continue
        of += 1
        reply = next((reply for reply in turn.replies), None)
        if reply is None or reply.time - question.time > patience:
            found.append(Noticed((question,), _told(question, reply)))
    return LookAt(of, tuple(found))


def _told(question: Message, reply: Message | None) -> str:
    if reply is None:
        return "the question was never answered before the user wrote again or the transcript ends"
    minutes = (reply.time - question.time) / timedelta(minutes=1)
    return f"the question was answered after {minutes:,.0f} minutes"


def _question(turn: Turn) -> Message | None:
    """Returns the first question of a turn: whoever asks again has waited since then."""
    return next((message for message in turn.asked if is_question(message.text)), None)


def is_question(text: str) -> bool:
    """Tells whether a text is a question: by its mark, or by a question word."""
    if is_medium(text):
        return False
    if any(mark in text for mark in MARKS):
        return any(sign.isalpha() for sign in text)
    return any(_asks(comparable(sentence).split()) for sentence in _SENTENCE_END.split(text))


_SENTENCE_END = re.compile(r"[.!,\n]+")


def _asks(words: list[str]) -> bool:
    begin, inside = words_of_all_languages("begin_questions"), words_of_all_languages("inside_questions")
    return (len(words) > 1 and words[0] in begin) or not inside.isdisjoint(words)
