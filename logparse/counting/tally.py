"""The tally: counts of events by minute, which add up.

A tally is a table (a Parquet file, where it is kept) with one row a minute, name, detail and bin. Two tallies of logs
that do not overlap are added by grouping their rows together, so files can be counted apart, kept, and merged.

Files that are read together are counted in one statement: a table of their tallies has the column ``file`` in front.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from logparse.counting.codes import CODES, bits, code, has
from logparse.counting.events import BIN_WIDTH
from logparse.counting.overlaps import ANY, first_of, named_event
from logparse.counting.scan import FAILURES, IN_PLACE, REPEATED_LINES, SCAN, TOLD_ONCE
from logparse.formats.crashes import EXCEPTION, SOURCE
from logparse.formats.sql.levels import UNKNOWN
from logparse.formats.sql.readers import table_reader
from logparse.formats.sql.steps import Steps, statement
from logparse.values.patterns import sql_literal

COLUMNS: Mapping[str, str] = {
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

_TOLD = {"signature_failure": "signature_message"}
"""The name under which a code is counted, where its own name is that of a mark, which depends on the status too."""

_NAMES = " ".join(f"WHEN {number} THEN '{_TOLD.get(name, name)}'" for name, number in CODES.items())
_NAME = f"CASE code {_NAMES} END"
_TOTALS = (
    "sum(count)::BIGINT AS count, min(first) AS first, max(last) AS last, sum(ms) AS ms, max(ms_max) AS ms_max, "
    "min_by(message, first) AS message, min_by(request, first) AS request"
)


def traced() -> str:
    """Returns the SELECT of the minutes in which a traceback was printed, each with the time of its last line."""
    return f"""
SELECT file, minute, max(last) AS latest FROM scan
WHERE minute IS NOT NULL AND {has("traceback")} GROUP BY file, minute
"""


def tracebacks() -> str:
    """Returns the SELECT of the uncaught tracebacks of a minute.

    A traceback below a logged error was caught: lines do not say which belong together, so their counts are compared.
    Errors after the last traceback are not among them, nor is source code like ``except KeyError:``.
    """
    is_one, is_error = has("traceback"), f"marks & {bits('error', 'traceback')} = {bits('error')}"
    return f"""
SELECT file, minute,
    sum(records) FILTER ({is_one}) - coalesce(sum(records) FILTER (
        {has("chained")} OR {is_error} AND first <= latest
        AND NOT regexp_matches(detail, {sql_literal(f"{EXCEPTION}|{SOURCE}")})), 0) AS count,
    min(first) FILTER ({is_one}) AS first,
    max(last) FILTER ({is_one}) AS last,
    min_by(message, first) FILTER ({is_one}) AS message,
    min_by(request, first) FILTER ({is_one}) AS request
FROM scan JOIN traced USING (file, minute) GROUP BY file, minute
"""


def failures() -> str:
    """Returns the SELECT of failures with their marks: one a request, or one a record without a request."""
    return f"""
SELECT file, min(minute) AS minute, bit_or(marks) AS marks, 1::BIGINT AS count,
       min(first) AS first, max(last) AS last, min_by(message, first) AS message, failed_request AS request
FROM scan WHERE failed_request IS NOT NULL GROUP BY file, failed_request
UNION ALL
SELECT file, minute, marks, records, first, last, message, request FROM scan
WHERE failed_request IS NULL AND {TOLD_ONCE}
UNION ALL
SELECT file, minute, {bits("critical_error")}, count, first, last, message, request FROM tracebacks WHERE count > 0
"""


def named() -> str:
    """Returns the SELECT of the tally's rows before they are added up, one for each name that an event counts as."""
    return f"""
{_entries("scan", _WITH_EXAMPLES, "message, request")}
UNION ALL
{_entries("failures", _OF_REQUESTS, "message, request")}
UNION ALL
{_entries("scan", _WITHOUT_EXAMPLES, "NULL AS message, NULL AS request")}
UNION ALL
SELECT file, minute, {_NAME}, NULL, NULL, records, first, last, ms, ms_max, message, request FROM scan
WHERE minute IS NOT NULL AND code <> {code("other")}
UNION ALL
SELECT file, minute, 'response_time', NULL, floor(ln(greatest(time, 1)) / ln({BIN_WIDTH}))::SMALLINT, 1,
       NULL, NULL, NULL, NULL, NULL, NULL
FROM (SELECT file, minute, unnest(times) AS time FROM scan)
"""


def _entry(name: str, condition: str, count: str = "records", detail: str = "NULL") -> str:
    """Returns SQL for an entry if a condition holds: a name as SQL, its count, and the detail."""
    return f"{{name: {name}, detail: {detail}, count: CASE WHEN {condition} THEN {count} END}}"


_BOTH = f"{named_event('code', CODES)} || '+' || {first_of('marks')}"
"""The two events of an overlap, as its detail."""

_WITH_EXAMPLES = (
    _entry("'error'", has("error"), detail="detail"),
    *(_entry(f"'{name}'", has(name)) for name in ("slow_reply", "partial", "truncated", "ambiguous")),
    _entry("'status_told'", f"told > 0 AND {IN_PLACE}", "told"),
    _entry("'status_untold'", f"untold > 0 AND {IN_PLACE}", "untold"),
    _entry("'webhook_fine'", f"fine > 0 AND {IN_PLACE}", "fine"),
    _entry("'overlap'", f"marks & {ANY} <> 0", detail=_BOTH),
)

_OF_REQUESTS = (
    *(
        _entry(f"'{name}'", has(name), "count")
        for name in ("unauthorized", "redirected", "critical_error", "signature_failure")
    ),
    _entry("'delivery_failure'", f"marks & {bits(*FAILURES)} = {bits('delivery_failure')}", "count"),
)

_WITHOUT_EXAMPLES = (
    _entry("'records'", "minute IS NOT NULL"),
    _entry(
        f"CASE WHEN minute IS NULL THEN {_NAME} ELSE 'lines' END",
        # A banner may share the physical line of an entry: the line is not counted twice, but the text is kept.
        "lines > 0 OR (minute IS NULL AND detail IS NOT NULL)",
        "lines",
        "CASE WHEN minute IS NULL THEN detail END",
    ),
    # Rejected entries of a document that share the line of another have no line to be counted by.
    _entry("'unread'", f"code = {code('rejected')} AND records > lines", "records - lines"),
    *(_entry(f"'{name}'", f"{name} IS NOT NULL AND {IN_PLACE}", detail=name) for name in ("deployment", "project")),
    _entry("'environment'", f"code = {code('left_out')} AND detail IS NOT NULL", detail="detail"),
    _entry("'unknown_level'", "unknown_level IS NOT NULL", detail=f"unknown_level[{len(UNKNOWN) + 1}:]"),
)


def _entries(source: str, entries: Sequence[str], example: str) -> str:
    """Returns the SELECT of the entries of each row of a source; one of a list takes less planning than many."""
    return f"""
SELECT file, minute, entry.name AS name, entry.detail AS detail, NULL::SMALLINT AS bin, entry.count AS count,
    first, last, NULL::HUGEINT AS ms, NULL::BIGINT AS ms_max, message, request
FROM (SELECT file, minute, first, last, {example}, unnest([{", ".join(entries)}]) AS entry FROM {source})
WHERE entry.count IS NOT NULL
"""


TALLY_STEPS: Steps = {
    "traced": traced(),
    "tracebacks": tracebacks(),
    "failures": failures(),
    "named": named(),
    "added": f"SELECT file, minute, name, detail, bin, {_TOTALS} FROM named GROUP BY file, minute, name, detail, bin",
}
"""The steps from ``scan`` to the tallies of its files."""

TALLY = statement(TALLY_STEPS)

ADDED = f"SELECT minute, name, detail, bin, {_TOTALS} FROM parts GROUP BY minute, name, detail, bin"
"""The sum of the tallies whose rows are in ``parts``."""


def tally_events(
    connection: duckdb.DuckDBPyConnection, events: str, into: str, by_file: bool = False
) -> dict[int, int]:
    """Counts ``events`` into the table ``into`` of tallies; returns the number of lines that repeat an id, by file.

    ``events`` is the WITH clause that defines them (see engine.with_events), or empty for a table. Without ``by_file``
    all are counted as one file, the one at the place 0.

    A file with such lines is counted too high, and has to be counted again with each record once.
    """
    scan = SCAN.format(file="file" if by_file else "0::INTEGER")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE scan AS {events} {scan}")
    return tally_scan(connection, into)


def tally_scans(connection: duckdb.DuckDBPyConnection, scans: Sequence[Path], into: str) -> dict[int, int]:
    """Makes the tally ``into`` of saved scans (Parquet), as if they were one; returns what ``tally_events`` does."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE scan AS SELECT * FROM {table_reader(scans)}")
    return tally_scan(connection, into)


def tally_scan(connection: duckdb.DuckDBPyConnection, into: str) -> dict[int, int]:
    """Makes the tallies ``into`` of the table ``scan``; returns what ``tally_events`` does.

    Only within one scan a failed request counts once, and repeated lines are noticed: so the tally of a file that is
    counted in byte ranges is made from the sum of their scans, not of their tallies.
    """
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {into} AS {TALLY}")
    return dict(connection.execute(REPEATED_LINES).fetchall())
