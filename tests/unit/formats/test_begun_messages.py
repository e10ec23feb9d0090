"""Colours in a message, and blanks in front of it, hide no event: in every format, as text and inside of JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from logparse.counting.numbers import metrics_of
from logparse.values.metrics import Metrics
from logparse.values.schedule import Soak
from tests.builders.counted import START, Counter
from tests.scenarios import edits
from tests.scenarios.traffic import Message, Request, steady_day
from tests.scenarios.writers import WRITERS, Writer

pytestmark = pytest.mark.counts


def _day() -> list[Request]:
    day = steady_day(START, hours=4, deliveries=20, seed=3)
    failing = edits.with_message(day[4], Message("error", "Error: the menu could not be read", 40))
    return [*day[:4], edits.with_send_failure(failing), *day[5:]]


def _changed(day: Sequence[Request], change: Callable[[str], str]) -> list[Request]:
    """The day with each message written in another way."""
    return [
        replace(request, messages=tuple(replace(each, text=change(each.text)) for each in request.messages))
        for request in day
    ]


CHANGES: dict[str, Callable[[str], str]] = {
    "a colour around": lambda text: f"\x1b[32m{text}\x1b[0m",
    "a colour behind the prefix": lambda text: text.replace("] ", "]\x1b[1;36m ", 1),
    "a link of a terminal": lambda text: f"\x1b]8;;https://example.com\x07{text}",
    "blanks in front": lambda text: f"  \t{text}",
    "a blank of another kind in front": lambda text: f"\u00a0{text}",
    "a colour behind blanks": lambda text: f"  \x1b[2m {text}",
}


@pytest.mark.parametrize("writer", WRITERS.values(), ids=lambda writer: writer.name)
def test_colours_and_blanks_hide_nothing(counter: Counter, writer: Writer) -> None:
    """The numbers of a day are the same however its messages are coloured or indented."""
    expected = _metrics(counter, writer.write(_day()))
    assert expected.deliveries == expected.processed == 20
    for name, change in CHANGES.items():
        assert _metrics(counter, writer.write(_changed(_day(), change))) == expected, name


def _metrics(counter: Counter, log: bytes) -> Metrics:
    """The numbers of a log, those of records without a time too."""
    counter.count(log)
    return metrics_of(counter.connection, Soak(START).span, untimed=True)


@pytest.mark.parametrize("level", ["ERROR ", "[error] ", "\x1b[31mERROR\x1b[39m ", "  ERROR "])
@pytest.mark.parametrize("name", ["docker-json", "iso-text"])
def test_they_hide_no_level_in_front(counter: Counter, name: str, level: str) -> None:
    """A level that a message begins with is seen behind them."""
    day = _changed(_day(), lambda text: f"{level}{text}")
    counted = counter.count(WRITERS[name].write(day))
    assert counted.metrics.errors == counted.metrics.records


def test_an_escape_that_is_written_as_text_is_one(counter: Counter) -> None:
    """A console shows colours inside of a quoted text as escapes of JavaScript."""
    log = r"1/12/2026, 12:02:47 AM [CONVEX A(kapso:processARI)] [LOG] '\x1B[32m[ARI] Response sent in 5ms\x1B[39m'"
    assert counter.count(f"{log}\n".encode()).metrics.replies == 1
