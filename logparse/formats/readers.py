"""Calls of DuckDB's own readers, in SQL: lines cut into columns of text, and objects of JSON.

``{path}`` and ``{compression}`` in them are put in where a file is read (see counting/engine.py).
"""

from collections.abc import Mapping, Sequence

from logparse.storage.files import COLUMN_END

LONGEST_LINE_BYTES = 2_000_000
"""Bytes of a line that DuckDB reads; a file with a longer one is read from a mended copy."""


def text_reader(columns: Sequence[str], delimiter: str = COLUMN_END, null: str = "") -> str:
    """The reader of lines; without a delimiter no line is cut. A column that holds ``null`` is NULL, as a missing one.

    Of one column alone, blank lines are seen only where ``null`` is the empty text.
    """
    types = ", ".join(f"'{column}': 'VARCHAR'" for column in columns)
    return f"""
read_csv({{path}}, columns = {{{{{types}}}}}, compression = '{{compression}}',
    delim = '{delimiter}', nullstr = '{null}', quote = '', escape = '', comment = '', header = false,
    auto_detect = false, null_padding = true, strict_mode = false, ignore_errors = true,
    max_line_size = {LONGEST_LINE_BYTES})
"""


def json_reader(columns: Mapping[str, str]) -> str:
    """The reader of lines that hold an object of JSON each, which takes values as from_json does.

    A value of a wrong type is NULL, in any other line all are, and a blank line is not seen.
    """
    types = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    return f"""
read_json({{path}}, columns = {{{{{types}}}}}, compression = '{{compression}}',
    format = 'newline_delimited', ignore_errors = true, maximum_object_size = {LONGEST_LINE_BYTES})
"""
