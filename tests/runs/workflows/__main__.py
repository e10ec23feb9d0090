"""Runs the example workflows by hand, on machines that keep nothing, and prints what became of each step."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.builders.counted import START
from tests.builders.sources.log_server import served
from tests.runs.workflows.runner import Ran
from tests.runs.workflows.soak import DEPLOYING, THE_DEPLOYMENT, Repository, at, plan


def _show(name: str, ran: Mapping[str, Ran]) -> None:
    print(f"\n{name}")
    for step in ran.values():
        told = {key: value for key, value in step.outputs.items() if key in ("verdict", "final", "exit-code", "over")}
        shown = " ".join(f"{key}={value}" for key, value in told.items())
        print(f"  {step.outcome:8} {step.name:40} {shown}".rstrip())
        for line in step.printed.splitlines():
            if line.startswith(("::error", "NOT JUDGED: do", "NOT READY: do", "READY: dep")):
                print(f"           | {line[:150]}")


def _soak(title: str, hours: Sequence[int], *, unstable: bool = False, lost: str = "", kept: int = 24) -> None:
    """A soak from its beginning to its deploy; what is ``lost`` goes before the last checkpoint."""
    print(f"\n=== {title}")
    with TemporaryDirectory() as folder, served(plan(unstable=unstable)) as server:
        repository = Repository(Path(folder), server, kept)
        _show("hour 0, begun by hand", repository.run(START, begin=True))
        for hour in hours[:-1]:
            _show(f"hour {hour}, by the schedule", repository.run(at(hour)))
        for state in repository.artifacts.folder.glob("*/soak") if lost else ():
            shutil.rmtree(state / lost)
        _show(f"hour {hours[-1]}, by the schedule", repository.run(at(hours[-1])))
        _show("the deploy, an hour later", repository.run(at(hours[-1] + 1), DEPLOYING, deployment=THE_DEPLOYMENT))
        print(f"  deployed: {repository.artifacts.deployed.split(' --')[0] or 'nothing'}")


def main() -> None:
    """Four soaks: stable, unstable, one whose logs were lost, one whose state was lost."""
    _soak("a stable soak: the deploy is reached", (12, 24))
    _soak("an unstable soak: NOT READY", (12, 24), unstable=True)
    _soak("the logs were lost, of which the source keeps 5 hours: NOT JUDGED", (4, 8, 12), lost="logs", kept=5)
    _soak("the whole state was lost: NOT JUDGED", (4, 8), lost=".")


if __name__ == "__main__":
    main()
