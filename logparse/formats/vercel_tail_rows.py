"""Rows of a live tail, ``vercel logs --json`` of Vercel CLI 35.0 to 50.11 (and ``--follow``): one message a row.

A row with ``source`` "delimiter" is a notice of the platform: "Exceeded runtime logs limit" ends the tail. Rows name no
request, so a failed request counts once for each of its messages, never less than once.
"""

from typing import Any

from logparse.formats.format import Format
from logparse.formats.sql.json_entries import LINE_CLASS, entry_columns, is_number, parsed, recogniser, texts
from logparse.formats.sql.json_times import sql_time
from logparse.formats.sql.levels import level

_SHAPE = {
    **texts("rowId timestampInMs level message requestMethod requestPath responseStatusCode source"),
    "messageTruncated": "BOOLEAN",
}

_COLUMNS = entry_columns(
    line_class=f"CASE WHEN is_delimiter THEN 'banner' ELSE {LINE_CLASS} END",
    level=level("row.level"),
    message="CASE WHEN time IS NOT NULL OR is_delimiter THEN coalesce(row.message, '') ELSE line END",
    id="row.rowId",
    method="row.requestMethod",
    status="try_cast(row.responseStatusCode AS INTEGER)",
    path="row.requestPath",
    truncated="coalesce(row.messageTruncated, FALSE)",
)

SELECT = f"""
WITH {parsed(_SHAPE)}, timed AS (
    SELECT *, coalesce(row.source = 'delimiter', FALSE) AS is_delimiter,
        CASE WHEN row.rowId IS NOT NULL AND coalesce(row.source, '') <> 'delimiter'
             THEN {sql_time("row.timestampInMs")} END AS time
    FROM entries
)
SELECT
    {_COLUMNS}
FROM timed
"""


def is_row(entry: dict[str, Any]) -> bool:
    """Tells whether an entry has the keys that no other format has."""
    return "rowId" in entry and is_number(entry.get("timestampInMs"))


VERCEL_TAIL_ROWS = Format(
    name="vercel-tail-rows",
    title="Vercel live tail rows (vercel logs --follow --json)",
    recognises=recogniser(is_row),
    select=SELECT,
    needs="a JSON object with rowId and timestampInMs",
    line_by_line=True,
    carries_status=True,
    is_json=True,
)
