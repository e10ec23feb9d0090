"""The log formats: each is known by its content, and its lines become records with time, level and message."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from logparse.formats import recognise
from logparse.formats.iso_text import ISO_TEXT
from logparse.formats.sql.tool_lines import first_problem, problem_of
from logparse.formats.vercel_rows import VERCEL_ROWS
from tests.builders.counted import Counter

TIME = "2026-01-12T10:15:32.123Z"
ROW = {
    "id": "sin1::a",
    "timestamp": 1768212932123,
    "level": "error",
    "message": "copy",
    "responseStatusCode": 200,
    "logs": [{"level": "info", "message": "one"}, {"level": "error", "message": "two"}],
}


def _row(**changes: object) -> str:
    """A Vercel row in which some keys are changed; those that are None are left out."""
    return json.dumps({key: value for key, value in {**ROW, **changes}.items() if value is not None})


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ([f"{TIME} a"], "iso-text"),
        (["2026-01-12 10:15:32 a"], "iso-text"),
        (["2026-01-12T10:15:32+0000"], "iso-text"),
        ([f"\x1b[2m{TIME} a\x1b[0m"], "iso-text"),
        ([f"\x1b[2m{TIME}\x1b[0m a"], "iso-text"),
        (["    at x", f"{TIME} a"], "iso-text"),
        ([_row()], "vercel-rows"),
        ([_row(logs=None)], "vercel-rows"),
        (["Vercel CLI 60.0.0", _row()], "vercel-rows"),
        ([_row(), f"{TIME} a", f"{TIME} b"], "iso-text"),
        ([_row(), _row(), f"{TIME} a"], "vercel-rows"),
    ],
)
def test_a_format_is_known_by_most_of_its_first_lines(lines: list[str], name: str) -> None:
    """No name of a file decides, only what stands in it."""
    found = recognise(lines)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Response sent in 5ms",
        "12.01.2026 10:15 a",
        "2026-01-12T10:15:32.123Zx",
        "1/29/2026, 3:42:19 PM [LOG] 'x'",
        '{"timestamp": 1}',
        '["id", "timestamp", "logs"]',
        '{"id": "a", "timestamp": 1, "logs": [',
        "[" * 100_000,
    ],
)
def test_what_is_in_no_format_is_not_taken_for_one(line: str) -> None:
    """Unknown lines stay unknown; the file is reported, not guessed at."""
    assert recognise([line]) is None


@pytest.mark.parametrize(
    ("line", "level", "message"),
    [
        (f"{TIME} [ARI] Done", None, "[ARI] Done"),
        (f"{TIME} INFO [ARI] Done", "info", "[ARI] Done"),
        (f"{TIME} info: [ARI] Done", "info", "[ARI] Done"),
        (f"{TIME} [warn] [ARI] Done", "warn", "[ARI] Done"),
        (f"{TIME} WARNING [ARI] Done", "warn", "[ARI] Done"),
        (f"{TIME} ERR [ARI] Done", "error", "[ARI] Done"),
        (f"{TIME} CRITICAL [ARI] Done", "fatal", "[ARI] Done"),
        (f"{TIME} panic: oh", "fatal", "oh"),
        (f"{TIME} app[web.1]: [ARI] Done", None, "[ARI] Done"),
        (f"{TIME} app[web.1]: ERROR [ARI] Done", "error", "[ARI] Done"),
        (f"{TIME} app[148e] sin [info][ARI] Done", None, "[ARI] Done"),
        (f"{TIME} host bot[1234]: [ARI] Done", None, "[ARI] Done"),
        (f"{TIME} host bot[1234]: ERROR [ARI] Done", "error", "[ARI] Done"),
        (f"{TIME} [info]: [ARI] Done", "info", "[ARI] Done"),
        (f"{TIME}: [ARI] Done", None, "[ARI] Done"),
        (f"\ufeff{TIME} [ARI] Done", None, "[ARI] Done"),
        (f"{TIME} stdout F [ARI] Done", None, "[ARI] Done"),
        (f"{TIME} stderr F ERROR [ARI] Done", "error", "[ARI] Done"),
        (f"{TIME} Information [ARI] Done", None, "Information [ARI] Done"),
        (f"{TIME} errors happen", None, "errors happen"),
        (f"{TIME} \x1b[31mERROR\x1b[0m [ARI] Done", "error", "[ARI] Done"),
        (f"{TIME} \x1b]8;;https://a.b\x07link\x1b]8;;\x07", None, "link"),
        (f"{TIME} ", None, ""),
        (f"{TIME}\t[ARI] Done", None, "[ARI] Done"),
    ],
)
def test_a_line_of_text_is_taken_apart(counter: Counter, line: str, level: str | None, message: str) -> None:
    """Prefix, level and colour are not the message, and a word that only begins like a level is no level."""
    (record,) = counter.records(line.encode() + b"\n", ISO_TEXT)
    assert (record["line_class"], record["level"], record["message"]) == ("records", level, message)


@pytest.mark.parametrize(
    ("stamp", "time"),
    [
        ("2026-01-12T10:15:32Z", datetime(2026, 1, 12, 10, 15, 32)),
        ("2026-01-12 10:15:32Z", datetime(2026, 1, 12, 10, 15, 32)),
        ("2026-01-12T10:15:32.5Z", datetime(2026, 1, 12, 10, 15, 32, 500_000)),
        ("2026-01-12T10:15:32,123Z", datetime(2026, 1, 12, 10, 15, 32, 123_000)),
        ("2026-01-12T10:15:32.123456789Z", datetime(2026, 1, 12, 10, 15, 32, 123_456)),
        ("2026-01-12T10:15:32+00:00", datetime(2026, 1, 12, 10, 15, 32)),
        ("2026-01-12T10:15:32+07:00", datetime(2026, 1, 12, 3, 15, 32)),
        ("2026-01-12T10:15:32.123-0330", datetime(2026, 1, 12, 13, 45, 32, 123_000)),
        ("2026-01-12T10:15:32.123456789+0700", datetime(2026, 1, 12, 3, 15, 32, 123_456)),
        ("2026-01-12 10:15:32 +07:00", datetime(2026, 1, 12, 3, 15, 32)),
        ("2026-01-12 10:15:32,5 -0330", datetime(2026, 1, 12, 13, 45, 32, 500_000)),
        ("2026-01-12 10:15:32.123 UTC", datetime(2026, 1, 12, 10, 15, 32, 123_000)),
        ("2026-01-12T10:15:32+00:00:", datetime(2026, 1, 12, 10, 15, 32)),
        ("2026-01-12T10:15:32", datetime(2026, 1, 12, 9, 15, 32)),
        ("2026-07-12 10:15:32.5", datetime(2026, 7, 12, 8, 15, 32, 500_000)),
    ],
)
def test_times_are_read_in_their_zone(counter: Counter, stamp: str, time: datetime) -> None:
    """An offset decides; a time without one is read in the zone of the settings, summer time included."""
    (record,) = counter.records(f"{stamp} a\n".encode(), ISO_TEXT, timezone="Europe/Berlin")
    assert (record["time"], record["message"]) == (time, "a")


@pytest.mark.parametrize(
    ("zone", "stamp", "ambiguous"),
    [
        ("Europe/Berlin", "2026-10-25 02:30:00", True),
        ("Europe/Berlin", "2026-10-25 02:30:00+02:00", False),
        ("Europe/Berlin", "2026-10-25 03:00:00", False),
        ("Europe/Berlin", "2026-03-29 02:30:00", True),
        ("Europe/Berlin", "2026-03-29 03:00:00", False),
        ("America/New_York", "2026-11-01 01:30:00", True),
        ("America/New_York", "2026-11-01 02:00:00", False),
        ("America/New_York", "2026-03-08 02:30:00", True),
        ("Australia/Lord_Howe", "2026-04-05 01:45:00", True),
        ("Asia/Jakarta", "2026-10-25 02:30:00", False),
        ("UTC", "2026-10-25 02:30:00", False),
    ],
)
def test_an_hour_that_the_clock_repeats_or_skips_is_ambiguous(
    counter: Counter, zone: str, stamp: str, ambiguous: bool
) -> None:
    """A local time that has two answers, or none, is told; an offset leaves no doubt."""
    (record,) = counter.records(f"{stamp} a\n".encode(), ISO_TEXT, timezone=zone)
    assert (record["line_class"], record["ambiguous"]) == ("records", ambiguous)


def test_joined_files_may_hold_a_byte_order_mark_anywhere(counter: Counter) -> None:
    """The line behind it is a record in either way of reading."""
    line = f"{TIME} [ARI] Response sent in 5ms\r\n".encode()
    counted = counter.count(line + b"\xef\xbb\xbf" + line + line)
    assert counted.lines == {"records": 3}
    assert counted.metrics.replies == 3


@pytest.mark.parametrize(
    ("line", "line_class"),
    [
        ("    at answer (/var/task/7.js:3:99)", "continuation"),
        ("TypeError: x is undefined", "continuation"),
        ("2026-02-31T10:15:32Z a", "rejected"),
        (f" {TIME} an indented line", "continuation"),
        ("", "blank"),
        (" \t\f\v", "blank"),
        ("v", "continuation"),
        ("[ARI] Response sent in 1ms", "rejected"),
        ("[Kapso Webhook] Signature verified", "rejected"),
        ('{"id": "a", "timestamp": 1}', "rejected"),
        ("[1, 2]", "continuation"),
        ("Vercel CLI 60.0.0", "banner"),
        ("Fetched 12 logs for bot/production", "banner"),
        ("Error: unknown or unexpected option: --production", "banner"),
        ("Exceeded runtime logs limit", "banner"),
        ("sh: 1: vercel: command not found", "banner"),
        ("bash: vercel: command not found", "banner"),
    ],
)
def test_a_line_without_a_time_has_a_class(counter: Counter, line: str, line_class: str) -> None:
    """It continues the record above, unless it looks like a message, like a row, or like a tool's own words."""
    (record,) = counter.records(line.encode() + b"\n", ISO_TEXT)
    assert (record["line_class"], record["time"]) == (line_class, None)


def _rows(counter: Counter, line: str) -> list[dict[str, Any]]:
    return counter.records(line.encode("utf-8", "surrogatepass") + b"\n", VERCEL_ROWS)


def test_a_row_gives_a_record_for_each_message(counter: Counter) -> None:
    """The row's own level and message are a copy of its worst message, and are not counted again."""
    first, second = _rows(counter, _row())
    assert [(row["level"], row["message"], row["opens_line"]) for row in (first, second)] == [
        ("info", "one", True),
        ("error", "two", False),
    ]
    assert (first["time"], first["request"], first["status"]) == (
        datetime(2026, 1, 12, 10, 15, 32, 123_000),
        "sin1::a",
        200,
    )


def test_a_request_without_messages_is_a_record_all_the_same(counter: Counter) -> None:
    """It printed nothing, and still has a status."""
    (record,) = _rows(counter, _row(logs=[], message="", responseStatusCode=500))
    assert (record["line_class"], record["message"], record["status"]) == ("records", "", 500)


@pytest.mark.parametrize("logs", [None, 7, "none"])
def test_a_row_without_the_list_of_messages_is_partial(counter: Counter, logs: object) -> None:
    """An older tool writes the first message alone: the others are known to be missing."""
    (record,) = _rows(counter, _row(logs=logs))
    assert (record["line_class"], record["message"], record["partial"]) == ("records", "copy", True)


@pytest.mark.parametrize("status", [0, -1, 401, None])
def test_a_status_is_kept_as_it_is(counter: Counter, status: int | None) -> None:
    """0 is unknown and -1 crashed; events know what follows."""
    assert _rows(counter, _row(responseStatusCode=status))[0]["status"] == status


@pytest.mark.parametrize(
    ("name", "line", "message"),
    [
        ("half a surrogate pair", _row(logs=[{"message": "cut MARK"}]).replace("MARK", "\\ud83d"), "cut \ufffd"),
        ("half a pair in front of a letter", _row(logs=[{"message": "MARKa"}]).replace("MARK", "\\uDE00"), "\ufffda"),
        ("a whole pair", _row(logs=[{"message": "\U0001f64f"}]), "\U0001f64f"),
        ("colour in a message", _row(logs=[{"message": "\x1b[31mred"}]), "red"),
        ("colour around the row", f"\x1b[0m{_row(logs=[{'message': 'x'}])}\x1b[0m", "x"),
        ("a key that nobody knows", _row(logs=[{"message": "x", "new": {}}], more=[1]), "x"),
        ("no message in an entry", _row(logs=[{"level": "info"}]), ""),
        ("a newline in a message", _row(logs=[{"message": "a\nb"}]), "a\nb"),
        ("a byte order mark", "\ufeff" + _row(logs=[{"message": "x"}]), "x"),
    ],
)
def test_strange_rows_are_read(counter: Counter, name: str, line: str, message: str) -> None:
    """What a tool or a cut may leave in a row does not cost its records."""
    (record,) = _rows(counter, line)
    assert (record["line_class"], record["message"]) == ("records", message), name


@pytest.mark.parametrize(
    ("name", "line", "line_class"),
    [
        ("a time in words", _row(timestamp="soon"), "rejected"),
        ("no time", _row(timestamp=None), "rejected"),
        ("a time before 1970", _row(timestamp=-1), "rejected"),
        ("a time in seconds times a billion", _row(timestamp=10**18), "rejected"),
        ("no id", _row(id=None), "rejected"),
        ("a torn row", _row()[:-9], "rejected"),
        ("other JSON", "[1, 2]", "rejected"),
        ("a stack trace", "    at x", "rejected"),
        ("white space", " \t\f\v", "blank"),
        ("a letter", "v", "rejected"),
        ("nothing", "", "blank"),
        ("a banner", "Vercel CLI 60.0.0", "banner"),
        ("a coloured banner", "\x1b[2mFetched 3 logs for a/b\x1b[0m", "banner"),
        ("a tool's error", "Error: rate limited", "banner"),
    ],
)
def test_lines_that_hold_no_row_have_a_class(counter: Counter, name: str, line: str, line_class: str) -> None:
    """A line that is no row is rejected, blank, or a tool's own; never silently a row of nothing."""
    (record,) = _rows(counter, line)
    assert (record["line_class"], record["time"]) == (line_class, None), name


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Error: unknown or unexpected option: --production", "refused an option"),
        ("\x1b[31mError: Exceeded runtime logs limit\x1b[0m", "runtime log limit"),
        ("WARNING! Command automatically interrupted after 5 minutes", "stopped by itself"),
        ("No logs found for bot/production", "found no logs"),
        ("Error: You are not authorized", "the tool failed"),
        ("Usage: vercel logs", "help text"),
        ("-- No entries --", "found no logs"),
        ("WARN! Command automatically interrupted after 5 minutes.", "stopped by itself"),
        ("WARN! Exceeded runtime logs limit 3 log lines", "runtime log limit"),
        ("Convex [WARN] Failed to fetch logs. Waiting 1000ms before next retry.", "lost its connection"),
        ("-- Boot 0123456789abcdef0123456789abcdef --", ""),
        ("Watching logs for production deployment fine-mongoose-647...", ""),
        ("Vercel CLI 60.0.0", ""),
        ("[ARI] Response sent in 1ms", ""),
    ],
)
def test_what_a_tool_says_is_understood(line: str, problem: str) -> None:
    """An error of a tool means that logs are missing; a mere banner means nothing."""
    assert problem in problem_of(line)
    assert (first_problem(["Vercel CLI 60.0.0", line]) is None) == (not problem)
