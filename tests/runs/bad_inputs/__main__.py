"""Runs every bad input and writes what came out to tests/runs/bad_inputs/README.md."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.runs.bad_inputs import CASES
from tests.runs.bad_inputs.case import Answer, Case, answer
from tests.runs.bad_inputs.table import DOCUMENT, row, table


def _tried(case: Case) -> Answer:
    with TemporaryDirectory() as folder:
        return answer(case, Path(folder))


def main() -> None:
    """Writes the table anew."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = dict(zip(CASES, pool.map(_tried, CASES), strict=True))
    for case, came in found.items():
        if came.run.exit_code != case.code or not came.line or "Traceback" in came.run.output:
            print(f"NOT AS EXPECTED: {case.name}: exit code {came.run.exit_code}\n{came.run.output}")
    DOCUMENT.write_text(table({case.name: row(case, came) for case, came in found.items()}), "utf-8")


if __name__ == "__main__":
    main()
