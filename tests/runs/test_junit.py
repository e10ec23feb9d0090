"""The JUnit file: each criterion with its figures, and the verdict, as verdict.json has them."""

import json
from pathlib import Path
from typing import Any

import pytest

from logparse.report import junit
from tests.runs.command_line import CORE_PLUGINS, Desk
from tests.runs.junit_file import Junit, read_junit
from tests.scenarios.scenario import START
from tests.scenarios.traffic import steady_day
from tests.scenarios.traps import rejected_signature
from tests.scenarios.writers import write_soak


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with the logs of a day with a signature failure."""
    made = Desk(tmp_path)
    write_soak(made.logs, rejected_signature(steady_day(START)), START, "vercel")
    return made


def _told(desk: Desk, *arguments: str, plugins: tuple[str, ...] = CORE_PLUGINS) -> tuple[Junit, dict[str, Any]]:
    file = desk.folder / "junit.xml"
    run = desk.run("--start=2026-01-12T00:00Z", f"--junitxml={file}", *arguments, plugins=plugins)
    assert file.exists(), run.output
    return read_junit(file), dict(run.verdict)


@pytest.mark.parametrize("plugins", [CORE_PLUGINS, (*CORE_PLUGINS, "xdist.plugin")], ids=["one process", "workers"])
def test_every_figure_of_a_criterion_is_a_property_of_its_test(desk: Desk, plugins: tuple[str, ...]) -> None:
    """Each as it stands in verdict.json, also where workers of pytest-xdist run the tests."""
    more = ("-n", "2") if "xdist.plugin" in plugins else ()
    told, verdict = _told(desk, "--hour=24", *more, plugins=plugins)
    assert list(told.criteria) == [criterion["name"] for criterion in verdict["criteria"]] or more
    for criterion in verdict["criteria"]:
        properties = told.criteria[criterion["name"]]
        assert set(junit.OF_CRITERION) <= set(properties)
        for name in junit.OF_CRITERION:
            value = criterion[name]
            text = "" if value is None else value if isinstance(value, str) else json.dumps(value)
            assert properties[name] == text, name
    assert told.criteria["success_rate"]["interval"].startswith("[98.")
    assert (told.criteria["response_quality"]["value"], told.criteria["response_quality"]["required"]) == ("", "false")
    assert told.suite == {
        "verdict": "NOT READY",
        "hour": "24",
        "final": "true",
        "start": "2026-01-12T00:00:00Z",
        "deployments": verdict["deployments"][0],
        "deployment": "",
        "rehearsal": "false",
        "reason": verdict["reason"],
    }


def test_a_soak_that_starts_is_told_too(desk: Desk) -> None:
    """At hour 0 there is no criterion, but a verdict."""
    told, verdict = _told(desk, "--hour=0")
    assert (told.suite["verdict"], told.suite["final"], told.criteria) == ("STARTED", "false", {})
    assert verdict["verdict"] == "STARTED"


def test_a_run_that_did_not_finish_is_not_judged(desk: Desk) -> None:
    """What is written after the run was stopped says so, in the file and to GitHub Actions."""
    (desk.folder / "stops.py").write_text("def pytest_runtest_setup(item):\n    raise KeyboardInterrupt\n", "utf-8")
    run_with = (*CORE_PLUGINS, "stops")
    file = desk.folder / "junit.xml"
    run = desk.run(
        "--hour=24",
        "--start=2026-01-12T00:00Z",
        f"--junitxml={file}",
        plugins=run_with,
        environment={
            "PYTHONPATH": str(desk.folder),
            "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(desk.folder / "output"),
        },
    )
    assert run.exit_code == 2, run.output
    told = read_junit(file).suite
    assert told == {"verdict": "NOT JUDGED", "hour": "24", "final": "false", "reason": "the run did not finish"}
    assert (desk.folder / "output").read_text("utf-8").startswith("verdict=NOT JUDGED\nfinal=false\n")
    assert "\n::error title=NOT JUDGED%3A the run did not finish::" in run.output
