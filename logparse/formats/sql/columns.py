"""What the SELECTs of the formats share: the columns of a record in order, and blank lines."""

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
"""SQL that tells a line without any sign."""


def columns(**given: str) -> str:
    """The select list of a format: each column of a record in its order, NULL where a format does not carry it.

    What opens a line opens an id, unless said otherwise. KeyError for a column that records do not have.
    """
    for name in given:
        COLUMNS[name]
    known = {**_DEFAULTS, "opens_id": given.get("opens_line", "TRUE"), **given}
    listed = []
    for name, meaning in COLUMNS.items():
        kind = meaning.split(":")[0].split(" ")[0]
        listed.append(f"{known.get(name, f'NULL::{kind}')} AS {name}")
    return ",\n    ".join(listed)
