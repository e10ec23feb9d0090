"""The history as whole runs write it: every verdict kept once, and the page of them."""

from pathlib import Path

import pytest

from logparse.verdicts import history
from logparse.verdicts.history import kept
from tests.runs.command_line import Desk
from tests.scenarios.scenario import START as DAY
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import write_soak
from tests.unit.verdicts.test_history import _Page


@pytest.fixture
def steady(tmp_path: Path) -> Desk:
    """A desk with the logs of a steady day."""
    desk = Desk(tmp_path)
    write_soak(desk.logs, steady_day(DAY), DAY, "vercel")
    return desk


def test_runs_keep_their_verdicts_and_write_the_page(steady: Desk) -> None:
    """Each hour is kept once, the page shows them with their reports, and links to nothing that is not there."""
    for hour in (0, 4, 8, 8):
        assert steady.run(f"--hour={hour}", "--start=2026-01-12T00:00Z").exit_code == 0
    found = kept(steady.reports / history.FOLDER)
    assert [one.hour for one in found] == [0, 4, 8]
    shown = _Page((steady.reports / "index.html").read_text("utf-8"))
    assert [link for link in shown.links if link.startswith("hour")] == ["hour-00.html", "hour-04.html", "hour-08.html"]
    assert all((steady.reports / link).is_file() for link in shown.links)
    assert "script" not in shown.elements


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda reports: (reports / "history").write_text(""), "history: "),
        (lambda reports: (reports / "index.html").mkdir(), "index.html: is a folder"),
    ],
    ids=["a file in place of the folder", "a folder in place of the page"],
)
def test_a_history_that_cannot_be_written_is_a_usage_problem(steady: Desk, spoil: object, said: str) -> None:
    """It is told before anything is read, and nothing was judged."""
    steady.reports.mkdir()
    assert callable(spoil)
    spoil(steady.reports)
    run = steady.run("--hour=4", "--start=2026-01-12T00:00Z")
    assert (run.exit_code, run.verdict["reason"][:20]) == (4, "nothing was judged: "), run.output
    assert said in run.output
    assert not steady.document.exists()


def test_a_run_that_did_not_finish_is_not_kept(steady: Desk) -> None:
    """What concluded nothing leaves nothing in the history."""
    (steady.folder / "crash.py").write_text("import os\n\n\ndef pytest_runtest_call(item):\n    os._exit(99)\n")
    environment = {"PYTHONPATH": str(steady.folder)}
    steady.run("--hour=4", "--start=2026-01-12T00:00Z", "-p", "crash", environment=environment)
    assert kept(steady.reports / history.FOLDER) == ()
    assert not (steady.reports / "index.html").exists()
