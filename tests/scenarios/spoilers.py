"""Log files damaged the way collecting goes wrong: one function a kind of damage.

Each gets what a whole fetch would have brought and answers with what was found in its place; None is no file.
"""

import json
from collections.abc import Callable

Spoiler = Callable[[bytes], bytes | None]

TOOL_ROW_LIMIT = 100
TOOL_PAGE_ROWS = 50


def missing(_content: bytes) -> None:
    """Nobody fetched this window."""


def empty(_content: bytes) -> bytes:
    """The fetch wrote its rows elsewhere, or found none."""
    return b""


def refused(_content: bytes) -> bytes:
    """The tool's own words about an option it does not have, in place of logs."""
    return b"Vercel CLI 60.0.0 (Node.js 20.20.2)\nError: unknown or unexpected option: --production\n"


def torn(content: bytes) -> bytes:
    """The fetch ended in the middle of a row."""
    return content[: -len(content.splitlines()[-1]) // 2]


def limited(content: bytes) -> bytes:
    """Only as many rows as the tool brings unasked, the newest: the older ones are simply not there."""
    return b"".join(content.splitlines(keepends=True)[:TOOL_ROW_LIMIT])


def repeating(content: bytes) -> bytes:
    """The second page of rows is the first again."""
    rows = content.splitlines(keepends=True)
    return b"".join(rows[:TOOL_PAGE_ROWS] + rows[: len(rows) - TOOL_PAGE_ROWS])


def garbled(content: bytes) -> bytes:
    """Twenty lines among the rows that are no JSON."""
    rows = content.splitlines(keepends=True)
    return b"".join([*rows[:10], *[b'{"id": "sin1::garbled", "timestamp": \n'] * 20, *rows[10:]])


def single_messages(content: bytes) -> bytes:
    """Rows as an older tool writes them: one message of each request, and no list of them all."""
    rows = [json.loads(row) for row in content.splitlines()]
    for row in rows:
        del row["logs"]
    return "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows).encode()
