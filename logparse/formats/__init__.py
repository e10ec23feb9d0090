"""The log formats, in the order they are tried; recognised by content, never by a file's name."""

from collections.abc import Sequence

from logparse.formats.bare_text import BARE_TEXT
from logparse.formats.cloudwatch import CLOUDWATCH
from logparse.formats.convex_rows import CONVEX_ROWS
from logparse.formats.convex_text import CONVEX_TEXT
from logparse.formats.docker_json import DOCKER_JSON
from logparse.formats.format import Format
from logparse.formats.iso_text import ISO_TEXT
from logparse.formats.journald import JOURNALD
from logparse.formats.json_lines import JSON_LINES
from logparse.formats.led_text import LED_TEXT
from logparse.formats.log_drain import LOG_DRAIN
from logparse.formats.syslog_text import SYSLOG_TEXT
from logparse.formats.vercel_dashboard import VERCEL_DASHBOARD
from logparse.formats.vercel_expanded import VERCEL_EXPANDED
from logparse.formats.vercel_rows import VERCEL_ROWS
from logparse.formats.vercel_tail import VERCEL_TAIL
from logparse.formats.vercel_tail_rows import VERCEL_TAIL_ROWS

FORMATS: tuple[Format, ...] = (
    VERCEL_ROWS,
    VERCEL_TAIL_ROWS,
    VERCEL_DASHBOARD,
    LOG_DRAIN,
    CONVEX_ROWS,
    DOCKER_JSON,
    JOURNALD,
    CLOUDWATCH,
    JSON_LINES,
    VERCEL_EXPANDED,
    VERCEL_TAIL,
    CONVEX_TEXT,
    ISO_TEXT,
    LED_TEXT,
    SYSLOG_TEXT,
    BARE_TEXT,
)


LOOKED_AT = 200
"""The number of lines at the start of a file by which its format is recognised."""


def recognise(head: Sequence[str], formats: Sequence[Format] = FORMATS) -> Format | None:
    """Returns the format that matches most of the first lines, the first of equals; None if no line matches any.

    A format that the settings describe comes before all others. One without times is taken only if no line matches any
    other: many formats have messages without their time.
    """
    scores = [(sum(map(candidate.recognises, head[:LOOKED_AT])), candidate) for candidate in formats]
    for is_of_kind in (lambda each: each.asked_for, lambda each: not each.timeless, lambda each: True):
        if of_kind := [scored for scored in scores if scored[0] and is_of_kind(scored[1])]:
            return max(of_kind, key=lambda scored: scored[0])[1]
    return None
