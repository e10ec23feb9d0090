"""Deliveries of a Vercel log drain, as JSON arrays or NDJSON: one entry a message, at least once, in any order.

An entry has an id of its own, so a repeated delivery counts once. A request that printed nothing has an entry without
``message``. Entries of a build do not come from the running bot: they are left out, like another environment's.
"""

from typing import Any

from logparse.formats.format import Format
from logparse.formats.sql.json_entries import entry_columns, parsed, recogniser, texts
from logparse.formats.sql.json_times import sql_time
from logparse.formats.sql.levels import level

_SHAPE = {
    **texts("id timestamp level message source requestId statusCode path environment deploymentId projectId"),
    "proxy": texts("method path statusCode"),
}

# The status of the proxy is what the caller saw; -1 there only means a revalidation in the background.
_STATUS = """CASE WHEN try_cast(row.statusCode AS INTEGER) <> 0 THEN try_cast(row.statusCode AS INTEGER)
    WHEN try_cast(row.proxy.statusCode AS INTEGER) > 0 THEN try_cast(row.proxy.statusCode AS INTEGER) ELSE 0 END"""

_COLUMNS = entry_columns(
    level=level("row.level"),
    message="CASE WHEN time IS NULL THEN line ELSE coalesce(rtrim(row.message, chr(10)), '') END",
    id="row.id",
    request="row.requestId",
    method="row.proxy.method",
    status=_STATUS,
    path="coalesce(row.proxy.path, row.path)",
    environment="CASE WHEN row.source = 'build' THEN 'build' ELSE row.environment END",
    deployment="CASE WHEN row.source <> 'build' THEN row.deploymentId END",
    project="CASE WHEN row.source <> 'build' THEN nullif(row.projectId, '') END",
)

SELECT = f"""
WITH {parsed(_SHAPE)}, timed AS (
    SELECT *, CASE WHEN row.id IS NOT NULL THEN {sql_time("row.timestamp")} END AS time FROM entries
)
SELECT
    {_COLUMNS}
FROM timed
"""


def is_entry(entry: dict[str, Any]) -> bool:
    """Tells whether an entry is one of a log drain, with its own id and the deployment's."""
    return {"id", "timestamp", "deploymentId", "source"} <= entry.keys() and not {
        "logs",
        "responseStatusCode",
        "rowId",
    } & entry.keys()


LOG_DRAIN = Format(
    name="log-drain",
    title="Vercel log drain",
    recognises=recogniser(is_entry),
    select=SELECT,
    needs="a JSON object with id, timestamp and deploymentId",
    line_by_line=True,
    carries_status=True,
    has_requests=True,
    is_json=True,
)
