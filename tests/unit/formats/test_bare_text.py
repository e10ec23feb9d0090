"""Text without any time: messages by their prefix, and nothing of it where a file has times."""

from __future__ import annotations

import pytest

from logparse.formats import recognise
from logparse.formats.bare_text import BARE_TEXT
from logparse.formats.sql.tool_lines import plain_text
from tests.builders.counted import NO_TIME_READ, START, Counter
from tests.scenarios.bot import REPLY
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers.bare_text import write_bare

REPLIED = f"{REPLY}5ms"
ROW = '{"id": "a", "timestamp": 1768212932123, "logs": []}'


@pytest.mark.parametrize(
    ("name", "lines", "is_bare"),
    [
        ("messages", [REPLIED], True),
        ("a message among much else", ["    at x", "halo", REPLIED], True),
        ("messages below their times", ["2026-01-12T10:15:32Z halo", *[REPLIED] * 9], False),
        ("messages beside a row", [ROW, *[REPLIED] * 9], False),
        ("words alone", ["halo", "Error: no"], False),
    ],
)
def test_text_is_bare_only_where_nothing_tells_a_time(name: str, lines: list[str], is_bare: bool) -> None:
    """A single line of another format shows that times were lost, and then the others are not counted."""
    assert (recognise(lines) is BARE_TEXT) is is_bare, name


@pytest.mark.parametrize(
    ("name", "line", "line_class"),
    [
        ("a message", REPLIED, "records"),
        ("another webhook's", "[n8n Webhook] Received lead data: {}", "records"),
        ("a message in colour, behind a byte order mark", f"\ufeff\x1b[32m{REPLIED}\x1b[0m", "records"),
        ("a crash", "Uncaught Exception: TypeError: x is undefined", "records"),
        ("an unhandled rejection", "Unhandled Rejection: Error: x", "records"),
        ("a timeout", "Task timed out after 60.00 seconds", "records"),
        ("a function that exited", "RequestId: 7f Error: Runtime exited with error: signal: killed", "records"),
        ("a stack", "    at write (/var/task/7.js:3:99)", "continuation"),
        ("an indented message", f"  {REPLIED}", "records"),
        ("words", "Message sent to 6281", "continuation"),
        ("a list", "[1, 2]", "continuation"),
        ("a bracket alone", "[ARI]", "continuation"),
        ("white space", " \t", "blank"),
        ("a banner", "Vercel CLI 60.0.0", "banner"),
        ("a tool's error", "Error: unknown or unexpected option: --production", "banner"),
    ],
)
def test_every_line_has_a_class(counter: Counter, name: str, line: str, line_class: str) -> None:
    """A record has the time that stands for none."""
    (record,) = counter.records(line.encode() + b"\n", BARE_TEXT)
    assert record["line_class"] == line_class, name
    assert record["time"] == (NO_TIME_READ if line_class == "records" else None), name
    assert line_class != "records" or record["message"] == plain_text(line).lstrip(), name


def test_a_day_of_bare_text_counts(counter: Counter) -> None:
    """Each message of the bot is one record of its kind."""
    records = counter.records(write_bare(steady_day(START, deliveries=20)), BARE_TEXT)
    messages = [record["message"] for record in records if record["line_class"] == "records"]
    assert sum(message.startswith(REPLY) for message in messages) == 20
