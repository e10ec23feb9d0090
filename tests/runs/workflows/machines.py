"""Machines for trying workflows, an hour after the end of a soak."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.runs.command_line import CORE_PLUGINS
from tests.runs.workflows.runner import Runner
from tests.runs.workflows.services import Artifacts
from tests.scenarios.scenario import START, steady

DAY = steady()
SOAKED = DAY[0].deployment
ENDED = START + timedelta(hours=25)


def environment_in(folder: Path, now: str) -> dict[str, str]:
    """What every step sees: the clock, and the core plugins alone."""
    plugins = " ".join(f"-p {name}" for name in CORE_PLUGINS)
    return {
        "MACHINE_NOW": now,
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTEST_ADDOPTS": f"{plugins} -o cache_dir={folder}/cache",
    }


def runner_in(folder: Path, *, now: str = ENDED.isoformat(), **more: Any) -> Runner:
    """A machine at a time of the clock, an hour after the soak."""
    return Runner(folder / "machine", Artifacts.new(folder / "store"), environment_in(folder, now), **more)
