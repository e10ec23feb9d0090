"""Conversations made by hand, and a desk at which they are reviewed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from logparse.monitoring_log import create
from logparse.review.card import Card, card_of
from logparse.review.sitting import Sitting
from logparse.values.conversation import Conversation, Direction, Message
from logparse.values.ratings import Check, Quality, Rating, Sampled
from logparse.values.schedule import Soak, Span
from logparse.values.suspicions import Suspicion, SuspicionKind

START = datetime(2026, 1, 12, 6, tzinfo=UTC)
SOAK = Soak(START)
FIRST = Span(START, SOAK.checkpoint(4))
MINUTE = timedelta(minutes=1)
NOW = "2026-01-12T10:30Z"


def talk(name: str, *texts: str, minute: float = 10, key: str = "") -> Conversation:
    """A conversation in which the user begins, and both write in turn, a message a minute."""
    directions = (Direction.USER, Direction.BOT)
    messages = (
        Message(START + (minute + at) * MINUTE, directions[at % 2], text, f"{name}-{at}")
        for at, text in enumerate(texts or ("where is my parcel?", "It comes today."))
    )
    return Conversation(name, key or name, tuple(messages))


def suspicion(name: str, kind: SuspicionKind = SuspicionKind.REPEATED_REPLY, minute: float = 11) -> Suspicion:
    """Something that the machine noticed at a minute of the soak."""
    time = START + minute * MINUTE
    return Suspicion(kind, name, time, time, ("It comes today.",), "it was said before")


def plain(text: str) -> str:
    """A mask that hides a number that everybody knows, and makes one line, as the real one does."""
    return " ".join(text.replace("+62 812 3456 7890", "***").split())


def cards(*names: str, link: str = "") -> tuple[Card, ...]:
    """The cards of conversations of these names."""
    return tuple(card_of(talk(name), (), FIRST, plain, link) for name in names)


def sitting(folder: Path, shown: Sequence[Card], of: int = 812) -> Sitting:
    """A sitting over a fresh document in a folder."""
    document = folder / "MONITORING-LOG.md"
    document.write_text(create(START), "utf-8")
    return Sitting(document, Check(1, 4), tuple(shown), f"seed s, {len(shown)} of {of} conversations")


@dataclass(frozen=True)
class Table:
    """A folder with transcripts and a document, in which the command line is used."""

    folder: Path

    @property
    def document(self) -> Path:
        """The monitoring log."""
        return self.folder / "MONITORING-LOG.md"

    def lay(self, talks: Sequence[Conversation]) -> None:
        """Writes the conversations as a transcript, and a fresh document."""
        logs = self.folder / "logs"
        logs.mkdir(exist_ok=True)
        rows = [
            {
                "conversation": one.key,
                "time": message.time.isoformat(),
                "direction": str(message.direction),
                "text": message.text,
                "id": message.id,
            }
            for one in talks
            for message in one.messages
        ]
        (logs / "transcript.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        self.document.write_text(create(START), "utf-8")


def fine(name: str) -> Rating:
    """What the document says of a conversation of ``talk`` that is rated appropriate."""
    return Rating(name, "where is my parcel?", "It comes today.", Quality.APPROPRIATE)


SAMPLED = Sampled("s", 3, 812)
