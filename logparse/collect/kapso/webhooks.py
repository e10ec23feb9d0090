"""The source ``kapso``: the provider's own list of the webhooks it delivered, a witness beside the logs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from logparse.collect.https import REAL, Clock
from logparse.collect.kapso.listing import KapsoList, Listing, entries_of, pages_of, service_of
from logparse.settings.collecting import Collecting
from logparse.storage.witness import last_attempt
from logparse.values.schedule import Span

WHAT = "deliveries"

PERIODS: Mapping[str, timedelta] = {"24h": timedelta(hours=24), "7d": timedelta(days=7), "30d": timedelta(days=30)}
"""The periods that the API offers, each back from now."""

EDGE = timedelta(minutes=10)
"""The margin at the far end of a period, where deliveries disappear during the fetch."""


@dataclass
class Kapso(KapsoList):
    """The deliveries of one project, each in the span of its last attempt."""

    name = "kapso"
    stem = "kapso"
    path = "/platform/v1/webhook_deliveries"

    def available_from(self, now: datetime) -> datetime:
        """Returns the time before which the API has nothing."""
        return now - PERIODS["30d"] + EDGE

    @property
    def subject(self) -> str:
        """An empty text: the API key alone selects the project, and nothing names it."""
        return ""

    def _query(self, span: Span) -> Mapping[str, Any]:
        """Asks for the shortest period that reaches back to the start of a span."""
        back = self.now() - span.start
        period = next((name for name, length in PERIODS.items() if back <= length - EDGE), "30d")
        return {"period": period, "errors_only": False}

    def _list(self, span: Span, query: Mapping[str, Any]) -> Listing:
        begun = self.now()
        pages = pages_of(self.service, self.path, {"period": query["period"], "errors_only": "false"}, WHAT)
        entries, number = entries_of(pages, last_attempt, WHAT)
        return Listing(begun, begun - PERIODS[query["period"]] + EDGE, entries, number)


def make_kapso(settings: Collecting, environment: Mapping[str, str], clock: Clock = REAL) -> Kapso:
    """Makes the source from the settings; raises UsageProblem if the key is missing."""
    return Kapso(service_of(settings, environment, clock), clock.now)
