"""All findings over all conversations: what was looked for, how often it was found, and the first of each kind."""

from collections.abc import Callable, Sequence
from datetime import datetime

from logparse.quality.conversation import Conversation
from logparse.quality.finding import Examined
from logparse.quality.limits import QualityLimits


def examine(
    conversations: Sequence[Conversation],
    limits: QualityLimits,
    until: datetime,
    mask: Callable[[str], str],
    problems: Sequence[str] = (),
) -> Examined:
    """What the machine can say of conversations up to a time; ``problems`` are those of their transcripts."""
    messages = [message for conversation in conversations for message in conversation.messages]
    return Examined(
        conversations=len(conversations),
        messages=len(messages),
        partial=any(conversation.partial for conversation in conversations),
        problems=tuple(problems),
        first=min((message.time for message in messages), default=None),
        last=max((message.time for message in messages), default=None),
    )
