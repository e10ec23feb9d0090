"""SQL for a log level at the start of a message: ``INFO [ARI] Done``."""

from logparse.formats.iso_text import LEVEL
from logparse.formats.sql.levels import level
from logparse.values.patterns import sql_literal

_HEAD = rf"^\s*(?:({LEVEL})[ \t]*)"


def leading_level(text: str) -> str:
    """Returns SQL for the level at the start of a text; NULL if there is none."""
    return level(f"trim(regexp_extract({text}, {sql_literal(_HEAD)}, 1), '[]:')")


def without_level(text: str) -> str:
    """Returns SQL that removes the level at the start of a text."""
    return f"regexp_replace({text}, {sql_literal(_HEAD)}, '')"
