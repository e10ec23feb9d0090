"""reports/index.html: the checkpoints of this soak and their verdicts, and the soaks before; readable without a script.

It links to what is there alone: the report of an hour only where that is of this very soak and verdict.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from logparse.errors import UsageProblem
from logparse.outcome import State
from logparse.report.page import top
from logparse.text.escape import html, printable
from logparse.text.wording import milliseconds, moment, percent
from logparse.values.schedule import CHECKPOINTS
from logparse.verdicts.history import FOLDER, Kept, kept, newest
from logparse.verdicts.verdict import Verdict

MOST_SOAKS = 30
"""Soaks beside this one that are shown, the newest ones."""

HEAD_OF_A_REPORT = 4_096
"""Bytes at the beginning of a report in which its title stands."""

MARKS: Mapping[State, str] = {State.READY: "✓", State.STARTED: "○", State.NOT_JUDGED: "–", State.NOT_READY: "✗"}

STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --line: #8887; --link: #0b57d0;
  --good: #1a7f37; --bad: #b3261e; --unknown: #7a5200; --begun: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8e8; --paper: #16181c; --line: #8889; --link: #8ab4f8;
  --good: #5bd07c; --bad: #ff8a80; --unknown: #e5b567; --begun: #8ab4f8; } }
body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 70rem;
  margin: 1.5rem auto; padding: 0 1rem; }
a { color: var(--link); }
.state { font-size: 1.6rem; font-weight: bold; border-left: .8rem solid; padding: .4rem 1rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .95rem; }
th, td { border: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top; }
td.number { text-align: right; }
td.number, td.judged { white-space: nowrap; }
td.verdict { min-width: 9rem; }
.ready { color: var(--good); } .not-ready { color: var(--bad); } .not-judged { color: var(--unknown); }
.started { color: var(--begun); }
p.reason { overflow-wrap: anywhere; }
"""

HEADS = ("Verdict", "Judged", "Deliveries", "Success rate", "Response time", "Error rate", "Links")


@dataclass(frozen=True)
class KeptCheckpoint:
    """One checkpoint of a soak: what was kept of it, and the verdict, where it can be read."""

    kept: Kept
    verdict: Verdict | None
    report: str = ""


def index(reports: Path, start: datetime) -> str:
    """The page over the soak that began at ``start``, from what is kept below the folder of the reports."""
    last = newest(kept(reports / FOLDER))
    starts = sorted({one.start for one in last if one.start != start}, reverse=True)
    heads = {hour: _head(reports / _report(hour)) for hour in CHECKPOINTS}
    here = [_entry(one, heads) for one in last if one.start == start]
    others = [
        _entry(one, heads)
        for one in last
        if one.start in starts[:MOST_SOAKS] and (_is_last(one, last) or moment(one.start) in heads.get(one.hour, ""))
    ]
    return "".join(_page(start, here, others))


def _is_last(one: Kept, last: Sequence[Kept]) -> bool:
    """Whether it is of the last hour of its soak; of the hours before, only those with a report are worth reading."""
    return one.hour == max(other.hour for other in last if other.start == one.start)


def _entry(one: Kept, heads: Mapping[int, str]) -> KeptCheckpoint:
    """A checkpoint with its report, where that was made of this very verdict: an older soak may have left one."""
    verdict = None
    with suppress(UsageProblem):
        verdict = one.read()
    title = verdict and f">{html(printable(top.title(verdict)))}</title>"
    return KeptCheckpoint(one, verdict, _report(one.hour) if title and title in heads.get(one.hour, "") else "")


def _report(hour: int) -> str:
    return f"hour-{hour:02d}.html"


def _head(report: Path) -> str:
    """The beginning of a report; empty where there is none."""
    try:
        with report.open("rb") as file:
            return file.read(HEAD_OF_A_REPORT).decode("utf-8", errors="replace")
    except OSError:
        return ""


def _page(start: datetime, here: Sequence[KeptCheckpoint], others: Sequence[KeptCheckpoint]) -> Iterator[str]:
    title = f"Soak from {moment(start)}"
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    yield f"<title>{html(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{html(title)}</h1>\n"
    current = next((one.verdict for one in reversed(here) if one.verdict), None)
    if current:
        yield f'<p class="state {_css(current.state)}">{html(_said(current))}</p>\n'
        yield f'<p class="reason">{html(current.reason[:1].upper() + current.reason[1:])}.</p>\n'
    yield "<h2>Checkpoints</h2>\n"
    yield from _table("Hour", [_checkpoint(hour, here) for hour in CHECKPOINTS])
    if others:
        yield "<h2>Other soaks</h2>\n"
        yield from _table("Soak, last hour", list(_soaks(others)))
    yield "</main>\n</body>\n</html>\n"


def _table(first: str, rows: Sequence[str]) -> Iterator[str]:
    yield '<div class="scroll" tabindex="0" role="region" aria-label="' + html(first) + '"><table>\n<thead><tr>'
    yield "".join(f'<th scope="col">{html(head)}</th>' for head in (first, *HEADS))
    yield "</tr></thead>\n<tbody>\n" + "".join(rows) + "</tbody>\n</table></div>\n"


def _checkpoint(hour: int, entries: Sequence[KeptCheckpoint]) -> str:
    entry = next((one for one in entries if one.kept.hour == hour), None)
    if entry is None:
        said = "not run" if any(one.kept.hour > hour for one in entries) else "not run yet"
        return f'<tr><th scope="row">{hour}</th><td colspan="{len(HEADS)}">{said}</td></tr>\n'
    return _row(str(hour), entry, [entry])


def _soaks(entries: Sequence[KeptCheckpoint]) -> Iterator[str]:
    """One row a soak, the newest first: its last checkpoint, with the reports of all that are left."""
    in_order = sorted(entries, key=lambda one: one.kept, reverse=True)
    for start, of_soak in groupby(in_order, key=lambda one: one.kept.start):
        found = list(of_soak)
        yield _row(f"{moment(start)}, hour {found[0].kept.hour}", found[0], found[::-1])


def _row(name: str, entry: KeptCheckpoint, linked: Sequence[KeptCheckpoint]) -> str:
    reports = [_link(one.report, f"report of hour {one.kept.hour}") for one in linked if one.report]
    links = ", ".join([*reports, _link(f"{FOLDER}/{entry.kept.path.name}", "JSON")])
    head = f'<th scope="row">{html(name)}</th>'
    if entry.verdict is None:
        cells = f'<td colspan="{len(HEADS) - 1}">the kept verdict cannot be read</td>'
    else:
        state = f'<td class="verdict {_css(entry.verdict.state)}">{html(_said(entry.verdict))}</td>'
        judged = f'<td class="judged">{html(moment(entry.kept.judged))}</td>'
        cells = state + judged + "".join(f'<td class="number">{html(one)}</td>' for one in _numbers(entry.verdict))
    return f"<tr>{head}{cells}<td>{links.strip()}</td></tr>\n"


def _numbers(verdict: Verdict) -> Iterator[str]:
    metrics = verdict.metrics
    success, mean, errors = metrics.success_rate, metrics.response_ms_mean, metrics.error_rate
    judged = verdict.state is not State.STARTED
    yield f"{metrics.deliveries:,}" if judged else "–"
    yield "–" if success is None else percent(success)
    yield "–" if mean is None else milliseconds(mean)
    yield "–" if errors is None else percent(errors)


def _link(target: str, words: str) -> str:
    return f'<a href="{html(target)}">{html(words)}</a>'


def _said(verdict: Verdict) -> str:
    return f"{MARKS[verdict.state]} {verdict.title}"


def _css(state: State) -> str:
    return str(state).lower().replace(" ", "-")
