"""The example of a gated deploy, run by hand step by step: it deploys what was found READY, and nothing else."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from logparse.judge import judge
from logparse.settings.checked import parse
from logparse.values.schedule import StartSource
from logparse.verdicts.verdict import to_json, unfinished
from tests.builders.asked import asked
from tests.runs.workflows.machines import DAY, ENDED, SOAKED, runner_in
from tests.runs.workflows.runner import Ran, Runner
from tests.runs.workflows.soak import DEPLOY, DEPLOYING, GATE
from tests.runs.workflows.test_action import INJECTED
from tests.scenarios.scenario import START
from tests.scenarios.traps import rejected_signature
from tests.scenarios.writers import write_vercel


def _verdict(folder: Path, hour: int = 24, *, unstable: bool = False, cut: bool = False) -> str:
    """The verdict.json of a soak."""
    day = rejected_signature(DAY) if unstable else DAY
    content = write_vercel(day)
    folder.mkdir(parents=True)
    (folder / "log").write_bytes(content[: len(content) // 2] if cut else content)
    return to_json(judge(asked(hour, ("log",), folder, START, StartSource.OPTION, ENDED, folder, folder), parse()))


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What verdict.json holds after each kind of soak."""
    folder: Path = tmp_path_factory.mktemp("verdicts")
    ready = _verdict(folder / "ready")
    return {
        "READY": ready,
        "READY so far": _verdict(folder / "so far", 20),
        "NOT READY": _verdict(folder / "unstable", unstable=True),
        "NOT JUDGED": _verdict(folder / "cut", cut=True),
        "unfinished": unfinished(24),
        "torn": ready[:-100],
    }


@dataclass(frozen=True)
class Case:
    """A deploy: what the last checkpoint handed on, what is to be deployed and when, and how the gate ends."""

    verdict: str
    code: str
    said: str
    deployment: str = SOAKED
    now: str = (ENDED + timedelta(hours=2)).isoformat()
    handed_on: Mapping[str, Any] = field(default_factory=dict)


CASES = {
    "READY": Case("READY", "0", "may be deployed"),
    "NOT READY": Case("NOT READY", "1", "NOT READY: do not deploy: Signature failures: 1 failure"),
    "NOT JUDGED": Case("NOT JUDGED", "10", "NOT JUDGED: do not deploy: Evidence: "),
    "READY so far": Case("READY so far", "10", "the soak is at hour 20, and hour 24 is asked for"),
    "a checkpoint that did not finish": Case("unfinished", "10", "the run did not finish"),
    "a verdict that was torn": Case("torn", "10", "is no verdict: it is no JSON"),
    "another deployment": Case("READY", "10", "dpl_other was not soaked alone", deployment="dpl_other"),
    "a deployment of no name": Case("READY", "4", "--deployment=: it is empty", deployment=""),
    "a deployment that is a script": Case("READY", "10", "was not soaked alone", deployment=INJECTED),
    "two days later": Case("READY", "10", "over 48 h", now=(ENDED + timedelta(hours=48)).isoformat()),
    "no checkpoint ever": Case("", "10", "cannot be read (No such file or directory)"),
    "a checkpoint that handed on something else": Case("READY", "10", "cannot be read", handed_on={"name": "other"}),
    "a pull request that handed on READY": Case("READY", "10", "cannot be read", handed_on={"event": "pull_request"}),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_deployed_is_what_was_found_ready(tmp_path: Path, verdicts: Mapping[str, str], case: Case) -> None:
    """The step of the deploy is reached for the first of these alone."""
    runner = runner_in(tmp_path, now=case.now, inputs={"deployment": case.deployment}, secrets={"VERCEL_TOKEN": "t0k"})
    if case.verdict:
        (tmp_path / "state" / "reports").mkdir(parents=True)
        (tmp_path / "state" / "reports" / "verdict.json").write_text(verdicts[case.verdict], "utf-8")
        runner.artifacts.put(tmp_path / "state", **case.handed_on)
    ran = runner.job(DEPLOYING)
    gate = ran[GATE]
    assert (gate.outputs["exit-code"], case.said in gate.printed) == (case.code, True), gate.printed
    passes = case.code == "0"
    assert [ran[name].outcome for name in (GATE, DEPLOY)] == (
        ["success", "success"] if passes else ["failure", "skipped"]
    )
    deployed = f"vercel@60.0.0 promote {SOAKED} --yes --token=t0k\n"
    assert runner.artifacts.deployed == (deployed if passes else "")
    assert gate.summary.startswith("## READY: deploy\n" if passes else "## NOT ") or case.code == "4"
    assert not list(runner.workspace.rglob("injected"))


def test_the_newest_checkpoint_counts_alone(tmp_path: Path, verdicts: Mapping[str, str]) -> None:
    """An older READY does not stand in for a newer verdict, nor for a checkpoint that left none."""
    runner = runner_in(tmp_path, inputs={"deployment": SOAKED})
    for name in ("READY", "NOT READY"):
        state = tmp_path / name / "reports"
        state.mkdir(parents=True)
        (state / "verdict.json").write_text(verdicts[name], "utf-8")
        runner.artifacts.put(state.parent)
    assert json.loads(verdicts["NOT READY"])["final"] is True
    assert _outcomes(runner)[GATE].outputs["verdict"] == "NOT READY"
    runner.artifacts.put(tmp_path / "READY")
    runner.artifacts.complete(runner.artifacts.begin())
    fresh = Runner(tmp_path / "fresh", runner.artifacts, runner.environment, runner.inputs)
    assert _outcomes(fresh)[GATE].outputs["verdict"] == "NOT JUDGED"
    assert runner.artifacts.deployed == ""


def _outcomes(runner: Runner) -> dict[str, Ran]:
    """What became of the steps; the deploy is no checkpoint, so its run is not listed among those."""
    before = (runner.artifacts.folder / "completed").read_text("utf-8")
    ran = runner.job(DEPLOYING)
    (runner.artifacts.folder / "completed").write_text(before, "utf-8")
    return ran
