"""Detection of replies in another language than the user's."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from logparse.quality.comparable import is_medium
from logparse.quality.language import by_common_words, holds_words_of, leaning
from logparse.quality.look import LookAt, Noticed, Talk
from logparse.quality.words import name_of
from logparse.values.conversation import Message

_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#*]\w+|\S*\d\S*|\b[A-Z]{2,}\b|[^\w\s'’.,!?¿¡-]|_")
"""URLs, codes, numbers and mentions, which belong to no language."""

READ = 1_000
"""The number of characters used of a text: the time is quadratic in it."""

LOOKED_BACK = 6
"""The number of the user's messages before a reply that may determine the language."""

AT_ONCE = 5_000
"""Conversations examined together, so that the detector is kept busy and memory is bounded."""

Detect = Callable[[Sequence[str]], Mapping[str, str]]
"""Returns the language of each text; leaves out the undetermined ones."""


@dataclass(frozen=True, slots=True)
class ReplyInContext:
    """A reply, and the user's texts before it, newest first; ``at`` is the index of the conversation."""

    at: int
    asked: Message
    reply: Message
    said: str
    before: tuple[str, ...]


def other_languages(talks: Sequence[Talk], detect: Detect) -> Iterator[tuple[int, LookAt]]:
    """Yields index and result for each conversation in which a language could be determined."""
    for begin in range(0, len(talks), AT_ONCE):
        yield from _looks(begin, talks[begin : begin + AT_ONCE], detect)


def _looks(begin: int, talks: Sequence[Talk], detect: Detect) -> Iterator[tuple[int, LookAt]]:
    told: dict[int, int] = {}
    found: dict[int, list[Noticed]] = {}
    unsure: list[ReplyInContext] = []
    for at, talk in enumerate(talks, begin):
        for pair in _pairs(at, talk):
            # For most pairs the commonest words show one language, at almost no cost.
            if _is_plainly_one(pair):
                told[at] = told.get(at, 0) + 1
            else:
                unsure.append(pair)
    for pair, asked, spoken in _told(unsure, detect):
        told[pair.at] = told.get(pair.at, 0) + 1
        if spoken != asked and not _is_mixed(pair, asked, spoken):
            reason = f"the user writes {name_of(asked)}, the reply is {name_of(spoken)}"
            found.setdefault(pair.at, []).append(Noticed((pair.asked, pair.reply), reason))
    for at, count in sorted(told.items()):
        yield at, LookAt(count, tuple(found.get(at, ())))


def _is_plainly_one(pair: ReplyInContext) -> bool:
    """Tells whether both sides share a language by their common words: certainly, or by the larger number."""
    spoken = by_common_words(pair.said)
    asked = list(filter(None, map(by_common_words, pair.before)))
    if spoken and asked:
        return spoken in asked
    if asked:
        return leaning(pair.said) == asked[0]
    leans = leaning(pair.before[0])
    return bool(leans) and leans == (spoken or leaning(pair.said))


def _told(pairs: Sequence[ReplyInContext], detect: Detect) -> Iterator[tuple[ReplyInContext, str, str]]:
    """Yields the pairs whose languages are both known, with that of the user and that of the reply.

    The user's is that of the newest text that determines one.
    """
    spoken = detect([pair.said for pair in pairs])
    pairs = [pair for pair in pairs if pair.said in spoken]
    for depth in range(LOOKED_BACK + 2):
        asked = detect([pair.before[depth] for pair in pairs if depth < len(pair.before)])
        later = []
        for pair in pairs:
            if depth < len(pair.before):
                if pair.before[depth] in asked:
                    yield pair, asked[pair.before[depth]], spoken[pair.said]
                else:
                    later.append(pair)
        pairs = later


def _is_mixed(pair: ReplyInContext, asked: str, spoken: str) -> bool:
    """Tells whether either side also uses words of the other's language, as people mix them in chat."""
    return holds_words_of(pair.before[0], spoken, asked) or holds_words_of(pair.said, asked, spoken)


def _pairs(at: int, talk: Talk) -> Iterator[ReplyInContext]:
    written: list[str] = []
    for turn in talk.turns:
        newest = [words for message in turn.asked if (words := _words(message))]
        written += newest
        if not turn.asked or not written:
            continue
        recent = list(islice(reversed(written), LOOKED_BACK))
        together = " ".join(newest[-LOOKED_BACK:]) or recent[0]
        before = tuple(dict.fromkeys([together, *recent, " ".join(reversed(recent))]))
        for reply in turn.replies:
            if said := _words(reply):
                yield ReplyInContext(at, turn.asked[-1], reply, said, before)


def _words(message: Message) -> str:
    """Returns the words of a message on one line, without what belongs to no language."""
    return "" if is_medium(message.text) else " ".join(_NOISE.sub(" ", message.text[:READ]).split()).strip(" .,!?-'’")
