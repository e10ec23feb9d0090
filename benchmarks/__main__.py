"""Times this suite beside its peers: `python -m benchmarks` (see benchmarks/README.md)."""

import argparse
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.commands import PROJECT, Command, commands
from benchmarks.inputs import KINDS, Input, made, size_in_bytes
from benchmarks.measure import Run, run
from benchmarks.results import Measured, as_json, hidden, markdown

SLOW = 60
"""Seconds; what takes longer is run once and not in every round."""


def main() -> None:
    """Makes the inputs, times all commands in turn, and writes the results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", nargs="+", default=["10MB", "100MB", "1GB"], metavar="SIZE", help="like 100MB")
    parser.add_argument("--kinds", nargs="+", default=list(KINDS), choices=list(KINDS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="the commands of these names alone")
    parser.add_argument("--work", type=Path, help="the folder of the inputs, which are kept; else a temporary one")
    parser.add_argument("--results", type=Path, default=PROJECT / "benchmarks" / "results")
    options = parser.parse_args()
    for size in options.sizes:
        size_in_bytes(size)
    with tempfile.TemporaryDirectory() as name:
        folder = options.work or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        measured = []
        for kind in options.kinds:
            for size in options.sizes:
                log = made(kind, size, options.seed, folder.resolve())
                measured.append(_measured(log, options.rounds, options.only, Path(name).resolve()))
        when = datetime.now(UTC)
        page = markdown(measured, when, options.rounds, options.seed)
        data = as_json(measured, when, options.rounds, options.seed)
        names = {folder.resolve(): "INPUTS", Path(name).resolve(): "WORK", PROJECT: "PROJECT", Path(sys.prefix): "VENV"}
        options.results.mkdir(parents=True, exist_ok=True)
        for text, suffix in ((page, "md"), (data, "json")):
            target = options.results / f"{when:%Y-%m-%dT%H%MZ}.{suffix}"
            target.write_text(hidden(text, names), encoding="utf-8")
            print(target)


def _measured(log: Input, rounds: int, only: list[str], folder: Path) -> Measured:
    """All runs of all commands over one input, in turn; the first of each is for the file cache, and not counted."""
    own = folder / f"{log.kind}-{log.size}"
    own.mkdir()
    wanted = [command for command in commands(log, own) if not only or command.name in only]
    there = [each for each in wanted if each.is_there and log.path.stat().st_size < each.largest]
    runs: dict[str, list[Run]] = {command.name: [] for command in there}
    for at in range(rounds + 1):
        for command in there:
            known = runs[command.name]
            if known and known[-1].wall > SLOW:
                continue
            taken = _timed(command)
            print(f"{log.size} {log.kind}: {command.name}: {taken.wall:.2f} s", file=sys.stderr, flush=True)
            if at or taken.wall > SLOW:
                known.append(taken)
    missing = [f"{command.name} (needs {command.needs})" for command in wanted if not command.is_there]
    return Measured(log, runs, there, missing)


def _timed(command: Command) -> Run:
    if command.before:
        run(command.before, PROJECT, frozenset({0}))
    taken, output = run(command.command, PROJECT, command.allowed)
    return replace(taken, wall=float(output.split()[-1])) if command.tells_seconds else taken


if __name__ == "__main__":
    main()
