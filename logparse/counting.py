"""Counting with DuckDB: lines -> records -> events -> tally, one view a stage, so that all of it is one scan."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from logparse.events import EventRules
from logparse.formats.format import Format

LONGEST_LINE_BYTES = 2_000_000
"""Bytes of a line that DuckDB reads; a file with a longer one is read from a mended copy."""

DELIMITER = "\uffff"
"""A noncharacter: Unicode reserves it for no text at all, so no line is cut by it."""


@dataclass(frozen=True)
class Source:
    """What DuckDB reads: a path (of a log file, or of its mended copy), how it is compressed, and its format."""

    path: Path
    compression: str
    format: Format


@contextmanager
def engine(memory_limit: str, spill: Path, timezone: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB connection in memory that spills to a folder; times without a zone are read in ``timezone``."""
    with duckdb.connect(config={"memory_limit": memory_limit, "temp_directory": str(spill)}) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        set_variables(connection, {"timezone": timezone})
        yield connection


def set_variables(connection: duckdb.DuckDBPyConnection, variables: Mapping[str, str | int]) -> None:
    """Hands values to SQL as variables, so that no text of a user stands in a statement."""
    for name, value in variables.items():
        connection.execute(f"SET VARIABLE {name} = ?", [value])


def view_records(connection: duckdb.DuckDBPyConnection, sources: Sequence[Source], numbered: bool, into: str) -> None:
    """Makes the view ``into`` of the records of all sources; ``file`` is the place of a source in the sequence.

    Numbered lines cost an order over all lines, so lines are numbered only where few files are read again.
    """
    set_variables(connection, {f"path_{at}": _literal_path(source.path) for at, source in enumerate(sources)})
    selects = [_records_select(at, source, numbered) for at, source in enumerate(sources)]
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {into} AS " + " UNION ALL ".join(selects))


def _records_select(at: int, source: Source, numbered: bool) -> str:
    number = "row_number() OVER ()" if numbered else "0::BIGINT"
    return f"""
(WITH lines AS (
    SELECT {at}::INTEGER AS file, {number} AS number, line
    FROM read_csv(getvariable('path_{at}'), columns = {{'line': 'VARCHAR'}}, compression = '{source.compression}',
        delim = '{DELIMITER}', quote = '', escape = '', comment = '', header = false, auto_detect = false,
        strict_mode = false, ignore_errors = true, max_line_size = {LONGEST_LINE_BYTES})
) SELECT * FROM ({source.format.select}))
"""


def view_events(connection: duckdb.DuckDBPyConnection, rules: EventRules) -> None:
    """Makes the view ``events`` over ``records``."""
    set_variables(connection, rules.variables)
    connection.execute(f"CREATE OR REPLACE TEMP VIEW events AS {rules.select}")


def _literal_path(path: Path) -> str:
    """A path that DuckDB takes for itself and not for a glob."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path))
