"""Rows of ``npx convex logs --jsonl``: one run of a function a line, its messages in ``logLines``.

The time of a row is in seconds, that of a message in ms. The values of a message are written as a console shows them:
texts in single quotes. Long actions give rows of kind "Progress" before the "Completion", which may repeat messages: a
message counts once in its request, by its time, text and number of occurrences in a row.
"""

from typing import Any

from logparse.formats.format import Format
from logparse.formats.sql.json_entries import LINE_CLASS, LINE_ORDER, entry_columns, entry_steps, recogniser, texts
from logparse.formats.sql.json_times import sql_time
from logparse.formats.sql.levels import level
from logparse.formats.sql.steps import Steps, statement
from logparse.values.records import SHARES

_SHAPE = {**texts("kind identifier timestamp requestId error"), "logLines": ["JSON"]}
_LINE = """{"messages": ["VARCHAR"], "isTruncated": "BOOLEAN", "timestamp": "VARCHAR", "level": "VARCHAR"}"""

# A text in single quotes; an escaped backslash is set aside while the other escapes are decoded.
_SHOWN = r"""
list_transform(entry.messages, lambda value: CASE
    WHEN NOT regexp_matches(value, '(?s)^''.*''$') THEN value
    WHEN NOT contains(value, '\') THEN value[2:-2]
    ELSE replace(replace(replace(replace(replace(replace(replace(replace(replace(value[2:-2],
        '\\', chr(1)), '\n', chr(10)), '\r', chr(13)), '\t', chr(9)), '\''', ''''), '\"', '"'), chr(1), '\'),
        '\x1B', chr(27)), '\x1b', chr(27)) END)
"""

_COLUMNS = entry_columns(
    line_class=f"CASE WHEN is_repeat THEN 'duplicate' ELSE {LINE_CLASS} END",
    opens_line=f"place <> '{SHARES}' AND row_number() OVER (PARTITION BY file, number ORDER BY position) = 1",
    level="level",
    message="CASE WHEN time IS NULL THEN line ELSE message END",
    id="id",
    request="row.requestId",
    truncated="coalesce(is_truncated, FALSE)",
)

STEPS: Steps = {
    **entry_steps(_SHAPE),
    "placed": f"""
SELECT *, CASE WHEN row.kind IS NOT NULL THEN {sql_time("row.timestamp")} END AS row_time
FROM entries
""",
    # Older deployments write a message as one text, "[LOG] 'words'".
    "said": f"""
SELECT *,
    list_transform(row.logLines, lambda each: CASE json_type(each)
        WHEN 'OBJECT' THEN try(from_json(each, '{_LINE}'))
        WHEN 'VARCHAR' THEN {{
            messages: [regexp_replace(each ->> '$', '^\\[\\w+\\] ', '')], isTruncated: FALSE,
            timestamp: NULL, level: regexp_extract(each ->> '$', '^\\[(\\w+)\\] ', 1)}} END) AS written
FROM placed
""",
    "messages": """
SELECT * EXCLUDE (written), unnest(written) AS entry, generate_subscripts(written, 1) AS position
FROM said WHERE row_time IS NOT NULL AND len(row.logLines) > 0
""",
    # After the messages of a run its error; or an empty message, if it printed nothing and has none.
    "told": f"""
SELECT file, number, line, place, row, position,
    coalesce({sql_time("entry.timestamp")}, row_time) AS time,
    {level("entry.level")} AS level,
    array_to_string({_SHOWN}, ' ') AS message,
    entry.isTruncated AS is_truncated
FROM messages
UNION ALL
SELECT file, number, line, place, row, 1000000, row_time,
    CASE WHEN row.error IS NOT NULL THEN 'error' END, coalesce(row.error, ''), FALSE
FROM placed WHERE row_time IS NULL OR row.error IS NOT NULL OR coalesce(len(row.logLines), 0) = 0
""",
    "counted": """
SELECT *, coalesce(message, '') AS words, row_number() OVER (
    PARTITION BY file, number, time, level, message ORDER BY position) AS occurrence
FROM told
""",
    "identified": """
SELECT * EXCLUDE (message, words), words AS message,
    CASE WHEN time IS NOT NULL AND row.requestId <> ''
         THEN concat_ws('|', row.requestId, row.identifier, epoch_us(time), level, occurrence, md5(words)) END AS id
FROM counted
""",
    "ranked": f"""
SELECT *, CASE WHEN id IS NULL THEN 1 ELSE row_number() OVER (PARTITION BY file, id ORDER BY {LINE_ORDER}) END AS rank
FROM identified
""",
    "kept": "SELECT *, min(rank) OVER (PARTITION BY file, number) > 1 AS all_repeated FROM ranked",
    # A row without anything new keeps one line, which accounts for it.
    "once": """
SELECT * EXCLUDE (time), all_repeated AS is_repeat, CASE WHEN NOT all_repeated THEN time END AS time
FROM kept
WHERE rank = 1 OR all_repeated
QUALIFY NOT all_repeated OR row_number() OVER (PARTITION BY file, number ORDER BY position) = 1
""",
    "records": f"SELECT\n    {_COLUMNS}\nFROM once",
}
"""The steps from lines to records: a row of ``told`` is a message, of ``once`` one that no earlier row held."""


def is_run(entry: dict[str, Any]) -> bool:
    """Tells whether an entry is a run of a function, or a part of one."""
    return entry.get("kind") in ("Completion", "Progress") and isinstance(entry.get("logLines"), list)


CONVEX_ROWS = Format(
    name="convex-rows",
    title="Convex rows (npx convex logs --jsonl)",
    recognises=recogniser(is_run),
    select=statement(STEPS),
    needs="a JSON object with kind, logLines and timestamp",
    has_requests=True,
    ordered=True,
    is_json=True,
)
