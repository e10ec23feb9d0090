"""Text whose lines tell no date: with the soak's start known, it gives the counts of dated text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logparse.reading.log_file import read
from logparse.reading.reading import Reading
from logparse.values.schedule import Soak
from tests.builders.counted import START, Counter
from tests.builders.examples import examples
from tests.scenarios.traffic import HOUR_MS, Request, epoch_ms, steady_day
from tests.scenarios.writers import STYLES, write_text
from tests.scenarios.writers.vercel_tail import write_tail

pytestmark = pytest.mark.counts

STEP_MS = 10
"""The step of the tail's times."""

OF_STATUS = ("status_told", "status_untold")
"""What text with ISO times does not tell."""

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Jakarta", "Asia/Kathmandu")

Rows = set[tuple[object, ...]]


def _in_steps(requests: Sequence[Request]) -> list[Request]:
    """The requests that printed something, at times that both formats can write."""
    return [
        replace(
            request,
            time_ms=request.time_ms // STEP_MS * STEP_MS,
            messages=tuple(replace(m, offset_ms=m.offset_ms // STEP_MS * STEP_MS) for m in request.messages),
        )
        for request in requests
        if request.messages
    ]


def _read(counter: Counter, content: bytes, start: datetime, timezone: str) -> tuple[Reading, Rows]:
    """One file, read with a known start, and the rows of its records in its tally."""
    with TemporaryDirectory(dir=counter.folder) as name:
        path = Path(name) / "log"
        path.write_bytes(content)
        work = counter.workplace(Path(name), timezone=timezone)
        sought = replace(work.sought, start=start, now=Soak(start).span.end + timedelta(hours=1))
        reading = read(path, "log", replace(work, sought=sought))
        assert reading.tally is not None, reading.problems
        rows = counter.connection.execute(
            "SELECT minute, name, detail, bin, count, first, last, ms FROM read_parquet($tally)"
            " WHERE minute IS NOT NULL AND NOT list_contains($of_status, name)",
            {"tally": str(reading.tally), "of_status": list(OF_STATUS)},
        ).fetchall()
        return reading, set(rows)


@examples(12)
@given(
    minute=st.integers(0, 24 * 60 - 1),
    zone=st.sampled_from(ZONES),
    newest_first=st.booleans(),
    deliveries=st.integers(3, 40),
    seed=st.integers(0, 1_000),
)
def test_a_day_without_dates_gives_the_tally_of_the_dated_one(
    counter: Counter, minute: int, zone: str, newest_first: bool, deliveries: int, seed: int
) -> None:
    """At whatever minute the soak starts, wherever midnight falls, and in whichever order the lines run."""
    start = START + timedelta(minutes=minute)
    day = _in_steps(steady_day(start, deliveries=deliveries, seed=seed, handled_errors=0.2))
    dated, rows = _read(counter, write_text(day, STYLES["levels"]), start, zone)
    clocked, same = _read(counter, write_tail(day, ZoneInfo(zone), newest_first), start, zone)
    assert (dated.format and dated.format.name, clocked.format and clocked.format.name) == ("iso-text", "vercel-tail")
    assert same == rows
    assert clocked.problems == ()


@pytest.mark.parametrize("hour", range(0, 24, 4))
@pytest.mark.parametrize("newest_first", [False, True])
def test_each_window_finds_its_own_day(counter: Counter, hour: int, newest_first: bool) -> None:
    """A file of four hours lies in the soak at one place only."""
    start = START + timedelta(hours=13, minutes=37)
    begin = epoch_ms(start) + hour * HOUR_MS
    day = _in_steps(steady_day(start, deliveries=60))
    window = [request for request in day if begin <= request.time_ms < begin + 4 * HOUR_MS]
    _, rows = _read(counter, write_text(window, STYLES["levels"]), start, "UTC")
    clocked, same = _read(counter, write_tail(window, newest_first=newest_first), start, "UTC")
    assert same == rows
    assert clocked.problems == ()
