r"""Files of docker's driver json-file: ``{"log":"...\n","stream":"stdout","time":"2026-01-12T00:00:00.123456789Z"}``.

docker splits long lines into pieces of 16 KB; all but the last lack a line feed, and the next entry of the same stream
continues them. The message itself may begin with a level.
"""

from typing import Any

from logparse.formats.format import Format
from logparse.formats.sql.json_entries import LINE_CLASS, LINE_ORDER, entry_columns, parsed, recogniser, texts
from logparse.formats.sql.json_times import sql_time
from logparse.formats.sql.leading_level import leading_level, without_level
from logparse.formats.sql.tool_lines import tidy

_SHAPE = texts("log stream time")

_COLUMNS = entry_columns(
    line_class=f"CASE WHEN continues THEN 'continuation' ELSE {LINE_CLASS} END",
    time="CASE WHEN NOT continues THEN time END",
    level=leading_level("words"),
    message=f"CASE WHEN time IS NULL THEN line ELSE {without_level('words')} END",
    truncated="time IS NOT NULL AND NOT is_whole AND NOT continues",
)

SELECT = f"""
WITH {parsed(_SHAPE)}, timed AS (
    SELECT *, CASE WHEN row.log IS NOT NULL THEN {sql_time("row.time", utc_only=True)} END AS time,
        rtrim({tidy("row.log")}, chr(13) || chr(10)) AS words,
        coalesce(ends_with(row.log, chr(10)), TRUE) AS is_whole
    FROM entries
), told AS (
    SELECT *, time IS NOT NULL AND NOT coalesce(
        lag(is_whole) OVER (PARTITION BY file, time IS NULL, row.stream ORDER BY {LINE_ORDER}), TRUE) AS continues
    FROM timed
)
SELECT
    {_COLUMNS}
FROM told
"""


def is_entry(entry: dict[str, Any]) -> bool:
    """Tells whether an entry is a line of docker's."""
    return isinstance(entry.get("log"), str) and isinstance(entry.get("time"), str) and "stream" in entry


DOCKER_JSON = Format(
    name="docker-json",
    title="docker json-file",
    recognises=recogniser(is_entry),
    select=SELECT,
    needs="a JSON object with log, stream and time",
    ordered=True,
    as_written=True,
    is_json=True,
)
