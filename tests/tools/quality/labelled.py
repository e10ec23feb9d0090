"""The labelled set: short conversations as people have them in a chat, with the findings that are right for each."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from logparse.quality.examine import examine
from logparse.settings.checked import parse
from logparse.values.conversation import Conversation, Direction, Message
from logparse.values.metrics import wilson
from logparse.values.suspicions import SuspicionKind

FOLDER = Path(__file__).with_name("labelled")

PARTS = ("tuned", "looked-at", "held-out")
"""What the findings were tried on while they were made; what was kept, and led to changes when it was looked at; and
what was written after that and changed nothing.
"""

START = datetime(2026, 1, 12, 6, tzinfo=UTC)

AFTER = timedelta(hours=6)
"""From the start of all conversations until they are looked at, so that no question is too young to be judged."""


@dataclass(frozen=True)
class Labelled:
    """A conversation, the languages that it is in, and the findings that are right for it."""

    conversation: Conversation
    languages: tuple[str, ...]
    labels: frozenset[SuspicionKind]


@dataclass(frozen=True)
class Score:
    """How one finding came out: the names of the conversations where it was right, wrong, or missing."""

    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()

    @property
    def precision(self) -> tuple[int, int]:
        """How many of the findings are right, and how many there are."""
        return len(self.right), len(self.right) + len(self.wrong)

    @property
    def recall(self) -> tuple[int, int]:
        """How many of those that are right were found, and how many there are."""
        return len(self.right), len(self.right) + len(self.missed)


def read(part: str) -> tuple[Labelled, ...]:
    """The conversations of a part, in the order of its file."""
    text = (FOLDER / f"{part}.jsonl").read_text("utf-8")
    return tuple(_labelled(json.loads(line)) for line in text.splitlines())


def _labelled(entry: Mapping[str, object]) -> Labelled:
    name, said, languages, labels = (entry[key] for key in ("id", "said", "languages", "labels"))
    assert isinstance(said, list)
    assert isinstance(languages, list)
    assert isinstance(labels, list)
    messages = tuple(
        Message(START + timedelta(seconds=seconds), Direction(who), text, f"{name}-{at}")
        for at, (seconds, who, text) in enumerate(said)
    )
    conversation = Conversation(str(name), str(name), messages)
    return Labelled(conversation, tuple(languages), frozenset(map(SuspicionKind, labels)))


def found(labelled: Sequence[Labelled]) -> Mapping[str, frozenset[SuspicionKind]]:
    """What the machine finds in each conversation, by its name."""
    conversations = [each.conversation for each in labelled]
    examined = examine(conversations, parse().quality, START + AFTER, str)
    kinds: dict[str, set[SuspicionKind]] = {each.name: set() for each in conversations}
    for suspicion in examined.suspicions:
        kinds[suspicion.conversation].add(SuspicionKind(suspicion.kind))
    return {name: frozenset(each) for name, each in kinds.items()}


def scores(labelled: Sequence[Labelled]) -> Mapping[SuspicionKind, Score]:
    """How each finding came out; a conversation counts once for each kind."""
    machine = found(labelled)
    return {kind: _score(kind, labelled, machine) for kind in SuspicionKind}


def _score(kind: SuspicionKind, labelled: Sequence[Labelled], machine: Mapping[str, frozenset[SuspicionKind]]) -> Score:
    def names(is_right: bool, is_found: bool) -> tuple[str, ...]:
        return tuple(
            each.conversation.name
            for each in labelled
            if (kind in each.labels) is is_right and (kind in machine[each.conversation.name]) is is_found
        )

    return Score(names(True, True), names(False, True), names(True, False))


def by_language(labelled: Sequence[Labelled]) -> Mapping[str, int]:
    """How many conversations there are in each language, the most first."""
    return dict(Counter(language for each in labelled for language in each.languages).most_common())


def shown(part: tuple[int, int]) -> str:
    """A share with its counts and its 95 % interval."""
    count, of = part
    interval = wilson(count, of)
    return f"{100 * count / of:.0f} % ({count} of {of}; {interval[0]:.0f} to {interval[1]:.0f})" if interval else "none"


def wrongs(
    labelled: Sequence[Labelled], kinds: Mapping[SuspicionKind, Score]
) -> Iterator[tuple[SuspicionKind, str, str, str]]:
    """The cases that come out wrong: the kind, the conversation, whether it is wrong or missed, and the words."""
    words = {each.conversation.name: each.conversation for each in labelled}
    for kind, score in kinds.items():
        for what, names in (("wrong", score.wrong), ("missed", score.missed)):
            for name in names:
                yield kind, name, what, " / ".join(message.text for message in words[name].messages)
