"""Whole runs with a baseline: compared where that can be, and refused at once where it cannot."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from logparse.outcome import Outcome, State
from logparse.verdicts.verdict import to_json
from tests.builders.verdicts import verdict
from tests.runs.command_line import Desk
from tests.scenarios import edits
from tests.scenarios.scenario import START as DAY
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import write_soak


def test_a_run_with_a_baseline(tmp_path: Path) -> None:
    """A soak that is slower than the one before is READY with a WARN; one of the same soak is refused at once."""
    desk = Desk(tmp_path)
    write_soak(desk.logs, steady_day(DAY), DAY, "vercel")
    assert desk.run("--hour=24", "--start=2026-01-12T00:00Z").exit_code == 0
    (kept,) = (desk.reports / "history").iterdir()
    baseline = kept.rename(tmp_path / "earlier.json")
    later = DAY + timedelta(days=2)
    day = edits.at_every_delivery(steady_day(later), edits.with_latency(7_000))
    second = Desk(tmp_path / "second")
    write_soak(second.logs, day, later, "vercel")
    run = second.run("--hour=24", "--start=2026-01-14T00:00Z", f"--baseline={baseline}")
    assert (run.exit_code, run.verdict["verdict"]) == (0, "READY"), run.output
    outcomes = {change["name"]: change["outcome"] for change in run.verdict["trend"]["changes"]}
    assert {name for name, outcome in outcomes.items() if outcome == "WARN"} == {"response_time"}
    assert "WARN: trend: Response time (mean): worse by" in run.output
    for name in ("hour-24.html", "SUMMARY.md"):
        assert "Response time (mean)" in (second.reports / name).read_text("utf-8")
    run = desk.run("--hour=24", f"--baseline={baseline}")
    assert run.exit_code == 4, run.output
    assert f"ERROR: {baseline}: is no baseline: it is of this very soak" in run.output
    assert run.verdict["reason"].startswith(f"nothing was judged: {baseline}")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (to_json(verdict(24, error_rate=Outcome.FAIL)), "its verdict was NOT READY"),
        (json.dumps({"schema": 7}), "its schema is 7"),
        ("no JSON", "is no verdict as a run writes it"),
    ],
)
def test_a_run_with_a_bad_baseline_ends_at_once(tmp_path: Path, text: str, said: str) -> None:
    """Exit code 4, one line, and nothing was judged."""
    desk = Desk(tmp_path)
    (tmp_path / "earlier.json").write_text(text, "utf-8")
    run = desk.run("--hour=4", "--start=2026-01-12T00:00Z", f"--baseline={tmp_path / 'earlier.json'}")
    assert (run.exit_code, run.verdict["reason"][:20]) == (4, "nothing was judged: "), run.output
    assert said in run.output


def test_a_baseline_is_checked_where_the_start_is_found_in_the_logs(tmp_path: Path) -> None:
    """Where only the first record tells the start, a baseline of this very soak is refused after it was read."""
    desk = Desk(tmp_path)
    write_soak(desk.logs, steady_day(DAY), DAY, "vercel")
    run = desk.run("--hour=24")
    assert run.verdict["start_source"] == "first record"
    (kept,) = (desk.reports / "history").iterdir()
    desk.document.unlink()
    run = desk.run("--hour=24", f"--baseline={kept}")
    assert run.exit_code == 4, run.output
    assert "it is of this very soak" in run.output
    assert run.verdict["verdict"] == State.NOT_JUDGED
