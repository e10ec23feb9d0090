"""Syslog in files (RFC 3164): month, day and local time, but no year, which follows from the soak.

Oct 11 22:14:15 host bot[1234]: [ARI] Response sent in 1834ms
"""

from logparse.formats.format import Format
from logparse.formats.sql.columns import columns
from logparse.formats.sql.local_time import MONTHS, ambiguous, sql_utc
from logparse.formats.sql.tool_lines import text_recogniser, without_colours
from logparse.formats.sql.untimed_lines import STAMPED_CLASS
from logparse.values.patterns import sql_literal

LINE = (
    rf"^(?:<\d{{1,3}}>)?({'|'.join(MONTHS)}) +(\d\d?) (\d\d):(\d\d):(\d\d(?:\.\d{{1,6}})?) "
    r"[\w.:-]+ [^\s:\[]+(?:\[[^\]]*\])?: ?(.*)$"
)
"""A priority (optional), the time, host, program, process (optional), and the message."""

_PARTS = ["month", "day", "hour", "minute", "second", "said"]

# No line has a clock without a date, so ``first_date`` is the day on which the soak starts.
CLOCKED = "SELECT number, NULL::INTERVAL AS clock FROM lines WHERE FALSE"

SELECT = f"""
WITH parsed AS (
    SELECT file, number, first_date, line, regexp_extract(line, {sql_literal(LINE)}, {_PARTS}) AS part
    FROM (SELECT file, number, first_date, {without_colours("line")} AS line FROM lines)
), told AS (
    SELECT *, part.month <> '' AS is_stamped, list_position({list(MONTHS)}, part.month)::BIGINT AS month FROM parsed
), timed AS (
    SELECT *,
        -- The year around the start of the soak in which the month is nearest to it.
        CASE WHEN is_stamped THEN try(make_timestamp(
            year(first_date) + CASE WHEN month - month(first_date) > 6 THEN -1
                                    WHEN month - month(first_date) < -6 THEN 1 ELSE 0 END,
            month, try_cast(part.day AS BIGINT), try_cast(part.hour AS BIGINT), try_cast(part.minute AS BIGINT),
            try_cast(part.second AS DOUBLE))) END AS local
    FROM told
)
SELECT
    {
    columns(
        line_class=STAMPED_CLASS,
        time=sql_utc("local"),
        message="CASE WHEN local IS NOT NULL THEN part.said ELSE line END",
        ambiguous=f"coalesce({ambiguous('local')}, FALSE)",
    )
}
FROM timed
"""

SYSLOG_TEXT = Format(
    name="syslog-text",
    title="syslog text (RFC 3164)",
    recognises=text_recogniser(LINE),
    select=SELECT,
    needs="month, day, time, host and program in front of the message",
    clocked=CLOCKED,
)
