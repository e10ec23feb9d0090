"""Vercel's live tail: each block is one record, dated from the soak; every other line has a class of its own."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from logparse.formats import recognise
from logparse.formats.vercel_tail import VERCEL_TAIL
from tests.builders.counted import Counter

HEADER = "15:42:18.55  ℹ️  POST  200  bot.example.com  ƒ  /api/webhook/kapso"
RULE = "-" * len(HEADER)
DAY = date(2026, 1, 12)


def _records(counter: Counter, *lines: str, first: date = DAY, timezone: str = "UTC") -> list[dict[str, Any]]:
    content = "\n".join([*lines, ""]).encode()
    return counter.records(content, VERCEL_TAIL, timezone=timezone, first_date=first)


def _classes(counter: Counter, *lines: str) -> list[str]:
    return [record["line_class"] for record in _records(counter, *lines)]


@pytest.mark.parametrize(
    ("name", "header", "told"),
    [
        ("an error", HEADER.replace("ℹ️", "🚫"), ("error", "POST", 200, "/api/webhook/kapso")),
        ("a warning", HEADER.replace("ℹ️", "⚠️"), ("warn", "POST", 200, "/api/webhook/kapso")),
        ("a sign without its selector", HEADER.replace("ℹ️", "ℹ"), ("info", "POST", 200, "/api/webhook/kapso")),
        ("no status yet", HEADER.replace("200", "---"), ("info", "POST", 0, "/api/webhook/kapso")),
        ("a refused request", HEADER.replace("200", "401"), ("info", "POST", 401, "/api/webhook/kapso")),
        ("an edge function", HEADER.replace("ƒ", "ന"), ("info", "POST", 200, "/api/webhook/kapso")),
        ("middleware", HEADER.replace("ƒ", "ɛ"), ("info", "POST", 200, "/api/webhook/kapso")),
        ("no source", HEADER.replace("ƒ", " "), ("info", "POST", 200, "/api/webhook/kapso")),
        ("a query", HEADER + "?a=1&b=2", ("info", "POST", 200, "/api/webhook/kapso?a=1&b=2")),
        ("no path", HEADER.replace("/api/webhook/kapso", ""), ("info", "POST", 200, None)),
        ("neither host nor path", "15:42:18.55  ℹ️  POST  200    ƒ  ", ("info", "POST", 200, None)),
        ("copied with single spaces", " ".join(HEADER.split()), ("info", "POST", 200, "/api/webhook/kapso")),
        (
            "colour, a link and a byte order mark",
            "\ufeff\x1b[2m15:42:18.55\x1b[22m  ℹ️  \x1b[1mPOST\x1b[22m  \x1b[90m200\x1b[39m  "
            "\x1b]8;;https://a.b\x1b\\bot.example.com\x1b]8;;\x1b\\  ƒ  /a",
            ("info", "POST", 200, "/a"),
        ),
    ],
)
def test_a_header_tells_level_method_status_and_path(
    counter: Counter, name: str, header: str, told: tuple[object, ...]
) -> None:
    """Whatever of it is missing, the block is a record, and its message is what stands below the rule."""
    record = _records(counter, header, RULE, "[ARI] Response sent in 5ms", "")[0]
    assert recognise([header]) is VERCEL_TAIL, name
    assert (record["level"], record["method"], record["status"], record["path"]) == told, name
    assert (record["line_class"], record["message"]) == ("records", "[ARI] Response sent in 5ms"), name
    assert record["time"] == datetime(2026, 1, 12, 15, 42, 18, 550_000), name


@pytest.mark.parametrize(
    "line",
    [
        "25:42:18.55  ℹ️  POST  200  bot.example.com  ƒ  /a",
        "15:42:18.55  info  POST  200  bot.example.com  ƒ  /a",
        "15:42:18.55  ℹ️  bot.example.com  ƒ  /a",
        "at 15:42:18.55  ℹ️  POST  200  bot.example.com  ƒ  /a",
        RULE,
    ],
)
def test_what_only_resembles_a_header_is_none(line: str) -> None:
    """A time that no clock shows, a level in words, no status: such a line opens no block."""
    assert recognise([line]) is None


@pytest.mark.parametrize(
    ("name", "lines", "classes"),
    [
        (
            "a message of several lines",
            [HEADER, RULE, "[Store] Error: conflict", "    at write (/var/task/7.js:3:99)", ""],
            ["records", "continuation", "continuation", "continuation", "blank"],
        ),
        ("a request that printed nothing", [HEADER, RULE, "", ""], ["records", "continuation", "blank", "blank"]),
        (
            "what looks like another message, or a tool's line, inside a message",
            [HEADER, RULE, "halo", "[ARI] Response sent in 1ms", "✗ nope", '{"id": "a"}', ""],
            ["records", *["continuation"] * 5, "blank"],
        ),
        (
            "what looks like a message between the blocks",
            [HEADER, RULE, "halo", "", "[ARI] Response sent in 1ms", "halo"],
            ["records", "continuation", "continuation", "blank", "rejected", "continuation"],
        ),
        (
            "a header without a rule",
            [HEADER, "[ARI] Response sent in 1ms", ""],
            ["rejected", "rejected", "blank"],
        ),
        ("a header torn off", [HEADER, RULE, "a", "", HEADER], ["records", *["continuation"] * 2, "blank", "rejected"]),
        (
            "banners, and what the tool says at the end",
            [
                "Vercel CLI 49.1.2",
                "Displaying runtime logs for deployment a.vercel.app (dpl_F) starting from Jan Th 13:53:06.23",
                "",
                "waiting for new logs...",
                HEADER,
                RULE,
                "halo",
                "",
                "WARN! Exceeded runtime logs limit 3 log lines",
                "WARNING! Command automatically interrupted after 5 minutes.",
            ],
            ["banner", "banner", "blank", "banner", "records", *["continuation"] * 2, "blank", "banner", "banner"],
        ),
    ],
)
def test_every_line_has_a_class(counter: Counter, name: str, lines: list[str], classes: list[str]) -> None:
    """A message runs to the next blank line, and only there may the tool speak."""
    assert _classes(counter, *lines) == classes, name


@pytest.mark.parametrize(
    ("name", "message", "truncated"),
    [
        ("whole", ["[ARI] Response sent in 5ms"], False),
        ("cut in its only line", ["[Webhook] Received payload (masked): {…"], True),
        ("cut in a later line", ["[Webhook] Received payload (masked): {", '  "object": "wha…'], True),
        ("the sign in the middle", ["wait… done"], False),
    ],
)
def test_a_message_that_was_cut_off_is_told(counter: Counter, name: str, message: list[str], truncated: bool) -> None:
    """The tool puts three dots behind a message whose end is missing."""
    assert _records(counter, HEADER, RULE, *message, "")[0]["truncated"] is truncated, name


@pytest.mark.parametrize(
    ("name", "clocks", "days"),
    [
        ("forwards over midnight", ["23:59:59.99", "00:00:00.00", "00:00:01.00"], [12, 13, 13]),
        ("backwards over midnight", ["00:00:01.00", "00:00:00.00", "23:59:59.99"], [12, 12, 11]),
        ("a little out of order", ["10:00:02.00", "10:00:01.00", "10:00:03.00"], [12, 12, 12]),
        (
            "two midnights",
            ["23:30:00.00", "23:59:00.00", "12:00:00.00", "12:01:00.00", "08:00:00.00"],
            [12, 12, 13, 13, 14],
        ),
        ("two midnights backwards", ["08:00:00.00", "12:01:00.00", "12:00:00.00", "23:59:00.00"], [12, 11, 11, 10]),
        ("two lines, backwards over midnight", ["00:00:01.00", "23:59:59.00"], [12, 11]),
        ("two lines far apart", ["10:00:00.00", "23:30:00.00"], [12, 12]),
        ("one moment", ["10:00:00.00", "10:00:00.00"], [12, 12]),
    ],
)
def test_midnight_is_seen_in_the_order_of_the_lines(
    counter: Counter, name: str, clocks: list[str], days: list[int]
) -> None:
    """A leap against the run of the lines is another day."""
    blocks = [line for clock in clocks for line in (HEADER.replace("15:42:18.55", clock), RULE, "halo", "")]
    found = [record["time"].day for record in _records(counter, *blocks) if record["time"]]
    assert found == days, name


@pytest.mark.parametrize(
    ("zone", "first", "clock", "utc", "ambiguous"),
    [
        ("Europe/Berlin", date(2026, 10, 25), "02:30:00.00", None, True),
        ("Europe/Berlin", date(2026, 10, 25), "03:00:00.00", datetime(2026, 10, 25, 2), False),
        ("Europe/Berlin", date(2026, 3, 29), "02:30:00.00", None, True),
        ("Europe/Berlin", date(2026, 3, 29), "01:59:00.00", datetime(2026, 3, 29, 0, 59), False),
        ("America/New_York", date(2026, 11, 1), "01:30:00.00", None, True),
        ("America/New_York", date(2026, 11, 1), "02:00:00.00", datetime(2026, 11, 1, 7), False),
        ("America/New_York", date(2026, 3, 8), "02:30:00.00", None, True),
        ("Asia/Jakarta", date(2026, 10, 25), "02:30:00.00", datetime(2026, 10, 24, 19, 30), False),
    ],
)
def test_an_hour_that_the_clock_repeats_or_skips_is_ambiguous(
    counter: Counter, zone: str, first: date, clock: str, utc: datetime | None, ambiguous: bool
) -> None:
    """Local times are read in the zone of the settings, and where that has two answers or none, it is said."""
    header = HEADER.replace("15:42:18.55", clock)
    record = _records(counter, header, RULE, "halo", "", first=first, timezone=zone)[0]
    assert record["ambiguous"] is ambiguous
    assert utc is None or record["time"] == utc
