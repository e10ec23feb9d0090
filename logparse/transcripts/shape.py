"""SQL from lines of JSON to messages, in our own form, the provider's, or that of an export.

The parts of a message are found by their usual names, at several places of an entry; anything else in it is ignored. A
line may hold one entry, an array of them, or an answer of the provider with the entries under ``data``.
"""

import json
from collections.abc import Sequence
from typing import Any

from logparse.formats.sql.json_entries import HALF_SURROGATE
from logparse.formats.sql.json_times import sql_time
from logparse.formats.sql.steps import Steps, statement
from logparse.values.patterns import sql_literal

LONGEST_TEXT = 10_000
"""The number of characters used of a message; the provider allows less than half of that."""

CONVERSATION = (
    "conversation.id",
    "conversation_id",
    "conversationId",
    "kapso.whatsapp_conversation_id",
    "whatsapp_conversation_id",
    "conversation",
    "chat_id",
    "chatId",
    "thread_id",
    "threadId",
    "session_id",
    "sessionId",
    "contact_id",
    "contactId",
    "contact",
    "kapso.phone_number",
    "phone_number",
    "phoneNumber",
    "phone",
    "wa_id",
)
"""The places of the conversation's key in an entry; the first present one counts."""

TIME = ("time", "timestamp", "sent_at", "sentAt", "created_at", "createdAt", "date", "_creationTime")

DIRECTION = ("direction", "kapso.direction", "role", "sender_type", "senderType", "sender", "author", "from_type")

USER = ("user", "inbound", "incoming", "in", "received", "customer", "client", "contact", "human", "visitor", "lead")
BOT = ("bot", "outbound", "outgoing", "out", "sent", "assistant", "ai", "agent", "model", "business")

OWN = ("from_me", "fromMe", "is_bot", "isBot", "key.fromMe")
"""Flags that are true if the bot wrote a message."""

TEXT = (
    "text.body",
    "text",
    "body",
    "kapso.content",
    "content",
    "message.text",
    "message.conversation",
    "message",
    "button.text",
    "interactive.button_reply.title",
    "interactive.list_reply.title",
    "interactive.body.text",
    "image.caption",
    "video.caption",
    "document.caption",
)

MEDIUM = ("type", "message_type", "messageType", "kapso.message_type", "media_type", "mediaType")

ID = ("id", "message_id", "messageId", "whatsapp_message_id", "wamid", "_id", "key.id")

REPLY_TO = ("reply_to", "replyTo", "in_reply_to", "inReplyTo", "context.id", "context.message_id", "quoted_id")

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
        "whole": whole(lines),
        "typed": typed(),
        "entries": entries(),
        "shaped": f"""
SELECT file, number, type, try(from_json(entry, {sql_literal(json.dumps(_shape()))})) AS row FROM entries
""",
        "named": named(),
        "read": read(),
        "judged": judged(),
    }


def whole(lines: str) -> str:
    """Replaces half surrogate pairs in the lines, which would not be JSON."""
    return f"""
SELECT file, number, CASE WHEN json_valid(line) THEN line
    ELSE regexp_replace(line, {sql_literal(HALF_SURROGATE)}, '\\\\ufffd', 'g') END AS line
FROM ({lines})
"""


def typed() -> str:
    """Adds the JSON type of each line, and whether it begins like an answer of the provider."""
    return """
SELECT file, number, line, try(json_type(line)) AS type,
    starts_with(line, '{"data"') OR starts_with(line, '{"messages"') AS answer
FROM whole
"""


def entries() -> str:
    """Splits each line into its entries, one a row; a line without any keeps a row without an entry."""
    return """
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
"""


def named() -> str:
    """Takes each part of an entry from the first of its places that holds it."""
    return f"""
SELECT file, number, type,
    {_first(CONVERSATION)} AS conversation,
    {_first(TIME)} AS written,
    lower(trim({_first(DIRECTION)})) AS direction,
    {_first(OWN)} AS own_flag,
    {_first(TEXT)} AS said,
    lower({_first(MEDIUM)}) AS medium,
    {_first(ID)} AS id,
    {_first(REPLY_TO)} AS reply_to
FROM shaped
"""


def read() -> str:
    """Converts the parts: the time to UTC, the author to ``own``; a message without text gets its kind in brackets."""
    return f"""
SELECT file, number, type, conversation, {sql_time("written")} AS time,
    CASE WHEN direction IN {_list(USER)} THEN FALSE WHEN direction IN {_list(BOT)} THEN TRUE
         ELSE try_cast(own_flag AS BOOLEAN) END AS own,
    left(CASE WHEN coalesce(said, '') = '' AND medium NOT IN ('text', 'message', 'chat')
        THEN '[' || medium || ']' ELSE said END, {LONGEST_TEXT}) AS text,
    coalesce(id, '') AS id, coalesce(reply_to, '') AS reply_to
FROM named
"""


def judged() -> str:
    """Adds why an entry is no message, as a key of PROBLEMS; NULL if it is one."""
    return """
SELECT file, number, conversation, time, own, text, id, reply_to,
    CASE WHEN coalesce(type, '') <> 'OBJECT' THEN 'json'
         WHEN coalesce(trim(conversation), '') = '' THEN 'conversation'
         WHEN time IS NULL THEN 'time'
         WHEN own IS NULL THEN 'direction'
         WHEN text IS NULL THEN 'text' END AS problem
FROM read
"""


def _shape() -> dict[str, Any]:
    """Returns the keys to read of an entry, in the form for DuckDB's from_json, so that it is parsed only once."""
    shape: dict[str, Any] = {}
    for place in (*CONVERSATION, *TIME, *DIRECTION, *OWN, *TEXT, *MEDIUM, *ID, *REPLY_TO):
        *outer, name = place.split(".")
        if outer and outer[0] in EITHER:
            outer, name = [], outer[0]
        inside = shape
        for each in outer:
            inside = inside.setdefault(each, {})
        inside[name] = "JSON" if name in EITHER and not outer else "VARCHAR"
    return shape


def _first(places: Sequence[str]) -> str:
    """Returns SQL for the first of several places in an entry that holds a plain value, as text."""
    return "coalesce(" + ", ".join(map(_value, places)) + ")"


def _value(place: str) -> str:
    top, _, below = place.partition(".")
    if top not in EITHER:
        return "row." + ".".join(f'"{name}"' for name in place.split("."))
    if below:
        return f"""CASE WHEN json_type(row."{top}") = 'OBJECT' THEN row."{top}" ->> '$.{below}' END"""
    return f"""CASE WHEN json_type(row."{top}") NOT IN ('OBJECT', 'ARRAY') THEN row."{top}" ->> '$' END"""


def _list(words: Sequence[str]) -> str:
    return "(" + ", ".join(sql_literal(word) for word in words) + ")"
