"""The shape of a question to the gate, and how it is asked: by the real command, at the real time."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from logparse.judge import judge
from logparse.settings.checked import parse
from logparse.values.schedule import StartSource
from logparse.verdicts.verdict import to_json
from tests.builders.asked import asked
from tests.runs.command_line import ROOT, Desk, Outcome
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import write_soak

Document = dict[str, Any]
Change = Callable[[Document], Any]
"""What becomes of a verdict that is READY; text and bytes stand in the file as they are, None leaves no file."""

NO_HOUR = "{no hour}"
"""Among the arguments of a run: it is none that judges."""

ONE = "dpl_7fKx2mQpVw"
"""The deployment that was soaked."""


@dataclass(frozen=True)
class Soak:
    """A soak of 24 hours that ended an hour ago: the folder of its logs, its start, and its verdict, READY."""

    folder: Path
    start: datetime
    verdict: str

    @property
    def logs(self) -> Path:
        """The folder of the logs."""
        return self.folder / "logs"

    def document(self) -> Document:
        """The verdict, to be changed."""
        read: Document = json.loads(self.verdict)
        return read


def soak_in(folder: Path) -> Soak:
    """Makes a soak of one deployment."""
    now = datetime.now(UTC)
    start = (now - timedelta(hours=25)).replace(second=0, microsecond=0)
    write_soak(folder / "logs", steady_day(start), start, "vercel")
    request = asked(24, ("logs",), folder, start, StartSource.OPTION, now, folder, folder)
    return Soak(folder, start, to_json(judge(request, parse())))


@dataclass(frozen=True)
class Question:
    """A question: what became of the verdict, what the gate is asked, and the code and the words of its answer.

    ``runs`` are runs of pytest that write the verdict, each its arguments; before them stands the verdict that is READY
    where ``ready`` says so. ``{desk}`` in them is their folder. ``ends`` is the exit code of the last of them.
    """

    name: str
    code: int
    says: str
    change: Change | None = None
    asked: tuple[str, ...] = (f"--deployment={ONE}",)
    runs: tuple[tuple[str, ...], ...] = ()
    ready: bool = False
    ends: int | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    gate_environment: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    text_logs: bool = False


@dataclass(frozen=True)
class Answer:
    """What the gate answered, and how the last run before it ended, where there was one."""

    code: int
    line: str
    run: Outcome | None = None


def answer(question: Question, soak: Soak, folder: Path) -> Answer:
    """Asks a question in a folder of its own."""
    desk = Desk(folder)
    path = desk.reports / "verdict.json"
    path.parent.mkdir()
    if question.change:
        _put(path, question.change(soak.document()))
    elif question.ready:
        path.write_text(soak.verdict, "utf-8")
    for name, text in question.files.items():
        (folder / name).write_text(text, "utf-8")
    run = None
    for arguments in question.runs:
        run = desk.run(*_arguments(arguments, question, soak, folder), environment=_filled(question, folder))
    return _asked(path, question, run)


def _put(path: Path, changed: Any) -> None:
    if isinstance(changed, bytes):
        path.write_bytes(changed)
    elif changed is not None:
        path.write_text(changed if isinstance(changed, str) else json.dumps(changed), "utf-8")


def _filled(question: Question, folder: Path) -> dict[str, str]:
    now = datetime.now(UTC).isoformat()
    return {
        name: value.replace("{desk}", str(folder)).replace("{now}", now) for name, value in question.environment.items()
    }


def _arguments(given: Sequence[str], question: Question, soak: Soak, folder: Path) -> list[str]:
    """The arguments of a run; the start and the logs of the soak, and the whole of it, unless they name others."""
    if question.text_logs and not (folder / "logs").exists():
        write_soak(folder / "logs", steady_day(soak.start), soak.start, "text")
    logs = folder / "logs" if question.text_logs else soak.logs
    usual = {"--hour": "24", "--start": soak.start.isoformat(), "--logs": str(logs)}
    named = [argument.split("=")[0] for argument in given]
    if NO_HOUR in given:
        return [argument for argument in given if argument != NO_HOUR]
    return [
        *(f"{name}={value}" for name, value in usual.items() if name not in named),
        *(argument.replace("{desk}", str(folder)).replace("{root}", str(ROOT)) for argument in given),
    ]


def _asked(path: Path, question: Question, run: Outcome | None) -> Answer:
    around = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "LOGPARSE_"))}
    gate = subprocess.run(
        [sys.executable, "-m", "logparse", "gate", str(path), *question.asked],
        cwd=ROOT,
        env={**around, **question.gate_environment},
        capture_output=True,
        text=True,
        check=False,
    )
    said = [*gate.stdout.splitlines(), *gate.stderr.splitlines()]
    return Answer(gate.returncode, said[0] if said else "", run)
