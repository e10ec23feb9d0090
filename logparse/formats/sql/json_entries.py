"""The common part of the JSON formats: parsing by a shape, the class of a line, and a test for one line.

A shape holds the keys that a format reads (the structure of DuckDB's from_json). Nothing in an entry raises: a value of
the wrong type is NULL, and a line that is no JSON gives a NULL row. A value that may be a number or a text is read as a
text, an object in its place as its JSON.
"""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from logparse.formats.sql.columns import BLANK, columns
from logparse.formats.sql.steps import Steps, common_tables
from logparse.formats.sql.tool_lines import ANY_ERROR, plain_text, without_colours
from logparse.values.patterns import sql_literal
from logparse.values.records import INSIDE, LINES, SHARES

LONGEST_RECOGNISED = 2 << 20
"""The longest line, in characters, by which a format is recognised."""

LONGEST_REMEMBERED = 20_000
"""The longest line, in characters, whose parsed entry is cached while the formats are tried."""

_PLAIN = without_colours("line")
HALF_SURROGATE = r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
"""Half a surrogate pair, which a truncated text may end in; DuckDB does not accept it as JSON."""

LINE_CLASS = f"""CASE WHEN time IS NOT NULL THEN 'records' WHEN {BLANK} THEN 'blank'
         WHEN place = '{INSIDE}' THEN 'continuation'
         WHEN regexp_matches({_PLAIN}, {sql_literal(ANY_ERROR)}) THEN 'banner' ELSE 'rejected' END"""
"""SQL for the class of a line; ``time`` is NULL if it gave no record."""

OPENS_LINE = f"place <> '{SHARES}'"
"""SQL that tests whether an entry is the first row of its physical line."""

LINE_ORDER = f"number % {LINES}, number"
"""SQL that sorts entries in the order of their file."""


def texts(names: str) -> Mapping[str, object]:
    """Returns the shape of these keys, each of which is read as a text."""
    return dict.fromkeys(names.split(), "VARCHAR")


def entry_steps(shape: Mapping[str, object]) -> Steps:
    """Returns the steps to ``entries(file, number, line, place, row)``; ``row`` is NULL if a line is no JSON."""
    read = sql_literal(json.dumps(shape))
    return {
        "parsed": f"""
SELECT file, number, line, place,
    CASE WHEN place <> '{INSIDE}' THEN try(from_json(line, {read})) END AS row
FROM lines
""",
        # Half a surrogate pair, in which a truncated message may end, is invalid JSON to DuckDB: it is replaced.
        "entries": rf"""
SELECT file, number, line, place, CASE WHEN row IS NOT NULL OR line IS NULL OR place = '{INSIDE}' THEN row
    ELSE try(from_json(regexp_replace({_PLAIN}, '{HALF_SURROGATE}', '\\ufffd', 'g'), {read})) END AS row
FROM parsed
""",
    }


def parsed(shape: Mapping[str, object]) -> str:
    """Returns the same steps in the form that follows WITH."""
    return common_tables(entry_steps(shape))


def entry_columns(**given: str) -> str:
    """Returns the select list of a format of JSON, see ``columns``: each entry with a time is a record of its own."""
    usual = {"line_class": LINE_CLASS, "opens_line": OPENS_LINE, "opens_id": "TRUE", "time": "time"}
    return columns(**{**usual, **given})


def entry_of(line: str) -> dict[str, Any] | None:
    """Parses the JSON object of a line; returns None for any other line, however broken or deep."""
    if len(line) > LONGEST_RECOGNISED:
        return None
    return _parsed_once(line) if len(line) <= LONGEST_REMEMBERED else _parsed(line)


def _parsed(line: str) -> dict[str, Any] | None:
    text = plain_text(line)
    if not text.lstrip(" \t").startswith(("{", "[")):
        return None
    try:
        entry = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(entry, dict) else None


# All formats of JSON test the same first lines, one format after another.
_parsed_once = lru_cache(maxsize=512)(_parsed)


def recogniser(is_entry: Callable[[dict[str, Any]], bool]) -> Callable[[str], bool]:
    """Makes a format's test for one line from its test for the JSON object in it."""

    def recognises(line: str) -> bool:
        entry = entry_of(line)
        return entry is not None and is_entry(entry)

    return recognises


def is_number(value: object) -> bool:
    """Tells whether a JSON value is a number; booleans are not."""
    return isinstance(value, int | float) and not isinstance(value, bool)
