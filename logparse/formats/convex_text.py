"""Output of ``npx convex logs``: console lines and failures of Convex functions.

    1/29/2026, 3:42:19 PM [CONVEX A(kapso:processARI)] [LOG] '[ARI] Response sent in 1834ms (grok-3)'
    29.1.2026, 15:42:19 [CONVEX A(kapso:processARI)] Uncaught Error: fetch failed

Each argument is in single quotes, with JavaScript's escapes. Times are local, in the form of the machine's language:
with AM or PM in capitals the month comes first, as in the United States; otherwise the day, unless the year does. A
line whose date is impossible in this order is rejected.
"""

from logparse.formats.format import Format
from logparse.formats.sql.columns import columns
from logparse.formats.sql.levels import level
from logparse.formats.sql.local_time import ambiguous, sql_utc
from logparse.formats.sql.tool_lines import text_recogniser, without_colours
from logparse.formats.sql.untimed_lines import STAMPED_CLASS
from logparse.values.patterns import sql_literal

_SPACE = "[ \u00a0\u202f]"
"""A space, or one of those that newer Node writes before AM and PM."""

STAMP = (
    rf"^(\d{{1,4}})[/.-]{_SPACE}?(\d{{1,2}})[/.-]{_SPACE}?(\d{{1,4}})\.?,?{_SPACE}"
    rf"(\d{{1,2}})[:.](\d\d)[:.](\d\d)(?:{_SPACE}?([AaPp]\.?{_SPACE}?[Mm]\.?))?"
)
LINE = rf"{STAMP} \[CONVEX [A-Z]\([^)]*\)\] (?:\[(LOG|DEBUG|INFO|WARN|ERROR)\] ?)?(.*)$"
_PARTS = ["first", "second", "third", "hour", "minute", "seconds", "half", "level", "said"]

TRUNCATED = " (truncated due to length)"
"""The tool's mark after a line whose end the platform cut off."""

_QUOTED_TEXT = r"'((?:[^'\\]|\\.)*)'"
_HELD = "chr(64976)"
"""A noncharacter in place of a backslash while the other escapes are decoded."""

_UNQUOTED = f"regexp_replace(said, {sql_literal(f'(^| ){_QUOTED_TEXT}')}, '\\1\\2', 'g')"


def _unescaped(text: str) -> str:
    """Returns SQL that decodes JavaScript's escapes; drops bytes in hexadecimal, except the escape character."""
    text = rf"replace({text}, '\\', {_HELD})"
    text = rf"replace({text}, '\''', '''')"
    for sign, meant in (("n", "chr(10)"), ("t", "chr(9)"), ("r", "chr(13)"), ("b", "''"), ("f", "''")):
        text = rf"replace({text}, '\{sign}', {meant})"
    text = rf"regexp_replace({text}, '\\x1[bB]', chr(27), 'g')"
    return rf"replace(regexp_replace({text}, '\\x[0-9A-Fa-f]{{2}}', '', 'g'), {_HELD}, '\')"


_LEVEL = f"""
CASE WHEN part.level <> '' THEN {level("part.level")} WHEN starts_with(said, 'Function executed in ') THEN 'info'
     ELSE 'error' END
"""
"""SQL for the level; without one, the tool reports a failure or (``--success``) the function's end."""

_MESSAGE = f"CASE WHEN contains(said, '''') THEN {_unescaped(_UNQUOTED)} ELSE said END"

SELECT = f"""
WITH parsed AS (
    SELECT file, number, line, regexp_extract(line, {sql_literal(LINE)}, {_PARTS}) AS part
    FROM (SELECT file, number, {without_colours("line")} AS line FROM lines)
), told AS (
    SELECT *, part.first <> '' AS is_stamped, upper(left(part.half, 1)) AS half,
        try_cast(CASE WHEN length(part.first) = 4 THEN [part.first, part.second, part.third]
             WHEN part.half IN ('AM', 'PM') THEN [part.third, part.first, part.second]
             ELSE [part.third, part.second, part.first] END AS BIGINT[]) AS date,
        try_cast(part.hour AS BIGINT) AS hour, ends_with(part.said, '{TRUNCATED}') AS is_cut
    FROM parsed
), timed AS (
    SELECT *,
        CASE WHEN half = '' OR hour BETWEEN 1 AND 12
             THEN try(make_timestamp(date[1], date[2], date[3],
                  CASE half WHEN '' THEN hour WHEN 'A' THEN hour % 12 ELSE hour % 12 + 12 END,
                  try_cast(part.minute AS BIGINT), try_cast(part.seconds AS DOUBLE))) END AS local,
        CASE WHEN is_cut THEN left(part.said, -{len(TRUNCATED)}) ELSE part.said END AS said
    FROM told
)
SELECT
    {
    columns(
        line_class=STAMPED_CLASS,
        time=sql_utc("local"),
        level=f"CASE WHEN local IS NOT NULL THEN {_LEVEL} END",
        message=f"CASE WHEN local IS NOT NULL THEN {_MESSAGE} ELSE line END",
        truncated="local IS NOT NULL AND is_cut",
        ambiguous=f"coalesce({ambiguous('local')}, FALSE)",
    )
}
FROM timed
"""

CONVEX_TEXT = Format(
    name="convex-text",
    title="Convex text (npx convex logs)",
    recognises=text_recogniser(LINE),
    select=SELECT,
    needs="a local date and time, and [CONVEX ...] behind it",
    line_by_line=True,
)
