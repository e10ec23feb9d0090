"""Counting without judging: from the places of the logs to numbers, optionally by time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

from logparse.counting import numbers
from logparse.evidence.word_findings import doubt_of, mend_of, told_doubt
from logparse.formats.collecting_commands import AGAIN, told
from logparse.reading.accounts import file_accounts
from logparse.reading.collected_by import command_of, command_of_all
from logparse.reading.file_problems import Problem
from logparse.reading.gather import concluded_from, read_all, workplace
from logparse.reading.here import HERE
from logparse.reading.merge import Account, accounts, merge
from logparse.reading.reading import Reading
from logparse.reading.sought import Sought
from logparse.reading.spoken import overlaps, spoken
from logparse.reading.workplace import Readers, Workplace
from logparse.settings.checked import Settings
from logparse.text.wording import plural
from logparse.values.file_account import FileAccount
from logparse.values.flags import ErrorKind
from logparse.values.metrics import Metrics
from logparse.values.records import LINE_CLASSES
from logparse.values.schedule import WINDOW, Span, minute_of
from logparse.values.spoken import Overlap

SCHEMA = 1
"""The version of the JSON form; it changes when a key changes its meaning or is removed."""

MINUTE = timedelta(minutes=1)

BUCKETS: Mapping[str, timedelta] = {
    "minute": MINUTE,
    "hour": timedelta(hours=1),
    "window": WINDOW,
    "day": timedelta(days=1),
}
"""The buckets of time by name, each with its length."""

CALENDAR = Span(datetime(2, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))
"""The time span that buckets can name; a clock that was never set may be outside of it."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Bucket:
    """The numbers of one bucket of time in which something was counted."""

    span: Span
    metrics: Metrics


@dataclass(frozen=True)
class Tallying:
    """The result of counting: the total, its buckets of time, the kinds of error, and the account of each file's lines.

    ``recorded`` is from the first record to the last; ``untimed`` records have no time; ``problems`` name what was not
    counted, or not surely: without any, the numbers cover all that the files hold. ``overlaps`` are lines that match
    two events; they count as one of them.
    """

    metrics: Metrics
    recorded: Span | None
    by: str
    buckets: tuple[Bucket, ...]
    untimed: int
    error_kinds: tuple[ErrorKind, ...]
    deployments: tuple[str, ...]
    files: tuple[FileAccount, ...]
    problems: tuple[Problem, ...]
    overlaps: tuple[Overlap, ...] = ()

    @property
    def complete(self) -> bool:
        """True if nothing is known to be missing in the numbers."""
        return not self.problems

    @property
    def lines(self) -> dict[str, int]:
        """The physical lines of all files by class."""
        return {name: sum(file.lines.get(name, 0) for file in self.files) for name in LINE_CLASSES}

    def as_dict(self) -> dict[str, Any]:
        """Returns all of it for machines; the keys are those of verdict.json for what both hold."""
        return {
            "schema": SCHEMA,
            "complete": self.complete,
            "first": self.recorded.start if self.recorded else None,
            "last": self.recorded.end if self.recorded else None,
            "metrics": self.metrics.as_dict(),
            "untimed": self.untimed,
            "by": self.by or None,
            "buckets": [
                {"from": bucket.span.start, "to": bucket.span.end, "metrics": bucket.metrics.as_dict()}
                for bucket in self.buckets
            ],
            "error_kinds": self.error_kinds,
            "deployments": self.deployments,
            "files": self.files,
            "lines": self.lines,
            "problems": self.problems,
            "overlaps": self.overlaps,
        }


def count(sought: Sought, settings: Settings, by: str = "", readers: Readers = HERE) -> Tallying:
    """Counts the logs, by the buckets of BUCKETS if one is named; windows begin at the start of the
    soak if it is known, else at midnight UTC. ``readers`` read the logs.
    Raises UsageProblem if a pattern does not compile.
    """
    with workplace(sought, settings, readers) as work:
        readings = read_all(work)
        return concluded_from(readings, lambda those: _counted(those, sought, settings, by, work), work)


def _counted(readings: Sequence[Reading], sought: Sought, settings: Settings, by: str, work: Workplace) -> Tallying:
    doubled = merge(readings, work).doubled
    lines = accounts(readings, None, 0, work)
    recorded = numbers.recorded_span(work.connection)
    ever = Span(recorded.start, recorded.end + MINUTE) if recorded else CALENDAR
    metrics = numbers.metrics_of_all(work.connection)
    problems = _problems(readings, lines, doubled, sought, settings)
    if doubt_of(metrics):
        text = told_doubt(metrics, spoken(readings, ever, settings.bot.events, work))
        mend = told(mend_of(metrics), command_of_all(readings, (), settings.collecting))
        problems.append(Problem("words", text, mend))
    return Tallying(
        metrics=metrics,
        recorded=recorded,
        by=by,
        buckets=_buckets(sought, ever, by, work) if by else (),
        untimed=numbers.untimed_of(work.connection),
        error_kinds=numbers.error_kinds_of(work.connection, ever, work.mask),
        deployments=tuple(work.mask(name) for name in numbers.names_of("deployment", work.connection, ever)),
        files=file_accounts(readings, lines, work),
        problems=tuple(problems),
        overlaps=overlaps(ever, work),
    )


def _buckets(sought: Sought, span: Span, by: str, work: Workplace) -> tuple[Bucket, ...]:
    width = BUCKETS[by]
    origin = minute_of(sought.start) if sought.start and by == "window" else 0
    found = numbers.metrics_by(work.connection, span, origin, width // MINUTE)
    begins = ((EPOCH + minute * MINUTE, metrics) for minute, metrics in found.items())
    return tuple(Bucket(Span(begin, begin + width), metrics) for begin, metrics in begins)


def _problems(
    readings: Sequence[Reading], lines: Sequence[Account], doubled: int, sought: Sought, settings: Settings
) -> list[Problem]:
    """Returns all problems of the numbers: what is missing, or counted too often."""
    command = command_of_all(readings, (), settings.collecting)
    commands = [command_of(reading, command, settings.collecting) for reading in readings]
    problems = [
        replace(problem, mend=told(problem.mend, how))
        for reading, how in zip(readings, commands, strict=True)
        for problem in reading.problems
    ]
    if not readings:
        none = f"no log file was found under {', '.join(sought.places)}"
        problems.append(Problem("missing", none, told(AGAIN, command)))
    for reading, account, how in zip(readings, lines, commands, strict=True):
        rejected, total = account.lines.get("rejected", 0), sum(account.lines.values())
        if reading.tally and reading.format and Fraction(100 * rejected) > settings.limits.rejected * total:
            text = f"{reading.shown}: {rejected:,} of {plural(total, 'line')} could not be read"
            needs = f"read as {reading.format.title}, which needs {reading.format.needs}"
            problems.append(Problem("rejected", f"{text} ({needs})", told(AGAIN, how)))
    if doubled:
        deliveries = plural(doubled, "delivery stands", "deliveries stand")
        text = f"{deliveries} in files of several formats: the same traffic was counted more than once"
        problems.append(Problem("doubled", text, "name the files of one of the formats alone"))
    return problems
