"""The log formats, in the order in which they are tried; found by their content, never by a name."""

from collections.abc import Sequence

from logparse.formats.cloudwatch import CLOUDWATCH
from logparse.formats.convex_rows import CONVEX_ROWS
from logparse.formats.docker_json import DOCKER_JSON
from logparse.formats.format import Format
from logparse.formats.iso_text import ISO_TEXT
from logparse.formats.journald import JOURNALD
from logparse.formats.json_lines import JSON_LINES
from logparse.formats.log_drain import LOG_DRAIN
from logparse.formats.vercel_dashboard import VERCEL_DASHBOARD
from logparse.formats.vercel_rows import VERCEL_ROWS
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
    ISO_TEXT,
)


def recognise(head: Sequence[str], formats: Sequence[Format] = FORMATS) -> Format | None:
    """The format that most of the first lines are in, of those alike the first; None where no line is in any."""
    scores = [(sum(map(candidate.recognises, head)), candidate) for candidate in formats]
    score, best = max(scores, key=lambda scored: scored[0])
    return best if score else None
