"""What a line of text is that holds no record of its own: blank, a tool's, rejected, or more of the record above."""

from logparse.formats.sql.columns import BLANK
from logparse.formats.sql.tool_lines import TOOL_LINE
from logparse.values.patterns import sql_literal

PREFIX = r"\[[A-Z][\w ]*\] "
"""How the bot's messages begin, in text that may as well be a user's."""

LOOKS_LIKE_A_MESSAGE = rf'^(?:{PREFIX}|\s*\{{".*\}}\s*$|\d{{4}}-\d\d-\d\d[T ]\d\d:)'
"""Matches a message without its time, a row of JSON, and a time that could not be read."""

UNTIMED_CLASS = f"""
CASE WHEN {BLANK} THEN 'blank' WHEN regexp_matches(line, {sql_literal(TOOL_LINE)}) THEN 'banner'
     WHEN regexp_matches(line, {sql_literal(LOOKS_LIKE_A_MESSAGE)}) THEN 'rejected' ELSE 'continuation' END
"""
"""SQL for the class of such a ``line``: what looks like a message is rejected, for it may be lost or a user's own."""
