"""What was measured, as tables for people (Markdown) and as JSON."""

import json
import os
import platform
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median

from benchmarks.commands import CACHED, CANNOT, NOTHING, OURS, Command
from benchmarks.inputs import Input
from benchmarks.measure import Run


@dataclass(frozen=True)
class Aim:
    """How many times the time of another command this suite may take: at most, for one kind of input."""

    kind: str
    ours: str
    other: str
    most: float
    sentence: str


AIMS = (
    Aim("text", OURS, "mawk in one pass", 1 / 2, "at least 2 times as fast as mawk in one pass"),
    Aim("text", OURS, "ripgrep, five times", 1 / 4, "at least 4 times as fast as five ripgreps"),
    Aim("text", OURS, "five greps", 1 / 15, "at least 15 times as fast as five greps"),
    Aim("text", OURS, "wc -l", 8, "within 8 times of wc -l"),
    Aim("rows", OURS, "jq", 1 / 30, "at least 30 times as fast as jq"),
    Aim("rows", OURS, "DuckDB's read_json by hand", 1.3, "within 1.3 times of DuckDB by hand"),
    Aim("text", CACHED, NOTHING, 1.5, "counted before: under 1.5 times of a pytest that does nothing"),
    Aim("rows", CACHED, NOTHING, 1.5, "counted before: under 1.5 times of a pytest that does nothing"),
)
SMALL = Aim("text", OURS, NOTHING, 2, "a small soak: under 2 times of a pytest that does nothing")


@dataclass(frozen=True)
class Measured:
    """One input with all runs of each command that was there, and the commands that were not."""

    log: Input
    runs: Mapping[str, Sequence[Run]]
    commands: Sequence[Command]
    missing: Sequence[str]

    def wall(self, name: str) -> float:
        """The median time by the clock."""
        return median(run.wall for run in self.runs[name])

    def cores(self, name: str) -> float:
        """The median time of all cores."""
        return median(run.cores for run in self.runs[name])


def markdown(measured: Sequence[Measured], when: datetime, rounds: int, seed: int) -> str:
    """The results of a run as a page."""
    about = "".join(f"- {name}: {value}\n" for name, value in machine().items())
    pages = "\n".join(_table(each) for each in measured)
    return (
        f"# Measured on {when:%Y-%m-%d %H:%M} UTC\n\n{about}"
        f"- rounds: {rounds}, all commands in turn in each; seed {seed}\n"
        f"\nTimes are medians in seconds. *Clock*: from start to end of the command. *Cores*: the time of all its "
        f"processes together, which other work on the machine disturbs less. *Ratio*: clock over that of "
        f"`{OURS}`; above 1 the command is slower.\n\n{pages}"
    )


def _table(measured: Measured) -> str:
    log, ours = measured.log, measured.wall(OURS)
    lines = [
        f"## {log.size} of {log.kind} ({log.path.stat().st_size:,} bytes)\n",
        "| command | clock | cores | ratio | peak MB | runs | counts |",
        "| --- | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    for command in measured.commands:
        runs = measured.runs[command.name]
        wall, cores = measured.wall(command.name), measured.cores(command.name)
        peak = max(run.megabytes for run in runs)
        # What a command tells of itself holds for its clock alone.
        shown = "–" if command.tells_seconds else f"{cores:.2f}"
        lines.append(
            f"| {command.name} | {wall:.2f} | {shown} | {wall / ours:.2f} | {peak:.0f} | {len(runs)} "
            f"| {command.counts} |"
        )
    lines += ["", *(f"- {sentence}" for sentence in _aims(measured))]
    lines += [f"- Not on this machine: {name}." for name in measured.missing]
    lines += [f"- {sentence}" for sentence in CANNOT[log.kind]]
    return "\n".join(lines) + "\n"


def _aims(measured: Measured) -> list[str]:
    is_small = measured.log.path.stat().st_size < 50 * 10**6
    told = []
    for aim in [SMALL] if is_small else AIMS:
        if aim.kind == measured.log.kind and aim.ours in measured.runs and aim.other in measured.runs:
            clock = measured.wall(aim.ours) / measured.wall(aim.other)
            cores = measured.cores(aim.ours) / measured.cores(aim.other)
            met = "met" if clock <= aim.most else "not met"
            told.append(f"{aim.sentence}: {clock:.2f} by the clock, {cores:.2f} by cores, aim {aim.most:.2f}: {met}.")
    return told


def machine() -> dict[str, str]:
    """The machine and the versions of all that was measured."""
    model = next((line.split(":", 1)[1].strip() for line in _lines(["lscpu"]) if line.startswith("Model name")), "")
    versions = {name: version(name) for name in ("logparse", "duckdb", "pytest", "pytest-html")}
    tools = {"grep": "--version", "rg": "--version", "mawk": "-Wversion", "jq": "--version", "lnav": "-V"}
    return {
        "machine": f"{model or platform.machine()}, {os.cpu_count()} cores, {_memory()} of memory",
        "system": platform.platform(),
        "load before": " ".join(f"{load:.1f}" for load in os.getloadavg()),
        "Python": f"{platform.python_version()}; " + ", ".join(f"{name} {number}" for name, number in versions.items()),
        "tools": "; ".join(lines[0] for name, option in tools.items() if (lines := _lines([name, option]))),
    }


def _memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"


def _lines(command: Sequence[str]) -> list[str]:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # our own commands
    except OSError:
        return []
    return (done.stdout or done.stderr).splitlines()


def as_json(measured: Sequence[Measured], when: datetime, rounds: int, seed: int) -> str:
    """The same for programs: every run of every command, with the command itself."""
    inputs = [
        {
            "kind": each.log.kind,
            "size": each.log.size,
            "bytes": each.log.path.stat().st_size,
            "missing": list(each.missing),
            "commands": [
                {
                    "name": command.name,
                    "command": shlex.join(command.command),
                    "counts": command.counts,
                    "runs": [asdict(run) for run in each.runs[command.name]],
                }
                for command in each.commands
            ],
        }
        for each in measured
    ]
    about = {"when": when.isoformat(), "rounds": rounds, "seed": seed, **machine(), "inputs": inputs}
    return json.dumps(about, indent=1, ensure_ascii=False) + "\n"


def hidden(text: str, folders: Mapping[Path, str]) -> str:
    """A text with the folders of this machine by the names that others know them by."""
    for folder, name in folders.items():
        text = text.replace(str(folder), name)
    return text
