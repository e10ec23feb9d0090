"""A format that the settings describe: what it reads, and what is wrong with a description."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from logparse.counting.numbers import metrics_of
from logparse.errors import UsageProblem
from logparse.formats import FORMATS, recognise
from logparse.formats.format import Format
from logparse.formats.home_made import home_made
from logparse.judge import check
from logparse.reading.log_file import read
from logparse.reading.merge import merge
from logparse.settings.checked import parse
from tests.builders.counted import EVER, NO_TIME_READ, START, Counter
from tests.scenarios.bot import REPLY
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import STYLES, write_text
from tests.scenarios.writers import home_made as writer
from tests.scenarios.writers.home_made import write_home_made

pytestmark = pytest.mark.counts

BRACKETS = r"\[(?P<time>[^\]]+)\] (?P<level>\w+) (?P<message>.*)"
DAY_FIRST = "%d/%m/%Y %H:%M:%S"
ROW = '{"id": "a", "timestamp": 1768212932123, "logs": []}'


def _format(counter: Counter, own_format: str, own_format_time: str = "") -> Format:
    made = home_made(counter.connection, own_format, own_format_time)
    assert made is not None
    return made


def _records(
    counter: Counter, expression: str, time_form: str, *lines: str, timezone: str = "UTC"
) -> list[dict[str, Any]]:
    content = "\n".join([*lines, ""]).encode()
    return counter.records(content, _format(counter, expression, time_form), timezone=timezone)


@pytest.mark.parametrize(
    ("name", "expression", "time_form", "line", "told"),
    [
        (
            "time, level and message",
            BRACKETS,
            DAY_FIRST,
            "[12/01/2026 10:15:32] WARNING [ARI] Done",
            (datetime(2026, 1, 12, 10, 15, 32), "warn", "[ARI] Done", None),
        ),
        (
            "a request at the end",
            r"(?P<time>\S+) (?P<message>.*) \(req=(?P<request>\w+)\)",
            "",
            "2026-01-12T10:15:32.5Z [ARI] Done (req=abc)",
            (datetime(2026, 1, 12, 10, 15, 32, 500_000), None, "[ARI] Done", "abc"),
        ),
        (
            "a group that may be missing",
            r"(?P<time>\S+) (?:(?P<level>[A-Z]+) )?(?P<message>.*)",
            "",
            "2026-01-12T10:15:32Z [ARI] Done",
            (datetime(2026, 1, 12, 10, 15, 32), None, "[ARI] Done", None),
        ),
        (
            "Apache's time, with an offset",
            r"\[(?P<time>[^\]]+)\] (?P<message>.*)",
            "%d/%b/%Y:%H:%M:%S %z",
            "[12/Jan/2026:10:15:32 +0700] [ARI] Done",
            (datetime(2026, 1, 12, 3, 15, 32), None, "[ARI] Done", None),
        ),
        (
            "fractions of a second",
            r"(?P<time>\S+ \S+) - (?P<message>.*)",
            "%Y.%m.%d %H:%M:%S.%f",
            "2026.01.12 10:15:32.25 - [ARI] Done",
            (datetime(2026, 1, 12, 10, 15, 32, 250_000), None, "[ARI] Done", None),
        ),
        (
            "ISO 8601 with a comma and an offset",
            r"(?P<time>\S+) (?P<message>.*)",
            "",
            "2026-01-12T10:15:32,5+07:00 [ARI] Done",
            (datetime(2026, 1, 12, 3, 15, 32, 500_000), None, "[ARI] Done", None),
        ),
        (
            "seconds since 1970",
            r"(?P<time>\S+) (?P<message>.*)",
            "",
            "1768212932.123 [ARI] Done",
            (datetime(2026, 1, 12, 10, 15, 32, 123_000), None, "[ARI] Done", None),
        ),
        (
            "milliseconds since 1970",
            r"(?P<time>\S+) (?P<message>.*)",
            "",
            "1768212932123 [ARI] Done",
            (datetime(2026, 1, 12, 10, 15, 32, 123_000), None, "[ARI] Done", None),
        ),
        (
            "colour and a byte order mark",
            BRACKETS,
            DAY_FIRST,
            "\ufeff\x1b[2m[12/01/2026 10:15:32]\x1b[0m \x1b[31mERROR\x1b[0m [ARI] Done",
            (datetime(2026, 1, 12, 10, 15, 32), "error", "[ARI] Done", None),
        ),
        (
            "no time at all",
            r"bot\| (?P<message>.*)",
            "",
            "bot| [ARI] Done",
            (NO_TIME_READ, None, "[ARI] Done", None),
        ),
    ],
)
def test_a_line_is_taken_apart_as_described(
    counter: Counter, name: str, expression: str, time_form: str, line: str, told: tuple[object, ...]
) -> None:
    """Groups are found by their names, levels are those of all formats, and times go to UTC."""
    (record,) = _records(counter, expression, time_form, line)
    assert record["line_class"] == "records", name
    assert (record["time"], record["level"], record["message"], record["request"]) == told, name
    assert _format(counter, expression, time_form).recognises(line), name


@pytest.mark.parametrize(
    ("name", "line", "line_class"),
    [
        ("a time that cannot be", "[31/02/2026 10:15:32] INFO [ARI] Done", "rejected"),
        ("a stack", "    at x", "continuation"),
        ("a message without what stands in front", "[ARI] Response sent in 1ms", "rejected"),
        ("a row", ROW, "rejected"),
        ("a time of another shape", "2026-01-12T10:15:32Z x", "rejected"),
        ("the expression in the middle of a line", "x [12/01/2026 10:15:32] INFO [ARI] Done", "continuation"),
        ("a tool's line", "Vercel CLI 60.0.0", "banner"),
        ("nothing", "", "blank"),
        ("white space", " \t", "blank"),
    ],
)
def test_a_line_that_does_not_fit_has_a_class(counter: Counter, name: str, line: str, line_class: str) -> None:
    """It continues the record above, unless it looks like one that was lost."""
    (record,) = _records(counter, BRACKETS, DAY_FIRST, line)
    assert (record["line_class"], record["time"]) == (line_class, None), name


def test_an_expression_that_fits_everything_takes_no_tool_for_the_bot(counter: Counter) -> None:
    """Without a time it may well match a banner, or nothing at all."""
    records = _records(counter, "(?P<message>.*)", "", "halo", "", "Error: unknown or unexpected option: --production")
    assert [record["line_class"] for record in records] == ["records", "blank", "banner"]
    assert not _format(counter, "(?P<message>.*)").recognises("Vercel CLI 60.0.0")


@pytest.mark.parametrize(
    ("zone", "written", "utc", "ambiguous"),
    [
        ("Europe/Berlin", "25/10/2026 02:30:00", None, True),
        ("Europe/Berlin", "29/03/2026 02:30:00", None, True),
        ("Europe/Berlin", "29/03/2026 03:30:00", datetime(2026, 3, 29, 1, 30), False),
        ("America/New_York", "01/11/2026 01:30:00", None, True),
        ("America/New_York", "08/03/2026 02:30:00", None, True),
        ("Asia/Jakarta", "25/10/2026 02:30:00", datetime(2026, 10, 24, 19, 30), False),
    ],
)
def test_an_hour_that_the_clock_repeats_or_skips_is_ambiguous(
    counter: Counter, zone: str, written: str, utc: datetime | None, ambiguous: bool
) -> None:
    """Local times are read in the zone of the settings; an offset would have told which of the two it is."""
    (record,) = _records(counter, BRACKETS, DAY_FIRST, f"[{written}] INFO x", timezone=zone)
    assert record["ambiguous"] is ambiguous
    assert utc is None or record["time"] == utc


@pytest.mark.parametrize(
    ("name", "lines", "own"),
    [
        ("lines of it", ["[12/01/2026 10:15:32] INFO x"], True),
        ("one line of it among others", ["[12/01/2026 10:15:32] INFO x", *["2026-01-12T10:15:32Z x"] * 9], True),
        ("none of it", ["2026-01-12T10:15:32Z x"], False),
    ],
)
def test_what_was_described_goes_before_all_other_formats(
    counter: Counter, name: str, lines: list[str], own: bool
) -> None:
    """Who describes a format has logs in it; files in other formats are read as ever."""
    made = _format(counter, BRACKETS, DAY_FIRST)
    assert (recognise(lines, (made, *FORMATS)) is made) is own, name


def test_a_file_is_counted_by_the_description(counter: Counter, tmp_path: Path) -> None:
    """From the recognition of the file to its tally."""
    path = tmp_path / "log"
    path.write_text(f"[12/01/2026 10:15:32] INFO {REPLY}5ms\n    at x\n" * 3, "utf-8")
    work = counter.workplace(tmp_path)
    work = replace(work, formats=(_format(counter, BRACKETS, DAY_FIRST), *work.formats))
    reading = read(path, "log", work)
    assert reading.format is not None
    assert (reading.format.name, reading.problems) == ("home-made", ())
    counts = counter.connection.execute(
        "SELECT name, sum(count)::BIGINT FROM read_parquet($tally)"
        " WHERE name IN ('reply', 'continuation') GROUP BY ALL",
        {"tally": str(reading.tally)},
    ).fetchall()
    assert dict(counts) == {"reply": 3, "continuation": 3}


@pytest.mark.parametrize(
    ("name", "written", "words"),
    [
        (
            "an expression that does not compile",
            {"own_format": "(?P<message>"},
            "is not usable as a regular expression",
        ),
        ("a lookahead, which RE2 has not", {"own_format": "(?=x)(?P<message>.*)"}, "is not usable"),
        ("no message", {"own_format": "(?P<time>.*)"}, "has no group (?P<message>...)"),
        ("an unknown group", {"own_format": "(?P<msg>.*)"}, "has a group 'msg'; the groups are time, level"),
        ("a group without a name", {"own_format": "(a|b) (?P<message>.*)"}, "has a group without a name"),
        ("a group twice", {"own_format": "(?P<message>a)|(?P<message>b)"}, "has two groups 'message'"),
        ("quoted text", {"own_format": r"\Q(\E(?P<message>.*)"}, "has a group without a name, or \\Q"),
        ("a form without an expression", {"own_format_time": "%Y"}, "there is no own_format"),
        ("a form without a time", {"own_format": "(?P<message>.*)", "own_format_time": "%Y"}, "no group (?P<time>...)"),
        ("a form that is none", {"own_format": BRACKETS, "own_format_time": "%q"}, "is no form of a time"),
        ("a form without a year", {"own_format": BRACKETS, "own_format_time": "%b %d %H:%M:%S"}, "does not tell date"),
        ("a form without a date", {"own_format": BRACKETS, "own_format_time": "%H:%M:%S"}, "does not tell date"),
        (
            "twelve hours without AM and PM",
            {"own_format": BRACKETS, "own_format_time": "%Y-%m-%d %I:%M:%S"},
            "does not tell date",
        ),
    ],
)
def test_a_description_that_cannot_be_used_is_refused(name: str, written: dict[str, str], words: str) -> None:
    """In one line that names the setting, before anything is read."""
    with pytest.raises(UsageProblem) as caught:
        check(parse(written))
    message = str(caught.value)
    assert message.startswith("setting own_format"), name
    assert words in message, name
    assert "\n" not in message, name


@pytest.mark.parametrize(
    "form", ["%Y-%m-%d %H:%M:%S", "%d/%b/%Y:%H:%M:%S %z", "%m/%d/%y %I:%M:%S %p", "%Y-%m-%d %H:%M:%S %Z", "%Y-%jT%H:%M"]
)
def test_a_form_that_tells_the_minute_is_taken(form: str) -> None:
    """However it is written."""
    check(parse({"own_format": BRACKETS, "own_format_time": form}))


def test_an_expression_meant_to_hang_does_not() -> None:
    """RE2 takes linear time: a long line that nearly matches is done at once, in recognition too."""
    with duckdb.connect() as connection:
        made = home_made(connection, "(?:a+)+b(?P<message>.*)", "")
        assert made is not None
        assert not made.recognises("a" * 100_000)


def test_a_day_in_a_format_of_ones_own_gives_the_numbers_of_the_day(counter: Counter, tmp_path: Path) -> None:
    """As text with ISO times does, and with the requests."""
    day = steady_day(START, deliveries=40, handled_errors=0.1)
    made = _format(counter, **writer.SETTINGS)
    metrics = []
    for content, log_formats in ((write_text(day, STYLES["levels"]), FORMATS), (write_home_made(day), (made,))):
        path = tmp_path / "log"
        path.write_bytes(content)
        work = replace(counter.workplace(tmp_path), formats=log_formats)
        merge([read(path, "log", work)], work)
        metrics.append(metrics_of(counter.connection, EVER))
    assert metrics[0] == metrics[1]
    assert metrics[0].deliveries == 40
