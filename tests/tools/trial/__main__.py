"""The trial from the command line: each day a real run, and a table of what comes out right.

python -m tests.tools.trial                           all days
python -m tests.tools.trial crash telegram            those whose names or groups hold one of the words
python -m tests.tools.trial --wrong                   those that did not come out right, by the page
python -m tests.tools.trial --project=DIR             judged by the suite of another checkout
python -m tests.tools.trial --write                   and write the page; days not tried stay as they stand
"""

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.tools.trial import page
from tests.tools.trial.days import GROUPS
from tests.tools.trial.run import HERE, judged


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge the days and print what came of them; 0 where all that logs can show came out right."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.trial", description="Judge the days of the trial.")
    parser.add_argument("words", nargs="*", help="only days whose name or group holds one of these words")
    parser.add_argument("--wrong", action="store_true", help="only days that did not come out right, by the page")
    parser.add_argument("--project", type=Path, default=HERE, help="the checkout whose suite judges; default: this one")
    parser.add_argument("--workers", type=int, default=2, help="runs at a time")
    parser.add_argument("--write", action="store_true", help="write the table to tests/tools/trial/README.md")
    parser.add_argument("--told", action="store_true", help="print all that each run told")
    asked = parser.parse_args(arguments)
    before = page.kept(page.DOCUMENT.read_text("utf-8")) if page.DOCUMENT.exists() else {}
    standing = [
        page.Row(group, day, before.get(page.row_start(day), page.UNTRIED))
        for group, days in GROUPS.items()
        for day in days
    ]

    def is_asked(row: page.Row) -> bool:
        named = not asked.words or any(word.lower() in f"{row.group} {row.day.name}".lower() for word in asked.words)
        return named and not (asked.wrong and row.is_expected)

    def tried(row: page.Row) -> page.Row:
        if not is_asked(row):
            return row
        ended = judged(row.day, asked.project.resolve())
        now = page.row(row.group, row.day, ended)
        print(page.line(now), *([ended.told] if asked.told else []), sep="\n", flush=True)
        return now

    with ThreadPoolExecutor(asked.workers) as pool:
        rows = list(pool.map(tried, standing))
    judged_now = [row for row, stood in zip(rows, standing, strict=True) if is_asked(stood)]
    print("\n" + page.sums(judged_now))
    if asked.write:
        page.DOCUMENT.write_text(page.document(rows), "utf-8")
    return 0 if all(row.is_expected for row in judged_now) else 1


if __name__ == "__main__":
    sys.exit(main())
