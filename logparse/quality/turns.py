"""A conversation in turns: what the user wrote, and what the bot answered before the user wrote again."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from logparse.values.conversation import Conversation, Direction, Message


@dataclass(frozen=True, slots=True)
class Turn:
    """Messages of the user without a reply between, and the replies up to the user's next message.

    ``asked`` is empty where the bot wrote first, ``replies`` where it never answered.
    """

    asked: tuple[Message, ...]
    replies: tuple[Message, ...]


def turns_of(conversation: Conversation) -> tuple[Turn, ...]:
    """The turns of a conversation, in order."""
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
