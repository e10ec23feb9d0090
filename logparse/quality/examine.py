"""The examination of all conversations: what was looked for, how often it was found, and the first of each kind."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from logparse.quality import language
from logparse.quality.foreign import foreign_replies, owners_of
from logparse.quality.look import LookAt, Noticed, Talk
from logparse.quality.other_language import other_languages
from logparse.quality.questions import unanswered_questions
from logparse.quality.repetitions import answered_twice, greetings_again, repeated_replies
from logparse.quality.single_replies import cut_off_replies, empty_replies, fallback_replies
from logparse.settings.quality import QualityLimits
from logparse.text.visible import cut
from logparse.values.conversation import Conversation
from logparse.values.metrics import wilson
from logparse.values.suspicions import Examined, Suspicion, SuspicionKind, SuspicionRate

MOST_KEPT = 100
"""The findings of a kind kept with their texts, the earliest ones; the rates count all."""

SHOWN = 160
"""The number of characters shown of a message in a finding."""

UNITS: Mapping[SuspicionKind, str] = {
    SuspicionKind.OTHER_LANGUAGE: "replies whose language could be told",
    SuspicionKind.REPEATED_REPLY: "replies",
    SuspicionKind.GREETING_AGAIN: "replies within a conversation",
    SuspicionKind.UNANSWERED: "questions",
    SuspicionKind.FOREIGN_REPLY: "replies",
    SuspicionKind.ANSWERED_TWICE: "answered messages",
    SuspicionKind.FALLBACK: "replies",
    SuspicionKind.EMPTY_REPLY: "replies",
    SuspicionKind.CUT_OFF: "replies",
}

NEED_WHOLE = (SuspicionKind.UNANSWERED, SuspicionKind.EMPTY_REPLY, SuspicionKind.CUT_OFF)
"""The kinds that need every message, and its whole text."""

PIECES = "the logs hold only some of the messages, and pieces of their texts"

LOOKS: Mapping[SuspicionKind, Callable[[Talk, QualityLimits], LookAt]] = {
    SuspicionKind.REPEATED_REPLY: repeated_replies,
    SuspicionKind.GREETING_AGAIN: greetings_again,
    SuspicionKind.ANSWERED_TWICE: answered_twice,
    SuspicionKind.FALLBACK: fallback_replies,
    SuspicionKind.EMPTY_REPLY: empty_replies,
    SuspicionKind.CUT_OFF: cut_off_replies,
}
"""The kinds that are found in a single conversation."""


@dataclass
class _Tally:
    """The count of one kind, which grows while conversations are examined."""

    of: int = 0
    found: list[tuple[int, Noticed]] = field(default_factory=list)

    def add(self, at: int, look: LookAt) -> None:
        self.of += look.of
        self.found += ((at, each) for each in look.found)


def examine(
    conversations: Sequence[Conversation],
    limits: QualityLimits,
    until: datetime,
    mask: Callable[[str], str],
    problems: Sequence[str] = (),
    most_kept: int = MOST_KEPT,
) -> Examined:
    """Examines conversations up to a time; ``problems`` are those of their transcripts.

    ``most_kept``: the number of findings of a kind, the earliest, that are kept with their texts.
    """
    talks = list(map(Talk, conversations))
    tallies = {kind: _Tally() for kind in SuspicionKind}
    for kind, at, seen in _looks(talks, limits, until):
        tallies[kind].add(at, seen)
    partial = any(talk.partial for talk in conversations)
    missing = {} if language.available() else {str(SuspicionKind.OTHER_LANGUAGE): language.NEEDED}
    missing |= {str(kind): PIECES for kind in NEED_WHOLE} if partial else {}
    times = [message.time for talk in conversations for message in (talk.messages[0], talk.messages[-1])]
    suspicions = [
        _suspicion(kind, conversations[at], found, mask)
        for kind, tally in tallies.items()
        if kind not in missing
        for at, found in sorted(tally.found, key=lambda each: each[1].messages[0].time)[:most_kept]
    ]
    return Examined(
        conversations=len(conversations),
        messages=sum(len(talk.messages) for talk in conversations),
        partial=partial,
        suspicions=tuple(sorted(suspicions, key=lambda each: (each.first, each.kind, each.conversation))),
        rates=tuple(_rate(kind, tally, limits) for kind, tally in tallies.items() if kind not in missing),
        problems=tuple(problems),
        first=min(times, default=None),
        last=max(times, default=None),
        not_looked_for=missing,
    )


def _looks(
    talks: Sequence[Talk], limits: QualityLimits, until: datetime
) -> Iterator[tuple[SuspicionKind, int, LookAt]]:
    owners = owners_of([talk.conversation for talk in talks])
    for at, talk in enumerate(talks):
        for kind, look_at in LOOKS.items():
            yield kind, at, look_at(talk, limits)
        yield SuspicionKind.UNANSWERED, at, unanswered_questions(talk, limits, until)
        yield SuspicionKind.FOREIGN_REPLY, at, foreign_replies(talk, limits, at, owners)
    if language.available():
        for at, look in other_languages(talks, language.languages_of):
            yield SuspicionKind.OTHER_LANGUAGE, at, look


def _suspicion(
    kind: SuspicionKind, conversation: Conversation, found: Noticed, mask: Callable[[str], str]
) -> Suspicion:
    texts = tuple(cut(mask(message.text), SHOWN) for message in found.messages)
    first, last = found.messages[0].time, found.messages[-1].time
    return Suspicion(str(kind), conversation.name, first, last, texts, mask(found.reason))


def _rate(kind: SuspicionKind, tally: _Tally, limits: QualityLimits) -> SuspicionRate:
    limit = limits.fail_above.get(kind)
    count = len(tally.found)
    interval = wilson(count, tally.of)
    return SuspicionRate(str(kind), count, tally.of, UNITS[kind], interval, None if limit is None else float(limit))
