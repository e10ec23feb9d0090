"""The trend for display: the numbers of this soak compared with those of an earlier one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from logparse.outcome import Outcome
from logparse.report.columns import aligned, markdown_table
from logparse.report.figures import MARKS
from logparse.text.escape import printable
from logparse.text.markdown import code_span, escaped_markdown
from logparse.text.wording import milliseconds, moment, percent
from logparse.verdicts.trend import Change, Trend
from logparse.verdicts.verdict import Verdict

HEADS = ("Number", "Baseline", "Now", "Change", "Interval (95 %)", "Outcome")


def about(trend: Trend) -> str:
    """Describes the soak with which the numbers are compared."""
    judged = f", judged {moment(trend.judged_at)}" if trend.judged_at else ""
    return f"beside all 24 h of the soak from {moment(trend.start)} ({trend.title}{judged})"


def change_row(change: Change) -> tuple[str, ...]:
    """Returns one row, in the order of HEADS."""
    points = " points" if change.unit == "%" else " s"
    interval = f"{change.interval[0]:+.2f} to {change.interval[1]:+.2f}{points}" if change.interval else "–"
    return (
        change.title,
        _number(change.before, change.unit, change.before_of),
        _number(change.now, change.unit, change.now_of),
        "–" if change.difference is None else f"{change.difference:+.2f}{points}",
        interval,
        f"{MARKS[change.outcome.value]} {_outcome(change)}",
    )


def terminal_lines(verdict: Verdict) -> Iterator[str]:
    """Yields the trend for a terminal: a table, and the reason of each warning."""
    if verdict.trend is None:
        return
    yield printable(f"trend, {about(verdict.trend)}:")
    yield from map(printable, aligned([HEADS, *map(change_row, verdict.trend.changes)]))
    for change in verdict.trend.worse:
        yield printable(f"{change.outcome}: trend: {change.title}: {change.reason}")


@dataclass(frozen=True)
class Compared:
    """The trend for the HTML report: the soak compared with, and each change with its cells."""

    about: str
    deployments: str
    heads: Sequence[str]
    changes: Sequence[tuple[Change, Sequence[str]]]


def compared(verdict: Verdict) -> Compared | None:
    """Returns the trend for the HTML report; None if there is none."""
    if verdict.trend is None:
        return None
    changes = [(change, change_row(change)) for change in verdict.trend.changes]
    return Compared(about(verdict.trend), _deployments(verdict.trend, str), (*HEADS, "Reason"), changes)


def trend_markdown(verdict: Verdict) -> Iterator[str]:
    """Yields the trend for SUMMARY.md; nothing if there is none."""
    if verdict.trend is None:
        return
    yield f"The numbers of this soak {escaped_markdown(about(verdict.trend))}{_deployments(verdict.trend, code_span)}."
    yield ""
    yield from markdown_table(HEADS, map(change_row, verdict.trend.changes))
    warnings = [
        f"- {change.outcome}: {change.title}: {escaped_markdown(change.reason)}" for change in verdict.trend.worse
    ]
    yield from chain([""] if warnings else [], warnings)


def _number(value: float | None, unit: str, of: int) -> str:
    if value is None:
        return "–"
    return f"{percent(value)} of {of:,}" if unit == "%" else milliseconds(1000 * value)


def _outcome(change: Change) -> str:
    return "not compared" if change.outcome is Outcome.NOT_MEASURED else str(change.outcome)


def _deployments(trend: Trend, shown: Callable[[str], str]) -> str:
    return f"; its deployments: {', '.join(map(shown, trend.deployments))}" if trend.deployments else ""
