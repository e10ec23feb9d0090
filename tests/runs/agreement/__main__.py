"""Makes all runs and prints what each output said of each verdict."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from logparse.outcome import State
from logparse.verdicts.verdict import from_json
from tests.runs.agreement.differences import differences, said_by
from tests.runs.agreement.outputs import verdict_text
from tests.runs.agreement.runs import Run, make, runs

OUTPUTS = ("JUnit", "HTML report", "MONITORING-LOG.md", "SUMMARY.md", "terminal", "step summary")
COLUMNS = ("exit", "verdict.json", *OUTPUTS)


STATES = tuple(str(state) for state in State)


def _row(run: Run) -> tuple[Run, list[str], list[str]]:
    with TemporaryDirectory() as folder:
        made = make(run, Path(folder))
        said = said_by(made)
        verdict = from_json(verdict_text(made), "verdict.json")
        told = [str(made.ended.exit_code), verdict.title]
        for name in OUTPUTS:
            output = said[name]
            told.append("–" if output is None else _short(output.title, verdict.title))
        return run, told, differences(made)


def _short(told: str, title: str) -> str:
    """What an output said, in one word where that is the verdict, or its state alone."""
    return "same" if title in told or (told in STATES and title.startswith(told)) else told


def main() -> int:
    """Prints the table; returns 1 where an output did not agree."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        rows = list(pool.map(_row, runs()))
    print(f"| run | {' | '.join(COLUMNS)} | differences |")
    print(f"|{' --- |' * (len(COLUMNS) + 2)}")
    for run, told, found in rows:
        print(f"| {run.name} | {' | '.join(told)} | {'; '.join(found) or 'none'} |")
    return int(any(found for _, _, found in rows))


if __name__ == "__main__":
    sys.exit(main())
