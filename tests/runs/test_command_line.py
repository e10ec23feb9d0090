"""`pytest --hour=N` from start to end, as users run it."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.runs.command_line import ROOT, Desk
from tests.scenarios.scenario import START
from tests.scenarios.traffic import steady_day
from tests.scenarios.traps import rejected_signature
from tests.scenarios.writers import write_soak

START_OPTION = "--start=2026-01-12T00:00Z"
NOTES = "- **Notes:** "


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty desk."""
    return Desk(tmp_path)


@pytest.fixture
def steady(desk: Desk) -> Desk:
    """A desk with the logs of a steady day."""
    write_soak(desk.logs, steady_day(START), START, "vercel")
    return desk


@pytest.fixture
def unstable(desk: Desk) -> Desk:
    """A desk with the logs of a day with a signature failure."""
    write_soak(desk.logs, rejected_signature(steady_day(START)), START, "vercel")
    return desk


@pytest.mark.plain
def test_sample_soak_is_ready(desk: Desk) -> None:
    """The soak that ships with the project is READY at hour 24, with the core install alone."""
    run = desk.run("--hour=24", f"--logs={ROOT / 'samples' / 'steady'}", "--start=2026-01-12T06:00Z")
    assert (run.exit_code, run.verdict["verdict"], run.verdict["final"]) == (0, "READY", True), run.output
    assert run.output.rstrip().splitlines()[-6:-4] == ["monitoring-complete", "DELIVERIES: 300"]


def test_verdict_json_has_what_gates_read(steady: Desk) -> None:
    """verdict.json holds every criterion, the metrics, the windows, and every line of every file in one class."""
    verdict = steady.run("--hour=12", START_OPTION).verdict
    assert (verdict["schema"], verdict["hour"], verdict["final"], verdict["verdict"]) == (1, 12, False, "READY")
    assert (verdict["start"], verdict["start_source"]) == ("2026-01-12T00:00:00Z", "--start")
    assert len(verdict["criteria"]) == 12
    assert [window["hour"] for window in verdict["windows"]] == [4, 8, 12]
    assert sum(window["metrics"]["deliveries"] for window in verdict["windows"]) == verdict["metrics"]["deliveries"]
    for file in verdict["files"]:
        lines = (steady.logs / Path(file["path"]).name).read_bytes().count(b"\n")
        assert sum(file["lines"].values()) == lines, file
    assert verdict["lines"]["later"] > 0, "the files of hours 16 to 24 are there already"


def test_header_prints_what_is_in_force(steady: Desk) -> None:
    """The header names start, hour, windows, files and limits."""
    output = steady.run("--hour=4", START_OPTION, "-o", "error_rate_limit=3").output
    for words in ("start 2026-01-12 00:00 UTC", "hour 4 of 24", "6 files", "error rate under 3 %", "windows: 4:"):
        assert words in output


@pytest.mark.plain
def test_unstable_soak_stops(unstable: Desk) -> None:
    """One signature failure is NOT READY, exit 1, and the block to paste says that monitoring stopped."""
    run = unstable.run("--hour=24", START_OPTION)
    assert run.exit_code == 1, run.output
    assert [name for name, outcome in run.outcomes.items() if outcome == "FAIL"] == ["signature_failures"]
    assert "monitoring-stopped" in run.output
    text = unstable.document.read_text("utf-8")
    assert "Hour 0" in text
    assert "Production Ready: YES" not in text
    assert "- **Status:** STOPPED" in text


def test_whole_soak_fills_the_document(steady: Desk) -> None:
    """Hours 0 to 24 in turn fill every section, people's notes stand, and hour 24 again changes no byte."""
    for hour in (0, 4, 8, 12, 16, 20, 24):
        option = (START_OPTION,) if hour == 0 else ()
        assert steady.run(f"--hour={hour}", *option).exit_code == 0
        heading = {0: "### Hour 0 (Start)", 24: "### Hour 24 (Final)"}.get(hour, f"### Hour {hour}\n")
        before, found, after = steady.document.read_text("utf-8").partition(heading)
        own = after.split("\n### ")[0].split("\n## ")[0]
        assert "[" not in own.replace("[ARI]", ""), own
        noted = own.rstrip("\n") + f"\n  - checked by hand at hour {hour}\n\n"
        steady.document.write_text(before + found + noted + after[len(own) :].lstrip("\n"), "utf-8")
    assert steady.run("--hour=24").exit_code == 0
    text = steady.document.read_text("utf-8")
    assert steady.run("--hour=24").exit_code == 0
    assert steady.document.read_text("utf-8") == text
    for hour in (0, 4, 8, 12, 16, 20, 24):
        assert f"checked by hand at hour {hour}\n" in text
    assert "Hour 0" in text
    assert "- **Production Ready: YES**" in text
    assert len(text.splitlines()) >= 50


def test_missed_checkpoint_is_made_good_by_the_next(steady: Desk) -> None:
    """A window whose checkpoint was never run is filled in by the next one."""
    steady.run("--hour=0", START_OPTION)
    steady.run("--hour=8")
    section = steady.document.read_text("utf-8").split("### Hour 4\n")[1].split("###")[0]
    assert "- **Webhook deliveries:** 50" in section


def test_restart_keeps_the_old_document(steady: Desk) -> None:
    """--restart begins the 24 hours again and keeps the old document beside the new one."""
    steady.run("--hour=4", START_OPTION)
    old = steady.document.read_text("utf-8")
    assert steady.run("--hour=0", "--restart").exit_code == 0
    assert (steady.folder / "MONITORING-LOG.1.md").read_text("utf-8") == old
    assert f"- **Start:** {datetime.now(UTC):%Y-%m-%d}" in steady.document.read_text("utf-8")


def test_selecting_tests_never_changes_the_verdict(unstable: Desk) -> None:
    """Showing one criterion, or none, concludes the same as showing all."""
    for selection in (("-k", "success_rate"), ("-k", "nothing_is_called_so"), ("--deselect", "tests/acceptance")):
        run = unstable.run("--hour=24", START_OPTION, *selection)
        assert (run.exit_code, run.verdict["verdict"]) == (1, "NOT READY"), run.output


def test_collect_only_writes_nothing(steady: Desk) -> None:
    """--collect-only lists the criteria, reads no log and writes no file."""
    run = steady.run("--hour=24", START_OPTION, "--collect-only", "-q")
    assert run.exit_code == 0
    assert "test_success_rate" in run.output
    assert sorted(path.name for path in steady.folder.iterdir() if path.name != "cache") == ["logs"]


def test_test_that_does_not_end_by_its_outcome_is_not_judged(steady: Desk) -> None:
    """A test that runs into its timeout says nothing about its criterion: NOT JUDGED, though the numbers are fine."""
    plugin = steady.folder / "slow_criterion.py"
    plugin.write_text(
        "import time\n\n\ndef pytest_runtest_call(item):\n    if item.name == 'test_silence':\n        time.sleep(30)\n"
    )
    environment = {"PYTHONPATH": str(steady.folder)}
    run = steady.run(
        "--hour=24", START_OPTION, "-p", "slow_criterion", "--timeout=1", "-k", "silence", environment=environment
    )
    assert (run.exit_code, run.outcomes["silence"]) == (10, "NOT JUDGED"), run.output
    assert "did not end by its outcome" in run.output


@pytest.mark.plain
def test_crash_never_leaves_an_old_ready(steady: Desk) -> None:
    """A run that ends in the middle leaves a verdict that says so, and the document as it was."""
    assert steady.run("--hour=24", START_OPTION).verdict["verdict"] == "READY"
    before = steady.document.read_text("utf-8")
    (steady.folder / "crash.py").write_text("import os\n\n\ndef pytest_runtest_call(item):\n    os._exit(99)\n")
    run = steady.run("--hour=24", "-p", "crash", environment={"PYTHONPATH": str(steady.folder)})
    assert (run.exit_code, run.verdict["verdict"]) == (99, "NOT JUDGED")
    assert run.verdict["reason"] == "the run did not finish"
    assert steady.document.read_text("utf-8") == before


def test_fault_in_a_report_never_leaves_a_ready(steady: Desk) -> None:
    """Where what writes a report has a bug, the run ends with 3, concludes nothing and keeps nothing."""
    plugin = "def pytest_html_results_summary(prefix):\n    raise ModuleNotFoundError('no charts')\n"
    (steady.folder / "faulty.py").write_text(plugin)
    run = steady.run("--hour=24", START_OPTION, "-p", "faulty", environment={"PYTHONPATH": str(steady.folder)})
    assert (run.exit_code, run.verdict["verdict"]) == (3, "NOT JUDGED"), run.output
    assert run.verdict["reason"] == "the run did not finish"
    assert "INTERNALERROR> ModuleNotFoundError: no charts" in run.output
    assert list((steady.reports / "history").iterdir()) == []


def test_html_report_needs_no_script_and_no_network(steady: Desk) -> None:
    """The report holds verdict and criteria as plain HTML in one file that asks nobody for anything."""
    steady.run("--hour=24", START_OPTION)
    page = (steady.reports / "hour-24.html").read_text("utf-8")
    before_scripts = page.split("<script")[0]
    assert '<p class="state ready">READY</p>' in before_scripts
    assert before_scripts.count('<tr class="') >= 12
    assert 'src="http' not in page
    assert "<link" not in page
    assert (steady.reports / "SUMMARY.md").read_text("utf-8").startswith("# Soak summary: READY")


def test_cached_files_are_not_read_again(steady: Desk) -> None:
    """A second run finds every file counted, and concludes the same when the files are gone from the cache."""
    first = steady.run("--hour=24", START_OPTION).verdict
    second = steady.run("--hour=24", "--rehash").verdict
    shutil.rmtree(steady.folder / "cache")
    third = steady.run("--hour=24").verdict
    assert first["metrics"] == second["metrics"] == third["metrics"]


@pytest.mark.plain
def test_without_hour_nothing_is_judged() -> None:
    """Without --hour the acceptance tests are not collected, and one line says how to judge."""
    run = Desk(ROOT / "nowhere").run("--collect-only", "-q", "tests/acceptance", "tests/unit/storage/test_atomic.py")
    assert "test_criteria" not in run.output
    assert "pytest --hour=N" in run.output


def test_workers_show_the_same_verdict(steady: Desk) -> None:
    """With pytest-xdist the logs are judged once, and the workers show what the controller concluded."""
    pytest.importorskip("xdist")
    run = steady.run("--hour=24", START_OPTION, "-p", "xdist.plugin", "-n", "2")
    assert (run.exit_code, run.verdict["verdict"]) == (0, "READY"), run.output
