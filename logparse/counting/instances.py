"""Pairs of files with equal lines without ids in one second, which count once: fetches of one log, or two instances?

Two fetches hold the same lines of the time that both cover, or one of them lacks some that came late. If each holds
lines there that the other lacks, two instances may have written them, and equal words of both in one second may have
been two records. Times finer than a second distinguish such records by themselves.
"""

from dataclasses import dataclass

import duckdb

from logparse.values.records import NO_TIME

MOST_PAIRS = 1_000
"""The most pairs of files that are searched, those with most such lines first."""

IN_SECONDS = f"""
SELECT file, min(time) AS first, max(time) AS last FROM read_records
WHERE id IS NULL AND time <> {NO_TIME}
GROUP BY file HAVING bool_and(epoch_us(time) % 1000000 = 0)
"""
"""The files whose times are whole seconds, each with its first and last time."""

INSTANCES = f"""
WITH spans AS MATERIALIZED ({IN_SECONDS}), lines AS MATERIALIZED (
    SELECT file, time, request, level, message,
        row_number() OVER (PARTITION BY file, time, request, level, message) AS occurrence
    FROM read_records SEMI JOIN spans USING (file) WHERE id IS NULL AND time <> {NO_TIME}
), pairs AS (
    SELECT file, other, count(*) AS merged FROM (
        SELECT file, min(file) OVER (PARTITION BY time, request, level, message, occurrence) AS other FROM lines)
    WHERE file <> other GROUP BY ALL ORDER BY merged DESC, file, other LIMIT {MOST_PAIRS}
), shared AS MATERIALIZED (
    -- What both cover wholly: the seconds at its edges may have been cut.
    SELECT pairs.*, greatest(a.first, b.first) AS after, least(a.last, b.last) AS before
    FROM pairs JOIN spans a ON a.file = pairs.file JOIN spans b ON b.file = pairs.other
), within AS (
    SELECT shared.*, TRUE AS own, time, request, level, message, occurrence
    FROM shared JOIN lines ON lines.file = shared.file AND time > after AND time < before
    UNION ALL
    SELECT shared.*, FALSE AS own, time, request, level, message, occurrence
    FROM shared JOIN lines ON lines.file = shared.other AND time > after AND time < before
), held AS (
    SELECT file, other, merged, bool_and(own) AS only_own, bool_and(NOT own) AS only_other
    FROM within GROUP BY file, other, merged, time, request, level, message, occurrence
)
SELECT other, file, merged FROM held GROUP BY ALL
HAVING bool_or(only_own) AND bool_or(only_other) ORDER BY merged DESC, other, file
"""


@dataclass(frozen=True)
class FilePair:
    """Two files, by their places, with the number of lines in both that count once, though the files differ."""

    one: int
    other: int
    lines: int


def pairs_of(connection: duckdb.DuckDBPyConnection) -> tuple[FilePair, ...]:
    """Returns the pairs among the files last deduplicated (see deduplicate.py), those with most such lines first."""
    if len(connection.execute(IN_SECONDS).fetchmany(2)) < 2:
        return ()
    return tuple(FilePair(*row) for row in connection.execute(INSTANCES).fetchall())
