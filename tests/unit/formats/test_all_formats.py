"""The same simulated day in every format: known for what it is, nothing rejected, and the same numbers.

`python -m pytest tests/unit/formats/test_all_formats.py -s -k table` prints them, format by format.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from logparse.formats import FORMATS, recognise
from logparse.formats.format import Format
from logparse.storage.files import head_lines
from logparse.storage.unfold import entries
from logparse.values.metrics import Metrics
from tests.builders.counted import START, Counter, physical_lines
from tests.scenarios import edits
from tests.scenarios.traffic import Message, Request, steady_day
from tests.scenarios.writers import WRITERS, Writer

pytestmark = pytest.mark.counts

ALWAYS = (
    "deliveries",
    "receipts",
    "processed",
    "replies",
    "signatures_verified",
    "send_failures",
    "fallback_replies",
    "slow_replies",
    "response_ms_sum",
    "response_ms_p50",
    "response_ms_p95",
    "response_ms_max",
)
"""Numbers that every format carries."""

HANDLED = "Error: the menu could not be read"


def _day() -> list[Request]:
    """Four hours in which a few deliveries come out in other ways than most."""
    day = steady_day(START, hours=4, deliveries=40, seed=3, error_words=0.2)
    places = [place for place, request in enumerate(day) if edits.is_delivery(request)]
    changes = {
        3: edits.without_reply,
        9: edits.with_latency(12_000),
        15: edits.with_fallback_reply,
        21: edits.with_send_failure,
        27: lambda request: edits.with_message(request, Message("error", HANDLED, 40)),
        33: lambda request: edits.with_message(request, Message("warning", '[Store] it\'s "slow": \\ 50%', 41)),
        36: edits.with_user_text("dua\nbaris dan [ARI] Response sent in 1ms"),
    }
    for delivery, edit in changes.items():
        day[places[delivery]] = edit(day[places[delivery]])
    day[places[30]] = replace(day[places[30]], status=500)
    return day


DAY = _day()
TIMED = [writer for writer in WRITERS.values() if writer.times != "none"]


def _format(name: str) -> Format:
    return next(each for each in FORMATS if each.name == name)


def _compared(writer: Writer) -> tuple[str, ...]:
    """The numbers that a format carries: errors need levels, or words; failures by status need the request."""
    by_level = ("errors",) if writer.levels else ()
    by_status = ("critical_errors", "delivery_failures") if writer.status and writer.request_ids else ()
    return ALWAYS + by_level + by_status


def _numbers(counter: Counter, writer: Writer) -> Metrics:
    return counter.count(writer.write(DAY)).metrics


@pytest.fixture(scope="module")
def expected(counter: Counter) -> Metrics:
    """The numbers of the day in the rows that carry all of them."""
    return _numbers(counter, WRITERS["vercel-rows"])


def test_every_format_has_a_writer_and_every_writer_a_format() -> None:
    """A format without a simulated day would be in none of the tests below."""
    assert sorted(WRITERS) == sorted(each.name for each in FORMATS)


@pytest.mark.parametrize("writer", WRITERS.values(), ids=lambda writer: writer.name)
def test_no_format_takes_the_files_of_another(writer: Writer) -> None:
    """A day in a format is known for that format, by more of its lines than by any other."""
    start = writer.write(DAY)
    lines = head_lines(start)
    seen = entries("\n".join(lines)) or lines
    found = recognise(seen)
    assert found is not None
    assert found.name == writer.name
    # Messages stand without their time in some formats; text without times is taken only where nothing else is.
    rivals = [each for each in FORMATS if each.name != writer.name and not each.timeless]
    others = [each.name for each in rivals if any(map(each.recognises, seen))]
    assert others == []


@pytest.mark.parametrize("writer", TIMED, ids=lambda writer: writer.name)
def test_the_same_day_gives_the_same_numbers(counter: Counter, expected: Metrics, writer: Writer) -> None:
    """Whatever a format carries, it gives the same of it as the rows do; every line is accounted for, none rejected."""
    content = writer.write(DAY)
    counted = counter.count(content)
    assert "rejected" not in counted.lines
    assert sum(counted.lines.values()) == physical_lines(content)
    assert counted.problems == []
    names = _compared(writer)
    assert {name: getattr(counted.metrics, name) for name in names} == {name: getattr(expected, name) for name in names}


@pytest.mark.parametrize("writer", [writer for writer in TIMED if writer.dated], ids=lambda writer: writer.name)
def test_what_was_fetched_twice_counts_once(counter: Counter, writer: Writer) -> None:
    """Two files that overlap by an hour and a half give the tally of one that holds all."""
    start = DAY[0].time_ms
    hour = 3_600_000
    ends = [(0, start + hour * 3), (start + hour * 3 // 2, start + hour * 9)]
    whole = counter.count(writer.window(DAY, 0, start + hour * 9))
    parts = counter.count(*(writer.window(DAY, begin, end) for begin, end in ends))
    assert parts.metrics == whole.metrics
    assert parts.timeline == whole.timeline


@pytest.mark.slow
def test_the_table_of_formats(counter: Counter, expected: Metrics) -> None:
    """Format by format: what was counted of the same day; printed with -s."""
    names = ("deliveries", "processed", "replies", "errors", "critical_errors", "delivery_failures", "response_ms_sum")
    table = [f"{'format':18}" + "".join(f"{name:>18}" for name in names)]
    for writer in TIMED:
        metrics = _numbers(counter, writer)
        carried = _compared(writer)
        cells = (f"{getattr(metrics, name)}{'' if name in carried else ' *'}" for name in names)
        table.append(f"{writer.name:18}" + "".join(f"{cell:>18}" for cell in cells))
    print("\n" + "\n".join(table) + "\n* the format does not carry all that tells this")
    assert len(table) == len(TIMED) + 1
    assert expected.deliveries == 40
