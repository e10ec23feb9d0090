"""The example of checkpoints on a schedule, run by hand on machines that keep nothing: what is lost is NOT JUDGED."""

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from tests.builders.counted import START
from tests.builders.sources.log_server import Served, served
from tests.runs.collect.test_unattended import PLAN
from tests.runs.workflows.runner import Ran
from tests.runs.workflows.soak import (
    BRING,
    DEPLOY,
    DEPLOYING,
    GATE,
    HAND_ON,
    JUDGE,
    STATE,
    THE_DEPLOYMENT,
    WORKFLOW,
    Repository,
    at,
    plan,
)


def _outcomes(ran: Mapping[str, Ran]) -> tuple[str, str, str]:
    return ran[STATE].outcome, ran[JUDGE].outcome, ran[HAND_ON].outcome


@pytest.mark.parametrize("unstable", [False, True], ids=["stable", "unstable"])
def test_a_soak_travels_from_run_to_run_to_the_deploy(tmp_path: Path, unstable: bool) -> None:
    """Begun by hand, judged by the schedule, deployed by the gate: or not, where the bot failed."""
    with served(plan(unstable=unstable)) as server:
        soak = Repository(tmp_path, server)
        assert _outcomes(soak.run(START, begin=True)) == ("skipped", "success", "success")
        for hour in (4, 12, 20):
            ran = soak.run(at(hour))
            assert ran[HAND_ON].outcome == "success"
        end = soak.run(at(24))
        assert end[JUDGE].outputs["verdict"] == ("NOT READY" if unstable else "READY"), end[JUDGE].printed
        assert end[JUDGE].outputs["final"] == "true"
        assert (soak.state / "MONITORING-LOG.md").read_text("utf-8").count("[placeholder]") == 0
        deploy = soak.run(at(25), DEPLOYING, deployment=THE_DEPLOYMENT)
        assert deploy[GATE].outputs["verdict"] == ("NOT READY" if unstable else "READY"), deploy[GATE].printed
        assert deploy[DEPLOY].outcome == ("skipped" if unstable else "success")
        # The schedule goes on after the soak: there is nothing to judge any more, and the state is still handed on.
        assert _outcomes(soak.run(at(28))) == ("success", "skipped", "success")


def test_a_window_that_nobody_collected_is_not_judged(tmp_path: Path) -> None:
    """The source is down at the last hour: the deploy is not reached, and says why."""
    with served(PLAN) as server:
        soak = Repository(tmp_path, server)
        soak.run(START, begin=True)
        assert soak.run(at(20))[JUDGE].outputs["verdict"] == "READY"
        gone = soak.server
    soak.server = Served(gone.origin)
    end = soak.run(at(24))
    assert (end[JUDGE].outputs["verdict"], end[HAND_ON].outcome) == ("NOT JUDGED", "success"), end[JUDGE].printed
    deploy = soak.run(at(25), DEPLOYING, deployment=THE_DEPLOYMENT)
    assert (deploy[BRING].outcome, deploy[DEPLOY].outcome) == ("success", "skipped")
    assert "NOT JUDGED: do not deploy: Evidence: " in deploy[GATE].printed


def test_logs_that_were_lost_are_not_judged(tmp_path: Path) -> None:
    """The document came back and the logs did not: what the source no longer has is NOT JUDGED, the rest is fetched."""
    with served(PLAN) as server:
        soak = Repository(tmp_path, server, kept=5)
        soak.run(START, begin=True)
        assert [soak.run(at(hour))[JUDGE].outputs["verdict"] for hour in (4, 8)] == ["READY", "READY"]
        shutil.rmtree(soak.state / "logs")
        lost = soak.run(at(12))
    assert (lost[JUDGE].outputs["verdict"], lost[JUDGE].outputs["exit-code"]) == ("NOT JUDGED", "10")
    assert "window 4" in lost[JUDGE].printed
    fetched = sorted(path.name for path in (soak.state / "logs").rglob("*.jsonl"))
    assert fetched == ["logs-hour-08.jsonl", "logs-hour-12.jsonl"]
    assert soak.run(at(12.5), DEPLOYING, deployment=THE_DEPLOYMENT)[DEPLOY].outcome == "skipped"


LOST = {
    "no run before": None,
    "a run that handed on nothing": {},
    "a run that handed on something else": {"name": "reports"},
    "a run of a pull request": {"event": "pull_request"},
    "a state without its document": {"document": ""},
}


@pytest.mark.parametrize("state", LOST.values(), ids=LOST)
def test_a_state_that_was_lost_is_not_judged(tmp_path: Path, state: dict[str, str] | None) -> None:
    """A checkpoint without it begins no new soak, but ends with the code of NOT JUDGED, and hands on nothing."""
    soak = Repository(tmp_path, Served("http://127.0.0.1:9"))
    if state == {}:
        soak.artifacts.complete(soak.artifacts.begin())
    elif state is not None:
        given = {"document": "# A document\n", **state}
        (tmp_path / "state").mkdir()
        (tmp_path / "state" / "MONITORING-LOG.md").write_text(given.pop("document"), "utf-8")
        soak.artifacts.put(tmp_path / "state", **given)
    before = {path.name for path in soak.artifacts.folder.iterdir()}
    ran = soak.run(at(8))
    assert _outcomes(ran) == ("failure", "skipped", "skipped")
    assert ran[STATE].outputs["code"] == "10"
    assert "::error title=NOT JUDGED::no run handed on the state of a soak" in ran[STATE].printed
    assert ran[STATE].summary.startswith("## – NOT JUDGED: ")
    assert {path.name for path in soak.artifacts.folder.iterdir()} == before


def test_a_state_that_cannot_be_fetched_is_not_passed_over_for_an_older_one(tmp_path: Path) -> None:
    """The older one may be of another soak; handed on, it would be the newest, and this soak lost."""
    soak = Repository(tmp_path, Served("http://127.0.0.1:9"))
    for name in ("older", "newest"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "MONITORING-LOG.md").write_text(f"# {name}\n", "utf-8")
        run = soak.artifacts.put(tmp_path / name)
    soak.artifacts.place(run, "soak.unreachable").touch()
    ran = soak.run(at(8))
    assert _outcomes(ran) == ("failure", "skipped", "skipped")
    assert ran[STATE].outputs["code"] == "10"
    assert f"the state of run {run} could not be fetched" in ran[STATE].printed


def test_the_state_that_is_handed_on_is_all_that_a_run_needs() -> None:
    """Logs with their manifests, the document, and the reports with the verdict and the history."""
    (job,) = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"].values()
    (hand_on,) = (step for step in job["steps"] if step.get("name") == HAND_ON)
    assert hand_on["with"]["path"].split() == ["logs", "MONITORING-LOG.md", "reports"]
    assert (hand_on["with"]["include-hidden-files"], hand_on["with"]["if-no-files-found"]) == (True, "error")


def test_a_soak_of_which_nothing_is_over_is_told_from_one_that_is(tmp_path: Path) -> None:
    """A final verdict that is NOT JUDGED is judged again; one that is READY or NOT READY is not."""
    over = {}
    for verdict, final in (("READY", True), ("NOT READY", True), ("NOT JUDGED", True), ("READY", False)):
        folder = tmp_path / f"{verdict} {final}"
        (folder / "state" / "reports").mkdir(parents=True)
        (folder / "state" / "MONITORING-LOG.md").write_text("# A document\n", "utf-8")
        text = json.dumps({"verdict": verdict, "final": final})
        (folder / "state" / "reports" / "verdict.json").write_text(text, "utf-8")
        soak = Repository(folder, Served("http://127.0.0.1:9"))
        soak.artifacts.put(folder / "state")
        ran = soak.run(at(28))
        over[verdict, final] = (ran[STATE].outputs["over"], ran[JUDGE].outcome == "skipped")
    assert over == {
        ("READY", True): ("True", True),
        ("NOT READY", True): ("True", True),
        ("NOT JUDGED", True): ("False", False),
        ("READY", False): ("False", False),
    }


RUNS = [{"databaseId": 3, "event": "pull_request"}, {"databaseId": 2, "event": "schedule"}]
RUNS += [{"databaseId": 1, "event": "workflow_dispatch"}, {"databaseId": 0, "event": "push"}]


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")
@pytest.mark.parametrize(("workflow", "found"), [(WORKFLOW, "2\n1\n"), (DEPLOYING, "2\n")], ids=["soak", "deploy"])
def test_the_filter_of_runs_finds_those_of_the_workflow_alone(workflow: Path, found: str) -> None:
    """In the language that ``gh`` has it in; what a pull request ran is left out, and an empty list is no fault."""
    (expression,) = re.findall(r"--jq='(.*)'", workflow.read_text("utf-8"))
    for runs, told in ((RUNS, found), ([], "")):
        jq = ["jq", "--raw-output", expression]
        run = subprocess.run(jq, input=json.dumps(runs), capture_output=True, text=True, check=True)
        assert run.stdout == told
