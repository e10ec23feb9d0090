"""Runs of the suite as a user makes them: `pytest --hour=N` in a process of its own, in a folder of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

CORE_PLUGINS = ("pytest_html.plugin", "pytest_metadata.plugin", "pytest_timeout")
"""The plugins of the core install; what only development needs is not loaded."""


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

    def run(self, *arguments: str, environment: Mapping[str, str] | None = None) -> Outcome:
        """Runs pytest with the core plugins alone; paths of this desk are given unless the arguments name others."""
        given = [argument.split("=")[0] for argument in arguments]
        defaults = {
            "--logs": self.logs,
            "--monitoring-log": self.document,
            "--reports": self.reports,
        }
        options = [f"{name}={path}" for name, path in defaults.items() if name not in given]
        plugins = [part for name in CORE_PLUGINS for part in ("-p", name)]
        finished = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                *plugins,
                "-o",
                f"cache_dir={self.folder / 'cache'}",
                *options,
                *arguments,
            ],
            cwd=ROOT,
            env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "", **(environment or {})},
            capture_output=True,
            text=True,
            timeout=110,
            check=False,
        )
        path = self.reports / "verdict.json"
        verdict = json.loads(path.read_text("utf-8")) if path.exists() else {}
        return Outcome(finished.returncode, finished.stdout + finished.stderr, verdict)
