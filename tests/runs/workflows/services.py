"""What a runner finds outside of itself, made here: artifacts of earlier runs, and the tools that reach them."""

import os
import shlex
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

GH = r"""
import os, shutil, sys
store, arguments = os.environ["GH_STORE"], sys.argv[1:]
assert os.environ["GH_TOKEN"] and os.environ["GH_REPO"], "gh is not logged in"
options = dict(one.split("=", 1) for one in arguments if one.startswith("--"))
if arguments[:2] == ["run", "list"]:
    assert options["--workflow"] == "soak.yml" and options["--branch"] == "main" and options["--status"] == "completed"
    assert set(options["--json"].split(",")) == {"databaseId", "event"}
    runs = [line.split() for line in open(os.path.join(store, "completed"), encoding="utf-8")][::-1]
    own = [run for run, event in runs if event in ("schedule", "workflow_dispatch")]
    all_of_them = '.[] | select(.event == "schedule" or .event == "workflow_dispatch") | .databaseId'
    the_newest = '[.[] | select(.event == "schedule" or .event == "workflow_dispatch")][0].databaseId // empty'
    print("\n".join({all_of_them: own, the_newest: own[:1]}[options["--jq"]]))
elif arguments[:2] == ["run", "download"]:
    artifact = os.path.join(store, arguments[2], options["--name"])
    if os.path.exists(f"{artifact}.unreachable"):
        sys.exit("HTTP 502: Bad Gateway")
    if not os.path.isdir(artifact):
        sys.exit(f"no artifact matches any of the names or patterns provided")
    shutil.copytree(artifact, options["--dir"], dirs_exist_ok=True)
else:
    sys.exit(f"gh {arguments}: not known here")
"""

PYTHON = r"""
import os, stat, sys
if sys.argv[1:3] == ["-m", "venv"]:
    folder = os.path.join(sys.argv[3], "bin")
    os.makedirs(folder)
    clocked = os.environ["CLOCKED"]
    for name, command in (("python", ""), ("pytest", f"{clocked} pytest"), ("logparse", f"{clocked} logparse")):
        path = os.path.join(folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(f'#!/bin/sh\nif [ "$1 $2 $3" = "-m pip install" ]; then exit 0; fi\n')
            file.write(f'exec {os.environ["REAL_PYTHON"]} {command} "$@"\n')
        os.chmod(path, 0o755)
else:
    os.execv(os.environ["REAL_PYTHON"], [os.environ["REAL_PYTHON"], *sys.argv[1:]])
"""
"""A ``python3`` whose environments are this one, so that nothing has to be installed over the network."""

CLOCKED = r"""
import os, runpy, sys
from datetime import UTC, datetime
from logparse import clock
now = datetime.fromisoformat(os.environ["MACHINE_NOW"]).astimezone(UTC)
if not os.environ.get(clock.CLOCK):
    clock.clock_of = lambda environment: lambda: now
sys.argv[0] = sys.argv.pop(1)
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""
"""Runs a module on a machine whose own clock stands at ``MACHINE_NOW``: for the suite that is a real day."""

NPX = r"""
import os, sys
with open(os.environ["DEPLOYED"], "a", encoding="utf-8") as file:
    file.write(" ".join(sys.argv[1:]) + "\n")
"""


@dataclass(frozen=True)
class Artifacts:
    """What runs handed on, by run and name, and the tools that bring it back."""

    folder: Path

    @classmethod
    def new(cls, folder: Path, tools: Mapping[str, str] | None = None) -> "Artifacts":
        """An empty store, with the tools ``gh``, ``npx`` and ``python3`` beside it."""
        made = cls(folder)
        (folder / "bin").mkdir(parents=True)
        (folder / "completed").write_text("", "utf-8")
        (folder / "clocked.py").write_text(CLOCKED, "utf-8")
        for name, source in (tools or {"gh": GH, "npx": NPX, "python3": PYTHON}).items():
            script = folder / "bin" / f"{name}.py"
            script.write_text(source, "utf-8")
            tool = folder / "bin" / name
            tool.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {shlex.quote(str(script))} "$@"\n', "utf-8")
            tool.chmod(0o755)
        return made

    @property
    def environment(self) -> Mapping[str, str]:
        """The variables by which the tools are found, and find the store."""
        return {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "GH_STORE": str(self.folder),
            "REAL_PYTHON": sys.executable,
            "CLOCKED": str(self.folder / "clocked.py"),
            "DEPLOYED": str(self.folder / "deployed"),
        }

    @property
    def deployed(self) -> str:
        """The commands with which was deployed; empty where nothing was."""
        path = self.folder / "deployed"
        return path.read_text("utf-8") if path.exists() else ""

    def begin(self) -> str:
        """The id of a run that begins."""
        return str(100 + len((self.folder / "completed").read_text("utf-8").splitlines()))

    def complete(self, run_id: str, event: str = "schedule") -> None:
        """Notes that a run has ended."""
        with (self.folder / "completed").open("a", encoding="utf-8") as file:
            file.write(f"{run_id} {event}\n")

    def place(self, run_id: str, name: str) -> Path:
        """Where an artifact of a run lies."""
        return self.folder / run_id / name

    def put(self, source: Path, name: str = "soak", event: str = "schedule") -> str:
        """Makes a run that handed on a folder; its id."""
        run_id = self.begin()
        shutil.copytree(source, self.place(run_id, name))
        self.complete(run_id, event)
        return run_id
