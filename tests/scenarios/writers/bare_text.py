"""Messages as they were printed, without any time."""

from collections.abc import Sequence

from tests.scenarios.traffic import PRODUCTION, Request
from tests.scenarios.writers.writer import Writer


def write_bare(requests: Sequence[Request]) -> bytes:
    """The messages in the order of time; messages of one environment, production's."""
    messages = sorted(
        (
            (request.time_ms + message.offset_ms, message.text)
            for request in requests
            if request.environment == PRODUCTION
            for message in request.messages
        ),
        key=lambda timed: timed[0],
    )
    return "".join(f"{text}\n" for _, text in messages).encode()


BARE_TEXT = Writer("bare-text", write_bare, suffix=".txt", times="none", levels=False)
