"""Any other JSON, one object a line: Railway, Render, Fly, pino, bunyan, winston, exports of Grafana, your own.

An entry has a time, a message and perhaps a level under one of several names; the first name present counts. Entries
that another format knows better are left to it.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from logparse.formats import (
    cloudwatch,
    convex_rows,
    docker_json,
    journald,
    log_drain,
    vercel_dashboard,
    vercel_rows,
    vercel_tail_rows,
)
from logparse.formats.format import Format
from logparse.formats.sql.json_entries import entry_columns, parsed, recogniser, texts
from logparse.formats.sql.json_times import EARLIEST_SECONDS, is_ambiguous, sql_time
from logparse.formats.sql.leading_level import leading_level, without_level
from logparse.formats.sql.levels import OPEN_TELEMETRY, PINO, PYTHON, SYSLOG, first_known, is_known, level, number
from logparse.formats.sql.tool_lines import tidy
from logparse.tables import table

KEYS: Mapping[str, Sequence[str]] = table("formats/json_lines")
"""The keys of each part of an entry, under the names that loggers and platforms give them."""

_ELSEWHERE = {
    "req": texts("id method url"),
    "res": texts("statusCode"),
    # In a row with a list of messages, the one at the top is a copy.
    "logs": "JSON",
    "logLines": "JSON",
}
_SHAPE = {**dict.fromkeys(chain.from_iterable(KEYS.values()), "VARCHAR"), **_ELSEWHERE}

SHORTEST_REQUEST = 8
"""The shortest request id, in characters; a shorter one is a counter, whose values repeat."""


def _first(part: str, *others: str) -> str:
    """Returns SQL for the first key of a part that is present, else for the first of other places."""
    named = [f'row."{name}"' for name in KEYS[part]]
    return f"coalesce({', '.join([*named, *others])})"


_LEVEL_WORD = level(_first("level"), PINO)
_NUMBERS = (("python_number", PYTHON), ("telemetry_number", OPEN_TELEMETRY), ("syslog_number", SYSLOG))
_LEVEL_NUMBER = f"coalesce({', '.join(number(_first(part), scale) for part, scale in _NUMBERS)})"
"""SQL for the level of a number, in the scale of its key."""

_COLUMNS = entry_columns(
    level=f"CASE WHEN {is_known('named_level')} THEN named_level"
    f" ELSE coalesce({leading_level('words')}, named_level) END",
    message=f"CASE WHEN time IS NULL THEN line WHEN {is_known('named_level')} THEN words"
    f" ELSE {without_level('words')} END",
    request=f"CASE WHEN strlen(request) >= {SHORTEST_REQUEST} THEN request END",
    method=_first("method", "row.req.method"),
    status="CASE WHEN status BETWEEN 100 AND 599 OR status = -1 THEN status END",
    path=_first("path", "row.req.url"),
    ambiguous=is_ambiguous("written"),
)

SELECT = f"""
WITH {parsed(_SHAPE)}, named AS (
    SELECT *, {_first("time")} AS written, {_LEVEL_WORD} AS level_word, {_LEVEL_NUMBER} AS level_number,
        rtrim({tidy("said")}, chr(13) || chr(10)) AS words,
        {_first("request", "row.req.id")} AS request,
        try_cast({_first("status", "row.res.statusCode")} AS INTEGER) AS status
    FROM (SELECT *, {_first("message")} AS said FROM entries)
), timed AS (
    SELECT *, {first_known("level_word", "level_number")} AS named_level,
        CASE WHEN words IS NOT NULL AND row.logs IS NULL AND row.logLines IS NULL
                   THEN {sql_time("written")} END AS time
    FROM named
)
SELECT
    {_COLUMNS}
FROM timed
"""

_PARTICULAR = (
    vercel_rows.is_row,
    vercel_tail_rows.is_row,
    vercel_dashboard.is_row,
    log_drain.is_entry,
    convex_rows.is_run,
    docker_json.is_entry,
    journald.is_entry,
    cloudwatch.is_event,
)


def is_entry(entry: dict[str, Any]) -> bool:
    """Tells whether an entry has a time and a message under known names, and is in no other format."""
    if not any(name in entry for name in KEYS["message"]) or any(knows(entry) for knows in _PARTICULAR):
        return False
    return any(_is_time(entry[name]) for name in KEYS["time"] if name in entry)


def _is_time(value: object) -> bool:
    if isinstance(value, str):
        return value[:4].isdigit() and len(value) >= len("1768176000")
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= EARLIEST_SECONDS


JSON_LINES = Format(
    name="json-lines",
    title="JSON lines with a time and a message",
    recognises=recogniser(is_entry),
    select=SELECT,
    needs="a JSON object with a time (time, timestamp, ts, ...) and a message (message, msg, log, ...)",
    line_by_line=True,
    as_written=True,
    is_json=True,
    mixed=True,
)
