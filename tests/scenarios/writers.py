"""Requests as log files: text with ISO times, or the Vercel command line's rows.

Text prints each message at its own moment. A Vercel row has the request's time only, for all its messages.
"""

import gzip
import importlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache, partial
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal

from tests.scenarios.traffic import HOUR_MS, PRODUCTION, Message, Request, epoch_ms

Format = str
"""The name of a log format in `WRITERS`."""

Compression = Literal["gz", "zst"]

SUFFIX: dict[Format, str] = {"text": ".txt", "vercel": ".jsonl"}
WINDOW_HOURS = 4

_SEVERITY = ("info", "warning", "error", "fatal")
# A line's time without its zone: equal times keep the order in which they were printed.
_STAMP_LENGTH = len("2026-02-03T10:15:32.123")
stamp_of: Callable[[str], str] = itemgetter(slice(0, _STAMP_LENGTH))


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


def stamp(time_ms: int) -> str:
    """The time in UTC with milliseconds, without a zone."""
    return f"{_second(time_ms // 1000)}.{time_ms % 1000:03d}"


# Messages of a busy day share their seconds, and formatting a date is the dearest part of writing a line.
@lru_cache(maxsize=1024)
def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")


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


def vercel_row(request: Request) -> str:
    """One request as one line of JSON; its level and message are a copy of its worst entry's."""
    entries = [{"level": m.level, "message": m.text, "messageTruncated": False} for m in request.messages]
    worst = max(request.messages, key=_severity, default=None)
    row: dict[str, Any] = {
        "id": request.id,
        "timestamp": request.time_ms,
        "deploymentId": request.deployment,
        "projectId": "prj_soakbot",
        "level": worst.level if worst else "info",
        "message": worst.text if worst else "",
    }
    if worst:  # The tool leaves the key out where there is nothing to truncate.
        row["messageTruncated"] = False
    row |= {
        "source": "serverless",
        "domain": "bot.example.com",
        "requestMethod": request.method,
        "requestPath": request.path,
        "responseStatusCode": request.status,
        "environment": request.environment,
        "branch": "main" if request.environment == PRODUCTION else "new-menu",
        "cache": "MISS",
        "logs": entries,
    }
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"


def _severity(message: Message) -> int:
    return _SEVERITY.index(message.level)


def write_text(requests: Sequence[Request], style: TextStyle = PLAIN) -> bytes:
    """The requests as text, the lines in the order of time."""
    return _in_order(line for request in requests for line in text_lines(request, style))


def _in_order(lines: Iterable[str]) -> bytes:
    return "".join(sorted(lines, key=stamp_of)).encode()


def write_vercel(requests: Sequence[Request]) -> bytes:
    """The requests as rows, the newest first."""
    newest_first = sorted(requests, key=lambda request: request.time_ms, reverse=True)
    return "".join(map(vercel_row, newest_first)).encode()


@dataclass(frozen=True)
class Writer:
    """One log format as days are written in it, and what a log in it can show.

    `times` tells at whose time a message stands: its own, its request's, or none. `settings` are those that a log in it
    has to be read with.
    """

    suffix: str
    write: Callable[[Sequence[Request]], bytes]
    times: Literal["message", "request", "none"]
    carries_status: bool
    settings: Mapping[str, str] = field(default_factory=dict)
    is_variant: bool = False  # Lines that only begin in another way: a few scenarios are enough.


WRITERS: Mapping[Format, Writer] = {
    "text": Writer(".txt", write_text, times="message", carries_status=False),
    "vercel": Writer(".jsonl", write_vercel, times="request", carries_status=True),
    **{
        f"text, {name}": Writer(
            ".txt", partial(write_text, style=style), "message", carries_status=False, is_variant=True
        )
        for name, style in STYLES.items()
        if style != PLAIN
    },
}
"""Every format that a day can be written in. Scenarios of every format are made for each of them."""


def write_soak(
    folder: Path,
    requests: Sequence[Request],
    start: datetime,
    format: Format,
    compression: Compression | None = None,
    up_to_hour: int = 24,
    style: TextStyle = PLAIN,
) -> list[Path]:
    """One file for each window of the soak, `logs-hour-04` to `logs-hour-<up_to_hour>`, as six fetches would bring."""
    folder.mkdir(parents=True, exist_ok=True)
    suffix = SUFFIX[format] + (f".{compression}" if compression else "")
    paths = []
    for hour in range(WINDOW_HOURS, up_to_hour + 1, WINDOW_HOURS):
        content = window_content(requests, start, hour, format, style)
        path = folder / f"logs-hour-{hour:02d}{suffix}"
        path.write_bytes(compressed(content, compression) if compression else content)
        paths.append(path)
    return paths


def window_content(
    requests: Sequence[Request], start: datetime, hour: int, format: Format, style: TextStyle = PLAIN
) -> bytes:
    """What one fetch brings: the rows of requests, or the lines of text, whose time lies in the window."""
    end_ms = epoch_ms(start) + hour * HOUR_MS
    begin_ms = end_ms - WINDOW_HOURS * HOUR_MS
    if format == "vercel":
        return write_vercel([request for request in requests if begin_ms <= request.time_ms < end_ms])
    begin, end = stamp(begin_ms), stamp(end_ms)
    lines = (line for request in requests for line in text_lines(request, style))
    return _in_order(line for line in lines if begin <= stamp_of(line) < end)


def compressed(content: bytes, compression: Compression) -> bytes:
    """The content as gzip, the same bytes each time, or as Zstandard where this Python has it."""
    if compression == "gz":
        return gzip.compress(content, mtime=0)
    return _zstandard()(content)


def _zstandard() -> Callable[[bytes], bytes]:
    for module in ("compression.zstd", "backports.zstd"):
        try:
            compress: Callable[[bytes], bytes] = importlib.import_module(module).compress
        except ModuleNotFoundError:
            continue
        return compress
    raise RuntimeError("writing .zst needs Python 3.14 or the package 'backports.zstd'")
