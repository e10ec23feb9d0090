"""The account of the files in a verdict: the lines of each by class, and the first rejected ones."""

from collections.abc import Sequence

from logparse.reading.merge import Account
from logparse.reading.reading import Reading
from logparse.reading.rejected import rejected_of
from logparse.reading.workplace import Workplace
from logparse.values.file_account import FileAccount
from logparse.values.records import LINE_CLASSES


def file_accounts(readings: Sequence[Reading], lines: Sequence[Account], work: Workplace) -> tuple[FileAccount, ...]:
    """Returns the account of each file for the verdict: its lines by class and its first rejected lines."""
    unread = [
        reading
        for reading, account in zip(readings, lines, strict=True)
        if account.lines.get("rejected") and reading.format and reading.tally
    ]
    rejected = rejected_of(unread, work)
    return tuple(
        FileAccount(
            path=reading.shown,
            sha256=reading.sha256,
            format=reading.format.name if reading.format else "",
            lines=account.lines,
            records=account.records,
            problem="; ".join(problem.text for problem in reading.problems),
            rejected=rejected.get(reading.path, ()),
        )
        for reading, account in zip(readings, lines, strict=True)
        if not any(problem.kind == "missing" for problem in reading.problems)
    )


def sum_of_lines(lines: Sequence[Account]) -> dict[str, int]:
    """Sums the lines of all files by class; classes without lines count 0."""
    total: dict[str, int] = dict.fromkeys(LINE_CLASSES, 0)
    for account in lines:
        for name, count in account.lines.items():
            total[name] += count
    return total
