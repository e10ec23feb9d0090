"""Text whose times something leads, and syslog: what stands in front is taken off, and the year comes from the soak."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from logparse.formats import recognise
from logparse.formats.led_text import LED_TEXT
from logparse.formats.syslog_text import SYSLOG_TEXT
from tests.builders.counted import START, Counter
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import write_text
from tests.scenarios.writers.led_text import write_led
from tests.scenarios.writers.syslog_text import write_syslog

pytestmark = pytest.mark.counts

TIME = "2026-01-12T10:15:32.123456789Z"
READ = datetime(2026, 1, 12, 10, 15, 32, 123_456)


@pytest.mark.parametrize(
    ("name", "line", "level"),
    [
        ("docker compose", f"web-1  | {TIME} [ARI] Done", None),
        ("docker compose of old", f"bot_web_1   | {TIME} [ARI] Done", None),
        ("docker compose in colour", f"\x1b[36mweb-1  | \x1b[0m{TIME} [ARI] Done", None),
        ("docker compose, with a level", f"web-1  | {TIME} ERROR [ARI] Done", "error"),
        ("kubectl, with the pod", f"[pod/bot-7d9f-abc/bot] {TIME} [ARI] Done", None),
        ("pm2", "0|bot      | 2026-01-12T10:15:32.123456Z: [ARI] Done", None),
        ("pm2, with an offset", "0|bot      | 2026-01-12 17:15:32.123456 +07:00: [ARI] Done", None),
        ("a bracket around the time", f"[{TIME}] [ARI] Done", None),
        ("a bracket, and a level", f"[{TIME}] WARN [ARI] Done", "warn"),
        ("a service and a bracket", f"web-1  | [{TIME}] [ARI] Done", None),
        ("syslog", f"<34>1 {TIME} host bot 1234 ID47 - [ARI] Done", None),
        ("syslog without ids", f"<14>1 {TIME} host bot - - - [ARI] Done", None),
        ("syslog with data", f'<34>1 {TIME} host bot 1 - [x@1 a="b \\] c"][y@1] [ARI] Done', None),
        ("syslog with a byte order mark", f"<34>1 {TIME} host bot 1 - - \ufeff[ARI] Done", None),
    ],
)
def test_what_leads_is_taken_off(counter: Counter, name: str, line: str, level: str | None) -> None:
    """The rest is read as text with ISO times is."""
    (record,) = counter.records(line.encode() + b"\n", LED_TEXT)
    assert recognise([line]) is LED_TEXT, name
    assert (record["line_class"], record["time"], record["level"]) == ("records", READ, level), name
    assert record["message"] == "[ARI] Done", name


@pytest.mark.parametrize(
    ("name", "line", "line_class"),
    [
        ("a stack", "web-1  |     at x", "continuation"),
        ("a message without its time", "web-1  | [ARI] Response sent in 1ms", "rejected"),
        ("a row", 'web-1  | {"id": "a"}', "rejected"),
        ("a time that cannot be", "web-1  | 2026-02-31T10:15:32Z x", "rejected"),
        ("syslog with a time that cannot be", "<34>1 2026-02-31T10:15:32Z host bot 1 - - x", "rejected"),
        ("a service alone", "web-1  |", "blank"),
        ("nothing", "", "blank"),
        ("a banner", "Vercel CLI 60.0.0", "banner"),
        ("a user's table", "| a | b |", "continuation"),
    ],
)
def test_a_line_without_a_time_has_a_class(counter: Counter, name: str, line: str, line_class: str) -> None:
    """Behind what leads it is looked at as any other line."""
    (record,) = counter.records(line.encode() + b"\n", LED_TEXT)
    assert (record["line_class"], record["time"]) == (line_class, None), name


def test_a_day_that_a_service_leads_gives_the_numbers_of_the_day(counter: Counter) -> None:
    """As it does without."""
    day = steady_day(START, deliveries=40, handled_errors=0.1)
    led = counter.count(write_led(day))
    assert led.metrics == counter.count(write_text(day)).metrics
    assert led.metrics.deliveries == 40


def _of_syslog(counter: Counter, line: str, start: date, timezone: str = "UTC") -> dict[str, Any]:
    (record,) = counter.records(line.encode() + b"\n", SYSLOG_TEXT, timezone=timezone, first_date=start)
    return record


@pytest.mark.parametrize(
    ("name", "line", "start", "time"),
    [
        (
            "the day of the start",
            "Oct 11 22:14:15 host bot[1]: [ARI] Done",
            date(2026, 10, 11),
            datetime(2026, 10, 11, 22, 14, 15),
        ),
        ("a short day", "Feb  3 22:14:15 host bot: [ARI] Done", date(2026, 2, 3), datetime(2026, 2, 3, 22, 14, 15)),
        ("a priority", "<13>Feb  3 22:14:15 host bot: [ARI] Done", date(2026, 2, 3), datetime(2026, 2, 3, 22, 14, 15)),
        (
            "the year's last",
            "Dec 31 23:59:59 host bot: [ARI] Done",
            date(2026, 1, 1),
            datetime(2025, 12, 31, 23, 59, 59),
        ),
        ("the year's first", "Jan  1 00:00:00 host bot: [ARI] Done", date(2025, 12, 31), datetime(2026, 1, 1)),
        ("a leap day", "Feb 29 12:00:00 host bot: [ARI] Done", date(2028, 2, 29), datetime(2028, 2, 29, 12)),
    ],
)
def test_syslog_takes_its_year_from_the_soak(
    counter: Counter, name: str, line: str, start: date, time: datetime
) -> None:
    """Of the years around the start it is the one that puts the month next to it."""
    record = _of_syslog(counter, line, start)
    assert recognise([line]) is SYSLOG_TEXT, name
    assert (record["line_class"], record["time"], record["message"]) == ("records", time, "[ARI] Done"), name


@pytest.mark.parametrize(
    ("name", "line", "line_class"),
    [
        ("no such day", "Feb 30 22:14:15 host bot: x", "rejected"),
        ("no such hour", "Feb  3 25:14:15 host bot: x", "rejected"),
        ("no program", "Feb  3 22:14:15 x", "continuation"),
        ("a message alone", "[ARI] Response sent in 1ms", "rejected"),
        ("nothing", "", "blank"),
    ],
)
def test_a_line_of_syslog_that_is_no_record_has_a_class(
    counter: Counter, name: str, line: str, line_class: str
) -> None:
    """A time that cannot be is not guessed at."""
    assert _of_syslog(counter, line, date(2026, 2, 3))["line_class"] == line_class, name


@pytest.mark.parametrize(
    ("zone", "stamp", "ambiguous"),
    [
        ("Europe/Berlin", "Oct 25 02:30:00", True),
        ("Europe/Berlin", "Oct 25 03:30:00", False),
        ("Europe/Berlin", "Mar 29 02:30:00", True),
        ("America/New_York", "Nov  1 01:30:00", True),
        ("America/New_York", "Mar  8 02:30:00", True),
        ("Asia/Jakarta", "Oct 25 02:30:00", False),
    ],
)
def test_an_hour_that_the_clock_repeats_or_skips_is_ambiguous(
    counter: Counter, zone: str, stamp: str, ambiguous: bool
) -> None:
    """Syslog's times are local."""
    record = _of_syslog(counter, f"{stamp} host bot: x", date(2026, 6, 1), zone)
    assert (record["line_class"], record["ambiguous"]) == ("records", ambiguous)


def test_a_day_of_syslog_is_counted_where_the_start_is_known(counter: Counter) -> None:
    """And nowhere else, for then the year is not known."""
    content = write_syslog(steady_day(START, deliveries=20))
    assert counter.count(content).metrics.deliveries == 20
    assert counter.count(content, start=None).problems == ["undated"]
