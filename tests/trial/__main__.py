"""The trial from the command line: each day a real run, and a table of what comes out right.

python -m tests.trial                           all days
python -m tests.trial crash telegram            those whose names or groups hold one of the words
python -m tests.trial --project=DIR             judged by the suite of another checkout
python -m tests.trial --write                   and write tests/trial/README.md
"""

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.trial import page
from tests.trial.day import TrialDay
from tests.trial.days import GROUPS
from tests.trial.run import HERE, differences, judged


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge the days and print what came of them; 0 where all that can be seen came out right."""
    parser = argparse.ArgumentParser(prog="python -m tests.trial", description="Judge the days of the trial.")
    parser.add_argument("words", nargs="*", help="only days whose name or group holds one of these words")
    parser.add_argument("--project", type=Path, default=HERE, help="the checkout whose suite judges; default: this one")
    parser.add_argument("--workers", type=int, default=2, help="runs at a time")
    parser.add_argument("--write", action="store_true", help="write the table to tests/trial/README.md")
    parser.add_argument("--told", action="store_true", help="print all that each run told")
    asked = parser.parse_args(arguments)
    days = [
        (group, day)
        for group, members in GROUPS.items()
        for day in members
        if not asked.words or any(word.lower() in f"{group} {day.name}".lower() for word in asked.words)
    ]

    def tried(each: tuple[str, TrialDay]) -> page.Row:
        ended = judged(each[1], asked.project.resolve())
        row = page.Row(*each, ended.verdict, tuple(differences(each[1], ended)))
        print(page.line(row), *([ended.told] if asked.told else []), sep="\n", flush=True)
        return row

    with ThreadPoolExecutor(asked.workers) as pool:
        rows = list(pool.map(tried, days))
    print("\n" + page.sums(rows))
    if asked.write:
        page.DOCUMENT.write_text(page.document(rows), "utf-8")
    return 0 if all(row.expected for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
