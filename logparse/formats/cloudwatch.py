r"""CloudWatch Logs: answers of the AWS CLI (``{"events": [...]}``), or single events, of an AWS Lambda or any other.

    {"timestamp": 1768176000123, "message": "2026-01-12T00:00:00.123Z\t<request>\tINFO\t[ARI] Done", "eventId": "..."}

The head that the Lambda runtime writes before a message, with the request and the level, is removed. A token for the
next page means that more was to come. The columns of a query (``@timestamp``, ``@message``) are read too.
"""

from typing import Any

from logparse.formats.format import Format
from logparse.formats.sql.json_entries import entry_columns, is_number, parsed, recogniser, texts
from logparse.formats.sql.json_times import sql_time
from logparse.formats.sql.levels import level
from logparse.formats.sql.tool_lines import tidy
from logparse.values.patterns import sql_literal

_SHAPE = texts("timestamp message eventId @timestamp @message @ptr")

_ID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z"
# Node: time, request, level; Python: level, time, request; the platform: time, request, words.
_HEAD = (
    rf"^(?:\[(\w+)\]\t{_TIME}\t({_ID})\t"
    rf"|{_TIME}[\t ]({_ID})[\t ](?:(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\t)?"
    rf"|{_TIME}\tundefined\t(\w+)\t)"
)
_PLATFORM = rf"^(?:START|END|REPORT) RequestId: ({_ID})"

_COLUMNS = entry_columns(
    level=level("concat(head.python, head.node, head.early)"),
    message="CASE WHEN time IS NULL THEN line ELSE words[strlen(regexp_extract(words, "
    + sql_literal(_HEAD)
    + ")) + 1:] END",
    id='coalesce(row.eventId, row."@ptr")',
    request="nullif(concat(head.request, head.platform, platform), '')",
)

SELECT = f"""
WITH {parsed(_SHAPE)}, timed AS (
    SELECT *, {sql_time('coalesce(row.timestamp, row."@timestamp")', utc_only=True)} AS time,
        rtrim({tidy("said")}, chr(13) || chr(10)) AS words
    FROM (SELECT *, coalesce(row.message, row."@message") AS said FROM entries)
), told AS (
    SELECT * EXCLUDE (time),
        CASE WHEN words IS NOT NULL THEN time END AS time,
        regexp_extract(words, {sql_literal(_HEAD)}, ['python', 'request', 'platform', 'node', 'early']) AS head,
        regexp_extract(words, {sql_literal(_PLATFORM)}, 1) AS platform
    FROM timed
)
SELECT
    {_COLUMNS}
FROM told
"""


def is_event(entry: dict[str, Any]) -> bool:
    """Tells whether an entry is an event of the service's answer, or a row of a query."""
    if isinstance(entry.get("@message"), str) and "@timestamp" in entry and "@ptr" in entry:
        return True
    return (
        is_number(entry.get("timestamp"))
        and isinstance(entry.get("message"), str)
        and bool({"eventId", "ingestionTime", "logStreamName"} & entry.keys())
    )


CLOUDWATCH = Format(
    name="cloudwatch",
    title="CloudWatch events",
    recognises=recogniser(is_event),
    select=SELECT,
    needs="a JSON object with timestamp, message and eventId or ingestionTime",
    line_by_line=True,
    is_json=True,
    row_limits=(10_000,),
)
