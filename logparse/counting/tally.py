"""The tally: counts of events by minute, which add up.

A tally is a table (a Parquet file, where it is kept) with one row a minute, name, detail and bin. Two tallies of logs
that do not overlap are added by grouping their rows together, so files can be counted apart, kept, and merged.

Files that are read together are counted in one statement: a table of their tallies has the column ``file`` in front.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import duckdb

from logparse.counting.events import BIN_WIDTH, CODES, IN_A_DAY, MARKS
from logparse.counting.overlaps import ANY, first_of, named
from logparse.formats.crashes import EXCEPTION, SOURCE
from logparse.formats.sql.levels import UNKNOWN
from logparse.formats.sql.readers import table_reader
from logparse.values.patterns import sql_literal

EXAMPLE_LENGTH = 500
"""Characters of a message that are kept as an example."""

COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "minute": "BIGINT: minutes since 1970, UTC; NULL for lines that hold no record",
        "name": "VARCHAR: an event, a mark, 'response_time', 'records', 'lines', a class of lines, or what"
        " its detail tells: 'deployment', 'project', 'environment' (of records left out), 'unknown_level'",
        "detail": "VARCHAR: the kind of an error, the text of a banner, or what is told; else NULL",
        "bin": "SMALLINT: for response times, floor(log(ms) / log(1.01)); else NULL",
        "count": "BIGINT",
        "first": "TIMESTAMP of the first; NULL without a time",
        "last": "TIMESTAMP of the last",
        "ms": "HUGEINT: the sum of response times, for replies",
        "ms_max": "BIGINT: the longest response time, for replies",
        "message": "VARCHAR: for what is shown as an example, the first such message, cut",
        "request": "VARCHAR: the request of that message, or NULL",
    }
)

_FAILURES = MARKS["critical_error"] | MARKS["signature_failure"] | MARKS["delivery_failure"]
_TOLD_ONCE = _FAILURES | MARKS["redirected"]
_UNSHOWN = MARKS["partial"] | MARKS["truncated"] | MARKS["ambiguous"] | MARKS["chained"]
_SHOWN = f"(marks & ~{_UNSHOWN} <> 0 OR code = {CODES['send_failure']})"

SCAN = f"""
SELECT
    {{file}} AS file, minute, code, marks, detail, deployment, project,
    CASE WHEN marks & {_TOLD_ONCE} <> 0 THEN request END AS failed_request,
    CASE WHEN starts_with(level, '{UNKNOWN}') AND code <> {CODES["left_out"]} THEN level END AS unknown_level,
    count(*) AS records,
    count(*) FILTER (opens_line) AS lines,
    count(*) FILTER (opens_id AND on_webhook AND status <> 0) AS told,
    count(*) FILTER (opens_id AND on_webhook AND coalesce(status, 0) = 0) AS untold,
    count(*) FILTER (opens_id AND on_webhook AND id = request AND status BETWEEN 200 AND 299) AS fine,
    min(time) AS first,
    max(time) AS last,
    sum(ms) FILTER ({IN_A_DAY}) AS ms,
    max(ms) FILTER ({IN_A_DAY}) AS ms_max,
    list(ms) FILTER (ms IS NOT NULL) AS times,
    min_by(CASE WHEN {_SHOWN} THEN left(message, {EXAMPLE_LENGTH}) END, time) FILTER {_SHOWN} AS message,
    min_by(request, time) FILTER {_SHOWN} AS request,
    list(hash(id)) FILTER (opens_id AND time IS NOT NULL AND id IS NOT NULL) AS ids
FROM events
GROUP BY ALL
"""
"""One pass over the events, by file or of all together.

``times`` holds 4 bytes a reply: it is cheaper to sort them into bins afterwards than to group all events by bin too.
``ids`` holds 8 bytes a row: by it rows that stand twice in a file are noticed.
"""

_TOLD = {"signature_failure": "signature_message"}
"""What is counted of a code under another name, because its own is that of a mark, which is told by status too."""

_NAMES = " ".join(f"WHEN {code} THEN '{_TOLD.get(name, name)}'" for name, code in CODES.items())
_NAME = f"CASE code {_NAMES} END"
_TOTALS = (
    "sum(count)::BIGINT AS count, min(first) AS first, max(last) AS last, sum(ms) AS ms, max(ms_max) AS ms_max, "
    "min_by(message, first) AS message, min_by(request, first) AS request"
)


def _marked(name: str, source: str, count: str, condition: str, detail: str = "NULL::VARCHAR") -> str:
    """The rows of a tally for one mark, with an example."""
    return f"""
    SELECT file, minute, '{name}' AS name, {detail} AS detail, {count} AS count, first, last, message, request
    FROM {source} WHERE {condition}
    """


_BOTH = f"{named('code', CODES)} || '+' || {first_of('marks')}"
"""The two events of an overlap, as its detail."""

_MARKED = " UNION ALL ".join(
    [
        _marked("error", "scan", "records", f"marks & {MARKS['error']} <> 0", "detail"),
        _marked("slow_reply", "scan", "records", f"marks & {MARKS['slow_reply']} <> 0"),
        *(
            _marked(name, "scan", "records", f"marks & {MARKS[name]} <> 0")
            for name in ("partial", "truncated", "ambiguous")
        ),
        _marked("status_told", "scan", "told", f"told > 0 AND code <> {CODES['left_out']}"),
        _marked("status_untold", "scan", "untold", f"untold > 0 AND code <> {CODES['left_out']}"),
        _marked("overlap", "scan", "records", f"marks & {ANY} <> 0", _BOTH),
        _marked("unauthorized", "failures", "count", f"marks & {MARKS['unauthorized']} <> 0"),
        _marked("webhook_fine", "scan", "fine", f"fine > 0 AND code <> {CODES['left_out']}"),
        _marked("redirected", "failures", "count", f"marks & {MARKS['redirected']} <> 0"),
        _marked("critical_error", "failures", "count", f"marks & {MARKS['critical_error']} <> 0"),
        _marked("signature_failure", "failures", "count", f"marks & {MARKS['signature_failure']} <> 0"),
        _marked("delivery_failure", "failures", "count", f"marks & {_FAILURES} = {MARKS['delivery_failure']}"),
    ]
)

TALLY = f"""
WITH traced AS (
    SELECT file, minute, max(last) AS latest FROM scan
    WHERE minute IS NOT NULL AND marks & {MARKS["traceback"]} <> 0 GROUP BY file, minute
), tracebacks AS (
    -- A traceback below an error that was logged was caught: the lines do not tell which is whose, their numbers do.
    -- What comes behind the last one is a line of its own, as ``except KeyError:`` is.
    SELECT file, minute,
        sum(records) FILTER (marks & {MARKS["traceback"]} <> 0) - coalesce(sum(records) FILTER (
            marks & {MARKS["chained"]} <> 0
            OR marks & {MARKS["error"] | MARKS["traceback"]} = {MARKS["error"]} AND first <= latest
            AND NOT regexp_matches(detail, {sql_literal(f"{EXCEPTION}|{SOURCE}")})), 0) AS count,
        min(first) FILTER (marks & {MARKS["traceback"]} <> 0) AS first,
        max(last) FILTER (marks & {MARKS["traceback"]} <> 0) AS last,
        min_by(message, first) FILTER (marks & {MARKS["traceback"]} <> 0) AS message,
        min_by(request, first) FILTER (marks & {MARKS["traceback"]} <> 0) AS request
    FROM scan JOIN traced USING (file, minute) GROUP BY file, minute
), failures AS (
    -- A request counts once under each, whichever of its records shows it; without a request each record counts.
    SELECT file, min(minute) AS minute, bit_or(marks) AS marks, 1::BIGINT AS count,
           min(first) AS first, max(last) AS last, min_by(message, first) AS message, failed_request AS request
    FROM scan WHERE failed_request IS NOT NULL GROUP BY file, failed_request
    UNION ALL
    SELECT file, minute, marks, records, first, last, message, request FROM scan
    WHERE failed_request IS NULL AND marks & {_TOLD_ONCE} <> 0
    UNION ALL
    SELECT file, minute, {MARKS["critical_error"]}, count, first, last, message, request FROM tracebacks WHERE count > 0
), named AS (
    SELECT file, minute, name, detail, NULL::SMALLINT AS bin, count, first, last,
           NULL::HUGEINT AS ms, NULL::BIGINT AS ms_max, message, request FROM ({_MARKED})
    UNION ALL
    SELECT file, minute, {_NAME}, NULL, NULL, records, first, last, ms, ms_max, message, request FROM scan
    WHERE minute IS NOT NULL AND code <> {CODES["other"]}
    UNION ALL
    SELECT file, minute, 'response_time', NULL, floor(ln(greatest(time, 1)) / ln({BIN_WIDTH}))::SMALLINT, 1,
           NULL, NULL, NULL, NULL, NULL, NULL
    FROM (SELECT file, minute, unnest(times) AS time FROM scan)
    UNION ALL
    SELECT file, minute, 'records', NULL, NULL, records, first, last, NULL, NULL, NULL, NULL FROM scan
    WHERE minute IS NOT NULL
    UNION ALL
    SELECT file, minute, CASE WHEN minute IS NULL THEN {_NAME} ELSE 'lines' END,
           CASE WHEN minute IS NULL THEN detail END, NULL, lines, first, last, NULL, NULL, NULL, NULL
    -- A banner may share the physical line of an entry: it counts as none, but what it says is kept.
    FROM scan WHERE lines > 0 OR (minute IS NULL AND detail IS NOT NULL)
    UNION ALL
    -- Entries of a document that share the line of another: no line tells that they could not be read.
    SELECT file, NULL, 'unread', NULL, NULL, records - lines, NULL, NULL, NULL, NULL, NULL, NULL
    FROM scan WHERE code = {CODES["rejected"]} AND records > lines
    UNION ALL
    SELECT file, minute, 'deployment', deployment, NULL, records, first, last, NULL, NULL, NULL, NULL FROM scan
    WHERE deployment IS NOT NULL AND code <> {CODES["left_out"]}
    UNION ALL
    SELECT file, minute, 'project', project, NULL, records, first, last, NULL, NULL, NULL, NULL FROM scan
    WHERE project IS NOT NULL AND code <> {CODES["left_out"]}
    UNION ALL
    SELECT file, minute, 'environment', detail, NULL, records, first, last, NULL, NULL, NULL, NULL FROM scan
    WHERE code = {CODES["left_out"]} AND detail IS NOT NULL
    UNION ALL
    SELECT file, minute, 'unknown_level', unknown_level[{len(UNKNOWN) + 1}:], NULL, records, first, last,
        NULL, NULL, NULL, NULL FROM scan WHERE unknown_level IS NOT NULL
)
SELECT file, minute, name, detail, bin, {_TOTALS} FROM named GROUP BY file, minute, name, detail, bin
"""
"""The tallies of the files in ``scan``."""

ADDED = f"SELECT minute, name, detail, bin, {_TOTALS} FROM parts GROUP BY minute, name, detail, bin"
"""The sum of the tallies whose rows stand in ``parts``."""


_KEY = "file, minute, code, marks, detail, deployment, project, failed_request, unknown_level"

ADD_SCANS = f"""
SELECT {_KEY}, sum(records)::BIGINT AS records, sum(lines)::BIGINT AS lines, sum(told)::BIGINT AS told,
    sum(untold)::BIGINT AS untold, sum(fine)::BIGINT AS fine, min(first) AS first, max(last) AS last, sum(ms) AS ms,
    max(ms_max) AS ms_max,
    flatten(list(times) FILTER (times IS NOT NULL)) AS times, min_by(message, first) AS message,
    min_by(request, first) AS request, flatten(list(ids) FILTER (ids IS NOT NULL)) AS ids
FROM scans GROUP BY {_KEY}
"""
"""The scan of a file, of the ``scans`` of its stretches; and the sum of some of them."""


def tally_events(
    connection: duckdb.DuckDBPyConnection, events: str, into: str, by_file: bool = False
) -> dict[int, int]:
    """Counts ``events`` into the table ``into`` of tallies; returns how many lines of a file repeat the id of another.

    ``events`` is the front of a statement that gives them (see counting.with_events), or empty for a table. Without
    ``by_file`` they are counted as if all were of one file, the one at the place 0.

    A file that has such lines is counted twice there, and is to be counted again with each record once.
    """
    scan = SCAN.format(file="file" if by_file else "0::INTEGER")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE scan AS {events} {scan}")
    return tally_scan(connection, into)


def tally_scans(connection: duckdb.DuckDBPyConnection, scans: Sequence[Path], into: str) -> dict[int, int]:
    """Makes the tally ``into`` of scans that were saved (Parquet), as if they were one; returns as ``tally_events``."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE scan AS SELECT * FROM {table_reader(scans)}")
    return tally_scan(connection, into)


def tally_scan(connection: duckdb.DuckDBPyConnection, into: str) -> dict[int, int]:
    """Makes the tallies ``into`` of the table ``scan``; returns what ``tally_events`` does.

    A request that fails counts once, and a line that stands twice is noticed, in one scan alone: so a file that is
    counted in stretches is the sum of their scans, not of their tallies.
    """
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {into} AS {TALLY}")
    return dict(connection.execute(REPEATED_LINES).fetchall())


REPEATED_LINES = """
SELECT file, count(*) - count(DISTINCT id) AS repeated FROM (SELECT file, unnest(ids) AS id FROM scan)
GROUP BY file HAVING repeated > 0
"""
