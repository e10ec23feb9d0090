"""Conversations written as scripts, and what the machine finds in them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from logparse.quality.examine import examine
from logparse.settings.checked import parse
from logparse.values.conversation import Conversation, Direction, Message
from logparse.values.suspicions import Examined

START = datetime(2026, 1, 12, 6, tzinfo=UTC)

Line = str | tuple[float, str]
"""``u: text`` or ``b: text``, alone or with the minutes since the line before; a tenth of a minute without."""


def talk(*lines: Line, key: str = "k57", start: datetime = START) -> Conversation:
    """The conversation of a script."""
    messages: list[Message] = []
    time = start
    for at, line in enumerate(lines):
        minutes, text = (0.1, line) if isinstance(line, str) else line
        time += timedelta(minutes=minutes)
        who = Direction.USER if text.startswith("u:") else Direction.BOT
        messages.append(Message(time, who, text[2:].removeprefix(" "), f"{key}-{at}"))
    return Conversation(key, key, tuple(messages))


def examined(*conversations: Conversation, settings: Mapping[str, str] | None = None, hours: float = 24) -> Examined:
    """What is found in conversations, so many hours after the start of a soak."""
    return examine(conversations, parse(settings).quality, START + timedelta(hours=hours), str)


def kinds(*conversations: Conversation, settings: Mapping[str, str] | None = None) -> Sequence[str]:
    """The kinds of what is found, in order of time."""
    return [suspicion.kind for suspicion in examined(*conversations, settings=settings).suspicions]
