"""What the formats of JSON share: an entry parsed by a shape, the class of its line, and a test for one line.

A format names the keys that it reads as a shape (the structure of DuckDB's from_json). Nothing in an entry raises: a
value of the wrong type is NULL, and what is no JSON at all gives a NULL row. What may be a number or a text is read as
a text; an object that stands there comes as its JSON.
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
"""Characters of a line that its format is looked for in; longer ones tell none."""

LONGEST_REMEMBERED = 20_000
"""Characters of a line whose entry is remembered while the formats are tried."""

_PLAIN = without_colours("line")
HALF_SURROGATE = r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
"""Half a surrogate pair, as a text that was cut off may end in; it is no JSON to DuckDB."""

LINE_CLASS = f"""CASE WHEN time IS NOT NULL THEN 'records' WHEN {BLANK} THEN 'blank'
         WHEN place = '{INSIDE}' THEN 'continuation'
         WHEN regexp_matches({_PLAIN}, {sql_literal(ANY_ERROR)}) THEN 'banner' ELSE 'rejected' END"""
"""SQL for the class of a line: ``time`` is NULL where no record could be made of it."""

OPENS_LINE = f"place <> '{SHARES}'"
"""SQL that tells whether an entry is the first row of its physical line."""

LINE_ORDER = f"number % {LINES}, number"
"""SQL that orders entries as they stand in their file."""


def entry_steps(shape: Mapping[str, object]) -> Steps:
    """The steps to ``entries(file, number, line, place, row)``; ``row`` is NULL where a line is no JSON."""
    read = sql_literal(json.dumps(shape))
    return {
        "parsed": f"""
SELECT file, number, line, place,
    CASE WHEN place <> '{INSIDE}' THEN try(from_json(line, {read})) END AS row
FROM lines
""",
        # Half a surrogate pair, which a cut-off message ends in, is no JSON to DuckDB: it is replaced.
        "entries": rf"""
SELECT file, number, line, place, CASE WHEN row IS NOT NULL OR line IS NULL OR place = '{INSIDE}' THEN row
    ELSE try(from_json(regexp_replace({_PLAIN}, '{HALF_SURROGATE}', '\\ufffd', 'g'), {read})) END AS row
FROM parsed
""",
    }


def parsed(shape: Mapping[str, object]) -> str:
    """The same steps as they stand behind WITH."""
    return common_tables(entry_steps(shape))


def entry_columns(**given: str) -> str:
    """Returns the select list of a format of JSON, see ``columns``: each entry with a time is a record of its own."""
    usual = {"line_class": LINE_CLASS, "opens_line": OPENS_LINE, "opens_id": "TRUE", "time": "time"}
    return columns(**{**usual, **given})


def entry_of(line: str) -> dict[str, Any] | None:
    """The JSON object that a line is; None for any other line, however broken or deep."""
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


# Each format of JSON asks for the same first lines, one format after another.
_parsed_once = lru_cache(maxsize=512)(_parsed)


def recogniser(is_entry: Callable[[dict[str, Any]], bool]) -> Callable[[str], bool]:
    """A format's test for one line, of its test for the JSON object that the line is."""

    def recognises(line: str) -> bool:
        entry = entry_of(line)
        return entry is not None and is_entry(entry)

    return recognises


def is_number(value: object) -> bool:
    """Whether a value of JSON is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)
