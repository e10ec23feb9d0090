"""What `npx convex logs` prints: local times as the machine's language writes them, texts in single quotes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from types import MappingProxyType

from tests.scenarios.traffic import PRODUCTION, Message, Request
from tests.scenarios.writers.writer import Writer

_LEVELS = {"info": "LOG", "warning": "WARN", "error": "ERROR", "fatal": "ERROR"}
_ESCAPES = str.maketrans({"\\": "\\\\", "'": "\\'", "\n": "\\n", "\t": "\\t", "\r": "\\r"})


def _american(time: datetime, space: str = " ") -> str:
    return f"{time.month}/{time.day}/{time.year}, {time.hour % 12 or 12}:{time:%M:%S}{space}{_half(time)}"


def _half(time: datetime) -> str:
    return "AM" if time.hour < 12 else "PM"


LOCALES: Mapping[str, Callable[[datetime], str]] = MappingProxyType(
    {
        "en-US": _american,
        "en-US of newer Node": lambda time: _american(time, "\u202f"),
        "en-AU": lambda time: (
            f"{time:%d/%m/%Y}, {time.hour % 12 or 12}:{time:%M:%S} {'am' if time.hour < 12 else 'pm'}"
        ),
        "en-GB": lambda time: f"{time:%d/%m/%Y, %H:%M:%S}",
        "de": lambda time: f"{time.day}.{time.month}.{time.year}, {time:%H:%M:%S}",
        "id": lambda time: f"{time.day}/{time.month}/{time.year}, {time:%H.%M.%S}",
        "nl": lambda time: f"{time.day}-{time.month}-{time.year}, {time:%H:%M:%S}",
        "sv": lambda time: f"{time:%Y-%m-%d %H:%M:%S}",
        "ja": lambda time: f"{time.year}/{time.month}/{time.day} {time.hour}:{time:%M:%S}",
    }
)
"""How JavaScript's `toLocaleString` writes a time, by language."""


def write_convex_text(requests: Sequence[Request], zone: tzinfo = UTC, locale: str = "en-US") -> bytes:
    """The messages in the order of time, without the requests that printed none."""
    messages = sorted(
        (
            (request.time_ms + message.offset_ms, message)
            for request in requests
            if request.environment == PRODUCTION
            for message in request.messages
        ),
        key=lambda timed: timed[0],
    )
    return "".join(_line(time_ms, message, zone, LOCALES[locale]) for time_ms, message in messages).encode()


def _line(time_ms: int, message: Message, zone: tzinfo, written: Callable[[datetime], str]) -> str:
    local = datetime.fromtimestamp(time_ms // 1000, UTC).astimezone(zone)
    level, text = _LEVELS[message.level], message.text.translate(_ESCAPES)
    return f"{written(local)} [CONVEX A(kapso:processARI)] [{level}] '{text}'\n"


CONVEX_TEXT = Writer("convex-text", write_convex_text, suffix=".txt", step_ms=1000, dated=False)
