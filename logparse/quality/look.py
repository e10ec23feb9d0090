"""The result of looking for one kind of finding in one conversation."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from logparse.quality.comparable import is_medium
from logparse.quality.turns import Turn
from logparse.values.conversation import Conversation, Message


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation, also divided into turns."""

    conversation: Conversation
    turns: tuple[Turn, ...]

    @property
    def replies(self) -> Iterator[Message]:
        """The bot's text messages, in order."""
        everything = chain.from_iterable(turn.replies for turn in self.turns)
        return (reply for reply in everything if not is_medium(reply.text))


@dataclass(frozen=True, slots=True)
class Noticed:
    """A finding: the messages concerned, in order, and what is wrong with them, in a sentence."""

    messages: tuple[Message, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class LookAt:
    """The findings in a conversation, and the number of things looked at."""

    of: int
    found: tuple[Noticed, ...] = ()
