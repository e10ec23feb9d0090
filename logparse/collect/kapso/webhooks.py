"""The source ``kapso``: the provider's own list of the webhooks it delivered, a witness beside the logs."""

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
"""The periods that the API offers, each back from now."""

EDGE = timedelta(minutes=10)
"""The margin at the far end of a period, where deliveries disappear during the fetch."""


@dataclass(frozen=True)
class ListedWebhooks:
    """The list of a period at one time: time (None if it has none) and line of each entry, by identity."""

    period: str
    begun: datetime
    entries: Mapping[str, tuple[datetime | None, str]]
    pages: int

    def holds(self, span: Span) -> bool:
        """Tells whether the period includes a span, and the span had settled when the list was fetched."""
        return span.end <= self.begun - timedelta(minutes=1) and span.start >= self.begun - PERIODS[self.period] + EDGE


@dataclass
class Kapso:
    """The deliveries of one project; one fetched list serves all windows within it."""

    service: Service
    now: Callable[[], datetime]
    name: str = "kapso"
    stem: str = "kapso"
    suffix: str = ".jsonl"
    _listed: ListedWebhooks | None = field(default=None, repr=False)

    def available_from(self, now: datetime) -> datetime:
        """Returns the time before which the API has nothing."""
        return now - PERIODS["30d"] + EDGE

    @property
    def subject(self) -> str:
        """An empty text: the API key alone selects the project, and nothing names it."""
        return ""

    def merged(self, before: Sequence[str], new: Sequence[str]) -> list[str]:
        """Merges deliveries by id, keeping the later one: its state changes with each retry."""
        return without_repeats([*before, *new], identity_in)

    def fetch(self, span: Span, keep: Keep) -> FetchReport:
        """Passes on all deliveries with their last attempt in a span, and those without a time."""
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
        """Returns the shortest period that reaches back to the start of a span."""
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
    """Makes the source from the settings; raises UsageProblem if the key is missing.

    ``clock`` replaces the real one.
    """
    service = service_of(settings, environment, clock)
    return Kapso(service, clock.now if clock else lambda: datetime.now(UTC))
