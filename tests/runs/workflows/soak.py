"""The example of checkpoints on a schedule as it is run here: on a new machine each time, with a source made here."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from tests.builders.counted import START
from tests.builders.sources.log_server import TOKEN, Plan, Served
from tests.runs.collect.test_unattended import PLAN, row_of
from tests.runs.command_line import ROOT
from tests.runs.workflows.machines import DAY, environment_in
from tests.runs.workflows.runner import Ran, Runner
from tests.runs.workflows.services import Artifacts
from tests.scenarios.traps import rejected_signature

WORKFLOW = ROOT / "docs" / "workflows" / "soak.yml"
DEPLOYING = ROOT / "docs" / "workflows" / "deploy.yml"
BRING, GATE, DEPLOY = "Bring the verdict", "Ask whether it is production-ready", "Deploy"
STATE, JUDGE, HAND_ON = (
    "Bring back the state of the soak",
    "Judge the hour that is due",
    "Hand on the state of the soak",
)
THE_DEPLOYMENT = DAY[0].deployment


def at(hour: float) -> datetime:
    """When the schedule runs a checkpoint."""
    return START + timedelta(hours=hour, minutes=5)


class Repository:
    """A repository with the workflows, the artifacts of their runs, and a new machine for each of them.

    ``kept`` are the hours for which the source keeps logs.
    """

    def __init__(self, folder: Path, server: Served, kept: int = 24) -> None:
        self.folder = folder
        self.server = server
        self.artifacts = Artifacts.new(folder / "store")
        self.kept = kept
        self.runs = 0

    def run(self, moment: datetime, workflow: Path = WORKFLOW, **inputs: object) -> Mapping[str, Ran]:
        """Runs a workflow at a time of the clock."""
        self.runs += 1
        folder, secrets = self.folder / f"machine-{self.runs}", {"VERCEL_TOKEN": TOKEN}
        environment = environment_in(folder, moment.isoformat())
        machine = Runner(folder, self.artifacts, environment, inputs=inputs, secrets=secrets)
        return machine.job(self._changed(workflow))

    def _changed(self, workflow: Path) -> Path:
        """The example with what whoever copies it changes: where the logs are asked for."""
        settings = ("vercel_team=acme", f"vercel_api={self.server.origin}", f"vercel_retention={self.kept}")
        text = workflow.read_text("utf-8").replace("vercel_team=your-team", f"\n{' ' * 12}".join(settings))
        copy = self.folder / workflow.name
        copy.write_text(text, "utf-8")
        return copy

    @property
    def state(self) -> Path:
        """What the last run handed on."""
        return max((path for path in self.artifacts.folder.glob("*/soak")), key=lambda path: int(path.parent.name))


def plan(*, unstable: bool) -> Plan:
    """What the source has: the rows of a soak with or without a failure."""
    return Plan(rows=[row_of(request) for request in rejected_signature(DAY)]) if unstable else PLAN
