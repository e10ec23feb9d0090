"""A runner for workflows on this machine: it runs the steps of a job by hand, in order, as GitHub Actions would."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.runs.command_line import ROOT
from tests.runs.workflows.expression import filled, holds
from tests.runs.workflows.services import Artifacts

ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
NAME = "your-organisation/logparse@"
LONGEST = 300
"""Seconds that a step may take; the longest installs the action over a network."""


@dataclass(frozen=True)
class Ran:
    """What became of a step: success, failure or skipped; what it printed; its outputs and its summary."""

    name: str
    outcome: str
    printed: str = ""
    outputs: Mapping[str, str] = field(default_factory=dict)
    summary: str = ""


@dataclass
class Runner:
    """One machine that keeps nothing: a workspace, a folder for temporary files, and the services of GitHub.

    ``environment`` is what every step sees; ``secrets`` and ``inputs`` are those of the run. ``action`` is where the
    action of this project was downloaded to.
    """

    folder: Path
    artifacts: Artifacts
    environment: Mapping[str, str]
    inputs: Mapping[str, Any] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    action: Path = ROOT

    def __post_init__(self) -> None:
        self.workspace.mkdir(parents=True)
        (self.folder / "temporary").mkdir()

    @property
    def workspace(self) -> Path:
        """The folder in which steps run."""
        return self.folder / "workspace"

    def job(self, workflow: Path) -> dict[str, Ran]:
        """Runs the one job of a workflow; what became of each step, by its name."""
        (job,) = yaml.safe_load(workflow.read_text("utf-8"))["jobs"].values()
        return self.steps(job["steps"])

    def steps(self, steps: list[dict[str, Any]]) -> dict[str, Ran]:
        """Runs steps in order; what became of each, by its name, or what it uses."""
        run_id = self.artifacts.begin()
        contexts = {
            "inputs": self.inputs,
            "secrets": self.secrets,
            "github": {"token": "the token", "repository": "acme/bot", "ref_name": "main"},
        }
        ran = self._sequence(steps, contexts, {"RUN_ID": run_id})
        self.artifacts.complete(run_id)
        return ran

    def _sequence(
        self, steps: list[dict[str, Any]], contexts: Mapping[str, Any], environment: Mapping[str, str]
    ) -> dict[str, Ran]:
        ran: dict[str, Ran] = {}
        by_id: dict[str, dict[str, Any]] = {}
        for step in steps:
            failed = any(one.outcome == "failure" for one in ran.values())
            functions = {"success": not failed, "failure": failed, "always": True, "cancelled": False}
            seen = {**contexts, "steps": by_id, "functions": functions, "env": environment}
            name = step.get("name") or step["uses"]
            ran[name] = self._step(step, seen, environment) if holds(step.get("if"), seen) else Ran(name, "skipped")
            by_id[step.get("id", name)] = {"outcome": ran[name].outcome, "outputs": ran[name].outputs}
        return ran

    def _step(self, step: Mapping[str, Any], contexts: Mapping[str, Any], environment: Mapping[str, str]) -> Ran:
        own = {**environment, **{key: filled(value, contexts) for key, value in step.get("env", {}).items()}}
        given = {key: filled(value, contexts) for key, value in step.get("with", {}).items()}
        name = str(step.get("name") or step["uses"])
        if "run" in step:
            return self._script(name, step, filled(step["run"], contexts), own)
        used = str(step["uses"])
        if used.startswith(NAME):
            return self._action(name, given, own)
        service = {
            "actions/checkout": _nothing,
            "actions/setup-python": _nothing,
            "actions/upload-artifact": self._upload,
        }
        problem = service[used.split("@", maxsplit=1)[0]](given, own)
        return Ran(name, "failure" if problem else "success", problem)

    def _action(self, name: str, given: Mapping[str, str], environment: Mapping[str, str]) -> Ran:
        """Runs the action of this project, step by step too."""
        inputs = {key: given.get(key, about.get("default", "")) for key, about in ACTION["inputs"].items()}
        here = {**environment, "GITHUB_ACTION_PATH": str(self.action)}
        ran = self._sequence(ACTION["runs"]["steps"], {"inputs": inputs}, here)
        by_id = {step["id"]: {"outputs": ran[step["name"]].outputs} for step in ACTION["runs"]["steps"]}
        outputs = {key: filled(about["value"], {"steps": by_id}) for key, about in ACTION["outputs"].items()}
        outcome = "failure" if any(one.outcome == "failure" for one in ran.values()) else "success"
        printed = "".join(one.printed for one in ran.values())
        return Ran(name, outcome, printed, outputs, "".join(one.summary for one in ran.values()))

    def _script(self, name: str, step: Mapping[str, Any], script: str, environment: Mapping[str, str]) -> Ran:
        files = {key: self.folder / key.lower() for key in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_bytes(b"")
        text = self.folder / "script.sh"
        text.write_text(script, "utf-8")
        options = ["--noprofile", "--norc", "-eo", "pipefail"] if step.get("shell") == "bash" else ["-e"]
        run = subprocess.run(
            ["bash", *options, str(text)],  # noqa: S607 - the one that a runner finds
            cwd=self.workspace,
            env={
                **_machine(),
                **self.environment,
                **self.artifacts.environment,
                "GITHUB_ACTIONS": "true",
                "GITHUB_WORKSPACE": str(self.workspace),
                "RUNNER_TEMP": str(self.folder / "temporary"),
                **{key: str(file) for key, file in files.items()},
                **environment,
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )
        lines = files["GITHUB_OUTPUT"].read_text("utf-8").splitlines()
        outputs = dict(line.split("=", 1) for line in lines)
        summary = files["GITHUB_STEP_SUMMARY"].read_text("utf-8")
        outcome = "failure" if run.returncode else "success"
        return Ran(name, outcome, run.stdout + run.stderr, {**outputs, "code": str(run.returncode)}, summary)

    def _upload(self, given: Mapping[str, str], environment: Mapping[str, str]) -> str:
        """The action upload-artifact, as far as it is used here; why it failed."""
        into = self.artifacts.place(environment["RUN_ID"], given["name"])
        for path in given["path"].split():
            source = self.workspace / path
            if source.is_dir():
                hidden = None if given.get("include-hidden-files") == "true" else shutil.ignore_patterns(".*")
                shutil.copytree(source, into / path, ignore=hidden)
            elif source.exists():
                into.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, into / path)
        return "" if into.exists() else "no files were found with the provided path"


def _nothing(given: Mapping[str, str], environment: Mapping[str, str]) -> str:
    return ""


def _machine() -> dict[str, str]:
    """The environment of these tests without what a runner of GitHub would have set."""
    left_out = ("GITHUB_", "RUNNER_", "PYTEST_", "LOGPARSE_")
    return {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
