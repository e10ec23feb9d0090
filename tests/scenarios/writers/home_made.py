"""Lines of somebody's own, and the settings that describe them; a soak in them needs these settings."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType

from tests.scenarios.traffic import PRODUCTION, Request
from tests.scenarios.writers.writer import Writer

SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "own_format": r"<(?P<request>[^>]*)> \[(?P<time>[^\]]+)\] (?P<level>[a-z]+) (?P<message>.*)",
        "own_format_time": "%d/%m/%Y %H:%M:%S.%f %z",
    }
)
"""What makes these lines readable."""


def write_home_made(requests: Sequence[Request]) -> bytes:
    """The messages in the order of time; those of one environment, production's."""
    lines = sorted(
        (
            (request.time_ms + message.offset_ms, request.id, message)
            for request in requests
            if request.environment == PRODUCTION
            for message in request.messages
        ),
        key=lambda line: line[0],
    )
    return "".join(
        f"<{request}> [{_written(time_ms)}] {message.level} {message.text}\n" for time_ms, request, message in lines
    ).encode()


def _written(time_ms: int) -> str:
    return f"{datetime.fromtimestamp(time_ms // 1000, UTC):%d/%m/%Y %H:%M:%S}.{time_ms % 1000:03d} +0000"


HOME_MADE = Writer("home-made", write_home_made, suffix=".log", request_ids=True)
