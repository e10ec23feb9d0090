"""What `docker compose logs -t` prints: the name of the service in front of each line of text with ISO times."""

from collections.abc import Sequence

from tests.scenarios.traffic import Request
from tests.scenarios.writers.iso_text import write_text
from tests.scenarios.writers.writer import Writer

SERVICE = b"web-1  | "


def write_led(requests: Sequence[Request]) -> bytes:
    """The messages in the order of time, and what follows a newline in them without a time."""
    return b"".join(SERVICE + line for line in write_text(requests).splitlines(keepends=True))


LED_TEXT = Writer("led-text", write_led, suffix=".txt", levels=False)
