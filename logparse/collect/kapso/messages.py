"""The source ``kapso-messages``: the messages that the provider keeps, a transcript beside the logs."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from logparse.collect.https import REAL, Clock
from logparse.collect.kapso.listing import KapsoList, Listing, Page, entries_of, pages_of, service_of
from logparse.collect.source import SourceFailed
from logparse.settings.collecting import Collecting
from logparse.values.schedule import Span

WHAT = "messages"

SLACK = timedelta(minutes=10)
"""The tolerated disorder of the list, which is sorted by when messages were stored, not by when they were sent."""

TIMES = ("timestamp", "created_at", "updated_at")


@dataclass
class KapsoMessages(KapsoList):
    """The messages of a project or of one phone number, each in the span in which it was sent; kept until deleted."""

    number: str = ""

    name = "kapso-messages"
    stem = "transcript"
    path = "/platform/v1/whatsapp/messages"

    @property
    def subject(self) -> str:
        """The phone number, if one is set."""
        return f"number {self.number}" if self.number else ""

    def _query(self, span: Span) -> Mapping[str, Any]:
        return {"phone_number_id": self.number} if self.number else {}

    def _list(self, span: Span, query: Mapping[str, Any]) -> Listing:
        begun = self.now()
        entries, number = entries_of(self._pages_back_to(span.start, query), sent_at, WHAT)
        # The newest comes first: reversed, messages of one second stay in their order.
        return Listing(begun, span.start, entries[::-1], number)

    def _pages_back_to(self, back: datetime, query: Mapping[str, str]) -> Iterator[Page]:
        """Yields the pages back to a time; raises SourceFailed if they are not sorted, so that the end is unknown."""
        newest_left: datetime | None = None
        for page in pages_of(self.service, self.path, query, WHAT):
            times = [time for entry in page if (time := sent_at(entry))]
            if newest_left and times and max(times) > newest_left + SLACK:
                raise SourceFailed(f"the list of {WHAT} does not begin with the newest, so its end cannot be known")
            yield page
            if times:
                newest_left = max(times)
                if newest_left < back - SLACK:
                    return


def sent_at(entry: Mapping[str, Any]) -> datetime | None:
    """Returns when a message was sent, from seconds since 1970 (as the provider writes it) or ISO 8601."""
    for name in TIMES:
        with suppress(ValueError, TypeError, OverflowError, OSError):
            value = entry.get(name)
            if str(value).strip().isdecimal():
                return datetime.fromtimestamp(int(str(value)), UTC)
            moment = datetime.fromisoformat(str(value)) if value else None
            if moment:
                return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    return None


def make_kapso_messages(settings: Collecting, environment: Mapping[str, str], clock: Clock = REAL) -> KapsoMessages:
    """Makes the source from the settings; raises UsageProblem if the key is missing."""
    return KapsoMessages(service_of(settings, environment, clock), clock.now, settings.kapso_number)
