"""Levels: the one table of words and numbers that all formats use, and the handling of any other word.

Only what is listed here is a level. A number is read in the scale of its key: 40 is a warning to pino and an error to
Python, 4 a warning to syslog and trace to OpenTelemetry. Any other word is no level, so that the text of the message
decides; it is kept after ``UNKNOWN``, and reported.
"""

from collections.abc import Mapping
from types import MappingProxyType

from logparse.formats.sql.tool_lines import ANSI
from logparse.values.patterns import sql_literal

UNKNOWN = "?"
"""The start of a record's ``level`` if its word is unknown: it is no level, and the word follows."""

LONGEST_TOLD = 40
"""The number of characters reported of an unknown word: it may be anything."""

WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # The first of each is the usual word: it is compared directly, before the others are looked up.
        "info": ("info", "log", "http", "information", "informational", "inf", "i", "success"),
        "error": ("error", "err", "e", "eror", "severe", "fail"),
        "warn": ("warning", "warn", "w", "wrn"),
        "debug": ("debug", "dbg", "dbug", "d", "fine", "config"),
        "notice": ("notice", "n"),
        "trace": ("trace", "trc", "trce", "t", "v", "verbose", "silly", "stats", "notset", "finer", "finest"),
        "fatal": ("fatal", "critical", "crit", "c", "f", "ftl", "alert", "panic", "pnc", "emerg", "emergency"),
    }
)
"""The words of each level, in lower case."""

NO_LEVEL = ("default", "unknown", "unspecified", "undefined", "none", "null", "nil", "-")
"""Words that mean that there is no level: they are not reported."""

Scale = tuple[tuple[int, str], ...]
"""Ascending numbers, each with the level that starts there; an empty one ends the scale."""

PINO: Scale = ((10, "trace"), (20, "debug"), (30, "info"), (40, "warn"), (50, "error"), (60, "fatal"), (61, ""))
PYTHON: Scale = ((0, "trace"), (10, "debug"), (20, "info"), (30, "warn"), (40, "error"), (50, "fatal"), (51, ""))
SYSLOG: Scale = ((0, "fatal"), (3, "error"), (4, "warn"), (5, "notice"), (6, "info"), (7, "debug"), (8, ""))
OPEN_TELEMETRY: Scale = ((1, "trace"), (5, "debug"), (9, "info"), (13, "warn"), (17, "error"), (21, "fatal"), (25, ""))


def level(word: str, scale: Scale = ()) -> str:
    """Returns SQL for the level of a text: one of WORDS, or UNKNOWN followed by the text, or NULL if it has none.

    ``scale`` gives numbers a level; without one no number has any.
    """
    usual = " ".join(f"WHEN '{words[0]}' THEN '{name}'" for name, words in WORDS.items())
    known = f"coalesce({_KNOWN}[{_plain_word(word)}], {_in_scale(word, scale)}, {_unknown(word)})"
    return f"CASE WHEN {word} <> '' THEN CASE {word} {usual} ELSE nullif({known}, '') END END"


def number(word: str, scale: Scale) -> str:
    """Returns SQL for the level of a number, like ``level``; 0 below the scale has none."""
    known = f"coalesce({_in_scale(word, scale)}, {_unknown(word)})"
    return f"CASE WHEN {word} <> '' AND ({word} <> '0' OR {scale[0][0]} = 0) THEN {known} END"


def is_known(told: str) -> str:
    """Returns SQL that tests whether a ``level`` is a known one; NULL is not."""
    return f"({told} IS NOT NULL AND NOT starts_with({told}, '{UNKNOWN}'))"


def first_known(*told: str) -> str:
    """Returns SQL for the first known one of several levels, else for the first unknown word, else NULL."""
    known = " ".join(f"WHEN {is_known(each)} THEN {each}" for each in told)
    return f"CASE {known} ELSE coalesce({', '.join(told)}) END"


_KNOWN = (
    "MAP {"
    + ", ".join(f"'{word}': '{name}'" for name, words in WORDS.items() for word in words)
    + ", "
    + ", ".join(f"'{word}': ''" for word in ("", *NO_LEVEL))
    + "}"
)


def _unknown(word: str) -> str:
    return f"'{UNKNOWN}' || left({_plain_word(word)}, {LONGEST_TOLD})"


def _plain_word(word: str) -> str:
    """Returns SQL that normalises a word; libraries colour levels even in JSON."""
    return f"lower(trim(regexp_replace({word}, {sql_literal(ANSI)}, '', 'g')))"


def _in_scale(word: str, scale: Scale) -> str:
    """Returns SQL for the level of a number in a scale; NULL for other texts and numbers outside it."""
    number = f"try_cast({word} AS DOUBLE)"
    steps = "".join(f" WHEN {number} >= {begin} THEN nullif('{name}', '')" for begin, name in reversed(scale))
    return f"CASE{steps} END" if scale else "NULL"
