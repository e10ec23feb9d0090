"""Messages without any time: they can only be counted.

    [ARI] Response sent in 1834ms

A line is a message if it begins with a bracketed prefix, like the bot's, or like a crash. Any other line continues the
message above. A user's line break cannot be told apart from the end of a message.
"""

from logparse.formats.crashes import LINE_OF_CRASH, TRACEBACK
from logparse.formats.format import Format
from logparse.formats.sql.columns import BLANK, columns
from logparse.formats.sql.tool_lines import TOOL_LINE, text_recogniser, without_colours
from logparse.values.patterns import sql_literal
from logparse.values.records import NO_TIME

PREFIXED = r"\[[A-Za-z][\w .:-]*\] \S"
_BLANKS = "[ \t\u00a0]*"
MESSAGE = rf"^{_BLANKS}(?:{PREFIXED}|{LINE_OF_CRASH}|{TRACEBACK})"
"""Matches the start of a message: a prefix, or a crash, which has none and must not be missed."""

_LINE_CLASS = f"""
CASE WHEN is_message THEN 'records' WHEN {BLANK} THEN 'blank'
     WHEN regexp_matches(line, {sql_literal(TOOL_LINE)}) THEN 'banner' ELSE 'continuation' END
"""

SELECT = f"""
WITH told AS (
    SELECT file, number, line, coalesce(regexp_matches(line, {sql_literal(MESSAGE)}), FALSE) AS is_message
    FROM (SELECT file, number, {without_colours("line")} AS line FROM lines)
)
SELECT
    {columns(line_class=_LINE_CLASS, time=f"CASE WHEN is_message THEN {NO_TIME} END", message="line")}
FROM told
"""

BARE_TEXT = Format(
    name="bare-text",
    title="bare text (messages without times)",
    recognises=text_recogniser(MESSAGE),
    select=SELECT,
    needs="a bracketed prefix like [ARI] in front of the message",
    line_by_line=True,
    timeless=True,
)
