"""The source ``kapso``: the provider's own list of the webhooks that it delivered, a witness beside the logs."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from logparse.collect.https import Clock, Service
from logparse.collect.kapso.pages import LIMIT, identity_in, identity_of, pages_of, service_of
from logparse.collect.source import FetchedLines, FetchReport, Keep, SourceFailed, without_repeats
from logparse.settings.collecting import Collecting
from logparse.storage.witness import moment_of
from logparse.values.schedule import Span

PATH = "/platform/v1/webhook_deliveries"

PERIODS: Mapping[str, timedelta] = {"24h": timedelta(hours=24), "7d": timedelta(days=7), "30d": timedelta(days=30)}
"""How far back the API can be asked, from now on."""

EDGE = timedelta(minutes=10)
"""At the end of a period deliveries go while they are asked for."""


@dataclass(frozen=True)
class ListedWebhooks:
    """The list of a period as it was at a time: entries by identity, with their time where they tell it."""

    period: str
    begun: datetime
    entries: Mapping[str, tuple[datetime | None, str]]
    pages: int

    def holds(self, span: Span) -> bool:
        """Whether a stretch of time had settled when the list was asked for, and lies within its period."""
        return span.end <= self.begun - timedelta(minutes=1) and span.start >= self.begun - PERIODS[self.period] + EDGE


@dataclass
class Kapso:
    """The list of deliveries of one project. One list serves all windows that it holds."""

    service: Service
    now: Callable[[], datetime]
    name: str = "kapso"
    stem: str = "kapso"
    suffix: str = ".jsonl"
    _listed: ListedWebhooks | None = field(default=None, repr=False)

    def available_from(self, now: datetime) -> datetime:
        """The time before which nothing can be asked for."""
        return now - PERIODS["30d"] + EDGE

    @property
    def subject(self) -> str:
        """All deliveries of the project that the key belongs to; nothing names it."""
        return ""

    def merged(self, before: Sequence[str], new: Sequence[str]) -> list[str]:
        """Each delivery once, by its id; it changes its state while it is tried again."""
        return without_repeats([*before, *new], identity_in)

    def fetch(self, span: Span, keep: Keep) -> FetchReport:
        """All deliveries whose last attempt was in a stretch of time, and those that tell no time."""
        period = self._period(span)
        url = self.service.origin + PATH
        told = FetchReport({"url": url, "period": period, "errors_only": False, "limit": LIMIT}, "Kapso platform API")
        if self._listed is None or not self._listed.holds(span):
            try:
                self._listed = self._list(period)
            except SourceFailed as failure:
                raise SourceFailed(failure.problem, told) from None
        entries = self._listed.entries.values()
        inside = [(time, line) for time, line in entries if time is None or span.start <= time < span.end]
        inside.sort(key=lambda entry: entry[0] or span.start)
        times = [time for time, _ in inside if time]
        lines = tuple(line for _, line in inside)
        keep(FetchedLines(span, lines, self._listed.pages, min(times, default=None), max(times, default=None)))
        return told

    def _period(self, span: Span) -> str:
        """The shortest period that reaches back to the beginning of a stretch."""
        back = self.now() - span.start
        return next((name for name, length in PERIODS.items() if back <= length - EDGE), "30d")

    def _list(self, period: str) -> ListedWebhooks:
        begun = self.now()
        entries: dict[str, tuple[datetime | None, str]] = {}
        pages = 0
        for page in pages_of(self.service, PATH, {"period": period, "errors_only": "false"}, "deliveries"):
            pages += 1
            known = len(entries)
            for entry in page:
                line = json.dumps(entry, ensure_ascii=False)
                entries[identity_of(entry, line)] = (moment_of(entry), line)
            if page and len(entries) == known:
                raise SourceFailed("the list of deliveries gives the same page again in place of the next")
        return ListedWebhooks(period, begun, entries, pages)


def make_kapso(settings: Collecting, environment: Mapping[str, str], clock: Clock | None = None) -> Kapso:
    """The source of settings and environment; UsageProblem where the key is missing.

    ``clock`` is for those who do not want to wait between tries.
    """
    service = service_of(settings, environment, clock)
    return Kapso(service, clock.now if clock else lambda: datetime.now(UTC))
