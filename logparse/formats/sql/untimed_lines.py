"""Classification of text lines without a timestamp: blank, banner, rejected, continuation."""

from logparse.formats.sql.columns import BLANK
from logparse.formats.sql.tool_lines import TOOL_LINE
from logparse.values.patterns import sql_literal

PREFIX = r"\[[A-Z][\w ]*\] "
"""The usual start of the bot's messages, in text that may also be a user's."""

LOOKS_LIKE_A_MESSAGE = rf'^(?:{PREFIX}|\s*\{{".*\}}\s*$|\d{{4}}-\d\d-\d\d[T ]\d\d:)'
"""Matches a message without its time, a row of JSON, and an unreadable time."""

UNTIMED_CLASS = f"""
CASE WHEN {BLANK} THEN 'blank' WHEN regexp_matches(line, {sql_literal(TOOL_LINE)}) THEN 'banner'
     WHEN regexp_matches(line, {sql_literal(LOOKS_LIKE_A_MESSAGE)}) THEN 'rejected' ELSE 'continuation' END
"""
"""SQL for the class of such a ``line``: one like a message is rejected, as it may be lost or a user's own."""

STAMPED_CLASS = f"CASE WHEN local IS NOT NULL THEN 'records' WHEN is_stamped THEN 'rejected' ELSE {UNTIMED_CLASS} END"
"""SQL for the class of a line with a ``local`` time, which is NULL if what ``is_stamped`` is no possible time."""
