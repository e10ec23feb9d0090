"""The table of bad inputs, tests/runs/bad_inputs/README.md."""

from collections.abc import Mapping
from pathlib import Path

from tests.runs.bad_inputs import SECTIONS
from tests.runs.bad_inputs.case import Answer, Case, shown

DOCUMENT = Path(__file__).with_name("README.md")

INTRODUCTION = """# Bad inputs

What a run answers to input that is wrong: its exit code, and the line that tells why (its beginning, where it is long).
Code 4 is a mistake of use: nothing was changed but `verdict.json`, which says so where its place is known. Code 10 is
NOT JUDGED: the logs cannot tell. None ends in a traceback.

This table is written by `python -m tests.runs.bad_inputs`, which runs them all; the tests check each row.
"""


def row(case: Case, found: Answer) -> str:
    """The row of a case and what was answered to it."""
    line = shown(case, found.line) if case.message in found.line else found.line
    return f"| {case.name} | {found.run.exit_code} | {_code(line)} |"


def _code(text: str) -> str:
    """A text as code in a cell of a table."""
    return "`` " + text.replace("|", "\\|").replace("``", "` `") + " ``"


def table(rows: Mapping[str, str]) -> str:
    """The document of all rows, by the names of their cases."""
    parts = [INTRODUCTION]
    for title, cases in SECTIONS.items():
        head = f"## {title}\n\n| input | exit code | the line that tells |\n| --- | --- | --- |"
        parts.append("\n".join([head, *(rows[case.name] for case in cases)]) + "\n")
    return "\n".join(parts)
