"""The table of the trial: what each day is, what would be right, and whether it came out so."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from tests.trial.day import NOT_JUDGED, NOT_READY, READY, TrialDay

DOCUMENT = Path(__file__).with_name("README.md")


@dataclass(frozen=True)
class Row:
    """A day that was judged: its group, the verdict that it was given, and in what that is not right."""

    group: str
    day: TrialDay
    verdict: str
    wrong: tuple[str, ...]

    @property
    def expected(self) -> bool:
        """Whether it came out as is known of it: right, or wrong where that cannot be seen in logs."""
        return bool(self.wrong) == bool(self.day.unseen)


def line(row: Row) -> str:
    """A row for a terminal."""
    mark = "ok   " if row.expected and not row.wrong else "known" if row.expected else "WRONG"
    said = f"  [{'; '.join(row.wrong)}]" if row.wrong else ""
    return f"{mark} {row.day.right:10} {row.group}: {row.day.name}{said}"


def sums(rows: Sequence[Row]) -> str:
    """How many days of each kind came out right."""
    kinds = {
        "bad days (NOT READY)": [row for row in rows if row.day.right == NOT_READY],
        "days that nobody can judge (NOT JUDGED)": [row for row in rows if row.day.right == NOT_JUDGED],
        "healthy days (READY)": [row for row in rows if row.day.right == READY],
    }
    told = []
    for name, members in kinds.items():
        seen = [row for row in members if not row.day.unseen]
        right = sum(1 for row in seen if not row.wrong)
        through = sum(1 for row in members if row.verdict == READY and row.day.right != READY)
        told.append(
            f"{name}: {right} of {len(seen)} right"
            + (
                f", {through} of {len(members)} let through as READY"
                if members and members[0].day.right != READY
                else ""
            )
            + (f"; {len(members) - len(seen)} more cannot be seen in logs" if len(members) > len(seen) else "")
        )
    return "\n".join(told)


def cell(text: str) -> str:
    """A text in a cell of a table."""
    return text.replace("|", "\\|")


def row_start(group: str, day: TrialDay) -> str:
    """What a row says of the day itself."""
    why = "; ".join(
        [f"{name.replace('_', ' ')} {outcome}" for name, outcome in day.tells.items()]
        + [f"“{words}”" for words in day.says]
    )
    return f"| {cell(day.name)} | {day.right} | {cell(why)} |"


def document(rows: Sequence[Row]) -> str:
    """The page, whole."""
    parts = [_OPENING, "\n".join(f"- {told}" for told in sums(rows).splitlines()), ""]
    for group, members in groupby(rows, lambda row: row.group):
        parts += [f"## {group}", "", "| day | right | told by | comes out |", "| --- | --- | --- | --- |"]
        parts += [f"{row_start(group, row.day)} {comes_out(row)} |" for row in members]
        parts.append("")
    decided = [(row.day.name, row.day.rule) for row in rows if row.day.rule]
    parts += ["## Why this is right", "", "Where that had to be decided:", ""]
    parts += [f"- **{name}:** {rule}" for name, rule in decided]
    unseen = [(row.day.name, row.day.unseen) for row in rows if row.day.unseen]
    parts += ["", "## What cannot be seen in logs", ""] + [f"- **{name}:** {reason}" for name, reason in unseen]
    return "\n".join(parts) + "\n"


def comes_out(row: Row) -> str:
    """The last cell of a row."""
    if not row.wrong:
        return "right"
    return cell(f"{'known: ' if row.day.unseen else '**wrong**: '}{'; '.join(row.wrong)}")


_OPENING = """# The trial

Days of several bots in the shapes that people have their logs in, bad ones and healthy ones. They were made from what
the suite promises and from what real programs print (`printed/`), not from its code. Each is a real run:
`pytest --hour=24` in a process of its own on files on disk. This page is written by

    .venv/bin/python -m tests.trial --write

A day comes out right where its verdict, its exit code and the criteria named with it are right, no other criterion
accuses the bot, and the output says what it must.
"""
