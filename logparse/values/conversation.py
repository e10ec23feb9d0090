"""What was said between one user and the bot: the contract between what brings transcripts and what looks at them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Direction(StrEnum):
    """Who wrote a message."""

    USER = "user"
    BOT = "bot"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation: when (UTC), who wrote it, its text as it came (not masked), the provider's id.

    What is no text, like a picture without words, stands as its kind in brackets: ``[image]``. ``reply_to`` is the id
    of the message that this one quotes, where the provider tells it.
    """

    time: datetime
    direction: Direction
    text: str
    id: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """The messages of one contact, in order of time.

    ``name`` is how people and reports know it, masked, and no two have the same; ``key`` is what the source calls it,
    as it came: for links and for telling two conversations apart, shown nowhere. ``partial``: made of what the logs
    hold, pieces of texts.
    """

    name: str
    key: str
    messages: tuple[Message, ...]
    partial: bool = False


@dataclass(frozen=True)
class Transcript:
    """What was said in a stretch of time, and what of it could not be read, each problem as a sentence.

    ``files``: how many transcripts there are. ``partial``: there is none, and the logs were looked through.
    """

    conversations: tuple[Conversation, ...] = ()
    problems: tuple[str, ...] = ()
    files: int = 0
    partial: bool = False
