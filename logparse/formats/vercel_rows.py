"""Rows of ``vercel logs --json`` (Vercel CLI 50.42 and later): one JSON object a request, its messages in ``logs``.

``level`` and ``message`` of the row are a copy of its worst message: only ``logs`` is counted, else all would count
twice. A row without the key ``logs`` (CLI 50.12 to 50.41) holds the first message alone, so most events are missing.
Times are those of the request; the messages have none of their own.
"""

import json

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
        "logs": [{"level": "VARCHAR", "message": "VARCHAR", "messageTruncated": "BOOLEAN"}],
    }
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
                           messageTruncated: FALSE}}] END) AS entry,
        generate_subscripts(CASE WHEN time IS NOT NULL AND len(row.logs) > 0 THEN row.logs ELSE [NULL] END, 1)
            AS position
    FROM timed
)
SELECT
    CASE WHEN time IS NOT NULL THEN 'records'
         WHEN line IS NULL OR trim(line, e' \t\r\f\x0b') = '' THEN 'blank'
         WHEN regexp_matches(regexp_replace(line, {quoted(ANSI)}, '', 'g'), {quoted(ANY_ERROR)}) THEN 'banner'
         ELSE 'rejected' END AS line_class,
    file, number, position = 1 AS opens_line, time,
    lower(entry.level) AS level,
    CASE WHEN time IS NULL THEN line ELSE coalesce(entry.message, '') END AS message,
    row.id AS request,
    row.requestMethod AS method,
    row.responseStatusCode AS status,
    row.requestPath AS path,
    row.environment AS environment,
    row.deploymentId AS deployment,
    time IS NOT NULL AND row.logs IS NULL AS partial
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
    carries_status=True,
    row_limits=(100, 10_000),
    has_requests=True,
)
