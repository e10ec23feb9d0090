"""What the machine found in the conversations: findings with their evidence, and rates."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Suspicion:
    """One thing in one conversation that a person should look at.

    ``kind`` is one of a fixed list; ``conversation`` the masked name; ``first`` and ``last`` the times of the messages
    concerned; ``texts`` those messages, masked and cut; ``reason`` a sentence that says what is wrong.
    """

    kind: str
    conversation: str
    first: datetime
    last: datetime
    texts: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class SuspicionRate:
    """How often one kind was found: ``count`` of ``of`` (replies, questions or conversations, as ``unit`` says)."""

    kind: str
    count: int
    of: int
    unit: str
    interval: tuple[float, float] | None
    limit: float | None = None


@dataclass(frozen=True)
class Examined:
    """All that the machine can say of the answers: how much it looked at, what it found, how often.

    ``partial`` says that there was no transcript and previews in the logs were looked at; ``problems`` say what of the
    transcripts could not be read, each as a sentence with the file and line.
    """

    conversations: int = 0
    messages: int = 0
    partial: bool = False
    suspicions: Sequence[Suspicion] = ()
    rates: Sequence[SuspicionRate] = ()
    problems: Sequence[str] = ()

    def as_dict(self) -> dict[str, Any]:
        """The same for verdict.json; times in ISO 8601, UTC."""
        document = asdict(self)
        for entry in document["suspicions"]:
            entry["first"], entry["last"] = (entry[key].isoformat().replace("+00:00", "Z") for key in ("first", "last"))
        return document
