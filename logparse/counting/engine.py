"""The engine: DuckDB, which counts lines -> records -> events -> tally, one SELECT a stage, all in one scan."""

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
    """A source for DuckDB: a path (of a log file, or of a copy), its compression, and its format.

    ``first_date`` is the date of the first time in a file whose lines have no date. ``unfolded``: the path is a copy
    with one entry of a JSON document a line, see storage/unfold.py.
    """

    path: Path
    compression: str
    format: Format
    first_date: date | None = None
    unfolded: bool = False


@contextmanager
def engine(memory_limit: str, spill: Path, timezone: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Opens a DuckDB connection in memory that spills to a folder; times without a zone are read in ``timezone``."""
    with duckdb.connect(config={"memory_limit": memory_limit, "temp_directory": str(spill)}) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        set_variables(connection, {"timezone": timezone})
        yield connection


def set_variables(connection: duckdb.DuckDBPyConnection, variables: Mapping[str, str | int]) -> None:
    """Passes values to SQL as variables, so that no text of a user becomes part of a statement."""
    # Reading all of them takes as long as setting two; hardly any of the many of the rules changes between files.
    several = len(variables) > 2
    known = dict(connection.execute("SELECT name, value FROM duckdb_variables()").fetchall()) if several else {}
    for name, value in variables.items():
        if known.get(name) != str(value):
            connection.execute(f"SET VARIABLE {name} = ?", [value])


@dataclass(frozen=True)
class Together:
    """Sources that one call of a reader reads, because they differ in their paths alone, with the place of each.

    Planning a statement takes far longer than reading a small file.
    """

    sources: tuple[LogSource, ...]
    places: tuple[int, ...]

    @property
    def format(self) -> Format:
        """The format of all the sources."""
        return self.sources[0].format


MOST_TOGETHER = 500
"""The most sources of one call of a reader: each takes memory until the statement ends."""


def together(sources: Sequence[LogSource]) -> list[Together]:
    """Groups sources by what reads them, in the order of the first of each; one whose lines have no date is alone."""
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at, source in enumerate(sources):
        alone = at if source.format.clocked else None
        groups[source.format.name, source.compression, source.unfolded, alone].append(at)
    parts = (
        places[at : at + MOST_TOGETHER] for places in groups.values() for at in range(0, len(places), MOST_TOGETHER)
    )
    return [Together(tuple(sources[at] for at in places), tuple(places)) for places in parts]


def records_of(connection: duckdb.DuckDBPyConnection, sources: Sequence[LogSource], numbered: bool) -> str:
    """Returns the SELECT of the records of all sources; ``file`` is the place of a source in the sequence.

    Numbering lines means sorting them, so it is done only if few files are read again, or if the format joins lines to
    records; numbers run through all sources of one call of a reader.
    """
    return records_of_all(connection, together(sources), numbered)


def records_of_all(connection: duckdb.DuckDBPyConnection, read: Sequence[Together], numbered: bool) -> str:
    """Returns the SELECT of the records of grouped sources: UNION ALL of one SELECT a group."""
    for several in read:
        set_variables(connection, several.format.variables)
    return " UNION ALL ".join(
        f"(WITH lines AS ({lines_of(connection, several, at, numbered)}) {BEGUN} FROM ({several.format.select}))"
        for at, several in enumerate(read)
    )


def lines_of(connection: duckdb.DuckDBPyConnection, read: Together, at: int, numbered: bool) -> str:
    """Returns the SELECT of the lines (file, number, line, first_date, place) of grouped sources; ``at``: a number that
    no other call for the same statement has.

    ``place`` is one of PLACES: the relation of a line in an unfolded copy to the physical lines of its file.
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
    """Dates a source whose lines have no date by its first time (see missing_date), with whether that is certain."""
    lines = lines_of(connection, Together((source,), (0,)), 0, True)
    first, sure = missing_date.first_date(connection, lines, source.format.clocked, soak, until)
    return replace(source, first_date=first), sure


def fast_records_of(connection: duckdb.DuckDBPyConnection, sources: Sequence[LogSource], fast: FastReading) -> str:
    """Returns the SELECT of records by the quick way of the sources' format; only of lines that fit, see FastReading.

    A quick way for text removes the blanks in front of messages itself.
    """
    read = Together(tuple(sources), tuple(range(len(sources))))
    return f"""
WITH lines AS (
    SELECT {_file(read, 0)} AS file, 0::BIGINT AS number, *
    FROM {_reader(connection, fast.reader, read, 0)}
) {BEGUN if read.format.is_json else "SELECT *"} FROM ({fast.select})
"""


BEGUN = f"SELECT * REPLACE (CASE WHEN time IS NULL THEN message ELSE {tidy('message')} END AS message)"
"""The columns of records of any format, with the blanks in front of messages removed."""


def _file(read: Together, at: int) -> str:
    """Returns SQL for the place of the source of a line; a constant for a single source, because that costs nothing."""
    if len(read.places) == 1:
        return f"{read.places[0]}::INTEGER"
    return f"list_extract(getvariable('files_{at}'), file_index::BIGINT + 1)::INTEGER"


def _reader(connection: duckdb.DuckDBPyConnection, reader: str, read: Together, at: int) -> str:
    """Returns the call of a reader; its paths and their places are passed as variables."""
    connection.execute(f"SET VARIABLE paths_{at} = ?", [[literal(source.path) for source in read.sources]])
    connection.execute(f"SET VARIABLE files_{at} = ?", [list(read.places)])
    return reader.format(paths=f"getvariable('paths_{at}')", compression=read.sources[0].compression)


def with_events(connection: duckdb.DuckDBPyConnection, rules: EventRules, records: str) -> str:
    """Returns the WITH clause of a statement over ``events``, from a SELECT of records or a table of them.

    One statement, and no views: DuckDB goes through all of a view again for each view on top of it, which took a
    third of the time of a small file.
    """
    set_variables(connection, rules.variables)
    return f"WITH records AS NOT MATERIALIZED ({records}), events AS NOT MATERIALIZED ({rules.select})"
