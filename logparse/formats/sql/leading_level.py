"""A level in front of a message, as programs print it that know of no other place: ``INFO [ARI] Done``."""

from logparse.formats.iso_text import LEVEL
from logparse.formats.sql.levels import level
from logparse.values.patterns import sql_literal

_HEAD = rf"^\s*(?:({LEVEL})[ \t]*)"


def leading_level(text: str) -> str:
    """SQL for the level that a text begins with; NULL where it begins with none."""
    return level(f"trim(regexp_extract({text}, {sql_literal(_HEAD)}, 1), '[]:')")


def without_level(text: str) -> str:
    """SQL for a text without the level that it begins with."""
    return f"regexp_replace({text}, {sql_literal(_HEAD)}, '')"
