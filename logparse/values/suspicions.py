"""The machine's findings in the conversations, with their evidence, and their rates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class SuspicionKind(StrEnum):
    """The kinds of finding, by their names in the setting ``quality_fail`` and in verdict.json."""

    OTHER_LANGUAGE = "other_language"
    REPEATED_REPLY = "repeated_reply"
    GREETING_AGAIN = "greeting_again"
    UNANSWERED = "unanswered"
    FOREIGN_REPLY = "foreign_reply"
    ANSWERED_TWICE = "answered_twice"
    FALLBACK = "fallback"
    EMPTY_REPLY = "empty_reply"
    CUT_OFF = "cut_off"


TITLES: Mapping[SuspicionKind, str] = {
    SuspicionKind.OTHER_LANGUAGE: "reply in another language",
    SuspicionKind.REPEATED_REPLY: "same reply again",
    SuspicionKind.GREETING_AGAIN: "greeting in the middle",
    SuspicionKind.UNANSWERED: "question without a reply",
    SuspicionKind.FOREIGN_REPLY: "reply of another conversation",
    SuspicionKind.ANSWERED_TWICE: "message answered twice",
    SuspicionKind.FALLBACK: "fallback text",
    SuspicionKind.EMPTY_REPLY: "empty reply",
    SuspicionKind.CUT_OFF: "cut-off reply",
}
"""The kinds for display."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One finding in one conversation that a person should look at.

    ``kind`` is a SuspicionKind; ``conversation`` the masked name; ``first`` and ``last`` the times of the messages
    concerned; ``texts`` those messages, masked and cut; ``reason`` a sentence on what is wrong.
    """

    kind: str
    conversation: str
    first: datetime
    last: datetime
    texts: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class SuspicionRate:
    """The rate of one kind: ``count`` of ``of`` (replies, questions or conversations, see ``unit``).

    ``interval`` is the 95 % interval, and ``limit`` the rate above which the setting makes it fail, both in percent.
    """

    kind: str
    count: int
    of: int
    unit: str
    interval: tuple[float, float] | None
    limit: float | None = None


@dataclass(frozen=True)
class Examined:
    """The machine's examination of the answers: how much it examined, its findings, and their rates.

    ``partial``: without a transcript, previews in the logs were examined; ``problems`` name unreadable parts of
    transcripts, a sentence each with the file and line. ``first`` and ``last`` are the times of the first and the last
    message examined. ``suspicions`` holds the first of each kind, in order of time; ``rates`` count all.
    ``not_looked_for`` has the reason for each kind that could not be looked for.
    """

    conversations: int = 0
    messages: int = 0
    partial: bool = False
    suspicions: tuple[Suspicion, ...] = ()
    rates: tuple[SuspicionRate, ...] = ()
    problems: tuple[str, ...] = ()
    first: datetime | None = None
    last: datetime | None = None
    not_looked_for: Mapping[str, str] = field(default_factory=dict)
