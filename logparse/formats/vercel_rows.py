"""Rows of ``vercel logs --json`` (Vercel CLI 50.42 and later): one JSON object a request, its messages in ``logs``.

``level`` and ``message`` of the row are a copy of its worst message: only ``logs`` is counted, else all would count
twice. A row without the key ``logs`` (CLI 50.12 to 50.41) holds the first message alone, so most events are missing.
Times are those of the request; the messages have none of their own.
"""

import json

from logparse.formats.columns import BLANK, columns
from logparse.formats.format import Format
from logparse.formats.noise import ANSI, ANY_ERROR
from logparse.patterns import quoted

_SHAPE = json.dumps(
    {
        "id": "VARCHAR",
        "timestamp": "BIGINT",
        "deploymentId": "VARCHAR",
        "requestMethod": "VARCHAR",
        "requestPath": "VARCHAR",
        "responseStatusCode": "INTEGER",
        "environment": "VARCHAR",
        "level": "VARCHAR",
        "message": "VARCHAR",
        "messageTruncated": "BOOLEAN",
        "logs": [{"level": "VARCHAR", "message": "VARCHAR", "messageTruncated": "BOOLEAN"}],
    }
)

_COLUMNS = columns(
    line_class=f"""CASE WHEN time IS NOT NULL THEN 'records' WHEN {BLANK} THEN 'blank'
         WHEN regexp_matches(regexp_replace(line, {quoted(ANSI)}, '', 'g'), {quoted(ANY_ERROR)}) THEN 'banner'
         ELSE 'rejected' END""",
    opens_line="position = 1",
    time="time",
    level="lower(entry.level)",
    message="CASE WHEN time IS NULL THEN line ELSE coalesce(entry.message, '') END",
    id="row.id",
    request="row.id",
    method="row.requestMethod",
    status="row.responseStatusCode",
    path="row.requestPath",
    environment="row.environment",
    deployment="row.deploymentId",
    partial="time IS NOT NULL AND row.logs IS NULL",
    truncated="coalesce(entry.messageTruncated, FALSE)",
)

SELECT = rf"""
WITH parsed AS (
    SELECT file, number, line, try(from_json(line, {quoted(_SHAPE)})) AS row FROM lines
), mended AS (
    -- Half a surrogate pair, which a cut-off message ends in, is no JSON to DuckDB: it is replaced.
    SELECT file, number, line, CASE WHEN row IS NOT NULL OR line IS NULL THEN row
        ELSE try(from_json(regexp_replace(regexp_replace(line, {quoted(ANSI)}, '', 'g'),
                           '\\u[dD][89a-fA-F][0-9a-fA-F]{{2}}', '\\ufffd', 'g'), {quoted(_SHAPE)})) END AS row
    FROM parsed
), timed AS (
    SELECT file, number, line, row, CASE WHEN row.timestamp BETWEEN 0 AND 253402300799999 AND row.id IS NOT NULL
                           THEN make_timestamp(row.timestamp * 1000) END AS time
    FROM mended
), messages AS (
    SELECT file, number, line, row, time,
        unnest(CASE WHEN time IS NOT NULL AND len(row.logs) > 0 THEN row.logs
                    ELSE [{{level: row.level, message: CASE WHEN row.logs IS NULL THEN row.message ELSE '' END,
                           messageTruncated: row.messageTruncated}}] END) AS entry,
        generate_subscripts(CASE WHEN time IS NOT NULL AND len(row.logs) > 0 THEN row.logs ELSE [NULL] END, 1)
            AS position
    FROM timed
)
SELECT
    {_COLUMNS}
FROM messages
"""


def _recognises(line: str) -> bool:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return (
        isinstance(row, dict) and "timestamp" in row and "id" in row and ("logs" in row or "responseStatusCode" in row)
    )


VERCEL_ROWS = Format(
    name="vercel-rows",
    title="Vercel rows (vercel logs --json)",
    recognises=_recognises,
    select=SELECT,
    needs="a JSON object with id and timestamp",
    carries_status=True,
    has_requests=True,
    is_json=True,
    row_limits=(100, 10_000),
)
