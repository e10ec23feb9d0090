"""The journal of systemd: ``journalctl -o json`` (one entry a line) and ``-o json-pretty`` (one over many lines).

systemd gives priority 6 (info) to everything that a program prints, so such an entry has no level of its own.
``MESSAGE`` is a list of bytes if it holds unprintable characters, and null if it is too long.
"""

from typing import Any

from logparse.formats.format import Format
from logparse.formats.sql.json_entries import entry_columns, parsed, recogniser, texts
from logparse.formats.sql.json_times import sql_time
from logparse.formats.sql.leading_level import leading_level, without_level
from logparse.formats.sql.levels import SYSLOG, number
from logparse.formats.sql.tool_lines import tidy

_SHAPE = {**texts("__REALTIME_TIMESTAMP __CURSOR PRIORITY _TRANSPORT"), "MESSAGE": "JSON"}

_BYTES = """try(from_json(row.MESSAGE, '["UTINYINT"]'))"""
_HEX = f"""CASE WHEN len(list_filter({_BYTES}, lambda byte: byte IS NULL)) = 0
    THEN array_to_string(list_transform({_BYTES}, lambda byte: printf('%02X', byte)), '') END"""

_COLUMNS = entry_columns(
    level=f"coalesce({number('priority', SYSLOG)}, {leading_level('words')})",
    message=f"CASE WHEN time IS NULL THEN line ELSE {without_level('words')} END",
    id="row.__CURSOR",
    truncated="time IS NOT NULL AND json_type(row.MESSAGE) = 'NULL'",
)

SELECT = f"""
WITH {parsed(_SHAPE)}, timed AS (
    SELECT *, {sql_time("row.__REALTIME_TIMESTAMP")} AS time,
        CASE json_type(row.MESSAGE) WHEN 'VARCHAR' THEN row.MESSAGE ->> '$'
             WHEN 'ARRAY' THEN coalesce(try(decode(unhex({_HEX}))), row.MESSAGE::VARCHAR) ELSE '' END AS said,
        CASE WHEN row.PRIORITY <> '6' OR coalesce(row._TRANSPORT, '') <> 'stdout' THEN row.PRIORITY END AS priority
    FROM entries
), told AS (
    SELECT *, coalesce({tidy("said")}, '') AS words
    FROM timed
)
SELECT
    {_COLUMNS}
FROM told
"""


def is_entry(entry: dict[str, Any]) -> bool:
    """Tells whether an entry has the journal's own time."""
    return "__REALTIME_TIMESTAMP" in entry


JOURNALD = Format(
    name="journald",
    title="journald (journalctl -o json)",
    recognises=recogniser(is_entry),
    select=SELECT,
    needs="a JSON object with __REALTIME_TIMESTAMP",
    line_by_line=True,
    as_written=True,
    is_json=True,
)
