"""A soak as its fetches leave it: one file a window, perhaps compressed."""

import gzip
import importlib
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from tests.scenarios.traffic import HOUR_MS, Request, epoch_ms
from tests.scenarios.writers.iso_text import PLAIN, TextStyle, in_order, text_lines
from tests.scenarios.writers.stamps import stamp, stamp_of
from tests.scenarios.writers.vercel_rows import write_vercel

Format = Literal["text", "vercel"]
Compression = Literal["gz", "zst"]

SUFFIX: dict[Format, str] = {"text": ".txt", "vercel": ".jsonl"}
WINDOW_HOURS = 4


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
    return in_order(line for line in lines if begin <= stamp_of(line) < end)


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
