"""Counting with DuckDB: lines -> records -> events -> tally, one SELECT a stage, all of it one scan."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import duckdb

from logparse.counting.events import EventRules
from logparse.formats import clock
from logparse.formats.format import FastReading, Format
from logparse.formats.readers import text_reader
from logparse.values.records import OPENS
from logparse.values.schedule import Span


@dataclass(frozen=True)
class Source:
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


def records_of(connection: duckdb.DuckDBPyConnection, sources: Sequence[Source], numbered: bool, first: int = 0) -> str:
    """The SELECT of the records of all sources; ``file`` is the place of a source in the sequence, from ``first``.

    Numbered lines cost an order over all lines, so lines are numbered only where few files are read again, and where
    the lines of a format hang together.
    """
    set_paths(connection, sources, first)
    for source in sources:
        set_variables(connection, source.format.variables)
    return " UNION ALL ".join(
        f"(WITH lines AS ({lines_of(source, at, numbered)}) SELECT * FROM ({source.format.select}))"
        for at, source in enumerate(sources, first)
    )


def lines_of(source: Source, at: int, numbered: bool) -> str:
    """The SELECT of a source's lines (file, number, line, first_date, place), its path the variable ``path_<at>``.

    ``place`` is one of PLACES: how a line of an unfolded copy stands to the physical lines of its file.
    """
    number = "row_number() OVER ()" if numbered or source.format.ordered else "0::BIGINT"
    place, columns = f"'{OPENS}'", ["line"]
    if source.unfolded:
        number, place, columns = "try_cast(number AS BIGINT)", "place", ["number", "place", "line"]
    first_date = f"DATE '{source.first_date.isoformat()}'" if source.first_date else "NULL::DATE"
    return f"""
SELECT {at}::INTEGER AS file, {number} AS number, line, {first_date} AS first_date, {place} AS place
FROM {_read(text_reader(columns), source, at)}
"""


def date_source(
    connection: duckdb.DuckDBPyConnection, source: Source, soak: Span, until: datetime
) -> tuple[Source, bool]:
    """A source whose lines tell no date, with that of its first time (see clock.first_date), and whether it is sure."""
    set_paths(connection, [source])
    first, sure = clock.first_date(connection, lines_of(source, 0, True), source.format.clocked, soak, until)
    return replace(source, first_date=first), sure


def fast_records_of(connection: duckdb.DuckDBPyConnection, source: Source, fast: FastReading) -> str:
    """The SELECT of the records of one source by its format's quicker way; of lines that fit, see FastReading."""
    set_paths(connection, [source])
    return f"""
WITH lines AS (
    SELECT 0::INTEGER AS file, 0::BIGINT AS number, *
    FROM {_read(fast.reader, source, 0)}
) SELECT * FROM ({fast.select})
"""


def _read(reader: str, source: Source, at: int) -> str:
    return reader.format(path=f"getvariable('path_{at}')", compression=source.compression)


def set_paths(connection: duckdb.DuckDBPyConnection, sources: Sequence[Source], first: int = 0) -> None:
    """Hands the paths of sources to SQL, as ``lines_of`` expects them."""
    set_variables(connection, {f"path_{at}": _literal_path(source.path) for at, source in enumerate(sources, first)})


def with_events(connection: duckdb.DuckDBPyConnection, rules: EventRules, records: str) -> str:
    """The front of a statement over ``events``: from a SELECT of records, or over a table of them, to what they mean.

    One statement, and no views: DuckDB looks through all of a view each time that another stands on it, which took a
    third of the time of a small file.
    """
    set_variables(connection, rules.variables)
    return f"WITH records AS NOT MATERIALIZED ({records}), events AS NOT MATERIALIZED ({rules.select})"


def _literal_path(path: Path) -> str:
    """A path that DuckDB takes for itself and not for a glob."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path))
