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
    """Every page of rows is the first again, to as many rows as there are."""
    rows = content.splitlines(keepends=True)
    return b"".join(rows[number % TOOL_PAGE_ROWS] for number in range(len(rows)))


def garbled(content: bytes) -> bytes:
    """Twenty lines among the others that are neither a row nor text with a time."""
    rows = content.splitlines(keepends=True)
    return b"".join([*rows[:10], *[b'{"id": "sin1::garbled", "timestamp": }\n'] * 20, *rows[10:]])


def single_messages(content: bytes) -> bytes:
    """Rows as an older tool writes them: one message of each request, and no list of them all."""
    rows = [json.loads(row) for row in content.splitlines()]
    for row in rows:
        del row["logs"]
    return "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows).encode()


def truncated(content: bytes) -> bytes:
    """The platform cut each row's longest message off after 60 characters, and said so."""
    rows = [json.loads(row) for row in content.splitlines()]
    for row in rows:
        if row["logs"]:
            longest = max(row["logs"], key=lambda entry: len(entry["message"]))
            longest |= {"message": longest["message"][:60], "messageTruncated": True}
    return "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows).encode()


def failed_midway(content: bytes) -> bytes:
    """The tool told of an error in the middle and went on."""
    return _with_line_in_the_middle(content, "✗ Failed to fetch logs: 502 Bad Gateway\n".encode())


def exceeded(content: bytes) -> bytes:
    """The platform stopped keeping logs for a while."""
    return _with_line_in_the_middle(content, b"Error: Exceeded runtime logs limit\n")


def blank(_content: bytes) -> bytes:
    """A file of blank lines."""
    return b"\n \n\n"


def page_of_the_web(_content: bytes) -> bytes:
    """Something else altogether: the page that a proxy shows to who is not signed in."""
    return b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head>\n<body>Please sign in.</body></html>\n"


def said_twice(content: bytes) -> bytes:
    """Every twentieth line was delivered twice."""
    rows = content.splitlines(keepends=True)
    return b"".join(row * 2 if at % 20 == 0 else row for at, row in enumerate(rows))


def newest_lost(content: bytes) -> bytes:
    """Text without its last quarter of an hour, to the middle of a line."""
    lines = content.splitlines(keepends=True)
    return b"".join(lines[:-25])[:-20]


def _with_line_in_the_middle(content: bytes, line: bytes) -> bytes:
    rows = content.splitlines(keepends=True)
    return b"".join([*rows[: len(rows) // 2], line, *rows[len(rows) // 2 :]])


def below_limit(content: bytes) -> bytes:
    """One row less than the tool brings unasked, the newest."""
    return b"".join(content.splitlines(keepends=True)[: TOOL_ROW_LIMIT - 1])


def four_unreadable(content: bytes) -> bytes:
    """Four more lines that are no row."""
    return content + b"?\n" * 4


def five_unreadable(content: bytes) -> bytes:
    """Five more lines that are no row."""
    return content + b"?\n" * 5
