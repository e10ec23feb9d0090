"""Waivers in whole runs: what one changes, when it ends, and what all outputs then say."""

from pathlib import Path

import pytest

from tests.runs.command_line import Desk
from tests.scenarios.failures import with_crash
from tests.scenarios.scenario import START as DAY
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import write_soak
from tests.unit.judging.test_waivers import _of


@pytest.fixture
def crashed(tmp_path: Path) -> Desk:
    """A desk with the logs of a day with one crash."""
    desk = Desk(tmp_path)
    write_soak(desk.logs, with_crash(steady_day(DAY), int(DAY.timestamp() * 1000) + 3_600_000), DAY, "vercel")
    return desk


def test_a_run_with_a_waiver(crashed: Desk) -> None:
    """The failure passes, and is told; a waiver that is not needed, too; an expired one ends the run as it began."""
    needless = _of(criterion='"answering"', until="2999-12-31")
    junit = crashed.folder / "junit.xml"
    path = crashed.folder / "waivers.toml"
    path.write_text(_of(criterion='"critical_errors"', until="2999-12-31") + needless, "utf-8")
    arguments = ("--start=2026-01-12T00:00Z", "-o", f"waivers={path}", f"--junitxml={junit}")
    run = crashed.run("--hour=24", *arguments)
    assert (run.exit_code, run.verdict["verdict"]) == (0, "READY"), run.output
    assert "waiver: critical_errors, waived by Rina until 3000-01-01 00:00 UTC: known (waivers.toml:1)" in run.output
    assert run.verdict["title"] == "READY with 1 waiver: Critical errors"
    assert [(one["criterion"], one["by"]) for one in run.verdict["waivers"]] == [("critical_errors", "Rina")]
    assert run.verdict["reason"].startswith(
        "every required criterion is met; with 1 waiver: Critical errors: waived by"
    )
    assert "waivers.toml:6: the waiver of answering was not needed: Answering is PASS without it" in run.output
    assert "PASS with 1 waiver: waived by Rina" in junit.read_text("utf-8")
    path.write_text(_of(criterion='"critical_errors"', until="2026-01-01"), "utf-8")
    run = crashed.run("--hour=24", *arguments)
    assert run.exit_code == 4, run.output
    assert f"ERROR: {path}:5: the waiver of critical_errors expired at 2026-01-02 00:00 UTC" in run.output
    assert run.verdict["reason"].startswith(f"nothing was judged: {path}:5: ")


def test_a_run_without_waivers(crashed: Desk) -> None:
    """Without any the soak stops; a file that is named and not there is a mistake."""
    run = crashed.run("--hour=24", "--start=2026-01-12T00:00Z", "-o", "waivers=")
    assert (run.exit_code, run.verdict["waivers"]) == (1, []), run.output
    assert "monitoring-stopped" in run.output
    run = crashed.run("--hour=24", "-o", "waivers=nowhere.toml")
    assert run.exit_code == 4, run.output
    assert "nowhere.toml: the waivers cannot be read" in run.output


def test_a_waiver_ends_by_the_clock_of_the_run(crashed: Desk) -> None:
    """A run that is told another time takes the waiver that held then."""
    path = crashed.folder / "waivers.toml"
    path.write_text(_of(criterion='"critical_errors"', until="2026-01-13T02:00:00Z"), "utf-8")
    arguments = ("--hour=24", "--start=2026-01-12T00:00Z", "-o", f"waivers={path}")
    for now, code in (("2026-01-13T01:59:59Z", 0), ("2026-01-13T02:00:00Z", 4)):
        run = crashed.run(*arguments, environment={"LOGPARSE_NOW": now})
        assert run.exit_code == code, run.output


def test_workers_show_what_was_waived(crashed: Desk) -> None:
    """A worker of pytest-xdist gets the waiver with the judgement."""
    path = crashed.folder / "waivers.toml"
    path.write_text(_of(criterion='"critical_errors"', until="2999-12-31"), "utf-8")
    arguments = ("--start=2026-01-12T00:00Z", "-o", f"waivers={path}", "-p", "xdist.plugin", "-n", "2")
    run = crashed.run("--hour=24", *arguments)
    assert (run.exit_code, len(run.verdict["waivers"])) == (0, 1), run.output
