"""Syslog as files have it: month, day and local time, no year; a newline in a message is written as `#012`."""

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo

from tests.scenarios.traffic import PRODUCTION, Request
from tests.scenarios.writers.writer import Writer

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def write_syslog(requests: Sequence[Request], zone: tzinfo = UTC) -> bytes:
    """The messages in the order of time; those of one environment, production's."""
    messages = sorted(
        (
            (request.time_ms + message.offset_ms, message.text)
            for request in requests
            if request.environment == PRODUCTION
            for message in request.messages
        ),
        key=lambda timed: timed[0],
    )
    return "".join(_line(time_ms, text, zone) for time_ms, text in messages).encode()


def _line(time_ms: int, text: str, zone: tzinfo) -> str:
    local = datetime.fromtimestamp(time_ms // 1000, UTC).astimezone(zone)
    said = text.replace("\n", "#012")
    return f"{_MONTHS[local.month - 1]} {local.day:2d} {local:%H:%M:%S} host bot[7]: {said}\n"


SYSLOG_TEXT = Writer("syslog-text", write_syslog, suffix=".txt", step_ms=1000, dated=False, levels=False)
