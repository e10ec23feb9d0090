"""Text with ISO times: each message with its own moment in front."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tests.scenarios.traffic import PRODUCTION, Request
from tests.scenarios.writers.stamps import stamp, stamp_of
from tests.scenarios.writers.writer import Writer


@dataclass(frozen=True)
class TextStyle:
    """How a line begins: the zone after the time, and what stands between the time and the message.

    `lead` may name the level, as `{level}` or, in capitals, `{LEVEL}`.
    """

    zone: str = "Z"
    lead: str = ""


PLAIN = TextStyle()
STYLES: dict[str, TextStyle] = {
    "plain": PLAIN,
    "offset": TextStyle(zone="+00:00"),
    "levels": TextStyle(lead="{LEVEL} "),
    "heroku": TextStyle(zone="+00:00", lead="app[web.1]: "),
    "cri": TextStyle(lead="stdout F "),
    "fly": TextStyle(lead="app[148e] sin [{level}]"),
}


def text_lines(request: Request, style: TextStyle = PLAIN) -> Iterator[str]:
    """Each message with its time in front; what follows a newline in it continues on the next line, without one.

    Text names no environment, so a text log is one environment's log: production's.
    """
    if request.environment != PRODUCTION:
        return
    for message in request.messages:
        time = stamp(request.time_ms + message.offset_ms)
        yield f"{time}{style.zone} {_lead(style, message.level)}{message.text}\n"


@lru_cache
def _lead(style: TextStyle, level: str) -> str:
    short = "warn" if level == "warning" else level
    return style.lead.format(level=short, LEVEL=short.upper())


def write_text(requests: Sequence[Request], style: TextStyle = PLAIN) -> bytes:
    """The requests as text, the lines in the order of time."""
    return in_order(line for request in requests for line in text_lines(request, style))


def in_order(lines: Iterable[str]) -> bytes:
    """Lines that begin with a time, in the order of their times."""
    return "".join(sorted(lines, key=stamp_of)).encode()


ISO_TEXT = Writer("iso-text", write_text, suffix=".txt", levels=False)
