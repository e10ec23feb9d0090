"""The source ``kapso-messages``: the messages that the provider keeps, a transcript beside the logs."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from logparse.collect.https import Clock, Service
from logparse.collect.kapso.pages import LIMIT, identity_in, identity_of, pages_of, service_of
from logparse.collect.source import FetchedLines, FetchReport, Keep, SourceFailed, without_repeats
from logparse.settings.collecting import Collecting
from logparse.values.schedule import Span

PATH = "/platform/v1/whatsapp/messages"

WHAT = "messages"

SLACK = timedelta(minutes=10)
"""The tolerated disorder of the list, which is sorted by when messages were stored, not by when they were sent."""

TIMES = ("timestamp", "created_at", "updated_at")


@dataclass(frozen=True)
class ListedMessages:
    """The list at one time, newest first, back to ``back``: time and line of each entry, by identity."""

    begun: datetime
    back: datetime
    entries: Mapping[str, tuple[datetime | None, str]]
    pages: int

    def holds(self, span: Span) -> bool:
        """Tells whether the list includes a span, and the span had settled when the list was fetched."""
        return span.end <= self.begun - timedelta(minutes=1) and span.start >= self.back


@dataclass
class KapsoMessages:
    """The messages of a project, or of one of its phone numbers; one fetched list serves all windows within it."""

    service: Service
    now: Callable[[], datetime]
    number: str = ""
    name: str = "kapso-messages"
    stem: str = "transcript"
    suffix: str = ".jsonl"
    _listed: ListedMessages | None = field(default=None, repr=False)

    def available_from(self, now: datetime) -> datetime | None:
        """Returns None: the provider keeps messages until somebody deletes them."""
        return None

    @property
    def subject(self) -> str:
        """The phone number, if one is set."""
        return f"number {self.number}" if self.number else ""

    def merged(self, before: Sequence[str], new: Sequence[str]) -> list[str]:
        """Merges messages by id, keeping the later one: its state changes while it is delivered and read."""
        return without_repeats([*before, *new], identity_in)

    def fetch(self, span: Span, keep: Keep) -> FetchReport:
        """Passes on all messages sent in a span, and those without a time, oldest first."""
        told = FetchReport({"url": self.service.origin + PATH, **self._query, "limit": LIMIT}, "Kapso platform API")
        if self._listed is None or not self._listed.holds(span):
            try:
                self._listed = self._list(span.start)
            except SourceFailed as failure:
                raise SourceFailed(failure.problem, told) from None
        entries = self._listed.entries.values()
        inside = [(time, line) for time, line in entries if time is None or span.start <= time < span.end]
        # The list is turned around first, so that messages of one second stay in their order.
        inside.reverse()
        inside.sort(key=lambda entry: entry[0] or span.start)
        times = [time for time, _ in inside if time]
        lines = tuple(line for _, line in inside)
        keep(FetchedLines(span, lines, self._listed.pages, min(times, default=None), max(times, default=None)))
        return told

    @property
    def _query(self) -> Mapping[str, str]:
        return {"phone_number_id": self.number} if self.number else {}

    def _list(self, back: datetime) -> ListedMessages:
        begun = self.now()
        entries: dict[str, tuple[datetime | None, str]] = {}
        pages = 0
        for page in self._pages_back_to(back):
            pages += 1
            known = len(entries)
            for entry in page:
                line = json.dumps(entry, ensure_ascii=False)
                entries.setdefault(identity_of(entry, line), (moment_of(entry), line))
            if page and len(entries) == known:
                raise SourceFailed(f"the list of {WHAT} gives the same page again in place of the next")
        return ListedMessages(begun, back, entries, pages)

    def _pages_back_to(self, back: datetime) -> Iterator[list[dict[str, Any]]]:
        """Yields the pages back to a time; raises SourceFailed if they are not sorted, so that the end is unknown."""
        newest_left: datetime | None = None
        for page in pages_of(self.service, PATH, self._query, WHAT):
            times = [time for entry in page if (time := moment_of(entry))]
            if newest_left and times and max(times) > newest_left + SLACK:
                raise SourceFailed(f"the list of {WHAT} does not begin with the newest, so its end cannot be known")
            yield page
            if times:
                newest_left = max(times)
                if newest_left < back - SLACK:
                    return


def moment_of(entry: Mapping[str, Any]) -> datetime | None:
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


def make_kapso_messages(
    settings: Collecting, environment: Mapping[str, str], clock: Clock | None = None
) -> KapsoMessages:
    """Makes the source from the settings; raises UsageProblem if the key is missing.

    ``clock`` replaces the real one.
    """
    service = service_of(settings, environment, clock)
    return KapsoMessages(service, clock.now if clock else lambda: datetime.now(UTC), settings.kapso_number)
