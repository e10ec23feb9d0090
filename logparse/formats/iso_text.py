"""Text with ISO times: docker logs -t, Fly, CRI, Heroku, Vercel up to 34, and home-made files.

    2026-02-03T10:15:32.123Z [ARI] Response sent in 1834ms
    2026-02-03 10:15:32+00:00 app[web.1]: INFO [ARI] Response sent in 1834ms
    2026-02-03T10:15:32Z app[148e] sin [info][ARI] Response sent in 1834ms

A line without a time continues the record above (a stack trace). But one that looks like a message of the bot, or like
a row of another format, is rejected: it may be a message that lost its time, or a line of a user's text.
"""

import re
from collections.abc import Sequence

from logparse.formats.format import FastReading, Format
from logparse.formats.sql.columns import columns
from logparse.formats.sql.levels import level
from logparse.formats.sql.local_time import ambiguous, sql_utc
from logparse.formats.sql.readers import text_reader
from logparse.formats.sql.tool_lines import text_recogniser, unindented, without_colours
from logparse.formats.sql.untimed_lines import UNTIMED_CLASS
from logparse.storage.files import COLUMN_END
from logparse.values.patterns import sql_literal

ZONE = r"(?:Z| ?UTC| ?[+-]\d\d:?\d\d)"
TIME = rf"\d{{4}}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{{1,9}})?{ZONE}?"
LEVELS = "trace|verbose|debug|info|notice|log|warn|warning|error|err|severe|fatal|critical|crit|panic|emerg|alert"
# A stream (CRI), or a process with its number, perhaps behind its host (journalctl) or in front of its region (Fly).
PREFIX = r"(?:(?:stdout|stderr) [FP] )?(?:(?:[\w.-]+ )?[\w.-]+\[[\w./:-]+\](?:: ?| \w+ ))?"
# A bare word in lower case is prose ("alert sent to ..."), a level only with a bracket or a colon.
LEVEL = rf"(?:\[(?:{LEVELS}|{LEVELS.upper()})\]:?|(?:{LEVELS}):|(?:{LEVELS.upper()}|(?:Error|Warning))(?::|\b))"
HEAD = rf"^({PREFIX})(?:({LEVEL})[ \t]*)?"


def castable(written: str) -> str:
    """Returns SQL that makes a time matched by ``TIME`` castable: with a point, and no space before an offset."""
    return f"replace(replace(replace({written}, ',', '.'), ' +', '+'), ' -', '-')"


_STAMP = rf"^({TIME}:?)(?:\s|$)"
_LEVEL_WORDS = sorted({word for level in LEVELS.split("|") for word in (level, level.upper())} | {"Error", "Warning"})


_OF_FLY = r"^[\w.-]+\[\w+\] \w+ \[info\]"

_HEAD_START = "^(?:std|" + r"\[?(?:" + "|".join(sorted({word[:3] for word in _LEVEL_WORDS})) + "))"
"""Matches the start of a level or a stream: a short test, because it runs on every line.

NOTE: no IN and no list of constants: DuckDB makes a join of them, and computes everything above it many times over.
"""

GENERAL = rf"""
WITH stamped AS (
    SELECT *, strlen(regexp_extract(line, {sql_literal(_STAMP)}, 1)) AS width
    FROM (SELECT file, number, {without_colours("line")} AS line FROM lines)
), told AS (
    SELECT file, number, line, substr(line, width + 2) AS rest,
        CASE WHEN width > 0 THEN {castable("rtrim(left(line, width), ':')")} END AS stamp,
        width > 0 AND NOT regexp_matches(left(line, width), '{ZONE}:?$') AS is_local
    FROM stamped
), timed AS (
    SELECT file, number, line, rest,
        CASE WHEN is_local THEN {sql_utc("try_cast(stamp AS TIMESTAMP)")}
             ELSE timezone('UTC', try_cast(stamp AS TIMESTAMPTZ)) END AS time,
        is_local AND {ambiguous("try_cast(stamp AS TIMESTAMP)")} AS ambiguous,
        TRUE AS fits
    FROM told
)
"""
"""Reads any ISO time, by a regular expression on every line."""

_PIECES = [f"piece_{at}" for at in range(1, 8)]
_MESSAGE = f"CASE WHEN piece_2 IS NULL THEN piece_1 ELSE concat_ws('Z ', {', '.join(_PIECES)}) END"

# A cast ignores leading spaces, which would make a record of an indented line.
_ZULU_TIME = """
CASE WHEN piece_1 IS NOT NULL AND strlen(stamp) BETWEEN 19 AND 29 AND stamp >= '0'
     THEN try_cast(stamp AS TIMESTAMP) END
"""

_FITS = """
-- A line with more pieces would lose its end.
CASE WHEN piece_7 IS NOT NULL THEN FALSE WHEN time IS NOT NULL THEN TRUE ELSE NOT coalesce(
    starts_with(stamp, chr(65279))
    -- A time that does not end in 'Z ', among those that do.
    OR (piece_1 IS NULL OR strlen(stamp) > 29 OR contains(stamp, ','))
        AND stamp BETWEEN '0' AND ':' AND substr(stamp, 5, 1) = '-', FALSE) END
"""

ZULU = f"""
WITH timed AS (
    SELECT file, number,
        CASE WHEN time IS NULL THEN concat_ws('Z ', stamp, {", ".join(_PIECES)}) END AS line,
        time, {_MESSAGE} AS rest, FALSE AS ambiguous, {_FITS} AS fits
    FROM (SELECT *, {_ZULU_TIME} AS time FROM lines)
)
"""
"""Reads times that end in Z, of lines split at 'Z ' by the reader: without regular expressions or copies."""

_LINE_CLASS = f"CASE WHEN time IS NOT NULL THEN 'records' ELSE {UNTIMED_CLASS} END"
_WORDS = f"""
CASE WHEN time IS NULL THEN line
     WHEN has_head THEN ltrim(regexp_replace(rest, {sql_literal(HEAD)}, '')) ELSE rest END
"""

_COLUMNS = {
    "line_class": _LINE_CLASS,
    "opens_line": "fits",
    "time": "time",
    "level": level("word"),
    "message": _WORDS,
    "ambiguous": "ambiguous",
}

HEADED = f""", begun AS (
    SELECT * REPLACE ({unindented("rest")} AS rest) FROM timed
), headed AS (
    SELECT file, number, line, time, rest, ambiguous, fits,
        -- Only a rest that begins like a level or a prefix is worth a regular expression. NOTE: a CASE, because outside
        -- of one DuckDB looks at both sides of AND and OR.
        CASE WHEN time IS NULL THEN FALSE
             WHEN regexp_matches(rest, {sql_literal(_HEAD_START)}) THEN TRUE
             WHEN starts_with(rest, '[') THEN FALSE
             ELSE contains(left(rest, 40), ']') END AS has_head
    FROM begun
), leveled AS (
    -- Fly calls every line [info], whatever stream it came by: that is no level of the bot's.
    SELECT *, CASE WHEN has_head AND NOT regexp_matches(rest, {sql_literal(_OF_FLY)})
                   THEN trim(regexp_extract(rest, {sql_literal(HEAD)}, 2), '[]:') END AS word
    FROM headed
)
SELECT
    {columns(**_COLUMNS)}
FROM leveled
"""

_recognises = text_recogniser(rf"{TIME}:?(?:\s|$)")
_ZULU_LINE = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?Z ")


def _is_zulu(head: Sequence[str]) -> bool:
    """Tells whether all times of the first lines end in 'Z ', so that lines may be split there."""
    return all(_ZULU_LINE.match(line) for line in head if _recognises(line))


ISO_TEXT = Format(
    name="iso-text",
    title="text with ISO times",
    recognises=_recognises,
    select=GENERAL + HEADED,
    needs="a time in ISO 8601 in front of the message",
    line_by_line=True,
    as_written=True,
    fast=FastReading(
        fits=_is_zulu,
        reader=text_reader(["stamp", *_PIECES], delimiter="Z ", null=COLUMN_END),
        select=ZULU + HEADED,
    ),
)
