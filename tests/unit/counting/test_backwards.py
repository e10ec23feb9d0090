"""A clock that goes back within a file is told; times that go back for another reason accuse no clock."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from logparse.counting.cache import CountedFile
from logparse.evidence.examine import examine
from logparse.outcome import Outcome
from logparse.reading.reading import Reading
from tests.builders.counted import START, Counter
from tests.builders.judged import GOOD, varied
from tests.unit.evidence.test_findings import WELL

pytestmark = pytest.mark.counts

Entry = tuple[int, str]
"""The second of a line, counted from the start, and its words."""

DAY = [(20 * at, f"[Chat] message {at} of the day") for at in range(400)]
"""A line every 20 seconds."""


def _set_back(entries: list[Entry], at: int, seconds: int) -> list[Entry]:
    """The same with the clock set back by so many seconds in front of a line."""
    return [(second - seconds * (nth >= at), words) for nth, (second, words) in enumerate(entries)]


def _stamp(second: int, zone: str = "Z") -> str:
    return (START + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%S.250") + zone


def _text(entries: list[Entry]) -> bytes:
    return "".join(f"{_stamp(second)} {words}\n" for second, words in entries).encode()


def _offset(entries: list[Entry]) -> bytes:
    return "".join(f"{_stamp(second, '+00:00')} {words}\n" for second, words in entries).encode()


def _json(entries: list[Entry]) -> bytes:
    rows = ({"time": _stamp(second), "level": "info", "msg": words} for second, words in entries)
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def _docker(entries: list[Entry]) -> bytes:
    rows = ({"log": f"{words}\n", "stream": "stdout", "time": _stamp(second)} for second, words in entries)
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def _packed(entries: list[Entry]) -> bytes:
    return gzip.compress(_text(entries))


SHAPES = (_text, _offset, _json, _docker, _packed)


@pytest.mark.parametrize("write", SHAPES)
@pytest.mark.parametrize(
    ("name", "entries", "told"),
    [
        ("once, by five minutes", _set_back(DAY, 200, 300), (1, 201, 280)),
        ("by just over a minute", _set_back(DAY, 200, 81), (1, 201, 61)),
        ("twice", _set_back(_set_back(DAY, 100, 120), 300, 600), (2, 101, 100)),
        ("by an hour of two", _set_back(DAY, 200, 3600 // 2), (1, 201, 1780)),
    ],
)
def test_a_clock_that_goes_back_is_told(
    counter: Counter, write: Callable[[list[Entry]], bytes], name: str, entries: list[Entry], told: tuple[int, ...]
) -> None:
    """With how often it does, the first line behind it, and by how many seconds the times go back."""
    (reading,) = counter.count(write(entries)).readings
    assert (reading.facts.backwards, reading.facts.back_line, reading.facts.back_seconds) == told, name


OTHER = [(second + 7, f"[Other] {words}") for second, words in DAY]
"""What another instance writes at the same time."""

LATE = [(second - 150 * (150 <= nth < 155), words) for nth, (second, words) in enumerate(DAY)]
"""Five lines that were held back."""

NOT_SO = [
    ("it runs on", DAY),
    ("back by a minute", _set_back(DAY, 200, 80)),
    ("newest first", DAY[::-1]),
    ("two instances, one behind the other", DAY + OTHER),
    ("an older log behind a newer one", DAY[200:] + DAY[:200]),
    ("a second fetch behind the first, with what came since", DAY[:250] + DAY[200:]),
    ("the same, and a line that came late", DAY[:220] + DAY[221:250] + DAY[200:]),
    ("the same log twice", DAY + DAY),
    ("one line that came late", DAY[:150] + DAY[160:200] + DAY[150:151] + DAY[200:]),
    ("some that came late", DAY[:150] + DAY[155:200] + DAY[150:155] + DAY[200:]),
    ("two instances, the clock of one two minutes late", sorted(DAY + [(at + 120, words) for at, words in OTHER])),
    ("parts of two instances in turn", [*DAY[:100], *OTHER[:100], *DAY[100:200], *OTHER[100:200]]),
    ("any order", [DAY[at * 7 % 400] for at in range(400)]),
]


@pytest.mark.parametrize("write", [_text, _docker])
@pytest.mark.parametrize(("name", "entries"), NOT_SO, ids=[name for name, _ in NOT_SO])
def test_times_that_go_back_for_another_reason_accuse_no_clock(
    counter: Counter, write: Callable[[list[Entry]], bytes], name: str, entries: list[Entry]
) -> None:
    """What a file holds twice, late, or of several machines is not told as a clock."""
    (reading,) = counter.count(write(entries)).readings
    assert reading.facts.backwards == 0, name


def test_two_instances_in_the_order_in_which_they_came(counter: Counter) -> None:
    """A file that two machines write goes back again and again, by what their clocks are apart."""
    behind = [(second + 3, second - 117, words) for second, words in OTHER]
    arrived = sorted([(second, second, words) for second, words in DAY] + behind)
    for entries in (arrived, [entry for nth, entry in enumerate(arrived) if nth % 2 == 0 or nth % 60 == 1]):
        (reading,) = counter.count(_text([(stamp, words) for _, stamp, words in entries])).readings
        assert reading.facts.backwards == 0


def test_an_hour_that_the_local_clock_repeats_is_no_clock_that_goes_back(counter: Counter) -> None:
    """Local times go back by an hour then, by rule."""
    start = START.replace(month=10, day=25, hour=0)
    entries = range(0, 4 * 3600, 20)
    local = [second + 7200 if second < 3600 else second + 3600 for second in entries]
    lines = (
        f"{(start + timedelta(seconds=at)).strftime('%Y-%m-%d %H:%M:%S')} [Chat] {at} of {local.count(at)}"
        for at in local
    )
    counted = counter.count("".join(f"{line}\n" for line in lines).encode(), timezone="Europe/Berlin", start=start)
    assert counted.readings[0].facts.backwards == 0


@pytest.mark.slow
def test_many_files_are_each_looked_at(counter: Counter) -> None:
    """Each of the files that are read by one statement is told of by itself."""
    back = _text(_set_back(DAY, 200, 300))
    readings = counter.count(_text(DAY), back, _text(DAY[:30]), back).readings
    assert [reading.facts.back_line for reading in readings] == [0, 201, 0, 201]


def test_evidence_warns_of_it() -> None:
    """With how often, where and by how much; of many files the first three are named."""
    back = replace(GOOD, facts=CountedFile(lines=9, backwards=1, back_line=201, back_seconds=300))
    often = replace(
        back, path=Path("b"), shown="b", facts=CountedFile(lines=9, backwards=3, back_line=7, back_seconds=70)
    )

    def told(*readings: Reading) -> list[tuple[Outcome, str]]:
        collected = varied(WELL, readings=readings, lines=[{"records": 100}] * len(readings))
        found = examine(collected).findings
        return [(each.outcome, each.reason) for each in found if "clock" in each.reason]

    off = ": windows, silence and answering may be off by that"
    assert told(GOOD) == []
    assert told(GOOD, back) == [(Outcome.WARN, f"the clock goes back at log:201 by at least 5 min{off}")]
    assert told(back, often) == [
        (Outcome.WARN, f"the clock goes back 4 times, first at log:201 by at least 5 min, at b:7 by at least 70 s{off}")
    ]
    assert told(*[back] * 5)[0][1].endswith(f"at log:201 by at least 5 min, and in 2 more files{off}")
