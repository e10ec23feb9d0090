"""Requests as log files: one module a family of formats, and `WRITERS`, which names them all.

Text prints each message at its own moment. A Vercel row has the request's time only, for all its messages.
A new format: a module with a `Writer`, and its line in `WRITERS`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from tests.scenarios.writers import (
    bare_text,
    convex_rows,
    convex_text,
    iso_text,
    led_text,
    platform_json,
    syslog_text,
    vercel_expanded,
    vercel_json,
    vercel_rows,
    vercel_tail,
)
from tests.scenarios.writers.iso_text import PLAIN, STYLES, TextStyle, text_lines, write_text
from tests.scenarios.writers.soak import (
    SUFFIX,
    WINDOW_HOURS,
    Compression,
    Format,
    compressed,
    window_content,
    write_soak,
)
from tests.scenarios.writers.stamps import stamp, stamp_of
from tests.scenarios.writers.vercel_rows import vercel_row, write_vercel
from tests.scenarios.writers.writer import Times, Write, Writer

__all__ = [
    "PLAIN",
    "STYLES",
    "SUFFIX",
    "WINDOW_HOURS",
    "WRITERS",
    "Compression",
    "Format",
    "TextStyle",
    "Times",
    "Write",
    "Writer",
    "compressed",
    "stamp",
    "stamp_of",
    "text_lines",
    "vercel_row",
    "window_content",
    "write_soak",
    "write_text",
    "write_vercel",
]

WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        writer.name: writer
        for writer in (
            vercel_rows.VERCEL_ROWS,
            vercel_json.VERCEL_TAIL_ROWS,
            vercel_json.VERCEL_DASHBOARD,
            vercel_json.LOG_DRAIN,
            convex_rows.CONVEX_ROWS,
            platform_json.DOCKER_JSON,
            platform_json.JOURNALD,
            platform_json.CLOUDWATCH,
            platform_json.JSON_LINES,
            vercel_expanded.VERCEL_EXPANDED,
            vercel_tail.VERCEL_TAIL,
            convex_text.CONVEX_TEXT,
            iso_text.ISO_TEXT,
            led_text.LED_TEXT,
            syslog_text.SYSLOG_TEXT,
            bare_text.BARE_TEXT,
        )
    }
)
"""How a day looks in each log format, by the name of the format."""
