"""The merge of all files to one tally: sums, with minutes that several files cover counted again, each record once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from logparse.counting.codes import code
from logparse.counting.deduplicate import RECORDS_ONCE
from logparse.counting.engine import MOST_TOGETHER, with_events
from logparse.counting.instances import FilePair
from logparse.counting.tally import ADDED
from logparse.formats.sql.readers import table_reader
from logparse.reading.log_file import by_file
from logparse.reading.reading import Reading
from logparse.reading.workplace import Workplace
from logparse.values.records import NO_TIME_MINUTE, UNTIMED_CLASSES
from logparse.values.schedule import Soak, minute_of


@dataclass(frozen=True)
class Account:
    """The physical lines of one file by class, and the number of its records, each counted once."""

    lines: dict[str, int]
    records: int


@dataclass(frozen=True)
class Merged:
    """The doubts about whether each record was counted once.

    ``doubled``: deliveries that are in files of several formats and were counted more than once: duplicates are found
    within a format, but a row and a line of text cannot be matched to one request.
    ``pairs``: files, by their places in the readings, with equal lines that were counted once although they may be of
    two instances; not searched if other machines read the files.
    """

    doubled: int = 0
    pairs: tuple[FilePair, ...] = ()


def merge(readings: Sequence[Reading], work: Workplace) -> Merged:
    """Makes the table ``tally`` of all files, and ``kept`` (file, minute, lines): the lines that count once.

    Makes ``own`` (file, name, count) too: the counts of each file by itself.
    """
    connection = work.connection
    counted = [(at, reading) for at, reading in enumerate(readings) if reading.tally]
    _read_parts(connection, counted)
    overlapping = connection.execute(
        "SELECT minute, list(DISTINCT file) FROM parts WHERE name = 'records' AND minute <> ? "
        "GROUP BY minute HAVING count(DISTINCT file) > 1 ORDER BY minute",
        [NO_TIME_MINUTE],
    ).fetchall()
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE kept AS "
        "SELECT file, minute, sum(count)::BIGINT AS lines FROM parts WHERE name = 'lines' GROUP BY ALL"
    )
    merged = Merged()
    if overlapping:
        involved = sorted({file for _, files in overlapping for file in files})
        merged = _count_overlap(involved, [minute for minute, _ in overlapping], readings, work)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE tally AS {TOGETHER}")
    return merged


# By now each minute is one file's, or was counted of all files together: there is nothing to add up in it.
TOGETHER = f"""
SELECT * EXCLUDE (file) FROM parts WHERE minute <> {NO_TIME_MINUTE}
UNION ALL
(WITH parts AS (SELECT * FROM parts WHERE minute IS NULL OR minute = {NO_TIME_MINUTE}) {ADDED})
"""


DOUBLED = f"""
SELECT count(*) FROM (
    SELECT minute, message FROM events WHERE code = {code("delivery")}
    GROUP BY minute, message HAVING count(DISTINCT list_extract($formats, file + 1)) > 1)
"""
"""The deliveries with equal words in one minute in files of different formats."""


def _read_parts(connection: duckdb.DuckDBPyConnection, counted: Sequence[tuple[int, Reading]]) -> None:
    """Makes the table ``parts`` of the tallies of all files, with a column for the file, and their sums ``own``."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE parts (file INTEGER, minute BIGINT, name VARCHAR, detail VARCHAR, bin SMALLINT,"
        " count BIGINT, first TIMESTAMP, last TIMESTAMP, ms HUGEINT, ms_max BIGINT, message VARCHAR, request VARCHAR)"
    )
    # One statement reads many, because planning takes longer than reading; not all, because each takes memory.
    for at in range(0, len(counted), MOST_TOGETHER):
        some = counted[at : at + MOST_TOGETHER]
        tallies = table_reader(reading.tally for _, reading in some if reading.tally)
        connection.execute(
            "INSERT INTO parts SELECT list_extract($files, file_index::INTEGER + 1), minute, name, detail, bin, count,"
            f" first, last, ms, ms_max, message, request FROM {tallies}",
            {"files": [place for place, _ in some]},
        )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE own AS SELECT file, name, sum(count)::BIGINT AS count FROM parts GROUP BY ALL"
    )


def _count_overlap(
    involved: Sequence[int], minutes: Sequence[int], readings: Sequence[Reading], work: Workplace
) -> Merged:
    """Replaces the parts of minutes that several files cover by one count of their records together."""
    connection = work.connection
    kept, pairs = work.readers.once([readings[file] for file in involved], minutes, work)
    _replace_overlap(connection, involved, kept)
    pairs = tuple(replace(pair, one=involved[pair.one], other=involved[pair.other]) for pair in pairs)
    formats = [known.name for file in involved if (known := readings[file].format)]
    if len(set(formats)) < 2:
        return Merged(0, pairs)
    events = with_events(connection, work.rules, RECORDS_ONCE)
    row = connection.execute(f"{events} {DOUBLED}", {"formats": formats}).fetchone()
    return Merged(int(row[0]) if row else 0, pairs)


def _replace_overlap(
    connection: duckdb.DuckDBPyConnection, involved: Sequence[int], kept: Sequence[tuple[int, int, int]]
) -> None:
    """Replaces what ``parts`` and ``kept`` hold of these minutes by the table ``overlap`` and the lines kept."""
    connection.execute("DELETE FROM parts WHERE minute IN (SELECT minute FROM wanted)")
    connection.execute("INSERT INTO parts SELECT * REPLACE (NULL AS file) FROM overlap")
    connection.execute("DELETE FROM kept WHERE minute IN (SELECT minute FROM wanted)")
    if kept:
        files, minutes, lines = zip(*((involved[at], minute, lines) for at, minute, lines in kept), strict=True)
        connection.execute(
            "INSERT INTO kept SELECT unnest($files), unnest($minutes), unnest($lines)",
            {"files": files, "minutes": minutes, "lines": lines},
        )


def accounts(readings: Sequence[Reading], soak: Soak | None, hour: int, work: Workplace) -> list[Account]:
    """Assigns every physical line of every merged file to exactly one class; in the order of the readings.

    Without a soak no line is outside of it, or later than its checkpoint.
    All lines of a file that could not be counted are rejected, unless it was recognised as a tool's own output.
    """
    connection = work.connection
    for name, minute in _edges(soak, hour).items():
        connection.execute(f"SET VARIABLE {name} = ?", [minute])
    placed = by_file(connection.execute(PLACED).fetchall())
    own = by_file(connection.execute("SELECT file, name, count FROM own").fetchall())
    return [
        _account(placed.get(at, {}), own.get(at, {})) if reading.tally else _account_of_uncounted(reading)
        for at, reading in enumerate(readings)
    ]


PLACED = f"""
SELECT file,
       CASE WHEN minute = {NO_TIME_MINUTE} THEN 'records'
            WHEN minute < getvariable('soak_from') OR minute >= getvariable('soak_to') THEN 'outside_soak'
            WHEN minute >= getvariable('checkpoint') THEN 'later'
            ELSE 'records' END AS line_class,
       sum(lines)::BIGINT
FROM kept GROUP BY ALL
"""


def _edges(soak: Soak | None, hour: int) -> dict[str, int]:
    """Returns the minutes between which lines count at a checkpoint of a soak; all minutes if there is no soak."""
    if soak is None:
        return {"soak_from": -(1 << 62), "soak_to": 1 << 62, "checkpoint": 1 << 62}
    edges = {"soak_from": soak.start, "soak_to": soak.span.end, "checkpoint": soak.checkpoint(hour)}
    return {name: minute_of(moment) for name, moment in edges.items()}


def _account_of_uncounted(reading: Reading) -> Account:
    kind = "banner" if any(problem.kind == "tool" for problem in reading.problems) else "rejected"
    return Account({kind: reading.facts.lines} if reading.facts.lines else {}, 0)


def _account(placed: Mapping[str, int], own: Mapping[str, int]) -> Account:
    """Returns an account from the file's lines by class of time and from the counts of its tally."""
    lines = {**placed, **{name: own[name] for name in UNTIMED_CLASSES if name in own}}
    repeated = own.get("duplicate", 0) + own.get("lines", 0) - sum(placed.values())
    if repeated:
        lines["duplicate"] = repeated
    return Account(lines, own.get("records", 0))
