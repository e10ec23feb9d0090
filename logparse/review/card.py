"""The card of a conversation, as shown to the rater: masked, with the machine's findings and a link."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from logparse.values.conversation import Conversation, Direction, Message
from logparse.values.schedule import Span
from logparse.values.suspicions import TITLES, Suspicion, SuspicionKind

MOST_SHOWN = 200
"""The number of messages shown of a conversation, the last ones."""

LONGEST_TEXT = 4_000
"""The number of characters shown of a message."""

AT_ONCE = 450
"""The number of characters masked at a time; a longer sentence is cut, as everywhere."""

NO_MESSAGE, NO_REPLY = "(no message in these hours)", "(no reply)"

_SENTENCE_END = re.compile(r"(?<=[^\W\d_][.!?…])\s+(?=[^\W\d_])")


@dataclass(frozen=True)
class Bubble:
    """A message: its author, time and masked text; whether it is in the check's hours, and suspicious."""

    direction: Direction
    time: datetime
    text: str
    inside: bool
    suspicious: bool


@dataclass(frozen=True)
class Card:
    """A conversation of the sample. ``left_out`` counts earlier messages that are not shown.

    ``user_message`` and ``bot_response`` are quoted in the document. ``link`` leads to the full conversation;
    ``link_tells``: it contains personal data itself, so it must not be written down.
    """

    name: str
    bubbles: tuple[Bubble, ...]
    left_out: int
    noticed: tuple[str, ...]
    partial: bool
    user_message: str
    bot_response: str
    link: str = ""
    link_tells: bool = False


def card_of(
    conversation: Conversation,
    suspicions: Sequence[Suspicion],
    span: Span,
    mask: Callable[[str], str],
    inbox_url: str = "",
) -> Card:
    """Makes the card of a conversation for a check that looks back over ``span``; hides later messages."""
    messages = [message for message in conversation.messages if message.time < span.end]
    shown = messages[-MOST_SHOWN:]
    link = link_to(conversation, inbox_url)
    asked, answered = _exchange(messages, suspicions, span)
    return Card(
        name=conversation.name,
        bubbles=tuple(
            Bubble(
                message.direction,
                message.time,
                masked_message(message.text, mask),
                message.time >= span.start,
                any(message.time in (one.first, one.last) for one in suspicions),
            )
            for message in shown
        ),
        left_out=len(messages) - len(shown),
        noticed=tuple(_noticed(suspicions, mask)),
        partial=conversation.partial,
        user_message=masked_message(asked.text, mask) if asked else NO_MESSAGE,
        bot_response=masked_message(answered.text, mask) if answered else NO_REPLY,
        link=link,
        link_tells=_tells(conversation.key, mask) or mask(link) != link,
    )


def _noticed(suspicions: Sequence[Suspicion], mask: Callable[[str], str]) -> Iterator[str]:
    """Yields the machine's findings in words, each with its number."""
    counted = Counter((TITLES[SuspicionKind(one.kind)], mask(one.reason)) for one in suspicions)
    for (title, reason), count in counted.items():
        yield f"{title}: {reason}" + (f" ({count} times)" if count > 1 else "")


def link_to(conversation: Conversation, inbox_url: str) -> str:
    """Returns the URL of the full conversation; empty if there is no setting for it."""
    key = quote(conversation.key, safe="")
    return inbox_url.replace("{conversation}", key).replace("{key}", key) if key else ""


def _tells(key: str, mask: Callable[[str], str]) -> bool:
    """Tells whether a key is somebody's number or address, which the mask, made for prose, may miss."""
    return key.isdigit() or "@" in key or mask(key) != key


def masked_message(text: str, mask: Callable[[str], str]) -> str:
    """Masks a message sentence by sentence, keeping its lines.

    The mask sees a few hundred characters at a time and would miss a number that is split, so a text is only split at
    the end of a sentence.
    """
    lines = []
    for line in text[:LONGEST_TEXT].split("\n"):
        pieces = [""]
        for sentence in _SENTENCE_END.split(line):
            if pieces[-1] and len(pieces[-1]) + len(sentence) >= AT_ONCE:
                pieces.append("")
            pieces[-1] = f"{pieces[-1]} {sentence}".strip()
        lines.append(" ".join(mask(piece) for piece in pieces))
    cut = "…" if len(text) > LONGEST_TEXT else ""
    return "\n".join(lines).strip() + cut or "(empty)"


def _exchange(
    messages: Sequence[Message], suspicions: Sequence[Suspicion], span: Span
) -> tuple[Message | None, Message | None]:
    """Returns the user's message and the bot's answer of the first suspicious exchange, else of the last answered."""
    inside = [message for message in messages if message.time >= span.start]
    users = [at for at, message in enumerate(inside) if message.direction is Direction.USER]
    if suspicions:
        until = min(one.last for one in suspicions)
        asked = [at for at in users if inside[at].time <= until]
    else:
        asked = [at for at in users if _answer(inside, at)]
    at = (asked or users or [-1])[-1]
    if at < 0:
        return None, next((message for message in inside if message.direction is Direction.BOT), None)
    return inside[at], _answer(inside, at)


def _answer(messages: Sequence[Message], at: int) -> Message | None:
    """Returns the next message if it is the bot's, else None."""
    later = messages[at + 1 :]
    return later[0] if later and later[0].direction is Direction.BOT else None
