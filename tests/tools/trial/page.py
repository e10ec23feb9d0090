"""The table of the trial: what each day is, what would be right, and whether it came out so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from tests.tools.trial.day import NOT_JUDGED, NOT_READY, READY, TrialDay
from tests.tools.trial.run import Ended, differences

DOCUMENT = Path(__file__).with_name("README.md")

RIGHT, KNOWN, WRONG, UNTRIED = "right", "known: ", "**wrong**: ", "not tried yet"


@dataclass(frozen=True)
class Row:
    """A day with its group, and how it came out, as the last cell of its row says it."""

    group: str
    day: TrialDay
    cell: str

    @property
    def is_right(self) -> bool:
        """Whether the day came out as would be right."""
        return self.cell == RIGHT

    @property
    def is_expected(self) -> bool:
        """Whether it came out as is known of it: right, or wrong where logs cannot show it."""
        return self.cell.startswith(KNOWN if self.day.unseen else RIGHT)

    @property
    def is_let_through(self) -> bool:
        """Whether a day that must be stopped was READY."""
        told = self.cell.removeprefix(KNOWN).removeprefix(WRONG)
        return self.day.right != READY and (told == READY or told.startswith(f"{READY}; "))


def row(group: str, day: TrialDay, ended: Ended) -> Row:
    """The row of a day that was judged."""
    wrong = differences(day, ended)
    mark = KNOWN if day.unseen else WRONG
    return Row(group, day, cell(f"{mark}{'; '.join(wrong)}") if wrong else RIGHT)


def line(row: Row) -> str:
    """A row for a terminal."""
    mark = "right" if row.is_right else "known" if row.is_expected else "WRONG"
    said = "" if row.is_right else f"  [{row.cell.removeprefix(KNOWN).removeprefix(WRONG)}]"
    return f"{mark} {row.day.right:10} {row.group}: {row.day.name}{said}"


def sums(rows: Sequence[Row]) -> str:
    """How many days of each kind came out right."""
    kinds = {NOT_READY: "bad days", NOT_JUDGED: "days that nobody can judge", READY: "healthy days"}
    told = []
    for verdict, name in kinds.items():
        members = [row for row in rows if row.day.right == verdict]
        seen = [row for row in members if not row.day.unseen]
        parts = [f"{name} ({verdict}): {sum(row.is_right for row in seen)} of {len(seen)} right"]
        if verdict != READY:
            parts.append(f"{sum(row.is_let_through for row in seen)} of them let through as READY")
        if len(members) > len(seen):
            parts.append(f"{len(members) - len(seen)} more that logs cannot show")
        told.append(", ".join(parts))
    return "\n".join(told)


def cell(text: str) -> str:
    """A text in a cell of a table."""
    return text.replace("|", "\\|")


def row_start(day: TrialDay) -> str:
    """What a row says of the day itself."""
    telling = [f"{name.replace('_', ' ')} {outcome}" for name, outcome in day.tells.items()]
    telling += [f"says “{words}”" for words in day.says] + [f"does not say “{words}”" for words in day.silent]
    return f"| {cell(day.name)} | {day.right} | {cell('; '.join(telling))} |"


def kept(page: str) -> Mapping[str, str]:
    """The last cells of a page, by what stands in front of them."""
    found = {}
    for text in page.splitlines():
        start, bar, last = text.removesuffix(" |").rpartition(" | ")
        if bar and text.startswith("| "):
            found[f"{start} |"] = last
    return found


def document(rows: Sequence[Row]) -> str:
    """The page, whole."""
    parts = [_OPENING, "\n".join(f"- {told}" for told in sums(rows).splitlines()), ""]
    for group, members in groupby(rows, lambda row: row.group):
        parts += [f"## {group}", "", "| day | right | told by | comes out |", "| --- | --- | --- | --- |"]
        parts += [f"{row_start(row.day)} {row.cell} |" for row in members]
        parts.append("")
    parts += ["## Why this is right", "", "Where that had to be decided:", ""]
    parts += [f"- **{row.day.name}:** {row.day.rule}" for row in rows if row.day.rule]
    parts += ["", "## What logs cannot show", ""]
    parts += [f"- **{row.day.name}:** {row.day.unseen}" for row in rows if row.day.unseen]
    return "\n".join(parts) + "\n"


_OPENING = """# The trial

Days of several bots in the shapes that people have their logs in, bad ones and healthy ones. They were made from what
the suite promises and from what real programs print (`printed/`), not from its code. Each is a real run:
`pytest --hour=24` in a process of its own on files on disk. This page is written by

    .venv/bin/python -m tests.tools.trial --write

A day comes out right where its verdict, its exit code and the criteria named with it are right, no other criterion
accuses the bot, and the output says what it must, as a regular expression.
"""
