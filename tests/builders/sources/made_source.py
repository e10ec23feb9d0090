"""A source made of rows in memory, which can be told to fail: for tests of what is done with any source."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from logparse.collect.source import FetchedLines, FetchReport, Keep, SourceFailed, without_repeats
from logparse.values.schedule import Span

SLICE = timedelta(hours=1)


@dataclass
class MadeSource:
    """Hands over its rows hour by hour; before an hour of ``fails_from`` it fails, or is killed.

    ``unproven`` is what it says of each hour, ``limit`` at how many rows its answers stop;
    ``each_at_once``: it has one answer for all that it is asked for.
    """

    rows: list[tuple[datetime, str]]
    fails_from: datetime | None = None
    killed: bool = False
    asked: list[Span] = field(default_factory=list)
    name: str = "made"
    stem: str = "logs"
    suffix: str = ".jsonl"
    retention: timedelta | None = None
    unproven: str = ""
    each_at_once: bool = False
    subject: str = ""
    limit: int | None = 10_000

    def available_from(self, now: datetime) -> datetime | None:
        """What its retention leaves, if it has one."""
        return now - self.retention if self.retention else None

    def fetch(self, span: Span, keep: Keep) -> FetchReport:
        """Hands over the rows of a stretch."""
        self.asked.append(span)
        at = span.start
        while at < span.end:
            end = span.end if self.each_at_once else min(at + SLICE, span.end)
            if self.fails_from and at >= self.fails_from:
                if self.killed:
                    raise KeyboardInterrupt
                raise SourceFailed("the server answers with HTTP 500", FetchReport({"asked": "for it"}))
            inside = [(time, line) for time, line in self.rows if at <= time < end]
            times = [time for time, _ in inside]
            lines = tuple(line for _, line in inside)
            first, last = min(times, default=None), max(times, default=None)
            keep(FetchedLines(Span(at, end), lines, 1, first, last, self.unproven))
            at = end
        return FetchReport({"asked": "for it"}, tool="made", version="1", limit=self.limit)

    def merged(self, before: Sequence[str], new: Sequence[str]) -> list[str]:
        """Each row once, by its id."""
        return without_repeats([*before, *new], lambda line: str(json.loads(line, strict=False)["id"]))


def made_rows(start: datetime, hours: int, each_hour: int = 6) -> list[tuple[datetime, str]]:
    """Rows spread evenly over some hours."""
    times = [start + timedelta(minutes=60 * at / each_hour) for at in range(hours * each_hour)]
    return [
        (time, json.dumps({"id": f"r{at}", "timestamp": int(time.astimezone(UTC).timestamp() * 1000), "logs": []}))
        for at, time in enumerate(times)
    ]
