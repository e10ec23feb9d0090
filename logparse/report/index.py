"""reports/index.html: the checkpoints of this soak with their verdicts, and earlier soaks; readable without scripts.

It links only to existing reports, and to the report of an hour only if that shows this very verdict.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from logparse.errors import UsageProblem
from logparse.outcome import State
from logparse.report.figures import STATE_MARKS
from logparse.report.page import top
from logparse.text.escape import html, printable
from logparse.text.templates import rendered
from logparse.text.wording import milliseconds, moment, percent
from logparse.values.schedule import CHECKPOINTS
from logparse.verdicts.history import FOLDER, Kept, kept, newest
from logparse.verdicts.verdict import Verdict

MOST_SOAKS = 30
"""The most earlier soaks that are shown, the newest ones."""

HEAD_OF_A_REPORT = 4_096
"""The bytes at the beginning of a report that hold its title."""


@dataclass(frozen=True)
class KeptCheckpoint:
    """One checkpoint of a soak: its kept file, its verdict if readable, and its report if there is one."""

    kept: Kept
    verdict: Verdict | None
    report: str = ""

    @property
    def said(self) -> str:
        """The title of the verdict with a symbol, so that no verdict is told by its colour alone."""
        return f"{STATE_MARKS[self.verdict.state]} {self.verdict.title}" if self.verdict else ""

    @property
    def reason(self) -> str:
        """The reason of the verdict, capitalised."""
        reason = self.verdict.reason if self.verdict else ""
        return reason[:1].upper() + reason[1:]

    @property
    def judged(self) -> str:
        """The time of the verdict."""
        return moment(self.kept.judged)

    @property
    def numbers(self) -> Iterator[str]:
        """The main numbers of the verdict, in the order of the columns; none if it cannot be read."""
        if self.verdict is None:
            return
        metrics = self.verdict.metrics
        success, mean, errors = metrics.success_rate, metrics.response_ms_mean, metrics.error_rate
        judged = self.verdict.state is not State.STARTED
        yield f"{metrics.deliveries:,}" if judged else "–"
        yield "–" if success is None else percent(success)
        yield "–" if mean is None else milliseconds(mean)
        yield "–" if errors is None else percent(errors)


@dataclass(frozen=True)
class IndexRow:
    """A row of the page: its name, a checkpoint or the text in place of one, and the checkpoints that it links to."""

    name: str
    checkpoint: KeptCheckpoint | None
    linked: Sequence[KeptCheckpoint] = ()
    lacking: str = ""


def index(reports: Path, start: datetime) -> str:
    """Renders the page of the soak that began at ``start``, from the kept verdicts in the folder of the reports."""
    last = newest(kept(reports / FOLDER))
    starts = sorted({one.start for one in last if one.start != start}, reverse=True)
    heads = {hour: _head(reports / _report(hour)) for hour in CHECKPOINTS}
    here = [_entry(one, heads) for one in last if one.start == start]
    others = [
        _entry(one, heads)
        for one in last
        if one.start in starts[:MOST_SOAKS] and (_is_last(one, last) or moment(one.start) in heads.get(one.hour, ""))
    ]
    current = next((one for one in reversed(here) if one.verdict), None)
    return rendered(
        "logparse.report",
        "index.html",
        title=f"Soak from {moment(start)}",
        current=current,
        hours=[_hour(hour, here) for hour in CHECKPOINTS],
        soaks=list(_soaks(others)),
        history=FOLDER,
    )


def _is_last(one: Kept, last: Sequence[Kept]) -> bool:
    """Tells whether it is of the last hour of its soak; earlier hours are only worth reading if they have a report."""
    return one.hour == max(other.hour for other in last if other.start == one.start)


def _entry(one: Kept, heads: Mapping[int, str]) -> KeptCheckpoint:
    """Returns a checkpoint, with its report if that shows this very verdict: an older soak may have left one."""
    verdict = None
    with suppress(UsageProblem):
        verdict = one.read()
    title = verdict and f">{html(printable(top.title(verdict)))}</title>"
    return KeptCheckpoint(one, verdict, _report(one.hour) if title and title in heads.get(one.hour, "") else "")


def _report(hour: int) -> str:
    return f"hour-{hour:02d}.html"


def _head(report: Path) -> str:
    """Reads the beginning of a report; empty if there is none."""
    try:
        with report.open("rb") as file:
            return file.read(HEAD_OF_A_REPORT).decode("utf-8", errors="replace")
    except OSError:
        return ""


def _hour(hour: int, here: Sequence[KeptCheckpoint]) -> IndexRow:
    """Returns the row of an hour of this soak, run or not."""
    found = [one for one in here if one.kept.hour == hour][:1]
    later = any(one.kept.hour > hour for one in here)
    return IndexRow(str(hour), found[0] if found else None, found, "not run" if later else "not run yet")


def _soaks(entries: Sequence[KeptCheckpoint]) -> Iterator[IndexRow]:
    """Yields one row for each soak, the newest first: its last checkpoint, with all remaining reports."""
    in_order = sorted(entries, key=lambda one: one.kept, reverse=True)
    for start, of_soak in groupby(in_order, key=lambda one: one.kept.start):
        found = list(of_soak)
        yield IndexRow(f"{moment(start)}, hour {found[0].kept.hour}", found[0], found[::-1])
