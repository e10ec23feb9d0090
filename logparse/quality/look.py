"""A conversation divided into turns, and the result of looking for one kind of finding in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, groupby
from operator import attrgetter

from logparse.quality.comparable import is_medium
from logparse.values.conversation import Conversation, Direction, Message


@dataclass(frozen=True, slots=True)
class Turn:
    """Consecutive messages of the user, and the replies before the user's next message.

    ``asked`` is empty if the bot wrote first, ``replies`` if it never answered.
    """

    asked: tuple[Message, ...]
    replies: tuple[Message, ...]


@dataclass(frozen=True)
class Talk:
    """A conversation, also divided into turns."""

    conversation: Conversation

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """The turns, in order."""
        return tuple(_turns(self.conversation.messages))

    @property
    def replies(self) -> Iterator[Message]:
        """The bot's text messages, in order."""
        everything = chain.from_iterable(turn.replies for turn in self.turns)
        return (reply for reply in everything if not is_medium(reply.text))


def _turns(messages: tuple[Message, ...]) -> Iterator[Turn]:
    asked: tuple[Message, ...] = ()
    for direction, group in groupby(messages, key=attrgetter("direction")):
        if direction is Direction.USER:
            asked = tuple(group)
        else:
            yield Turn(asked, tuple(group))
            asked = ()
    if asked:
        yield Turn(asked, ())


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
