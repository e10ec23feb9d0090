"""The columns of a record in the SELECT of a format, and the test for blank lines."""

from logparse.values.records import COLUMNS

_DEFAULTS = {
    "file": "file",
    "number": "number",
    "opens_line": "TRUE",
    "partial": "FALSE",
    "truncated": "FALSE",
    "ambiguous": "FALSE",
}

BLANK = r"(line IS NULL OR trim(line, e' \t\r\f\x0b') = '')"
"""SQL that tests whether a line is blank."""


def columns(**given: str) -> str:
    """Returns the select list of a format: all columns of a record, NULL for those that the format lacks.

    A row that opens a line also opens an id, unless given otherwise. Raises KeyError for an unknown column.
    """
    for name in given:
        COLUMNS[name]
    known = {**_DEFAULTS, "opens_id": given.get("opens_line", "TRUE"), **given}
    listed = []
    for name, meaning in COLUMNS.items():
        kind = meaning.split(":")[0].split(" ")[0]
        listed.append(f"{known.get(name, f'NULL::{kind}')} AS {name}")
    return ",\n    ".join(listed)
