"""Every call of DuckDB's own readers, in SQL: lines cut into columns of text, objects of JSON, tables as Parquet.

They all stand here, because DuckDB makes data of paths unless it is told not to: a folder ``status=200/`` would be a
column, and a ``*`` other files. What a path says must reach no record and no tally. A test looks for calls elsewhere.

``{paths}`` and ``{compression}`` in a reader of text are put in where files are read (see counting/engine.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from logparse.storage.files import COLUMN_END
from logparse.values.patterns import sql_literal

LONGEST_LINE_BYTES = 2_000_000
"""Bytes of a line that DuckDB reads; a file with a longer one is read from a mended copy."""

_CONTENT_ALONE = "hive_partitioning = false, hive_types_autocast = false, filename = false, union_by_name = false"
"""Switches off all that a reader would take from paths, or from one file for another."""


def text_reader(columns: Sequence[str], delimiter: str = COLUMN_END, null: str = "") -> str:
    """The reader of lines; without a delimiter no line is cut. A column that holds ``null`` is NULL, as a missing one.

    Of one column alone, blank lines are seen only where ``null`` is the empty text.
    """
    types = ", ".join(f"'{column}': 'VARCHAR'" for column in columns)
    return f"""
read_csv({{paths}}, columns = {{{{{types}}}}}, compression = '{{compression}}',
    delim = '{delimiter}', nullstr = '{null}', quote = '', escape = '', comment = '', header = false,
    auto_detect = false, null_padding = true, strict_mode = false, ignore_errors = true,
    max_line_size = {LONGEST_LINE_BYTES}, {_CONTENT_ALONE})
"""


def json_reader(columns: Mapping[str, str]) -> str:
    """The reader of lines that hold an object of JSON each, which takes values as from_json does.

    A value of a wrong type is NULL, in any other line all are, and a blank line is not seen.
    """
    types = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    return f"""
read_json({{paths}}, columns = {{{{{types}}}}}, compression = '{{compression}}',
    format = 'newline_delimited', ignore_errors = true, maximum_object_size = {LONGEST_LINE_BYTES}, {_CONTENT_ALONE})
"""


def table_reader(paths: Iterable[Path]) -> str:
    """The rows of tables that were kept (see ``table_writer``), one or more; ``file_index`` in it counts the paths.

    OSError as that of ``literal``.
    """
    listed = ", ".join(sql_literal(literal(path)) for path in paths)
    return f"read_parquet([{listed}], {_CONTENT_ALONE})"


def table_writer(query: str, into: Path) -> str:
    """The statement that keeps a table, or the rows of a SELECT in brackets, as a Parquet file."""
    return f"COPY {query} TO {sql_literal(str(into))} (FORMAT parquet)"


def tables_writer(query: str, column: str, into: Path) -> str:
    """The statement that keeps a table for each value of a column, without that column; see ``tables_folder``."""
    return f"COPY {query} TO {sql_literal(str(into))} (FORMAT parquet, PARTITION_BY ({column}))"


def tables_folder(folder: Path, column: str, value: int) -> Path:
    """The folder in which the table of a value lies, in one file or more; it is missing where there is no row."""
    return folder / f"{column}={value}"


def literal(path: Path) -> str:
    """A path that a reader takes for itself and not for a glob.

    OSError for the one kind of path that has no such form: DuckDB finds no ``\\`` beside a sign of globs.
    """
    text = str(path)
    if not any(sign in text for sign in _GLOB):
        return text
    if "\\" in text:
        raise OSError(f"the engine cannot open a path with a backslash beside one of *, ? and [: {text}")
    return "".join(f"[{sign}]" if sign in _GLOB else sign for sign in text)


_GLOB = "*?["
