"""What the SELECTs of the formats share: the columns of a record in order, blank lines, levels in words or numbers."""

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


def level(word: str) -> str:
    """SQL for a level as records have it; NULL of no text.

    It is a word in lower case, or a number: of pino and bunyan (10 to 60), or of syslog (0 to 7).
    """
    return f"""CASE WHEN {word} <> '' THEN CASE {word}
        WHEN 'err' THEN 'error' WHEN 'warning' THEN 'warn' WHEN 'eror' THEN 'error'
        WHEN 'critical' THEN 'fatal' WHEN 'crit' THEN 'fatal' WHEN 'panic' THEN 'fatal' WHEN 'emerg' THEN 'fatal'
        WHEN 'emergency' THEN 'fatal' WHEN 'alert' THEN 'fatal'
        WHEN '10' THEN 'trace' WHEN '20' THEN 'debug' WHEN '30' THEN 'info' WHEN '40' THEN 'warn'
        WHEN '0' THEN 'fatal' WHEN '1' THEN 'fatal' WHEN '2' THEN 'fatal' WHEN '3' THEN 'error' WHEN '4' THEN 'warn'
        WHEN '5' THEN 'notice' WHEN '6' THEN 'info' WHEN '7' THEN 'debug'
        WHEN '50' THEN 'error' WHEN '60' THEN 'fatal' ELSE {word} END END"""
