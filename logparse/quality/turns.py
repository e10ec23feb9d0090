"""Turns of a conversation: what the user wrote, and what the bot answered before the user wrote again."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from logparse.values.conversation import Conversation, Direction, Message


@dataclass(frozen=True, slots=True)
class Turn:
    """Consecutive messages of the user, and the replies before the user's next message.

    ``asked`` is empty if the bot wrote first, ``replies`` if it never answered.
    """

    asked: tuple[Message, ...]
    replies: tuple[Message, ...]


def turns_of(conversation: Conversation) -> tuple[Turn, ...]:
    """Divides a conversation into turns, in order."""
    return tuple(_turns(conversation.messages))


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
