"""The shape of a bad input, and how it is tried."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.runs.command_line import ROOT, Desk, Outcome

START_OPTION = "--start=2026-01-12T00:00Z"

LONGEST_SHOWN = 180
"""Characters of a line that are shown in the table."""

USAGE, NOT_JUDGED = 4, 10

Maker = Callable[[Desk], None]


def nothing(_: Desk) -> None:
    """Makes nothing: what is bad stands on the command line."""


def log(content: bytes, name: str = "logs-hour-04.jsonl") -> Maker:
    """Makes one log file of the given bytes."""

    def make(desk: Desk) -> None:
        desk.logs.mkdir(parents=True)
        (desk.logs / name).write_bytes(content)

    return make


@dataclass(frozen=True)
class Case:
    """A bad input: a sentence, the exit code, a part of the line that tells it, and how it comes about.

    In the arguments ``{desk}`` stands for the folder of the run. Where no start is given, it is that of the tests.
    """

    name: str
    code: int
    message: str
    arguments: tuple[str, ...] = ()
    make: Maker = nothing


@dataclass(frozen=True)
class Answer:
    """What a run answered to a bad input: how it ended, and the line that tells why, without the places of this run.

    ``changed``: the files in the folder of the run, but for the cache, that it wrote, changed or removed.
    """

    run: Outcome
    line: str
    changed: tuple[str, ...]


def answer(case: Case, folder: Path) -> Answer:
    """Tries a bad input in a folder of its own."""
    desk = Desk(folder)
    case.make(desk)
    before = _files(folder)
    given = [argument.replace("{desk}", str(folder)) for argument in case.arguments]
    hour = [] if any(argument.startswith("--hour") for argument in given) else ["--hour=4"]
    start = [] if any(argument.startswith("--start") for argument in given) else [START_OPTION]
    run = desk.run(*hour, *start, *given)
    lines = (line for line in run.output.splitlines() if case.message in line and line.startswith(TELLING))
    changed = {name for name, _ in before.items() ^ _files(folder).items()}
    return Answer(run, _neutral(next(lines, ""), folder), tuple(sorted(changed)))


def _files(folder: Path) -> dict[str, bytes]:
    """The files below a folder and what they hold, but for the cache."""
    found = [path for path in folder.rglob("*") if path.is_file() and "cache" not in path.parts]
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


TELLING = ("ERROR: ", "NOT JUDGED: ", "python -m pytest: error: ")
"""How lines begin that tell what is wrong."""


def _neutral(line: str, folder: Path) -> str:
    """A line without the places of this machine and the time of this run."""
    for place in (f"{folder}/", str(folder), f"{ROOT}/", str(ROOT)):
        line = line.replace(place, "")
    return re.sub(r"the clock \([^)]*\)", "the clock (now)", line)


def shown(case: Case, line: str) -> str:
    """The part of a line that is shown in the table: all of it, or its beginning with the message."""
    line = re.sub(r"(.)\1{30,}", r"\1\1\1…", line)
    end = max(LONGEST_SHOWN, line.index(case.message) + len(case.message) + 20)
    return line if len(line) <= end else line[:end].rstrip() + " …"
