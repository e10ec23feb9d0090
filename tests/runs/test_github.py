"""What GitHub Actions is told by a whole run, and only where it asks."""

from pathlib import Path

import pytest

from tests.runs.command_line import CORE_PLUGINS, Desk
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


def _files(desk: Desk) -> dict[str, str]:
    """The environment that the service gives a step."""
    files = {f"GITHUB_{name}": str(desk.folder / name.lower()) for name in ("STEP_SUMMARY", "OUTPUT")}
    return {**files, "GITHUB_ACTIONS": "true"}


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["one process", "workers"])
def test_a_run_tells_the_service(desk: Desk, workers: tuple[str, ...]) -> None:
    """Once, whoever runs the tests: annotations on the terminal, summary and outputs in their files."""
    plugins = (*CORE_PLUGINS, "xdist.plugin") if workers else CORE_PLUGINS
    run = desk.run("--hour=24", "--start=2026-01-12T00:00Z", *workers, environment=_files(desk), plugins=plugins)
    assert run.exit_code == 1, run.output
    commands = [line for line in run.output.splitlines() if line.startswith("::")]
    warned = [one["title"] for one in run.verdict["criteria"] if one["outcome"] == "WARN"]
    assert "Evidence" in warned
    assert [line.split("::")[1] for line in commands] == [
        "error title=Signature failures%3A FAIL",
        *(f"warning title={title}%3A WARN" for title in warned),
    ]
    summary = (desk.folder / "step_summary").read_text("utf-8")
    assert summary.startswith("## ✗ NOT READY\n\nSignature failures: 1 failure")
    assert summary.count("## ✗ NOT READY") == 1
    outputs = dict(line.split("=", 1) for line in (desk.folder / "output").read_text("utf-8").splitlines())
    assert outputs == {
        "verdict": "NOT READY",
        "final": "true",
        "title": "NOT READY",
        "reason": run.verdict["reason"],
    }


def test_a_summary_that_cannot_be_written_changes_no_verdict(desk: Desk) -> None:
    """It is told, and the exit code is that of the verdict."""
    broken = {**_files(desk), "GITHUB_STEP_SUMMARY": str(desk.folder), "GITHUB_OUTPUT": "/nowhere/output"}
    run = desk.run("--hour=24", "--start=2026-01-12T00:00Z", environment=broken)
    assert (run.exit_code, run.verdict["verdict"]) == (1, "NOT READY")
    assert f"{desk.folder}: cannot be written (Is a directory); the verdict stands" in run.output
    assert "/nowhere/output: cannot be written (No such file or directory); the verdict stands" in run.output


def test_a_run_elsewhere_tells_nobody(desk: Desk) -> None:
    """No command for a service is printed where none runs it."""
    run = desk.run("--hour=24", "--start=2026-01-12T00:00Z")
    assert not [line for line in run.output.splitlines() if line.startswith("::")]
