"""Text that a system puts something in front of: the name of a container, or the head of syslog. Production's."""

from collections.abc import Sequence
from datetime import UTC, datetime

from tests.scenarios.traffic import Request
from tests.scenarios.writers.json_text import printed
from tests.scenarios.writers.stamps import stamp
from tests.scenarios.writers.writer import Writer


def write_led_text(requests: Sequence[Request]) -> bytes:
    """What `docker compose logs -t` prints: a name and a time before each line of a message."""
    return "".join(
        f"bot-1  | {stamp(time_ms)}456789Z {line}\n"
        for time_ms, _, message in printed(requests)
        for line in message.text.split("\n")
    ).encode()


def write_syslog_text(requests: Sequence[Request]) -> bytes:
    """The log file of a system: whole seconds and no year; a line feed in a message is written as #012."""
    return "".join(
        f"{_day_and_time(time_ms)} host bot[7]: {message.text.replace(chr(10), '#012')}\n"
        for time_ms, _, message in printed(requests)
    ).encode()


def _day_and_time(time_ms: int) -> str:
    time = datetime.fromtimestamp(time_ms // 1000, UTC)
    return f"{time:%b} {time.day:2} {time:%H:%M:%S}"


LED_TEXT = Writer("led-text", write_led_text, suffix=".txt", levels=False)
SYSLOG_TEXT = Writer("syslog-text", write_syslog_text, suffix=".log", levels=False, step_ms=1000, dated=False)
