"""A clock that goes back within a file: times jump back once, and run on from there.

Other reasons for times that go back are ruled out: late lines are followed by later times at once, a second fetch
repeats the lines of the first, a concatenated file begins where the first one began, and in a file of several machines,
or one with the newest line first, times go back again and again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import duckdb

from logparse.counting.engine import LogSource, fast_records_of, records_of
from logparse.values.records import LINES, NO_TIME

LEAST_LINES, MOST_LINES = 20, 300_000
"""The bounds of lines of a searched file: fewer show nothing, and more would take too long."""

MOST_TIMES = 10
"""More jumps than this are no clock set back; nor are jumps back in more than one of MOST_BACK steps."""

MOST_BACK = 20

SLIP = "INTERVAL 1 MINUTE"
"""The largest tolerated step back: lines of one process are not always written in the order of their times."""

TIMED = f"line_class = 'records' AND time <> {NO_TIME}"

LOOK = f"""
SELECT file FROM (
    SELECT file, time, lag(time) OVER {{order}} AS before, lag(file) OVER {{order}} AS file_before
    FROM ({{records}}) WHERE {TIMED})
WHERE file = file_before GROUP BY file
HAVING count(*) FILTER (time < before - {SLIP}) BETWEEN 1 AND {MOST_TIMES}
    AND {MOST_BACK} * count(*) FILTER (time < before) <= count(*)
"""
"""The files that may hold such a jump, found in one pass without sorting their lines."""

STEPS = f"""
CREATE OR REPLACE TEMP TABLE steps AS
SELECT *, lag(time) OVER (ORDER BY nth) AS before FROM (
    SELECT row_number() OVER (ORDER BY number) AS nth, number % {LINES} AS line, time, message, ambiguous
    FROM ({{records}}) WHERE {TIMED})
"""

BACK = f"""
SELECT nth, line, before - time AS slip, coalesce(ambiguous, FALSE) FROM steps
WHERE time < before - {SLIP} ORDER BY nth
"""

RUNS_ON = """
WITH jump AS (SELECT time AS low, before AS high, before - time AS slip FROM steps WHERE nth = $at),
earlier AS (SELECT time, message FROM steps WHERE nth >= $from AND nth < $at),
later AS (SELECT * FROM steps WHERE nth >= $at AND nth < $to),
again AS (SELECT nth, time, message FROM later, jump WHERE time <= high),
twice AS (
    SELECT count(*) AS lines, count(*) FILTER ((time, message) IN (SELECT (time, message) FROM again)) AS repeated
    FROM earlier, jump WHERE time >= low)
SELECT (SELECT min(time) FROM earlier) <= low - slip AND (SELECT max(time) FROM later) >= high + slip
    AND (SELECT count(*) FROM again) > 1
    AND (SELECT 2 * max(time - before) FROM later WHERE nth > $at AND before <= high) < slip
    AND 5 * repeated < 4 * lines
FROM jump, twice
"""
"""Tells whether a jump's two sides are one log that runs on: both reach further than the jump, the time in between is
covered once more, in steps of less than half of it, and most lines behind it differ from those before."""


@dataclass(frozen=True)
class Back:
    """The jumps back in a file: their number, and of the first the line after it, from 1, and its size."""

    times: int
    line: int
    slip: timedelta


def gone_back(connection: duckdb.DuckDBPyConnection, sources: Sequence[LogSource], quick: bool) -> Mapping[int, Back]:
    """Finds, by place, sources of one format whose clock goes back over a minute; ``quick``: its quick way fits all."""
    if not sources:
        return {}
    fast, ordered = sources[0].format.fast if quick else None, sources[0].format.ordered
    records = fast_records_of(connection, sources, fast) if fast else records_of(connection, sources, numbered=ordered)
    order = "(PARTITION BY file ORDER BY number)" if ordered else "()"
    doubtful = connection.execute(LOOK.format(records=records, order=order)).fetchall()
    found = {at: _looked_at(connection, sources[at]) for (at,) in doubtful}
    return {at: back for at, back in found.items() if back}


def _looked_at(connection: duckdb.DuckDBPyConnection, source: LogSource) -> Back | None:
    connection.execute(STEPS.format(records=records_of(connection, [source], numbered=True)))
    jumps = connection.execute(BACK).fetchall()
    edges = [0, *(nth for nth, *_ in jumps), LINES]
    around = zip(edges, edges[2:], strict=False)
    found = [
        (line, slip)
        for (nth, line, slip, ambiguous), (begin, end) in zip(jumps, around, strict=True)
        if not ambiguous and _runs_on(connection, nth, begin, end)
    ]
    return Back(len(found), *found[0]) if found else None


def _runs_on(connection: duckdb.DuckDBPyConnection, at: int, begin: int, end: int) -> bool:
    row = connection.execute(RUNS_ON, {"at": at, "from": begin, "to": end}).fetchone()
    return bool(row and row[0])
