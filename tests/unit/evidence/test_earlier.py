"""The checkpoints before the one that is judged: as each would come out by itself, by the same logs."""

from dataclasses import replace
from pathlib import Path

import pytest

from logparse.evidence.case import Request
from logparse.judge import judge
from logparse.settings.checked import parse
from logparse.values.schedule import StartSource
from tests.builders.asked import asked
from tests.scenarios.scenario import Scenario
from tests.scenarios.scenarios import SCENARIOS

pytestmark = pytest.mark.counts

LATE = {scenario.label: scenario for scenario in SCENARIOS if scenario.under.hour > 4}
NAMED = (
    "a crash in the third hour fails from then on (vercel-rows, hour 24)",
    "a failure of the last window is judged at hour 24 (iso-text, hour 24)",
    "the last window not fetched yet (vercel-rows, hour 24)",
    "half a day in one format and half in the other (vercel-rows, hour 24)",
    "a first window of health checks alone was silent, once deliveries came (vercel-rows, hour 24)",
    "a second deployment is not judged where the setting forbids it (vercel-rows, hour 24)",
)
"""Soaks of which something becomes known only on the way."""


def _request(scenario: Scenario, folder: Path) -> Request:
    under = scenario.under
    for name in ("logs", "cache", "scratch"):
        (folder / name).mkdir()
    scenario.write(folder / "logs", seed=1)
    return asked(
        hour=under.hour,
        places=("logs/",),
        base=folder,
        start=None if under.told_start is None else under.start + under.told_start,
        start_source=StartSource.UNKNOWN if under.told_start is None else StartSource.OPTION,
        now=under.start + under.clock,
        cache=folder / "cache",
        scratch=folder / "scratch",
    )


def _compare(scenario: Scenario, folder: Path) -> int:
    """Compares each earlier checkpoint of a soak with a run at its hour; how many different ones there are."""
    request, settings = _request(scenario, folder), parse(scenario.settings)
    concluded = judge(request, settings)
    for checkpoint in concluded.earlier:
        alone = judge(replace(request, hour=checkpoint.hour), settings)
        assert checkpoint == alone.checkpoints[-1], checkpoint.hour
    return len({tuple(checkpoint.outcomes.items()) for checkpoint in concluded.checkpoints})


@pytest.mark.parametrize("label", NAMED)
def test_each_hour_comes_out_as_by_itself(label: str, tmp_path: Path) -> None:
    """Every criterion at every earlier hour is what a run at that hour says of the same files, and it does change."""
    assert _compare(LATE[label], tmp_path) > 1


@pytest.mark.slow
@pytest.mark.parametrize("label", list(LATE)[3::7])
def test_each_hour_of_any_soak_comes_out_as_by_itself(label: str, tmp_path: Path) -> None:
    """The same for many of all kinds of soak, damaged logs among them."""
    _compare(LATE[label], tmp_path)
