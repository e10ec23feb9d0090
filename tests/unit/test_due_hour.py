"""The hour that is due: which it is, how long it is waited for, and what is said of the next one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from logparse.clock import Began, clock_of, next_checkpoint
from logparse.options import Options, Written, read_options
from logparse.run import Prepared, settling
from logparse.settings.checked import SETTINGS
from logparse.values.schedule import Soak, StartSource
from tests.builders.counted import START

DEFAULTS = {setting.name: setting.default for setting in SETTINGS}


def _at(hours: float) -> Mapping[str, str]:
    return {"LOGPARSE_NOW": (START + timedelta(hours=hours)).isoformat()}


def _options(tmp_path: Path, hour: str) -> Options:
    written = Written(hour, [], None, None, False, None, None, False)
    return read_options(written, DEFAULTS, tmp_path, tmp_path)


WAITS = {
    "the minute after a checkpoint": ("due", 4, 60, 60),
    "a soak begun by cron, seconds after its hour": ("due", 8, 1, 119),
    "settled": ("due", 8, 120, 0),
    "an hour that was named": ("8", 8, 1, 0),
    "hour 0": ("due", 0, 1, 0),
}


@pytest.mark.parametrize(("asked", "hour", "seconds", "wait"), WAITS.values(), ids=WAITS)
def test_how_long_it_waits(tmp_path: Path, asked: str, hour: int, seconds: int, wait: int) -> None:
    """Until the settle time of the hour that is due is over, never longer; a rehearsal judges at once."""
    now = START + timedelta(hours=hour, seconds=seconds)
    options = replace(_options(tmp_path, asked), hour=hour, began=Began(START, StartSource.DOCUMENT))
    prepared = Prepared(options, lambda: now, {})
    assert settling(prepared) == timedelta(seconds=wait)
    assert settling(replace(prepared, environment=_at(hour))) == timedelta(0)


def test_what_is_said_of_the_next_checkpoint() -> None:
    """From when on it can be judged; after the last one, that there is none."""
    settle = timedelta(minutes=2)
    settled = START + timedelta(hours=24, minutes=2)
    said = next_checkpoint(Soak(START), 20, settle)
    assert said == f"next: hour 24, which can be judged from {settled:%Y-%m-%d %H:%M UTC} on"
    assert next_checkpoint(Soak(START), 24, settle) == "hour 24 was the last checkpoint of this soak"


def test_the_clock_is_the_machines_unless_it_is_set() -> None:
    """An empty variable sets nothing."""
    assert clock_of({"LOGPARSE_NOW": "2026-01-12T06:00Z"})() == datetime(2026, 1, 12, 6, tzinfo=UTC)
    assert abs(clock_of({"LOGPARSE_NOW": ""})() - datetime.now(UTC)) < timedelta(days=1)
