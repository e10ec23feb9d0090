"""Eight runs at once on one document: all end as they should, no section is lost, the document is whole."""

import re
from pathlib import Path

import pytest

from logparse import monitoring_log
from tests.runs.command_line import Desk
from tests.scenarios.scenario import START
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import write_soak

RUNS = 8
WAYS = {
    "each hour, a reports folder each": ([4, 8, 12, 16, 20, 24, 24, 4], True),
    "one hour, a reports folder each": ([24] * RUNS, True),
    "each hour, one reports folder": ([4, 8, 12, 16, 20, 24, 24, 4], False),
    "one hour, one reports folder": ([24] * RUNS, False),
}


@pytest.mark.parametrize(("hours", "own_reports"), list(WAYS.values()), ids=list(WAYS))
def test_eight_at_once(tmp_path: Path, hours: list[int], own_reports: bool) -> None:
    """The document is in the end the same as after the same runs one after the other, whoever came last."""
    desk = Desk(tmp_path)
    write_soak(desk.logs, steady_day(START), START, "vercel")
    desk.run("--hour=0", "--start=2026-01-12T00:00Z")
    note = "\nA note of ours, which no run may lose.\n"
    desk.document.write_text(desk.document.read_text("utf-8") + note, "utf-8")
    started = [
        desk.start(f"--hour={hour}", *([f"--reports={tmp_path / f'reports-{at}'}"] if own_reports else []))
        for at, hour in enumerate(hours)
    ]
    ended = [desk.ended(process) for process in started]
    assert [run.exit_code for run in ended] == [0] * RUNS, "\n".join(run.output for run in ended)
    text = desk.document.read_text("utf-8")
    monitoring_log.check(text, desk.document)
    assert note in text
    for hour in {*hours}:
        section = re.split(rf"^### Hour {hour}\b.*$", text, flags=re.MULTILINE)[1].split("\n### ")[0]
        assert "[" not in re.findall(r"\*\*(?:Total w|W)ebhook deliveries:\*\* (.*)", section)[0], section
    if not own_reports:
        assert desk.verdict()["verdict"] == "READY"
        assert desk.verdict()["hour"] in hours
    assert list(tmp_path.rglob(".logparse-*")) == []
    # Once more, in order: nothing changes any more.
    for hour in sorted(set(hours)):
        assert desk.run(f"--hour={hour}").exit_code == 0
    assert desk.document.read_text("utf-8") == text
