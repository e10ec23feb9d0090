"""The tally: counts of events by minute, which add up.

A tally is a table (a Parquet file, where it is kept) with one row a minute, name, detail and bin. Two tallies of logs
that do not overlap are added by grouping their rows together, so files can be counted apart, kept, and merged.
"""

from collections.abc import Mapping
from types import MappingProxyType

import duckdb

from logparse.events import BIN_WIDTH, CODES, MARKS

COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "minute": "BIGINT: minutes since 1970, UTC; NULL for lines that hold no record",
        "name": "VARCHAR: an event, a mark ('error', ...), 'records', 'lines', 'deployment', or a class of lines",
        "detail": "VARCHAR: the kind of an error, the text of a banner, the id of a deployment; else NULL",
        "bin": "SMALLINT: for replies, floor(log(ms) / log(1.01)); else NULL",
        "count": "BIGINT",
        "first": "TIMESTAMP of the first; NULL without a time",
        "last": "TIMESTAMP of the last",
        "ms": "HUGEINT: the sum of response times, for replies",
        "ms_max": "BIGINT: the longest response time, for replies",
    }
)

SCAN = f"""
SELECT
    minute, code, marks, detail, deployment,
    CASE WHEN ms IS NOT NULL THEN floor(ln(greatest(ms, 1)) / ln({BIN_WIDTH})) END::SMALLINT AS bin,
    CASE WHEN marks & {MARKS["critical_error"] | MARKS["signature_failure"] | MARKS["delivery_failure"]} <> 0
         THEN request END AS failed_request,
    count(*) AS records,
    count(*) FILTER (opens_line) AS lines,
    min(time) AS first,
    max(time) AS last,
    sum(ms) AS ms,
    max(ms) AS ms_max,
    list(hash(request)) FILTER (opens_line AND request IS NOT NULL) AS requests
FROM events
GROUP BY ALL
"""
"""One pass over the events. ``requests`` holds 8 bytes a row: by it rows that stand twice in a file are noticed."""

_NAME = "CASE code " + " ".join(f"WHEN {code} THEN '{name}'" for name, code in CODES.items()) + " END"
_EMPTY = "NULL::HUGEINT AS ms, NULL::BIGINT AS ms_max"

TALLY = f"""
WITH failures AS (
    -- A request counts once under each, whichever of its records shows it; without a request each record counts.
    SELECT min(minute) AS minute, bit_or(marks) AS marks, 1::BIGINT AS count, min(first) AS first, max(last) AS last
    FROM scan WHERE failed_request IS NOT NULL GROUP BY failed_request
    UNION ALL
    SELECT minute, marks, records, first, last FROM scan
    WHERE failed_request IS NULL
      AND marks & {MARKS["critical_error"] | MARKS["signature_failure"] | MARKS["delivery_failure"]} <> 0
), named AS (
    SELECT minute, CASE WHEN minute IS NULL THEN {_NAME} ELSE 'lines' END AS name,
           CASE WHEN minute IS NULL THEN detail END AS detail,
           NULL::SMALLINT AS bin, lines AS count, first, last, {_EMPTY} FROM scan WHERE lines > 0
    UNION ALL
    SELECT minute, 'records', NULL, NULL, records, first, last, NULL, NULL FROM scan WHERE minute IS NOT NULL
    UNION ALL
    SELECT minute, {_NAME}, NULL, bin, records, first, last, ms, ms_max FROM scan
    WHERE minute IS NOT NULL AND code NOT IN ({CODES["other"]}, {CODES["signature_failure"]})
    UNION ALL
    SELECT minute, 'error', detail, NULL, records, first, last, NULL, NULL FROM scan
    WHERE marks & {MARKS["error"]} <> 0
    UNION ALL
    SELECT minute, 'slow_reply', NULL, NULL, records, first, last, NULL, NULL FROM scan
    WHERE marks & {MARKS["slow_reply"]} <> 0
    UNION ALL
    SELECT minute, 'partial', NULL, NULL, records, first, last, NULL, NULL FROM scan
    WHERE marks & {MARKS["partial"]} <> 0
    UNION ALL
    SELECT minute, 'deployment', deployment, NULL, records, first, last, NULL, NULL FROM scan
    WHERE deployment IS NOT NULL AND code <> {CODES["left_out"]}
    UNION ALL
    SELECT minute, 'critical_error', NULL, NULL, count, first, last, NULL, NULL FROM failures
    WHERE marks & {MARKS["critical_error"]} <> 0
    UNION ALL
    SELECT minute, 'signature_failure', NULL, NULL, count, first, last, NULL, NULL FROM failures
    WHERE marks & {MARKS["signature_failure"]} <> 0
    UNION ALL
    SELECT minute, 'delivery_failure', NULL, NULL, count, first, last, NULL, NULL FROM failures
    WHERE marks & {MARKS["delivery_failure"]} <> 0
      AND marks & {MARKS["critical_error"] | MARKS["signature_failure"]} = 0
)
SELECT minute, name, detail, bin, sum(count)::BIGINT AS count, min(first) AS first, max(last) AS last,
       sum(ms) AS ms, max(ms_max) AS ms_max
FROM named GROUP BY minute, name, detail, bin
"""

ADDED = """
SELECT minute, name, detail, bin, sum(count)::BIGINT AS count, min(first) AS first, max(last) AS last,
       sum(ms) AS ms, max(ms_max) AS ms_max
FROM parts GROUP BY minute, name, detail, bin
"""
"""The sum of the tallies whose rows stand in ``parts``."""


def tally_events(connection: duckdb.DuckDBPyConnection, into: str) -> int:
    """Counts the view ``events`` into the table ``into``; returns how many lines repeat a request of another line.

    Where there are any, the tally counts them twice, and is to be made again of records that count once.
    """
    connection.execute(f"CREATE OR REPLACE TEMP TABLE scan AS {SCAN}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {into} AS {TALLY}")
    repeats = connection.execute(
        "SELECT count(*) - count(DISTINCT request) FROM (SELECT unnest(requests) AS request FROM scan)"
    ).fetchone()
    return int(repeats[0]) if repeats else 0
