"""``action.yml``, its steps run by hand in order: the step behind it is reached on READY, and on nothing else."""

import re
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from logparse import plugin
from logparse.__main__ import parser
from tests.runs.command_line import ROOT
from tests.runs.workflows.machines import DAY, ENDED, SOAKED, runner_in
from tests.runs.workflows.runner import ACTION, NAME, Ran, Runner
from tests.runs.workflows.services import Artifacts
from tests.scenarios.scenario import START
from tests.scenarios.traffic import Request, steady_day
from tests.scenarios.traps import rejected_signature
from tests.scenarios.writers import write_soak

pytestmark = pytest.mark.counts

EXAMPLES = sorted((ROOT / "docs" / "workflows").glob("*.yml"))

BEHIND = {"name": "Behind it", "if": "steps.gate.outputs.verdict == 'READY'", "run": "echo reached"}


def _gated(runner: Runner, **inputs: str) -> tuple[Ran, Ran]:
    """What became of the action with these inputs, and of the step behind it."""
    used = {"name": "Gate", "id": "gate", "uses": f"{NAME}v1", "with": inputs}
    ran = runner.steps([used, BEHIND])
    return ran["Gate"], ran["Behind it"]


NOT_JUDGED = {"verdict": "NOT JUDGED", "exit-code": "10"}

SOAKS: Mapping[str, tuple[Sequence[Request], Mapping[str, str], Mapping[str, str]]] = {
    "ready": (DAY, {"deployment": SOAKED}, {"verdict": "READY", "final": "true", "exit-code": "0"}),
    "ready, whichever it was": (DAY, {"deployment": "any"}, {"verdict": "READY", "exit-code": "0"}),
    "not ready": (
        rejected_signature(DAY),
        {"deployment": SOAKED},
        {"verdict": "NOT READY", "final": "true", "exit-code": "1"},
    ),
    "not judged: no logs": (DAY, {"deployment": SOAKED, "logs": "none\n"}, NOT_JUDGED),
    "not judged: another deployment": (DAY, {"deployment": "dpl_other"}, NOT_JUDGED),
    "not judged: a soak of long ago": (DAY, {"deployment": SOAKED, "max_age_hours": "0.5"}, NOT_JUDGED),
    "no deployment was given": (DAY, {"deployment": ""}, {"verdict": "", "exit-code": "4"}),
    "no age was given": (DAY, {"deployment": SOAKED, "max_age_hours": ""}, {"verdict": "", "exit-code": "4"}),
    "a setting that nobody knows": (DAY, {"deployment": SOAKED, "settings": "colour=red"}, {"exit-code": "4"}),
}


@pytest.mark.parametrize(
    ("day", "inputs", "outputs"),
    [pytest.param(*case, id=name) for name, case in SOAKS.items()],
)
def test_the_step_behind_it_is_reached_on_ready_alone(
    tmp_path: Path, day: Sequence[Request], inputs: Mapping[str, str], outputs: Mapping[str, str]
) -> None:
    """Logs are judged in the workspace of the repository that uses it, and the outputs say how it came out."""
    runner = runner_in(tmp_path)
    write_soak(runner.workspace / "logs", day, START, "vercel")
    gate, behind = _gated(runner, start="2026-01-12T00:00Z", **inputs)
    assert {name: gate.outputs[name] for name in outputs} == outputs, gate.printed
    passes = outputs["exit-code"] == "0"
    assert (gate.outcome, behind.outcome) == (("success", "success") if passes else ("failure", "skipped"))
    written = runner.workspace / "reports" / "verdict.json"
    assert outputs["exit-code"] != "4" or not written.exists() or "nothing was judged: " in written.read_text("utf-8")


REFUSED: Mapping[str, tuple[Mapping[str, str], Mapping[str, str], str]] = {
    "a limit that was loosened": ({"settings": "error_rate_limit=50"}, {}, "error_rate_limit was loosened: 50"),
    "a fact about the bot in no file": ({"settings": "timezone=Asia/Jakarta"}, {}, "the fact timezone about the bot"),
    "a clock that was set": ({}, {"LOGPARSE_NOW": ENDED.isoformat()}, "was a rehearsal"),
}


@pytest.mark.parametrize(("inputs", "environment", "said"), REFUSED.values(), ids=REFUSED)
def test_what_a_gate_refuses_does_not_pass(
    tmp_path: Path, inputs: Mapping[str, str], environment: Mapping[str, str], said: str
) -> None:
    """A run that is READY is held to what the gate asks beside."""
    runner = runner_in(tmp_path)
    write_soak(runner.workspace / "logs", DAY, START, "vercel")
    given = {"deployment": SOAKED, "start": "2026-01-12T00:00Z", **inputs}
    used = {"name": "Gate", "id": "gate", "uses": f"{NAME}v1", "with": given, "env": dict(environment)}
    gate = runner.steps([used])["Gate"]
    assert (gate.outcome, gate.outputs["exit-code"], said in gate.printed) == ("failure", "10", True), gate.printed
    assert gate.outputs["verdict"] == "NOT JUDGED"


def test_facts_in_a_file_and_limits_that_may_be_changed_pass(tmp_path: Path) -> None:
    """The file is that of the repository that uses it."""
    runner = runner_in(tmp_path)
    write_soak(runner.workspace / "logs", DAY, START, "vercel")
    (runner.workspace / "bot.ini").write_text("[pytest]\ntimezone = Asia/Jakarta\nerror_rate_limit = 50\n", "utf-8")
    given = {"config": "bot.ini", "allow_changed_limits": "true", "start": "2026-01-12T00:00Z"}
    gate, behind = _gated(runner, deployment=SOAKED, **given)
    assert (gate.outcome, behind.outcome) == ("success", "success"), gate.printed
    assert "facts about the bot from the file: timezone" in gate.printed


def test_no_old_verdict_outlives_a_mistake(tmp_path: Path) -> None:
    """Not even one that pytest refuses before it loads anything."""
    runner = runner_in(tmp_path)
    old = runner.workspace / "reports" / "verdict.json"
    old.parent.mkdir()
    old.write_text('{"verdict": "READY"}', "utf-8")
    gate, behind = _gated(runner, deployment=SOAKED, settings="nonsense")
    assert (gate.outcome, gate.outputs["exit-code"], behind.outcome) == ("failure", "4", "skipped"), gate.printed
    assert not old.exists()


def test_a_run_that_ends_well_without_a_verdict_is_not_judged(tmp_path: Path) -> None:
    """So it does where a job has set options for its own tests, and only lists them here."""
    runner = runner_in(tmp_path)
    options = f"{runner.environment['PYTEST_ADDOPTS']} --collect-only"
    used = {"name": "Gate", "id": "gate", "uses": f"{NAME}v1", "with": {"deployment": "any", "logs": "none"}}
    gate = runner.steps([{**used, "env": {"PYTEST_ADDOPTS": options}}])["Gate"]
    told = {"verdict": "NOT JUDGED", "exit-code": "10"}
    assert gate.outcome == "failure", gate.printed
    assert {name: gate.outputs[name] for name in told} == told


def test_settings_waivers_and_places_reach_the_run(tmp_path: Path) -> None:
    """Each of several lines counts, and the waivers are those of the repository that uses it."""
    runner = runner_in(tmp_path)
    write_soak(runner.workspace / "my logs", rejected_signature(DAY), START, "vercel")
    sorted((runner.workspace / "my logs").iterdir())[-1].rename(runner.workspace / "last.jsonl")
    (runner.workspace / "waivers.toml").write_text(
        '[[waiver]]\ncriterion = "error_rate"\nreason = "known"\nby = "Ana"\nuntil = 2027-01-01T00:00:00Z\n', "utf-8"
    )
    gate, _ = _gated(
        runner,
        **{
            "deployment": SOAKED,
            "start": "2026-01-12T00:00Z",
            "logs": "my logs\n\nlast.jsonl",
            # The second line would run commands, if a shell saw it.
            "allow_changed_limits": "true",
            "settings": "signature_failures_limit=1\ntitle=Words with spaces; $(touch injected) `touch injected`",
            "monitoring-log": "made/BY US.md",
            "reports": "made/reports",
        },
    )
    assert gate.outputs["verdict"] == "READY", gate.printed
    made = (runner.workspace / "made" / "BY US.md").read_text("utf-8")
    assert made.startswith("# Words with spaces; \\$(touch injected) \\`touch injected\\`\n")
    assert "error_rate" in gate.printed
    assert not (runner.workspace / "injected").exists()
    assert (runner.workspace / "made" / "reports" / "SUMMARY.md").exists()


INJECTED = '"; touch injected; echo "'


def test_no_input_is_part_of_a_script(tmp_path: Path) -> None:
    """What an input holds is a value, whatever it looks like."""
    runner = runner_in(tmp_path)
    for verdict in (f"$(touch injected){INJECTED}", "--help", "-"):
        gate, behind = _gated(runner, verdict=verdict, deployment=INJECTED, max_age_hours="48")
        assert (gate.outputs["verdict"], gate.outputs["exit-code"]) == ("NOT JUDGED", "10"), gate.printed
        assert behind.outcome == "skipped"
    assert not list(runner.workspace.rglob("injected"))


def test_a_python_that_is_too_old_is_told(tmp_path: Path) -> None:
    """With what to use before it, and nothing passes."""
    tools = {"python3": "import sys\nsys.exit(1)\n"}
    environment = {"MACHINE_NOW": ENDED.isoformat()}
    runner = Runner(tmp_path / "machine", Artifacts.new(tmp_path / "store", tools), environment)
    gate, behind = _gated(runner, deployment="any")
    assert "use actions/setup-python before this step" in gate.printed
    assert (gate.outcome, behind.outcome, gate.outputs["verdict"]) == ("failure", "skipped", "")


@pytest.mark.timeout(400)
def test_it_installs_itself(tmp_path: Path) -> None:
    """With a real environment of its own, made of what the action is downloaded with and of nothing else."""
    downloaded = tmp_path / "downloaded"
    left_out = shutil.ignore_patterns(".*", "reports", "logs", "build", "*.egg-info", "__pycache__")
    shutil.copytree(ROOT, downloaded, ignore=left_out)
    runner = runner_in(tmp_path, action=downloaded)
    (runner.artifacts.folder / "bin" / "python3").unlink()
    # By the clock of this machine, for nothing here sets another one.
    start = (datetime.now(UTC) - timedelta(hours=25)).replace(second=0, microsecond=0)
    write_soak(runner.workspace / "logs", steady_day(start), start, "vercel")
    gate, behind = _gated(runner, deployment=SOAKED, start=start.isoformat())
    assert (gate.outcome, behind.outcome) == ("success", "success"), gate.printed


def _scripts() -> list[str]:
    files = [ACTION["runs"]["steps"]]
    files += [job["steps"] for path in EXAMPLES for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values()]
    return [step["run"] for steps in files for step in steps if "run" in step]


def test_no_expression_stands_in_a_script() -> None:
    """Text from elsewhere would become part of the script there."""
    assert len(_scripts()) >= 5
    assert [script for script in _scripts() if "${{" in script] == []


def test_every_input_is_used_and_described() -> None:
    """An input that does nothing would be trusted."""
    judge = ACTION["runs"]["steps"][1]
    used = set(re.findall(r"inputs\.([\w-]+)", str(judge["env"])))
    assert used == set(ACTION["inputs"])
    for variable in judge["env"]:
        assert f"${variable}" in judge["run"], variable
    for about in (*ACTION["inputs"].values(), *ACTION["outputs"].values()):
        assert about["description"].endswith(".")


class _Noted:
    """Stands in for pytest's parser, and notes the options."""

    def __init__(self) -> None:
        self.options: set[str] = set()

    def getgroup(self, *names: str) -> "_Noted":
        """The group is noted as the parser itself."""
        return self

    def addoption(self, name: str, **how: object) -> None:
        """Notes an option."""
        self.options.add(name)

    def addini(self, name: str, *about: object, **how: object) -> None:
        """A setting is no option."""


def test_every_option_in_it_exists() -> None:
    """Those of the judging run and those of the gate."""
    noted = _Noted()
    plugin.add_options(noted)  # type: ignore[arg-type]  # all of the parser that the plugin uses
    (commands,) = (action for action in parser()._actions if action.choices)
    assert isinstance(commands.choices, dict)
    gate = {option for action in commands.choices["gate"]._actions for option in action.option_strings}
    judging, asking = (set(re.findall(r'"(--[a-z-]+)=', part)) for part in _branches())
    assert judging
    assert judging <= noted.options
    assert asking
    assert asking <= gate


def _branches() -> tuple[str, str]:
    """The script's two ways: judging logs, and asking a verdict."""
    asking, judging = ACTION["runs"]["steps"][1]["run"].split("\nelse\n")
    return judging, asking


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_examples_use_what_there_is(path: Path) -> None:
    """Each input that they give is one of the action, and what they need of its outputs it has."""
    text = path.read_text("utf-8")
    steps = [step for job in yaml.safe_load(text)["jobs"].values() for step in job["steps"]]
    used = [step for step in steps if str(step.get("uses", "")).startswith(NAME)]
    assert len(used) == 1
    assert set(used[0]["with"]) <= set(ACTION["inputs"])
    assert {name for name, about in ACTION["inputs"].items() if about.get("required")} <= set(used[0]["with"])
    named = set(re.findall(rf"steps\.{used[0]['id']}\.outputs\.([\w-]+)", text))
    assert named <= set(ACTION["outputs"])
