"""One verdict, many outputs: verdict.json, JUnit, HTML, Markdown, terminal, GitHub's and the exit code say the same."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.runs.agreement.differences import differences
from tests.runs.agreement.runs import STARTED, Made, Run, make, runs
from tests.runs.command_line import Outcome
from tests.scenarios.scenario import NOT_JUDGED, NOT_READY, READY

pytestmark = pytest.mark.counts

RUNS = runs()


@pytest.mark.parametrize("run", [pytest.param(run, id=run.name) for run in RUNS])
def test_all_outputs_of_a_run_say_the_same(tmp_path: Path, run: Run) -> None:
    """The verdict, the outcome and the figures of each criterion, and what follows from them."""
    made = make(run, tmp_path)
    assert differences(made) == [], made.ended.output


@pytest.fixture(scope="module")
def not_ready(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A run whose outputs agree, to be spoiled."""
    folder: Path = tmp_path_factory.mktemp("agreement")
    return make(next(run for run in RUNS if run.name == "not ready"), folder)


SPOILED = {
    "verdict.json": ("reports/verdict.json", '"verdict": "NOT READY"', '"verdict": "READY"'),
    "a figure in verdict.json": ("reports/verdict.json", '"value": 100.0', '"value": 99.0'),
    "the verdict in the report": ("reports/hour-24.html", ">NOT READY", ">READY"),
    "a figure in the report": ("reports/hour-24.html", "<td>300 of 300</td>", "<td>301 of 301</td>"),
    "the index": ("reports/index.html", "✗ NOT READY (rehearsal)</p>", "✓ READY (rehearsal)</p>"),
    "the document's claim": ("MONITORING-LOG.md", "Production Ready: NO", "Production Ready: YES"),
    "the document's status": ("MONITORING-LOG.md", "**Status:** STOPPED", "**Status:** COMPLETE"),
    "the document's verdict": ("MONITORING-LOG.md", "UTC: NOT READY", "UTC: READY"),
    "a mark in the document": ("MONITORING-LOG.md", "| ✗      |", "| ✓      |"),
    "the summary's heading": ("reports/SUMMARY.md", "# Soak summary: NOT READY", "# Soak summary: READY"),
    "a row of the summary": ("reports/SUMMARY.md", "| ✗ FAIL |", "| ✓ PASS |"),
    "the phase": ("reports/SUMMARY.md", "The phase is not complete", "The phase is complete"),
    "the step's summary": ("step_summary", "## ✗ NOT READY", "## ✓ READY"),
    "a row of the step's summary": ("step_summary", "| 1 of 301 |", "| 0 of 301 |"),
    "the step's outputs": ("output", "verdict=NOT READY", "verdict=READY"),
    "the suite in JUnit": ("junit.xml", 'name="verdict" value="NOT READY"', 'name="verdict" value="READY"'),
    "the rehearsal in JUnit": ("junit.xml", 'name="rehearsal" value="true"', 'name="rehearsal" value="false"'),
    "the rehearsal in verdict.json": ("reports/verdict.json", '"rehearsal": true', '"rehearsal": false'),
    "the rehearsal in the report": ("reports/hour-24.html", "NOT READY (rehearsal)</p>", "NOT READY</p>"),
    "the rehearsal in the index": ("reports/index.html", "NOT READY (rehearsal)</p>", "NOT READY</p>"),
    "the rehearsal in the document": ("MONITORING-LOG.md", "UTC: NOT READY (rehearsal)", "UTC: NOT READY"),
    "the rehearsal in the document's status": ("MONITORING-LOG.md", "STOPPED (rehearsal)", "STOPPED"),
    "the rehearsal in the summary": ("reports/SUMMARY.md", "NOT READY (rehearsal)", "NOT READY"),
    "the rehearsal in the step's summary": ("step_summary", "NOT READY (rehearsal)", "NOT READY"),
    "the rehearsal in the step's outputs": ("output", "title=NOT READY (rehearsal)", "title=NOT READY"),
    "a criterion in JUnit": ("junit.xml", 'name="outcome" value="FAIL"', 'name="outcome" value="PASS"'),
    "a figure in JUnit": ("junit.xml", 'name="of" value="301"', 'name="of" value="300"'),
}


@pytest.mark.parametrize(("name", "said", "spoiled"), SPOILED.values(), ids=SPOILED)
def test_an_output_that_says_otherwise_is_noticed(not_ready: Made, name: str, said: str, spoiled: str) -> None:
    """Each of them is read, so that a change of one alone is seen."""
    assert differences(not_ready) == []
    path = not_ready.desk.folder / name
    text = path.read_text("utf-8")
    assert said in text
    path.write_text(text.replace(said, spoiled), "utf-8")
    try:
        assert differences(not_ready) != []
    finally:
        path.write_text(text, "utf-8")


OTHERWISE = {
    "the exit code": lambda ended: replace(ended, exit_code=0),
    "the title": lambda ended: replace(ended, output=re.sub(r"(=+) NOT READY ", r"\1 READY ", ended.output)),
    "a row": lambda ended: replace(ended, output=ended.output.replace("  1 of 301 ", "  0 of 301 ")),
    "the rehearsal": lambda ended: replace(ended, output=ended.output.replace(" (rehearsal)", "")),
    "the rehearsal in an annotation": lambda ended: replace(ended, output=ended.output.replace("=rehearsal", "=no")),
    "the block": lambda ended: replace(ended, output=ended.output.replace("monitoring-stopped", "monitoring-complete")),
    "an annotation": lambda ended: replace(ended, output=ended.output.replace("::error ", "::warning ")),
    "the failed tests": lambda ended: replace(ended, output=ended.output.replace("FAILED ", "PASSED ")),
}


@pytest.mark.parametrize("changed", OTHERWISE.values(), ids=OTHERWISE)
def test_a_terminal_that_says_otherwise_is_noticed(not_ready: Made, changed: Callable[[Outcome], Outcome]) -> None:
    """What it prints, and how it ends."""
    assert differences(replace(not_ready, ended=changed(not_ready.ended))) != []


def test_the_runs_are_of_every_kind() -> None:
    """Thirty and more, with every verdict, at several hours, in many formats, and no two alike."""
    verdicts = Counter(run.verdict for run in RUNS)
    assert len(RUNS) >= 30
    assert min(verdicts[verdict] for verdict in (READY, NOT_READY, NOT_JUDGED)) >= 6, verdicts
    assert verdicts[STARTED] == 1
    assert {run.hour for run in RUNS} >= {0, 4, 12, 24}
    assert len({run.scenario.format for run in RUNS}) >= 10
    assert len({run.name for run in RUNS}) == len(RUNS)
    assert sum(bool(run.waived) for run in RUNS) >= 3
