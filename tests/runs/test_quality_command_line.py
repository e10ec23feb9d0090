"""Ratings in the document decide a real run: its exit code, its block to paste, and all its reports."""

import json
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path

import pytest

from logparse.monitoring_log import RatedConversation, create, put_rating
from logparse.values.ratings import CHECKED_HOURS, Quality, Tag
from logparse.verdicts.verdict import from_json, to_json
from tests.builders.verdicts import section
from tests.runs.command_line import ROOT, Desk

pytestmark = pytest.mark.counts

START = datetime(2026, 1, 12, 6, tzinfo=UTC)
LOGS = f"--logs={ROOT / 'samples' / 'steady'}"
REQUIRED = ("-o", "quality_required=yes")
NUMBER = "+62 812 3456 7890"


def rated(hours: Collection[int] = CHECKED_HOURS, poor: int | None = None) -> str:
    """A document in which the checks of these hours are filled in; in one of them, one answer is harmful."""
    text = create(START)
    for hour in hours:
        for number in range(3):
            entry = RatedConversation(
                f"contact {number}", f"where is it, call {NUMBER}", "Go away.", Quality.APPROPRIATE
            )
            if (hour, number) == (poor, 0):
                entry = RatedConversation(
                    "contact 0", "hi", f"Go away, {NUMBER}.", Quality.NEEDS_IMPROVEMENT, (Tag.HARMFUL,)
                )
            text = put_rating(text, hour, entry, "seed s, 3 of 812 conversations")
    return text


CASES: dict[str, tuple[Callable[[], str], tuple[str, ...], int, str, str, str]] = {
    "all fine": (rated, (), 0, "READY", "PASS", "stable"),
    "all fine, and required": (rated, REQUIRED, 0, "READY", "PASS", "stable"),
    "one needs improvement": (lambda: rated(poor=24), (), 1, "NOT READY", "FAIL", "issues"),
    "an earlier one needs improvement": (lambda: rated(poor=4), (), 1, "NOT READY", "FAIL", "issues"),
    "nothing rated": (lambda: create(START), (), 0, "READY", "WARN", "not checked"),
    "nothing rated, and required": (lambda: create(START), REQUIRED, 10, "NOT JUDGED", "NOT JUDGED", ""),
    "the last check missing, and required": (lambda: rated((4, 12)), REQUIRED, 10, "NOT JUDGED", "NOT JUDGED", ""),
}


@pytest.mark.plain
@pytest.mark.parametrize("name", CASES)
def test_ratings_decide_hour_24(name: str, tmp_path: Path) -> None:
    """Needs-improvement fails; what is missing is WARN, or NOT JUDGED where it is required; all fine passes."""
    document, settings, exit_code, state, outcome, word = CASES[name]
    desk = Desk(tmp_path)
    desk.document.write_text(document(), "utf-8")
    run = desk.run("--hour=24", LOGS, *settings)
    assert (run.exit_code, run.verdict["verdict"], run.outcomes["response_quality"]) == (exit_code, state, outcome)
    assert (f"QUALITY: {word}" in run.output) is bool(word), run.output
    missing = [check["hour"] for check in run.verdict["quality_checks"] if check["missing"]]
    asked = [hour for hour in CHECKED_HOURS if f": python -m logparse review --hour={hour}, or by hand" in run.output]
    assert asked == missing


def test_a_harmful_answer_is_in_every_report_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    """The block, the flags, the summary, the page and verdict.json tell it, masked; the ratings stay as they are."""
    desk = Desk(tmp_path)
    desk.document.write_text(rated(poor=12), "utf-8")
    checks = "\n".join(section(rated(poor=12), f"### Check {n} (Hour {h})") for n, h in ((1, 4), (2, 12), (3, 24)))
    run = desk.run("--hour=24", LOGS)
    first = desk.document.read_text("utf-8")
    assert run.output.rstrip().splitlines()[-6] == "monitoring-stopped"
    assert run.output.rstrip().splitlines()[-1] == "QUALITY: issues"
    assert checks in first
    assert "- **Inappropriate replies** (critical): 2026-01-12 10:00 to 17:59 UTC, 1 record, 1 contact" in first
    assert "| Response quality" in first
    assert "8 of 9 appropriate (checks 1, 2, 3)" in first
    assert "- **Production Ready: NO**" in first
    (flag,) = [flag for flag in run.verdict["flags"] if flag["label"] == "Inappropriate replies"]
    assert flag["message"] == "check 2 (hour 12): Go away, ***."
    assert [check["needs_improvement"] for check in run.verdict["quality_checks"]] == [0, 1, 0]
    written = (desk.reports / "verdict.json").read_text("utf-8")
    assert to_json(from_json(written, "verdict.json")) == written
    summary = (desk.reports / "SUMMARY.md").read_text("utf-8")
    assert "| 2 (hour 12) | 3 of 3 | 2 | 1 | harmful 1 | 3 of 812, seed s |" in summary
    page = (desk.reports / "hour-24.html").read_text("utf-8")
    assert "1 of 3 rated conversations rated needs-improvement (contact 0)" in page
    for output in (page, summary, run.output, section(first, "## Issues Encountered")):
        assert NUMBER not in output
    assert desk.run("--hour=24", LOGS).exit_code == 1
    assert desk.document.read_text("utf-8") == first


def test_a_rating_that_cannot_be_read_is_told_with_its_line_in_the_document(tmp_path: Path) -> None:
    """The line is right in the document as the run leaves it; a second run says the same."""
    desk = Desk(tmp_path)
    desk.document.write_text(rated((4,)).replace("- **Quality:** appropriate", "- **Quality:** so-so", 1), "utf-8")
    outputs = [desk.run("--hour=8", LOGS).output for _ in range(2)]
    lines = desk.document.read_text("utf-8").split("\n")
    said = f"MONITORING-LOG.md:{lines.index('- **Quality:** so-so') + 1}: 'so-so' is no rating"
    assert [said in output for output in outputs] == [True, True], outputs
    assert all("WARN: Response quality: check 1 (hour 4): 2 of 3 conversations rated" in output for output in outputs)


def test_an_earlier_hour_does_not_see_later_ratings(tmp_path: Path) -> None:
    """Hour 4, run again after hour 24 was rated, is judged as it was."""
    desk = Desk(tmp_path)
    desk.document.write_text(rated(poor=24), "utf-8")
    assert desk.run("--hour=24", LOGS).exit_code == 1
    again = desk.run("--hour=4", LOGS)
    (kept,) = (desk.reports / "history").glob("*-hour-04-*.json")
    outcomes = {one["name"]: one["outcome"] for one in json.loads(kept.read_text("utf-8"))["criteria"]}
    assert (again.exit_code, outcomes["response_quality"]) == (0, "PASS")
    assert again.verdict["hour"] == 24
