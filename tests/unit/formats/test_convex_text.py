"""Text of Convex: local times as languages write them, quoted texts with escapes, failures without a level."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from logparse.formats import recognise
from logparse.formats.convex_text import CONVEX_TEXT
from tests.builders.counted import START, Counter
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import STYLES, write_text
from tests.scenarios.writers.convex_text import LOCALES, write_convex_text

pytestmark = pytest.mark.counts

TIME = "1/29/2026, 3:42:19 PM"
SOURCE = "[CONVEX A(kapso:processARI)]"


def _record(counter: Counter, line: str, timezone: str = "UTC") -> dict[str, Any]:
    (record,) = counter.records(line.encode() + b"\n", CONVEX_TEXT, timezone=timezone)
    return record


@pytest.mark.parametrize(
    ("name", "written", "time"),
    [
        ("American", "1/29/2026, 3:42:19 PM", datetime(2026, 1, 29, 15, 42, 19)),
        ("American, newer Node", "1/29/2026, 3:42:19\u202fPM", datetime(2026, 1, 29, 15, 42, 19)),
        ("American, the first hour", "1/2/2026, 12:00:00 AM", datetime(2026, 1, 2)),
        ("American, noon", "1/2/2026, 12:00:00 PM", datetime(2026, 1, 2, 12)),
        ("Australian", "02/01/2026, 3:42:19 pm", datetime(2026, 1, 2, 15, 42, 19)),
        ("Colombian", "2/1/2026, 3:42:19 p.\u00a0m.", datetime(2026, 1, 2, 15, 42, 19)),
        ("Canadian", "2026-01-02, 3:42:19 p.m.", datetime(2026, 1, 2, 15, 42, 19)),
        ("British", "02/01/2026, 15:42:19", datetime(2026, 1, 2, 15, 42, 19)),
        ("French", "02/01/2026 15:42:19", datetime(2026, 1, 2, 15, 42, 19)),
        ("German", "2.1.2026, 15:42:19", datetime(2026, 1, 2, 15, 42, 19)),
        ("Czech", "2. 1. 2026 15:42:19", datetime(2026, 1, 2, 15, 42, 19)),
        ("Dutch", "2-1-2026, 15:42:19", datetime(2026, 1, 2, 15, 42, 19)),
        ("Indonesian", "2/1/2026, 15.42.19", datetime(2026, 1, 2, 15, 42, 19)),
        ("Swedish", "2026-01-02 15:42:19", datetime(2026, 1, 2, 15, 42, 19)),
        ("Japanese", "2026/1/2 5:42:19", datetime(2026, 1, 2, 5, 42, 19)),
    ],
)
def test_a_time_is_read_as_its_language_writes_it(counter: Counter, name: str, written: str, time: datetime) -> None:
    """Capital AM and PM stand behind a month first; otherwise the year or the day is first."""
    line = f"{written} {SOURCE} [LOG] 'x'"
    record = _record(counter, line)
    assert recognise([line]) is CONVEX_TEXT, name
    assert (record["line_class"], record["time"], record["message"]) == ("records", time, "x"), name


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("the day first, with capital PM", "29/1/2026, 3:42:19 PM"),
        ("the month first, without AM or PM", "1/29/2026, 15:42:19"),
        ("no such day", "31.2.2026, 15:42:19"),
        ("no such hour", "1/29/2026, 25:42:19"),
        ("an hour of 24 with PM", "1/29/2026, 15:42:19 PM"),
        ("no such second", "2.1.2026, 15:42:61"),
    ],
)
def test_a_time_that_cannot_be_is_rejected(counter: Counter, name: str, written: str) -> None:
    """Days and months are not swapped to fit: the same file holds others where nobody would notice."""
    record = _record(counter, f"{written} {SOURCE} [LOG] 'x'")
    assert (record["line_class"], record["time"]) == ("rejected", None), name


@pytest.mark.parametrize(
    ("name", "said", "level", "message"),
    [
        ("a text", "[LOG] '[ARI] Response sent in 5ms'", "info", "[ARI] Response sent in 5ms"),
        ("a warning", "[WARN] 'slow'", "warn", "slow"),
        ("an error", "[ERROR] '[ARI] Kapso send failed'", "error", "[ARI] Kapso send failed"),
        ("an apostrophe", r"[LOG] 'it\'s'", "info", "it's"),
        ("a line break", r"[LOG] 'one\ntwo'", "info", "one\ntwo"),
        ("a backslash in front of an n", r"[LOG] 'C:\\new'", "info", r"C:\new"),
        ("colour inside a text", r"[LOG] '\x1B[31mred\x1B[39m'", "info", "red"),
        ("several texts", "[LOG] 'Response' 'sent'", "info", "Response sent"),
        ("a text and JSON", """[LOG] 'Received:' '{"a":"b"}'""", "info", 'Received: {"a":"b"}'),
        ("a text and a number", "[ERROR] 'Claude API error:' 429", "error", "Claude API error: 429"),
        ("a text and an error", "[ERROR] 'Failed' Error: Can't connect", "error", "Failed Error: Can't connect"),
        ("an object alone", "[LOG] { a: 1 }", "info", "{ a: 1 }"),
        ("nothing", "[LOG] ", "info", ""),
        ("an empty text", "[LOG] ''", "info", ""),
        ("a quote of a user", r"""[LOG] 'No rule for "[LOG] \'x\'"'""", "info", """No rule for "[LOG] 'x'\""""),
        ("a failure", "Uncaught Error: fetch failed", "error", "Uncaught Error: fetch failed"),
        ("a failure of the platform", "There are no available workers", "error", "There are no available workers"),
        ("the end of a function", "Function executed in 434 ms", "info", "Function executed in 434 ms"),
    ],
)
def test_what_was_said_is_taken_out_of_its_quotes(
    counter: Counter, name: str, said: str, level: str, message: str
) -> None:
    """Patterns see the message as the bot printed it; a failure has no level and is an error."""
    record = _record(counter, f"{TIME} {SOURCE} {said}")
    assert (record["level"], record["message"], record["truncated"]) == (level, message, False), name


def test_a_line_that_was_cut_off_is_told(counter: Counter) -> None:
    """The tool says so in words of its own, which are none of the message."""
    record = _record(counter, f"{TIME} {SOURCE} [LOG] '[Webhook] Received pay' (truncated due to length)")
    assert (record["message"], record["truncated"]) == ("[Webhook] Received pay", True)


@pytest.mark.parametrize(
    ("name", "line", "line_class"),
    [
        ("a stack", "    at async handler (../../convex/x.ts:25:15)", "continuation"),
        ("the inside of an object", "  a: 'x',", "continuation"),
        ("nothing", "", "blank"),
        ("a message without a time", "[ARI] Response sent in 1ms", "rejected"),
        ("a row", '{"id": "a"}', "rejected"),
        ("the tool's first line", "Watching logs for production deployment fine-mongoose-647...", "banner"),
        ("what the tool says of its pushes", "✔ 18:09:48 Convex functions ready! (3.2s)", "banner"),
        ("a lost connection", "Convex [WARN] Failed to fetch logs. Waiting 1000ms before next retry.", "banner"),
        ("a time without a source", f"{TIME} [LOG] 'x'", "continuation"),
    ],
)
def test_a_line_without_a_time_has_a_class(counter: Counter, name: str, line: str, line_class: str) -> None:
    """It continues the record above, unless it looks like a message or like a tool's own words."""
    assert _record(counter, line)["line_class"] == line_class, name


@pytest.mark.parametrize(
    ("zone", "written", "utc", "ambiguous"),
    [
        ("Europe/Berlin", "10/25/2026, 2:30:00 AM", None, True),
        ("Europe/Berlin", "10/25/2026, 3:30:00 AM", datetime(2026, 10, 25, 2, 30), False),
        ("Europe/Berlin", "3/29/2026, 2:30:00 AM", None, True),
        ("America/New_York", "11/1/2026, 1:30:00 AM", None, True),
        ("America/New_York", "3/8/2026, 2:30:00 AM", None, True),
        ("America/New_York", "3/8/2026, 3:00:00 AM", datetime(2026, 3, 8, 7), False),
        ("Asia/Jakarta", "10/25/2026, 2:30:00 AM", datetime(2026, 10, 24, 19, 30), False),
    ],
)
def test_an_hour_that_the_clock_repeats_or_skips_is_ambiguous(
    counter: Counter, zone: str, written: str, utc: datetime | None, ambiguous: bool
) -> None:
    """Local times are read in the zone of the settings, and where that has two answers or none, it is said."""
    record = _record(counter, f"{written} {SOURCE} [LOG] 'x'", timezone=zone)
    assert record["ambiguous"] is ambiguous
    assert utc is None or record["time"] == utc


@pytest.mark.parametrize("locale", LOCALES)
def test_a_day_gives_the_same_numbers_in_every_language(counter: Counter, locale: str) -> None:
    """As text with ISO times of the same second does."""
    day = [
        replace(
            request,
            time_ms=request.time_ms // 1000 * 1000,
            messages=tuple(replace(m, offset_ms=m.offset_ms // 1000 * 1000) for m in request.messages),
        )
        for request in steady_day(START, deliveries=40, handled_errors=0.1)
    ]
    dated = counter.count(write_text(day, STYLES["levels"]))
    local = counter.count(write_convex_text(day, ZoneInfo("Asia/Jakarta"), locale), timezone="Asia/Jakarta")
    assert local.metrics == dated.metrics
    assert local.metrics.deliveries == 40
    assert local.lines == {"records": local.metrics.records}
