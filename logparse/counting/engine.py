"""Counting with DuckDB: lines -> records -> events -> tally, one SELECT a stage, all of it one scan."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import duckdb

from logparse.counting.events import EventRules
from logparse.formats.format import FastReading, Format
from logparse.formats.sql import missing_date
from logparse.formats.sql.readers import literal, text_reader
from logparse.formats.sql.tool_lines import tidy
from logparse.values.records import OPENS
from logparse.values.schedule import Span


@dataclass(frozen=True)
class LogSource:
    """What DuckDB reads: a path (of a log file, or of a copy), how it is compressed, and its format.

    ``first_date`` is the date of the first time in a file whose lines tell no date. ``unfolded``: the path is a copy
    with one entry of a JSON document a line, see storage/unfold.py.
    """

    path: Path
    compression: str
    format: Format
    first_date: date | None = None
    unfolded: bool = False


@contextmanager
def engine(memory_limit: str, spill: Path, timezone: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB connection in memory that spills to a folder; times without a zone are read in ``timezone``."""
    with duckdb.connect(config={"memory_limit": memory_limit, "temp_directory": str(spill)}) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        set_variables(connection, {"timezone": timezone})
        yield connection


def set_variables(connection: duckdb.DuckDBPyConnection, variables: Mapping[str, str | int]) -> None:
    """Hands values to SQL as variables, so that no text of a user stands in a statement."""
    # Looking at all of them takes as long as setting two; of the many of the rules hardly any changes between files.
    several = len(variables) > 2
    known = dict(connection.execute("SELECT name, value FROM duckdb_variables()").fetchall()) if several else {}
    for name, value in variables.items():
        if known.get(name) != str(value):
            connection.execute(f"SET VARIABLE {name} = ?", [value])


@dataclass(frozen=True)
class Together:
    """Sources that one call of a reader reads, because they differ in their paths alone, and the place of each.

    Planning a statement takes far longer than reading a small file.
    """

    sources: tuple[LogSource, ...]
    places: tuple[int, ...]

    @property
    def format(self) -> Format:
        """The format of all."""
        return self.sources[0].format


MOST_TOGETHER = 500
"""Sources that one call of a reader reads: each takes memory until the statement is over."""


def together(sources: Sequence[LogSource]) -> list[Together]:
    """Sources by what reads them, in the order of the first of each; those whose lines tell no date each alone."""
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at, source in enumerate(sources):
        alone = at if source.format.clocked else None
        groups[source.format.name, source.compression, source.unfolded, alone].append(at)
    parts = (
        places[at : at + MOST_TOGETHER] for places in groups.values() for at in range(0, len(places), MOST_TOGETHER)
    )
    return [Together(tuple(sources[at] for at in places), tuple(places)) for places in parts]


def records_of(connection: duckdb.DuckDBPyConnection, sources: Sequence[LogSource], numbered: bool) -> str:
    """The SELECT of the records of all sources; ``file`` is the place of a source in the sequence.

    Numbered lines cost an order over all lines, so lines are numbered only where few files are read again, and where
    the lines of a format hang together; they are numbered through all that is read together.
    """
    return records_of_all(connection, together(sources), numbered)


def records_of_all(connection: duckdb.DuckDBPyConnection, read: Sequence[Together], numbered: bool) -> str:
    """The same of what is read together; UNION ALL of one SELECT for each."""
    for several in read:
        set_variables(connection, several.format.variables)
    return " UNION ALL ".join(
        f"(WITH lines AS ({lines_of(connection, several, at, numbered)}) {BEGUN} FROM ({several.format.select}))"
        for at, several in enumerate(read)
    )


def lines_of(connection: duckdb.DuckDBPyConnection, read: Together, at: int, numbered: bool) -> str:
    """The SELECT of the lines (file, number, line, first_date, place) of what is read together; ``at``: a number that
    nothing else in the same statement has.

    ``place`` is one of PLACES: how a line of an unfolded copy stands to the physical lines of its file.
    """
    source = read.sources[0]
    number = "row_number() OVER ()" if numbered or source.format.ordered else "0::BIGINT"
    place, columns = f"'{OPENS}'", ["line"]
    if source.unfolded:
        number, place, columns = "try_cast(number AS BIGINT)", "place", ["number", "place", "line"]
    first_date = f"DATE '{source.first_date.isoformat()}'" if source.first_date else "NULL::DATE"
    return f"""
SELECT {_file(read, at)} AS file, {number} AS number, line, {first_date} AS first_date, {place} AS place
FROM {_reader(connection, text_reader(columns), read, at)}
"""


def date_source(
    connection: duckdb.DuckDBPyConnection, source: LogSource, soak: Span, until: datetime
) -> tuple[LogSource, bool]:
    """A source whose lines tell no date, with that of its first time (see clock.first_date), and whether it is sure."""
    lines = lines_of(connection, Together((source,), (0,)), 0, True)
    first, sure = missing_date.first_date(connection, lines, source.format.clocked, soak, until)
    return replace(source, first_date=first), sure


def fast_records_of(connection: duckdb.DuckDBPyConnection, sources: Sequence[LogSource], fast: FastReading) -> str:
    """The SELECT of the records of sources by the quicker way of their format; of lines that fit, see FastReading.

    What reads text so gives messages without blanks in front of them by itself.
    """
    read = Together(tuple(sources), tuple(range(len(sources))))
    return f"""
WITH lines AS (
    SELECT {_file(read, 0)} AS file, 0::BIGINT AS number, *
    FROM {_reader(connection, fast.reader, read, 0)}
) {BEGUN if read.format.is_json else "SELECT *"} FROM ({fast.select})
"""


BEGUN = f"SELECT * REPLACE (CASE WHEN time IS NULL THEN message ELSE {tidy('message')} END AS message)"
"""The columns of records, of whatever format, with messages that begin where their words begin."""


def _file(read: Together, at: int) -> str:
    """SQL for the place of the source of a line; a constant where there is one alone, because that costs nothing."""
    if len(read.places) == 1:
        return f"{read.places[0]}::INTEGER"
    return f"list_extract(getvariable('files_{at}'), file_index::BIGINT + 1)::INTEGER"


def _reader(connection: duckdb.DuckDBPyConnection, reader: str, read: Together, at: int) -> str:
    """The call of a reader; its paths, and the places of them, reach it as variables."""
    connection.execute(f"SET VARIABLE paths_{at} = ?", [[literal(source.path) for source in read.sources]])
    connection.execute(f"SET VARIABLE files_{at} = ?", [list(read.places)])
    return reader.format(paths=f"getvariable('paths_{at}')", compression=read.sources[0].compression)


def with_events(connection: duckdb.DuckDBPyConnection, rules: EventRules, records: str) -> str:
    """The front of a statement over ``events``: from a SELECT of records, or over a table of them, to what they mean.

    One statement, and no views: DuckDB looks through all of a view each time that another stands on it, which took a
    third of the time of a small file.
    """
    set_variables(connection, rules.variables)
    return f"WITH records AS NOT MATERIALIZED ({records}), events AS NOT MATERIALIZED ({rules.select})"
