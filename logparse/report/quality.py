"""The findings in the conversations for display: the rate of each kind, and the first findings."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from logparse.report.columns import markdown_table
from logparse.report.page.table import Row, Table, table
from logparse.text.markdown import code_span, escaped_markdown
from logparse.text.wording import percent, period, plural
from logparse.values.suspicions import TITLES, Suspicion, SuspicionKind, SuspicionRate
from logparse.verdicts.verdict import Verdict

ANCHOR = "findings"
"""The anchor of the findings on the page."""

HEADS = ("Finding", "Found", "Out of", "Rate", "Interval (95 %)", "Limit")

SHOWN = 20
"""The most findings that SUMMARY.md shows with their texts; verdict.json has more."""

NOTHING = "No transcript stands beside the logs, so the machine looked for nothing in the answers."


def examined_text(verdict: Verdict) -> str:
    """Describes which conversations were examined."""
    examined = verdict.quality
    if examined.first is None or examined.last is None:
        return "No message of the judged time could be read." if examined.problems else NOTHING
    source = "the logs alone, in part" if examined.partial else "transcripts"
    looked = f"{plural(examined.conversations, 'conversation')} with {plural(examined.messages, 'message')}"
    return f"{looked}, {period(examined.first, examined.last)}, from {source}."


def rate_row(rate: SuspicionRate) -> tuple[str, ...]:
    """Returns one row, in the order of HEADS."""
    interval = f"{rate.interval[0]:.1f} to {rate.interval[1]:.1f} %" if rate.interval else "–"
    return (
        TITLES[SuspicionKind(rate.kind)],
        f"{rate.count:,}",
        f"{rate.of:,} {rate.unit}",
        percent(100 * rate.count / rate.of) if rate.of else "–",
        interval,
        "–" if rate.limit is None else f"at most {percent(rate.limit)}",
    )


@dataclass(frozen=True)
class Findings:
    """The findings for the HTML report: what was examined, the rate of each kind, and the first findings."""

    sentences: Sequence[str]
    heads: Sequence[str]
    rates: Sequence[Sequence[str]] | None
    to_look_at: Table | None


def findings(verdict: Verdict) -> Findings | None:
    """Returns the findings for the HTML report; None at hour 0, where nothing is judged."""
    if not verdict.criteria:
        return None
    examined = verdict.quality
    rows = (Row(_cells(suspicion)) for suspicion in examined.suspicions)
    return Findings(
        (examined_text(verdict), *_lacking(verdict, str)),
        HEADS,
        list(map(rate_row, examined.rates)) if examined.conversations else None,
        table(rows, len(examined.suspicions)),
    )


def findings_markdown(verdict: Verdict) -> Iterator[str]:
    """Yields the findings for SUMMARY.md."""
    yield examined_text(verdict)
    examined = verdict.quality
    if examined.conversations:
        yield ""
        yield from markdown_table(HEADS, map(rate_row, examined.rates))
    items = [*_lacking(verdict, escaped_markdown), *map(_told, examined.suspicions[:SHOWN])]
    if more := max(0, len(examined.suspicions) - SHOWN):
        items.append(f"{more:,} more are in verdict.json")
    if items:
        yield ""
        yield from (f"- {item}" for item in items)


def _lacking(verdict: Verdict, said: Callable[[str], str]) -> Iterator[str]:
    """Yields a sentence for each kind that could not be looked for, and for each text that could not be read."""
    for kind, why in verdict.quality.not_looked_for.items():
        if verdict.quality.conversations:
            yield said(f"Not looked for: {TITLES[SuspicionKind(kind)]}, because {why}")
    yield from (said(f"Not read: {problem}") for problem in verdict.quality.problems)


def _cells(suspicion: Suspicion) -> tuple[str, ...]:
    """Returns a finding with its evidence, in the order of TOLD_HEADS."""
    what, when = TITLES[SuspicionKind(suspicion.kind)], period(suspicion.first, suspicion.last)
    return what, suspicion.conversation, when, suspicion.reason, " → ".join(suspicion.texts)


def _told(suspicion: Suspicion) -> str:
    """Returns a finding as an item of a list in Markdown."""
    what, conversation, when, reason, _ = _cells(suspicion)
    texts = " → ".join(map(code_span, suspicion.texts))
    return f"{what} in {code_span(conversation)}, {when}: {escaped_markdown(reason)}: {texts}"
