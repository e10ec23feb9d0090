"""SQL from lines of JSON to messages, in our own form, the provider's, or that of an export.

The parts of a message are found by their usual names, at several places of an entry; anything else in it is ignored. A
line may hold one entry, an array of them, or an answer of the provider with the entries under ``data``.
"""

import json
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from logparse.formats.sql.json_entries import HALF_SURROGATE
from logparse.formats.sql.json_times import sql_time
from logparse.formats.sql.steps import Steps, statement
from logparse.tables import table
from logparse.values.patterns import sql_literal

LONGEST_TEXT = 10_000
"""The number of characters used of a message; the provider allows less than half of that."""

PLACES: Mapping[str, Sequence[str]] = table("transcripts/places")["places"]
"""The places of each part of a message in an entry; the first present one counts."""

AUTHORS: Mapping[str, Sequence[str]] = table("transcripts/places")["authors"]
"""The words of a direction that mean the user, and those that mean the bot."""

PROBLEMS = {
    "json": "is no JSON object",
    "conversation": "names no conversation",
    "time": "tells no time, in ISO 8601 or since 1970",
    "direction": "does not say who wrote it: a direction is user or bot, inbound or outbound",
    "text": "holds no text",
}
"""Reasons why a line is no message, in the order of the checks."""


EITHER = frozenset({"conversation", "text", "message", "contact", "sender", "author", "content", "body"})
"""Keys that hold a plain value in some entries and an object in others; any other key holds only one kind."""


def messages_of(lines: str) -> str:
    """Returns the SELECT of the messages of ``lines`` (file, number, line), one row an entry.

    Columns: file, number, conversation, time (UTC), own (the bot wrote it), text, id, reply_to, and problem: why it is
    no message, NULL if it is one.
    """
    return statement(message_steps(lines))


def message_steps(lines: str) -> Steps:
    """Returns the steps from ``lines`` to messages."""
    return {
        # Half surrogate pairs, which would not be JSON, are replaced.
        "whole": f"""
SELECT file, number, CASE WHEN json_valid(line) THEN line
    ELSE regexp_replace(line, {sql_literal(HALF_SURROGATE)}, '\\\\ufffd', 'g') END AS line
FROM ({lines})
""",
        **_STEPS,
    }


def _shape() -> dict[str, Any]:
    """Returns the keys to read of an entry, in the form for DuckDB's from_json, so that it is parsed only once."""
    shape: dict[str, Any] = {}
    for place in chain.from_iterable(PLACES.values()):
        *outer, name = place.split(".")
        if outer and outer[0] in EITHER:
            outer, name = [], outer[0]
        inside = shape
        for each in outer:
            inside = inside.setdefault(each, {})
        inside[name] = "JSON" if name in EITHER and not outer else "VARCHAR"
    return shape


def _first(part: str) -> str:
    """Returns SQL for a part of a message, as text, from the first of its places that holds a plain value."""
    return f"coalesce({', '.join(map(_value, PLACES[part]))})"


def _value(place: str) -> str:
    top, _, below = place.partition(".")
    if top not in EITHER:
        return "row." + ".".join(f'"{name}"' for name in place.split("."))
    if below:
        return f"""CASE WHEN json_type(row."{top}") = 'OBJECT' THEN row."{top}" ->> '$.{below}' END"""
    return f"""CASE WHEN json_type(row."{top}") NOT IN ('OBJECT', 'ARRAY') THEN row."{top}" ->> '$' END"""


def _wrote(author: str) -> str:
    """Returns SQL that tests whether a direction means the user or the bot."""
    return f"direction IN ({', '.join(map(sql_literal, AUTHORS[author]))})"


_STEPS: Steps = {
    # An answer of the provider is told by its beginning.
    "typed": """
SELECT file, number, line, try(json_type(line)) AS type,
    starts_with(line, '{"data"') OR starts_with(line, '{"messages"') AS answer
FROM whole
""",
    # One entry a row; a line without any keeps a row without an entry.
    "entries": """
SELECT file, number, line::JSON AS entry, type FROM typed
WHERE type = 'OBJECT' AND NOT answer
UNION ALL
SELECT file, number, entry, json_type(entry) FROM (
    SELECT file, number, unnest(CASE
        WHEN type = 'ARRAY' THEN from_json(line, '["JSON"]')
        WHEN json_type(line, '$.data') = 'ARRAY' THEN from_json(line::JSON -> '$.data', '["JSON"]')
        WHEN json_type(line, '$.messages') = 'ARRAY' THEN from_json(line::JSON -> '$.messages', '["JSON"]')
        ELSE [line::JSON] END) AS entry
    FROM typed
    WHERE type = 'ARRAY' OR (type = 'OBJECT' AND answer)
)
UNION ALL
SELECT file, number, NULL, NULL FROM typed WHERE coalesce(type, '') NOT IN ('OBJECT', 'ARRAY')
""",
    "shaped": f"""
SELECT file, number, type, try(from_json(entry, {sql_literal(json.dumps(_shape()))})) AS row FROM entries
""",
    "named": f"""
SELECT file, number, type,
    {_first("conversation")} AS conversation,
    {_first("time")} AS written,
    lower(trim({_first("direction")})) AS direction,
    {_first("own")} AS own_flag,
    {_first("text")} AS said,
    lower({_first("medium")}) AS medium,
    {_first("id")} AS id,
    {_first("reply_to")} AS reply_to
FROM shaped
""",
    # A message without text gets its kind in brackets.
    "read": f"""
SELECT file, number, type, conversation, {sql_time("written")} AS time,
    CASE WHEN {_wrote("user")} THEN FALSE WHEN {_wrote("bot")} THEN TRUE
         ELSE try_cast(own_flag AS BOOLEAN) END AS own,
    left(CASE WHEN coalesce(said, '') = '' AND medium NOT IN ('text', 'message', 'chat')
        THEN '[' || medium || ']' ELSE said END, {LONGEST_TEXT}) AS text,
    coalesce(id, '') AS id, coalesce(reply_to, '') AS reply_to
FROM named
""",
    # The problems are keys of PROBLEMS.
    "judged": """
SELECT file, number, conversation, time, own, text, id, reply_to,
    CASE WHEN coalesce(type, '') <> 'OBJECT' THEN 'json'
         WHEN coalesce(trim(conversation), '') = '' THEN 'conversation'
         WHEN time IS NULL THEN 'time'
         WHEN own IS NULL THEN 'direction'
         WHEN text IS NULL THEN 'text' END AS problem
FROM read
""",
}
"""The steps from whole lines to messages, one row an entry."""
