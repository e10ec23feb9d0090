"""What a command printed: logs in a format that is known, or something else that is no log and proves nothing.

The formats are those that the judge will read the file by, the one of the settings included.
"""

from collections.abc import Callable, Sequence

import duckdb

from logparse.collect.merging import merged_records
from logparse.formats import FORMATS, LOOKED_AT
from logparse.formats.format import Format
from logparse.formats.home_made import home_made
from logparse.formats.sql.tool_lines import first_problem
from logparse.reading.log_file import recognised
from logparse.settings.collecting import Collecting
from logparse.storage.files import HEAD
from logparse.storage.unfold import entries

SHOWN, SHOWN_LINES = 120, 5
"""Characters and lines that are shown of what was printed in place of logs."""


def formats_of(settings: Collecting) -> tuple[Format, ...]:
    """The formats in the order in which they are tried; UsageProblem for one of the settings that cannot be used."""
    if not settings.own_format:
        return FORMATS
    # The format keeps the connection: it is asked for each line.
    own = home_made(duckdb.connect(), settings.own_format, settings.own_format_time)
    return (own, *FORMATS) if own else FORMATS


def no_logs(lines: Sequence[str], formats: Sequence[Format], mask: Callable[[str], str]) -> str:
    """Why what was printed is no log; empty where at least a line of its beginning is one, or nothing was printed."""
    seen = [line for line in lines if line.strip()]
    if not seen or _recognised(lines, formats)[0]:
        return ""
    if said := first_problem(seen[:LOOKED_AT]):
        return f"the command printed no logs: {said[1]} ({mask(said[0])[:SHOWN]!r})"
    begin = " ".join(mask(line).strip()[:SHOWN] for line in seen[:SHOWN_LINES])
    return f"the command printed no logs, but what is in no known format; it begins with {begin[:SHOWN]!r}"


def merged_answers(before: Sequence[str], new: Sequence[str], formats: Sequence[Format]) -> list[str]:
    """Two answers to the same question as one log: each record once, and what was no log at all not kept."""
    if not _recognised(before, formats)[0]:
        return list(new)
    log_format, is_document = _recognised(new, formats)
    if log_format is None:
        return list(before)
    if not is_document:
        return merged_records(before, new, log_format.recognises)
    # NOTE: Parts of two documents make none. One that lacks nothing of the other takes its place; else both are kept,
    # and what stands in both counts once by its id.
    known, found = (set(entries("\n".join(lines))) for lines in (before, new))
    return list(new) if known <= found else list(before) if found <= known else [*before, *new]


def _recognised(lines: Sequence[str], formats: Sequence[Format]) -> tuple[Format | None, bool]:
    return recognised("\n".join(lines).encode("utf-8", "replace")[:HEAD], formats)
