"""Times as text: those of a busy day share their seconds, and formatting a date is the dearest part of a line."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from operator import itemgetter

# A line's time without its zone: equal times keep the order in which they were printed.
_STAMP_LENGTH = len("2026-02-03T10:15:32.123")
stamp_of: Callable[[str], str] = itemgetter(slice(0, _STAMP_LENGTH))


def stamp(time_ms: int) -> str:
    """The time in UTC with milliseconds, without a zone."""
    return f"{_second(time_ms // 1000)}.{time_ms % 1000:03d}"


@lru_cache(maxsize=1024)
def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
