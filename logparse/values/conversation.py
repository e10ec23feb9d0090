"""Conversations of users and the bot: the contract between the readers of transcripts and the checks of quality."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Direction(StrEnum):
    """The author of a message: user or bot."""

    USER = "user"
    BOT = "bot"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation: time (UTC), author, original text (not masked), and the provider's id.

    A message without text, like a picture, has its kind in brackets: ``[image]``. ``reply_to`` is the id of the message
    that this one quotes, if the provider gives it.
    """

    time: datetime
    direction: Direction
    text: str
    id: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """The messages of one contact, in order of time.

    ``name`` is its masked, unique name in reports; ``key`` its original name in the source, for links and comparisons,
    never shown. ``partial``: made from excerpts in the logs.
    """

    name: str
    key: str
    messages: tuple[Message, ...]
    partial: bool = False


@dataclass(frozen=True)
class Transcript:
    """The conversations of a span, and a sentence for each part that could not be read.

    ``files``: the number of transcripts. ``partial``: there is none, and the logs were searched instead.
    """

    conversations: tuple[Conversation, ...] = ()
    problems: tuple[str, ...] = ()
    files: int = 0
    partial: bool = False
