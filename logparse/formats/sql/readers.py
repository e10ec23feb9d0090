"""DuckDB's own readers, in SQL: lines split into columns of text, objects of JSON, tables in Parquet.

They are all here, because DuckDB reads data from paths unless told not to: a folder ``status=200/`` would become a
column, and a ``*`` other files. The text of a path must reach no record and no tally. A test looks for calls elsewhere.

``{paths}`` and ``{compression}`` in a reader of text are filled in when files are read.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from logparse.storage.files import COLUMN_END
from logparse.values.patterns import sql_literal

LONGEST_LINE_BYTES = 2_000_000
"""The longest line that DuckDB reads, in bytes; a file with a longer one is read from a mended copy."""

_CONTENT_ALONE = "hive_partitioning = false, hive_types_autocast = false, filename = false, union_by_name = false"
"""Options that keep a reader from using paths, or one file's columns for another."""


def text_reader(columns: Sequence[str], delimiter: str = COLUMN_END, null: str = "") -> str:
    """Returns the reader of lines, split at ``delimiter``. A column equal to ``null`` is NULL, like a missing one.

    With a single column, blank lines are seen only if ``null`` is empty.
    """
    types = ", ".join(f"'{column}': 'VARCHAR'" for column in columns)
    return f"""
read_csv({{paths}}, columns = {{{{{types}}}}}, compression = '{{compression}}',
    delim = '{delimiter}', nullstr = '{null}', quote = '', escape = '', comment = '', header = false,
    auto_detect = false, null_padding = true, strict_mode = false, ignore_errors = true,
    max_line_size = {LONGEST_LINE_BYTES}, {_CONTENT_ALONE})
"""


def json_reader(columns: Mapping[str, str]) -> str:
    """Returns the reader of lines with a JSON object each, which converts values like from_json.

    A value of a wrong type is NULL, all values are in any other line, and blank lines are not seen.
    """
    types = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    return f"""
read_json({{paths}}, columns = {{{{{types}}}}}, compression = '{{compression}}',
    format = 'newline_delimited', ignore_errors = true, maximum_object_size = {LONGEST_LINE_BYTES}, {_CONTENT_ALONE})
"""


def table_reader(paths: Iterable[Path]) -> str:
    """Returns the reader of written tables (see ``table_writer``); its ``file_index`` numbers the paths.

    Raises OSError as ``literal`` does.
    """
    listed = ", ".join(sql_literal(literal(path)) for path in paths)
    return f"read_parquet([{listed}], {_CONTENT_ALONE})"


def table_writer(query: str, into: Path) -> str:
    """Returns the statement that writes a table, or a SELECT in brackets, to a Parquet file."""
    return f"COPY {query} TO {sql_literal(str(into))} (FORMAT parquet)"


def tables_writer(query: str, column: str, into: Path) -> str:
    """Returns the statement that writes a table for each value of a column, without it; see ``tables_folder``."""
    return f"COPY {query} TO {sql_literal(str(into))} (FORMAT parquet, PARTITION_BY ({column}))"


def tables_folder(folder: Path, column: str, value: int) -> Path:
    """Returns the folder with the files of the table for a value; it does not exist if there are no rows."""
    return folder / f"{column}={value}"


def literal(path: Path) -> str:
    """Escapes a path so that a reader does not take it for a glob.

    Raises OSError for the one kind that cannot be escaped: with a backslash beside a character of globs.
    """
    text = str(path)
    if not any(sign in text for sign in _GLOB):
        return text
    if "\\" in text:
        raise OSError(f"the engine cannot open a path with a backslash beside one of *, ? and [: {text}")
    return "".join(f"[{sign}]" if sign in _GLOB else sign for sign in text)


_GLOB = "*?["
