"""What the machine found in the conversations, as people read it: how often each kind, and the first of them."""

from collections.abc import Callable, Iterator

from logparse.monitoring_log import plain, quoted
from logparse.quality.finding import TITLES, Kind, Suspicion, SuspicionRate
from logparse.report.safe import html
from logparse.verdict import Verdict
from logparse.wording import moment, percent, period, plural

HEADS = ("Finding", "Found", "Out of", "Rate", "Interval (95 %)", "Limit")

SHOWN = 20
"""Findings that are shown with their texts; verdict.json has more."""

NOTHING = "No transcript stands beside the logs, so the machine looked for nothing in the answers."


def about(verdict: Verdict) -> str:
    """How much was looked at."""
    examined = verdict.quality
    if examined.first is None or examined.last is None:
        return "No message of the judged time could be read." if examined.problems else NOTHING
    source = "the logs alone, in part" if examined.partial else "transcripts"
    looked = f"{plural(examined.conversations, 'conversation')} with {plural(examined.messages, 'message')}"
    return f"{looked}, {period(examined.first, examined.last)}, from {source}."


def row_of(rate: SuspicionRate) -> tuple[str, ...]:
    """One row, in the order of HEADS."""
    interval = f"{rate.interval[0]:.1f} to {rate.interval[1]:.1f} %" if rate.interval else "–"
    return (
        TITLES[Kind(rate.kind)],
        f"{rate.count:,}",
        f"{rate.of:,} {rate.unit}",
        percent(100 * rate.count / rate.of) if rate.of else "–",
        interval,
        "–" if rate.limit is None else f"at most {percent(rate.limit)}",
    )


def section(verdict: Verdict) -> Iterator[str]:
    """The findings for the HTML report; nothing at hour 0, where nothing is judged."""
    if not verdict.criteria:
        return
    examined = verdict.quality
    yield f'<h3 id="findings">Findings in conversations</h3><p>{html(about(verdict))}</p>'
    if examined.conversations:
        yield '<div class="scroll findings" tabindex="0" role="region" aria-label="Findings in conversations"><table>'
        heads = "".join(f'<th scope="col">{html(head)}</th>' for head in HEADS)
        yield f"<thead><tr>{heads}</tr></thead><tbody>"
        for rate in examined.rates:
            first, *cells = row_of(rate)
            inner = "".join(f"<td>{html(cell)}</td>" for cell in cells)
            yield f'<tr><th scope="row">{html(first)}</th>{inner}</tr>'
        yield "</tbody></table></div>"
    items = [*_lacking(verdict, str), *(_told(each, str, str) for each in examined.suspicions[:SHOWN])]
    if items:
        yield f"<ul>{''.join(f'<li>{html(item)}</li>' for item in items)}</ul>"
    if more := max(0, len(examined.suspicions) - SHOWN):
        yield f"<p>{more:,} more are in verdict.json.</p>"


def markdown(verdict: Verdict) -> Iterator[str]:
    """The findings for SUMMARY.md."""
    yield about(verdict)
    examined = verdict.quality
    if examined.conversations:
        yield ""
        yield f"| {' | '.join(HEADS)} |"
        yield f"|{' --- |' * len(HEADS)}"
        yield from (f"| {' | '.join(row_of(rate))} |" for rate in examined.rates)
    items = [*_lacking(verdict, plain), *(_told(each, plain, quoted) for each in examined.suspicions[:SHOWN])]
    if items:
        yield ""
        yield from (f"- {item}" for item in items)


def _lacking(verdict: Verdict, said: Callable[[str], str]) -> Iterator[str]:
    """What was not looked for, and what could not be read, each in a sentence."""
    for kind, why in verdict.quality.not_looked_for.items():
        if verdict.quality.conversations:
            yield said(f"Not looked for: {TITLES[Kind(kind)]}, because {why}")
    yield from (said(f"Not read: {problem}") for problem in verdict.quality.problems)


def _told(suspicion: Suspicion, said: Callable[[str], str], foreign: Callable[[str], str]) -> str:
    """A finding with its evidence: what, in which conversation, when, why, and the texts."""
    what = TITLES[Kind(suspicion.kind)]
    texts = " → ".join(foreign(text) for text in suspicion.texts)
    reason = said(suspicion.reason)
    return f"{what} in {foreign(suspicion.conversation)}, {moment(suspicion.first)}: {reason}: {texts}"
