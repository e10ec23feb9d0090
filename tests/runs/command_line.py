"""Runs of the suite as a user makes them: `pytest --hour=N` in a process of its own, in a folder of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

from tests.runs.warm_process import run_pytest

ROOT = Path(__file__).parents[2]

CORE_PLUGINS = ("pytest_html.plugin", "pytest_metadata.plugin", "pytest_timeout")
"""The plugins of the core install; what only development needs is not loaded."""

LONGEST_RUN = 110
"""Seconds that a run may take."""


def _surroundings() -> dict[str, str]:
    """The environment without the service that runs these tests: its summary is not for the runs that they make."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}


def _environment(more: Mapping[str, str] | None) -> dict[str, str]:
    return {**_surroundings(), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "", **(more or {})}


def shell(script: str) -> Sequence[str]:
    """A command that does what a shell script says, and then becomes the command that follows."""
    return ("/bin/sh", "-c", f'{script}; exec "$@"', "sh")


@dataclass(frozen=True)
class Outcome:
    """How a run ended: its exit code, all that it printed, and the verdict that it wrote."""

    exit_code: int
    output: str
    verdict: Mapping[str, Any]

    @property
    def outcomes(self) -> dict[str, str]:
        """The outcome of each criterion."""
        return {criterion["name"]: criterion["outcome"] for criterion in self.verdict["criteria"]}


@dataclass(frozen=True)
class Desk:
    """A folder with logs, a document and reports of its own, from which runs are started."""

    folder: Path

    @property
    def logs(self) -> Path:
        """The folder of the logs."""
        return self.folder / "logs"

    @property
    def document(self) -> Path:
        """The monitoring log."""
        return self.folder / "MONITORING-LOG.md"

    @property
    def reports(self) -> Path:
        """The folder of the reports."""
        return self.folder / "reports"

    @property
    def cache(self) -> Path:
        """The folder of counted files."""
        return self.folder / "cache" / "d" / "logparse"

    def verdict(self) -> Mapping[str, Any]:
        """What verdict.json in the folder of the reports says now; nothing where there is none."""
        path = self.reports / "verdict.json"
        found: Mapping[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
        return found

    def start(
        self,
        *arguments: str,
        environment: Mapping[str, str] | None = None,
        stdin: int | IO[bytes] | None = None,
        plugins: tuple[str, ...] = CORE_PLUGINS,
        within: Sequence[str] = (),
    ) -> "subprocess.Popen[str]":
        """Starts pytest with the core plugins alone; paths of this desk are given unless the arguments name others.

        ``within`` is a command that starts the one that is given to it; see ``shell``.
        """
        return subprocess.Popen(
            [*within, sys.executable, "-m", "pytest", *self._arguments(arguments, plugins)],
            cwd=ROOT,
            env=_environment(environment),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def _arguments(self, arguments: Sequence[str], plugins: Sequence[str]) -> list[str]:
        given = [argument.split("=")[0] for argument in arguments]
        defaults = {
            "--logs": self.logs,
            "--monitoring-log": self.document,
            "--reports": self.reports,
        }
        options = [f"{name}={path}" for name, path in defaults.items() if name not in given]
        loaded = [part for name in plugins for part in ("-p", name)]
        cache = ["-o", f"cache_dir={self.folder / 'cache'}"]
        return [*loaded, *cache, *options, *arguments]

    def ended(self, process: "subprocess.Popen[str]") -> Outcome:
        """Waits for a run and returns how it ended."""
        output, _ = process.communicate(timeout=LONGEST_RUN)
        return Outcome(process.returncode, output, self.verdict())

    def run(
        self,
        *arguments: str,
        environment: Mapping[str, str] | None = None,
        stdin: int | IO[bytes] | None = None,
        plugins: tuple[str, ...] = CORE_PLUGINS,
        within: Sequence[str] = (),
    ) -> Outcome:
        """Runs pytest as ``start`` does, and waits until it has ended; where nothing is special, in a warm process."""
        if stdin is None and not within:
            given = self._arguments(arguments, plugins)
            with NamedTemporaryFile() as output:
                printed = Path(output.name)
                code = run_pytest(given, ROOT, _environment(environment), printed, LONGEST_RUN)
                return Outcome(code, printed.read_text("utf-8", "replace"), self.verdict())
        with self.start(*arguments, environment=environment, stdin=stdin, plugins=plugins, within=within) as process:
            try:
                return self.ended(process)
            finally:
                process.kill()
