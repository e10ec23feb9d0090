"""Text copied by "Copy logs" of the Vercel dashboard: a banner, then one message a line, newest first.

    -------------------------------------------
    Copied 2 logs from Vercel Dashboard
    - Project: bot (prj_1)
    - Search query: (no search query applied)
    - Search timestamps: 2026-01-12T00:00:00.000Z to 2026-01-12T04:00:00.000Z
    - Format: JSONL
    -------------------------------------------

    {"requestId":"...","timestamp":1768176000000,"level":"info","message":"...","responseStatusCode":200,...}

A line has the time of its request. The banner holds the number of lines and the search query. If no request has a
second line, only the first message of each was copied, and most events are missing.
"""

import re
from collections.abc import Mapping
from typing import Any

from logparse.formats.format import Format
from logparse.formats.sql.json_entries import LINE_CLASS, entry_columns, parsed, recogniser, texts
from logparse.formats.sql.json_times import sql_time
from logparse.formats.sql.levels import level
from logparse.formats.sql.tool_lines import without_colours
from logparse.values.patterns import sql_literal

_SHAPE = {
    **texts("requestId timestamp deploymentId projectId environment level message"),
    **texts("requestMethod requestPath responseStatusCode"),
    "messageTruncated": "BOOLEAN",
}

BANNER = (
    r"^(?:-{20,}\s*$|.{0,40}Copied \d+ logs? from Vercel Dashboard"
    r"|- (?:Project|Team|Search query|Search timestamps|Dashboard URL|Format|Documentation|Deployment|Environment): )"
)
_COPIED = re.compile(r"Copied (\d{1,15}) logs? from Vercel Dashboard")
_QUERY = re.compile(r"- Search query: (?!\(no search query applied\))(.*)")

_COLUMNS = entry_columns(
    line_class=f"""CASE WHEN time IS NULL AND regexp_matches({without_colours("line")}, {sql_literal(BANNER)})
        THEN 'banner' ELSE {LINE_CLASS} END""",
    level=level("row.level"),
    message="CASE WHEN time IS NULL THEN line ELSE coalesce(row.message, '') END",
    request="row.requestId",
    method="row.requestMethod",
    status="coalesce(try_cast(row.responseStatusCode AS INTEGER), 0)",
    path="row.requestPath",
    environment="row.environment",
    deployment="row.deploymentId",
    project="nullif(row.projectId, '')",
    partial="time IS NOT NULL AND is_single AND coalesce(row.message, '') <> ''",
    truncated="coalesce(row.messageTruncated, FALSE)",
)

SELECT = f"""
WITH {parsed(_SHAPE)}, timed AS (
    SELECT *, CASE WHEN row.requestId IS NOT NULL THEN {sql_time("row.timestamp")} END AS time FROM entries
), told AS (
    SELECT *,
        count(row.requestId) OVER (PARTITION BY file)
            = count(DISTINCT row.requestId) OVER (PARTITION BY file) AS is_single
    FROM timed
)
SELECT
    {_COLUMNS}
FROM told
"""


def is_row(entry: dict[str, Any]) -> bool:
    """Tells whether an entry is a row with the id of its request in place of one of its own."""
    return (
        "requestId" in entry
        and "timestamp" in entry
        and not {"id", "logs", "rowId"} & entry.keys()
        and len({"requestPath", "deploymentId", "responseStatusCode"} & entry.keys()) >= 2
    )


def _lacks(banners: Mapping[str, int], rows: int) -> str:
    """Returns what is missing according to the banner: absent rows, or those excluded by a search."""
    for banner in banners:
        if found := _QUERY.search(banner):
            return f"the dashboard showed only what a search found ({found[1].strip()}): copy without a search query"
    copied = sum(int(found[1]) * count for banner, count in banners.items() if (found := _COPIED.search(banner)))
    return f"{copied:,} logs were copied, but only {rows:,} are here" if rows < copied else ""


VERCEL_DASHBOARD = Format(
    name="vercel-dashboard",
    title="Vercel dashboard copy",
    recognises=recogniser(is_row),
    select=SELECT,
    needs="a JSON object with requestId and timestamp",
    carries_status=True,
    has_requests=True,
    is_json=True,
    lacks=_lacks,
)
