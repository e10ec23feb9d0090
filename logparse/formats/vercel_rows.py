"""Rows of ``vercel logs --json`` (Vercel CLI 50.42 and later): one JSON object a request, its messages in ``logs``.

``level`` and ``message`` of the row copy its worst message: only ``logs`` is counted, else that one would count twice.
A row without the key ``logs`` (CLI 50.12 to 50.41) holds the first message only, so most events are missing. Times are
those of the request; the messages have none of their own.
"""

from collections.abc import Sequence
from typing import Any

from logparse.formats.format import FastReading, Format
from logparse.formats.sql.columns import columns
from logparse.formats.sql.json_entries import LINE_CLASS, OPENS_LINE, parsed, recogniser, texts
from logparse.formats.sql.levels import level
from logparse.formats.sql.readers import json_reader
from logparse.values.records import OPENS

_SHAPE = {
    **texts("id deploymentId projectId requestMethod requestPath environment level message"),
    "timestamp": "BIGINT",
    "responseStatusCode": "INTEGER",
    "messageTruncated": "BOOLEAN",
    "logs": [{**texts("level message"), "messageTruncated": "BOOLEAN"}],
}

_COLUMNS = {
    "line_class": LINE_CLASS,
    "opens_line": f"position = 1 AND {OPENS_LINE}",
    "opens_id": "position = 1",
    "time": "time",
    "level": level("entry.level"),
    "message": "CASE WHEN time IS NULL THEN line ELSE coalesce(entry.message, '') END",
    "id": "row.id",
    "request": "row.id",
    "method": "row.requestMethod",
    "status": "row.responseStatusCode",
    "path": "row.requestPath",
    "environment": "row.environment",
    "deployment": "row.deploymentId",
    "project": "nullif(row.projectId, '')",
    "partial": "time IS NOT NULL AND row.logs IS NULL",
    "truncated": "coalesce(entry.messageTruncated, FALSE)",
}

_MESSAGES = """
timed AS (
    SELECT *, CASE WHEN row.timestamp BETWEEN 0 AND 253402300799999 AND row.id IS NOT NULL
                   THEN make_timestamp(row.timestamp * 1000) END AS time
    FROM entries
), messages AS (
    SELECT file, number, line, place, row, time,
        unnest(CASE WHEN time IS NOT NULL AND len(row.logs) > 0 THEN row.logs
                    ELSE [{level: row.level, message: CASE WHEN row.logs IS NULL THEN row.message ELSE '' END,
                           messageTruncated: row.messageTruncated}] END) AS entry,
        generate_subscripts(CASE WHEN time IS NOT NULL AND len(row.logs) > 0 THEN row.logs ELSE [NULL] END, 1)
            AS position
    FROM timed
)
"""

SELECT = f"""
WITH {parsed(_SHAPE)}, {_MESSAGES}
SELECT
    {columns(**_COLUMNS)}
FROM messages
"""

_KINDS = {
    name: kind if isinstance(kind, str) else "STRUCT(level VARCHAR, message VARCHAR, messageTruncated BOOLEAN)[]"
    for name, kind in _SHAPE.items()
}

# Any other line has no time here, and its text is unknown.
FAST_SELECT = f"""
WITH entries AS (
    SELECT file, number, NULL::VARCHAR AS line, '{OPENS}' AS place,
        struct_pack({", ".join(_KINDS)}) AS row
    FROM lines
), {_MESSAGES}
SELECT
    {columns(**{**_COLUMNS, "opens_line": "position = 1 AND time IS NOT NULL"})}
FROM messages
"""


def is_row(entry: dict[str, Any]) -> bool:
    """Tells whether an entry is a request with its messages, or with the first one only."""
    return "timestamp" in entry and "id" in entry and ("logs" in entry or "responseStatusCode" in entry)


def _are_objects(head: Sequence[str]) -> bool:
    """Tells whether each of the first lines looks like an object; a tool's line elsewhere costs a second reading."""
    return all(line.startswith("{") and line.endswith("}") for line in head)


VERCEL_ROWS = Format(
    name="vercel-rows",
    title="Vercel rows (vercel logs --json)",
    recognises=recogniser(is_row),
    select=SELECT,
    needs="a JSON object with id and timestamp",
    line_by_line=True,
    carries_status=True,
    has_requests=True,
    is_json=True,
    row_limits=(100, 10_000),
    fast=FastReading(fits=_are_objects, reader=json_reader(_KINDS), select=FAST_SELECT),
)
