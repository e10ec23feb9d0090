"""The trend as people read it: the numbers of this soak beside those of an earlier one."""

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
    """With which soak the numbers are compared."""
    judged = f", judged {moment(trend.judged_at)}" if trend.judged_at else ""
    return f"beside all 24 h of the soak from {moment(trend.start)} ({trend.title}{judged})"


def row_of(change: Change) -> tuple[str, ...]:
    """One row, in the order of HEADS."""
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


def lines(verdict: Verdict) -> Iterator[str]:
    """The trend for a terminal: a table, and why what became worse warns."""
    if verdict.trend is None:
        return
    yield printable(f"trend, {about(verdict.trend)}:")
    yield from map(printable, aligned([HEADS, *map(row_of, verdict.trend.changes)]))
    for change in verdict.trend.worse:
        yield printable(f"{change.outcome}: trend: {change.title}: {change.reason}")


@dataclass(frozen=True)
class Compared:
    """The trend for the HTML report: with what the numbers are compared, and each change with its cells."""

    about: str
    deployments: str
    heads: Sequence[str]
    changes: Sequence[tuple[Change, Sequence[str]]]


def compared(verdict: Verdict) -> Compared | None:
    """The trend for the HTML report; None where there is none."""
    if verdict.trend is None:
        return None
    changes = [(change, row_of(change)) for change in verdict.trend.changes]
    return Compared(about(verdict.trend), _deployments(verdict.trend, str), (*HEADS, "Reason"), changes)


def markdown(verdict: Verdict) -> Iterator[str]:
    """The trend for SUMMARY.md; nothing where there is none."""
    if verdict.trend is None:
        return
    yield f"The numbers of this soak {escaped_markdown(about(verdict.trend))}{_deployments(verdict.trend, code_span)}."
    yield ""
    yield from markdown_table(HEADS, map(row_of, verdict.trend.changes))
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
