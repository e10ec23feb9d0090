"""The live tail printed by Vercel's command line (CLI 35.0 to 50.11, later with ``--follow``): a block a message.

    15:42:18.55  ℹ️  POST  200  bot.example.com  ƒ  /api/webhook/kapso
    ------------------------------------------------------------------
    [ARI] Response sent in 1834ms

The header becomes the record, with the message below the rule; further lines of the message continue it. Lines of the
tool come between blocks only. Times are local and have no date. The status is ``---`` while a request is running, and
after a crash; no id links the messages of one request.
"""

from logparse.formats.format import Format
from logparse.formats.sql.columns import BLANK, columns
from logparse.formats.sql.local_time import ambiguous, sql_utc
from logparse.formats.sql.missing_date import DAYS
from logparse.formats.sql.steps import common_tables
from logparse.formats.sql.tool_lines import text_recogniser, without_colours
from logparse.formats.sql.untimed_lines import UNTIMED_CLASS
from logparse.values.patterns import sql_literal

CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d\d"
HEADER = (
    rf"^({CLOCK}) +(🚫|⚠|ℹ)" + "\ufe0f? +"
    r"(?:([A-Z]+) +)?(---|\d{1,3}) +(?:([^\s/]\S+) +)?(?:[^\s/] +)?([/*]\S*)?\s*$"
)
"""Time, level, method, status, host, where the function ran (a symbol, or nothing), path."""

RULE = r"^-{20,}$"
CUT = "…"
"""The tool's mark after a message whose end the platform cut off."""

_PARTS = ["clock", "sign", "method", "status", "host", "path"]

_TOLD = f"""
told AS (
    SELECT *, regexp_matches(lead(line) OVER (ORDER BY number), '{RULE}') AND header.clock <> '' AS opens
    FROM (
        SELECT file, number, first_date, line, {BLANK} AS is_blank,
            regexp_extract(line, {sql_literal(HEADER)}, {_PARTS}) AS header
        FROM (SELECT file, number, first_date, {without_colours("line")} AS line FROM lines)
    )
)
"""

CLOCKED = f"WITH {_TOLD} SELECT number, try_cast(header.clock AS INTERVAL) AS clock FROM told WHERE opens"

_LINE_CLASS = f"""
CASE WHEN opens THEN 'records' WHEN header.clock <> '' THEN 'rejected'
     WHEN within AND NOT is_blank THEN 'continuation'
     ELSE {UNTIMED_CLASS} END
"""

SELECT = f"""
WITH {_TOLD}, clocked AS (
    SELECT number, try_cast(header.clock AS INTERVAL) AS clock FROM told WHERE opens
), {common_tables(DAYS)}, blocks AS (
    SELECT *,
        lead(line, 2) OVER lines_on AS message,
        count(*) FILTER (opens) OVER lines_on AS block,
        -- A message ends at a blank line; a line in it that looks like a tool's is still the bot's.
        coalesce(max(number) FILTER (is_blank) OVER lines_on, 0) < max(number) FILTER (opens) OVER lines_on + 2
            AS within
    FROM told WINDOW lines_on AS (ORDER BY number)
), dated AS (
    SELECT blocks.*, first_date + to_days(day::INTEGER) + clock AS local,
        ends_with(max_by(line, number) FILTER (within AND NOT is_blank) OVER (PARTITION BY block), '{CUT}') AS is_cut
    FROM blocks LEFT JOIN days USING (number)
)
SELECT
    {
    columns(
        line_class=_LINE_CLASS,
        time=f"CASE WHEN opens THEN {sql_utc('local')} END",
        level="CASE WHEN opens THEN CASE header.sign WHEN '🚫' THEN 'error' WHEN '⚠' THEN 'warn' ELSE 'info' END END",
        message="CASE WHEN opens THEN coalesce(message, '') ELSE line END",
        method="CASE WHEN opens THEN nullif(header.method, '') END",
        status="CASE WHEN opens THEN coalesce(try_cast(header.status AS INTEGER), 0) END",
        path="CASE WHEN opens THEN nullif(header.path, '') END",
        truncated="opens AND coalesce(is_cut, FALSE)",
        ambiguous=f"opens AND {ambiguous('local')}",
    )
}
FROM dated
"""

VERCEL_TAIL = Format(
    name="vercel-tail",
    title="Vercel live tail (vercel logs --follow)",
    recognises=text_recogniser(HEADER),
    select=SELECT,
    needs="a header with the time of day, a level sign, the status and the path, and a rule below it",
    carries_status=True,
    ordered=True,
    clocked=CLOCKED,
)
