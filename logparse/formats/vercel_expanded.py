"""Output of ``vercel logs --expand`` for people, on stderr: a line for each request, with its messages below.

    TIME         HOST             LEVEL
    14:24:25.82  bot.example.com  info   λ POST /api/webhook/kapso
    [Webhook] Signature verified
    [ARI] Response sent in 2704ms

Times are local, without a date, or with month and day but no year if the rows span days. The messages of a request
follow one a line (the tool flattens line breaks) up to a blank line. They have no level: that of the request is the
level of its worst message. So a request of level info or warning has no error; in one of level error or fatal, the
first message that sounds like it gets that level, and the others are classified by the patterns of errors.
"""

import re
from collections.abc import Mapping

from logparse.formats.format import Format
from logparse.formats.sql.columns import BLANK, columns
from logparse.formats.sql.levels import level
from logparse.formats.sql.local_time import MONTHS, ambiguous, sql_utc
from logparse.formats.sql.missing_date import DAYS
from logparse.formats.sql.steps import Steps, statement
from logparse.formats.sql.tool_lines import SURE_LINE, TOOL_LINE, text_recogniser, without_colours
from logparse.values.patterns import sql_literal

HEAD = (
    rf"^(?:({'|'.join(MONTHS)}) +(\d\d?) )?(\d\d:\d\d:\d\d\.\d\d) +(\S+) +(debug|info|warning|error|fatal) +"
    r"\S+ ([A-Z]+) +(\S.*?)\s*$"
)
"""The line of a request: month and day, clock, host, level, a symbol for its source, method and path."""

_SOUNDS_BAD = r"(?i)^[^{]*(?:error|exception|warning|fail|invalid|unable|cannot|could not|missing|denied|timed? ?out)"

CLEAN = f"SELECT file, number, first_date, {without_colours('line')} AS line FROM lines"

HEADS = f"""
SELECT *,
    regexp_extract(line, {sql_literal(HEAD)}, ['month', 'day', 'clock', 'host', 'level', 'method', 'path']) AS head
FROM ({CLEAN})
"""

CLOCKED = f"""
SELECT number, try_cast(head.clock AS INTERVAL) AS clock FROM ({HEADS}) WHERE head.clock <> '' AND head.month = ''
"""

_DATE_OF_MONTH = f"""
(SELECT try_cast(concat_ws('-', years.year, list_position({list(MONTHS)}, head.month), head.day) AS DATE) AS date
 FROM (SELECT unnest([year(first_date) - 1, year(first_date), year(first_date) + 1]) AS year) AS years
 ORDER BY abs(date_diff('day', date, first_date)) NULLS LAST LIMIT 1)
"""
"""SQL for the date of a month and day, in the year that puts it nearest to the soak's first date."""

_COLUMNS = columns(
    line_class=f"""CASE WHEN time IS NOT NULL THEN 'records' WHEN {BLANK} THEN 'blank'
         WHEN request_number IS NOT NULL THEN CASE WHEN local IS NULL THEN 'rejected' ELSE 'continuation' END
         WHEN regexp_matches(line, {sql_literal(TOOL_LINE)}) THEN 'banner' ELSE 'rejected' END""",
    time="time",
    level=f"CASE WHEN head.level NOT IN ('error', 'fatal') OR badness = 1 THEN {level('head.level')} END",
    message="CASE WHEN is_head AND time IS NOT NULL THEN '' ELSE line END",
    method="head.method",
    path="head.path",
    ambiguous=f"time IS NOT NULL AND {ambiguous('local')}",
)

STEPS: Steps = {
    # A request extends from its line to the next one; lines after a blank line belong to none.
    "headed": f"""
SELECT *, count(*) FILTER (head.clock <> '') OVER placed AS request_number,
    coalesce(max(number) FILTER ({BLANK}) OVER placed, 0) AS blank_at,
    max(number) FILTER (head.clock <> '') OVER placed AS head_at
FROM ({HEADS})
WINDOW placed AS (ORDER BY number ROWS UNBOUNDED PRECEDING)
""",
    "clocked": "SELECT number, try_cast(head.clock AS INTERVAL) AS clock FROM headed WHERE head.clock <> ''",
    **DAYS,
    "requests": f"""
SELECT request_number, head,
    CASE WHEN head.month = '' THEN first_date + day::INTEGER ELSE {_DATE_OF_MONTH} END + days.clock AS local
FROM headed JOIN days USING (number)
""",
    "belonging": f"""
SELECT headed.file, headed.number, headed.line, requests.head, requests.local,
    headed.head.clock <> '' AS is_head,
    CASE WHEN headed.number = head_at OR (head_at > blank_at AND NOT regexp_matches(line, {sql_literal(SURE_LINE)}))
         THEN headed.request_number END AS request_number
FROM headed LEFT JOIN requests ON requests.request_number = headed.request_number
""",
    "ranked": f"""
SELECT *, count(*) FILTER (NOT is_head) OVER (PARTITION BY request_number) AS messages,
    row_number() OVER (PARTITION BY request_number
                       ORDER BY is_head, NOT regexp_matches(line, {sql_literal(_SOUNDS_BAD)}), number) AS badness
FROM belonging
""",
    "timed": f"""
SELECT *, CASE WHEN request_number IS NOT NULL AND (NOT is_head OR messages = 0) THEN {sql_utc("local")} END AS time
FROM ranked
""",
    "records": f"SELECT {_COLUMNS} FROM timed",
}
"""The steps from lines to records, including those that find the date of each request."""

_FETCHED = re.compile(r"Fetched ([\d,]+) logs?")
_FETCHING = re.compile(r"Fetching logs")
TOOL_LIMITS = (100, 10_000)
"""The numbers of requests at which the tool stops: by default, and with the documented option."""


def _lacks(banners: Mapping[str, int], rows: int) -> str:
    fetched = {banner: found for banner in banners if (found := _FETCHED.match(banner))}
    numbers = [int(found[1].replace(",", "")) for found in fetched.values()]
    if stopped := [number for number in numbers if number in TOOL_LIMITS]:
        return f"exactly {stopped[0]:,} requests were fetched, where the tool stops: older ones may be missing"
    begun = sum(count for banner, count in banners.items() if _FETCHING.match(banner))
    if begun > sum(banners[banner] for banner in fetched):
        return "the tool's closing line ('Fetched N logs') is missing: it stopped before the end"
    return ""


VERCEL_EXPANDED = Format(
    name="vercel-expanded",
    title="Vercel text for people (vercel logs --expand)",
    recognises=text_recogniser(HEAD),
    select=statement(STEPS),
    needs="a line with time, host, level, method and path, or a message below one",
    ordered=True,
    clocked=CLOCKED,
    lacks=_lacks,
)
