"""A day made into a real run: files on disk, `pytest --hour=24` in a process of its own, and what came of it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory

from tests.runs.warm_process import run_pytest
from tests.tools.trial.day import EXIT_CODES, FAIL, NOT_JUDGED, PASS, READY, WARN, TrialDay

HERE = Path(__file__).parents[3]
"""The checkout that these tests are of."""

PLUGINS = ("pytest_html.plugin", "pytest_metadata.plugin", "pytest_timeout")

LONGEST_RUN = 600
"""Seconds that a run in a forked process may take."""


@dataclass(frozen=True)
class Ended:
    """How a run ended: its exit code, the verdict, the outcome of each criterion, what the terminal and the document
    told, and all that stands in the reports.
    """

    exit_code: int
    verdict: str
    outcomes: Mapping[str, str]
    told: str
    reports: str


def judged(day: TrialDay, project: Path = HERE) -> Ended:
    """What the suite in a checkout says of a day."""
    with TemporaryDirectory(prefix="trial-") as name:
        folder = Path(name)
        (folder / "logs").mkdir()
        for path, content in day.files().items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        for path, target in day.links.items():
            (folder / path).symlink_to(target)
        for run in day.runs:
            _suite(day, folder, project, run)
        hour = () if any(option.startswith("--hour") for option in day.options) else ("--hour=24",)
        ended = _suite(day, folder, project, (*hour, *day.options))
        reports = folder / "reports" / "verdict.json"
        written = json.loads(reports.read_text("utf-8")) if reports.exists() else {}
        document = folder / "MONITORING-LOG.md"
        parts = (ended.stdout, document.read_text("utf-8") if document.exists() else "")
        others = [path.read_text("utf-8") for path in sorted((folder / "reports").rglob("*")) if path.is_file()]
    return Ended(
        ended.returncode,
        written.get("verdict", "nothing"),
        {criterion["name"]: criterion["outcome"] for criterion in written.get("criteria", ())},
        "\n".join(re.sub(r"[ \t\r\n]+", " ", part) for part in parts),  # A no-break space stays one.
        "\n".join(others),
    )


def _suite(day: TrialDay, folder: Path, project: Path, arguments: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    def filled_in(argument: str) -> str:
        return argument.replace("{folder}", str(folder)).replace("{python}", sys.executable)

    filled = [filled_in(argument) for argument in arguments]
    settings = [part for name, value in day.settings.items() for part in ("-o", f"{name}={filled_in(value)}")]
    given = [argument.split("=")[0] for argument in filled]
    usual = {
        "--start": (day.start,) if day.start else (),
        "--logs": [str(folder / place) for place in day.places],
        "--monitoring-log": [str(folder / "MONITORING-LOG.md")],
        "--reports": [str(folder / "reports")],
    }
    options = [f"{name}={value}" for name, values in usual.items() if name not in given for value in values]
    # Without the last one each run would compile all code anew.
    foreign = ("GITHUB_", "PYTEST_", "LOGPARSE_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    words = [
        *(part for plugin in PLUGINS for part in ("-p", plugin)),
        *("-o", f"cache_dir={folder / 'cache'}"),
        *settings,
        *options,
        *filled,
    ]
    environment = {
        **kept,
        "PYTHONPATH": str(project),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "COLUMNS": "400",
        **day.environment,
    }
    # A variable may be read as Python starts, and another checkout has other code to import.
    if project == HERE and not day.environment:
        with NamedTemporaryFile() as output:
            printed = Path(output.name)
            code = run_pytest(words, project, environment, printed, LONGEST_RUN)
            return subprocess.CompletedProcess(words, code, printed.read_text("utf-8"))
    return subprocess.run(
        [sys.executable, "-m", "pytest", *words],
        cwd=project,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def differences(day: TrialDay, ended: Ended) -> list[str]:
    """In what a run is not what would be right, in a few words each; the verdict first. Nothing where it is right."""
    found = [ended.verdict] if ended.verdict != day.right else []
    if ended.exit_code != EXIT_CODES[day.right] and not found:
        found.append(f"exit code {ended.exit_code}")
    for name, outcome in day.tells.items():
        given = ended.outcomes.get(name, "missing")
        if given != outcome and not (outcome == PASS and given == WARN and name == "evidence"):
            found.append(f"{name} {given}, not {outcome}")
    accused = (FAIL, NOT_JUDGED) if day.right == READY else (FAIL,)
    found += [
        f"{name} {outcome}" for name, outcome in ended.outcomes.items() if name not in day.tells and outcome in accused
    ]
    found += [f"does not say “{words}”" for words in day.says if not _holds(words, ended.told)]
    found += [f"says “{words}”" for words in day.silent if _holds(words, ended.told + ended.reports)]
    return found


def _holds(words: str, told: str) -> bool:
    return re.search(words, told, re.IGNORECASE) is not None
