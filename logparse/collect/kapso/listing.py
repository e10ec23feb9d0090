"""A list of Kapso's API as a source: read page by page, and once fetched, it serves all windows within it."""

import json
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from logparse.collect.https import Clock, Service, checked_origin, patience_for
from logparse.collect.secret import secret_of
from logparse.collect.source import FetchedLines, FetchReport, Keep, Source, SourceFailed, without_repeats
from logparse.settings.collecting import Collecting
from logparse.values.schedule import Span

Page = list[dict[str, Any]]

LIMIT = 100
"""Entries of a page; the most that the API allows."""

MOST_PAGES = 10_000

MEND = "make an API key in the settings of the project on Kapso, and set KAPSO_API_KEY to it"

SETTLED = timedelta(minutes=1)
"""The age from which a list has all its entries."""


@dataclass(frozen=True)
class Listing:
    """A list as it was at ``begun``, whole back to ``back``: time (None if it has none) and line of each entry."""

    begun: datetime
    back: datetime
    entries: Sequence[tuple[datetime | None, str]]
    pages: int

    def holds(self, span: Span) -> bool:
        """Tells whether the list includes a span, and the span had settled when the list was fetched."""
        return span.end <= self.begun - SETTLED and span.start >= self.back

    def within(self, span: Span) -> FetchedLines:
        """Returns the entries of a span, oldest first, and those without a time."""
        inside = [(time, line) for time, line in self.entries if time is None or span.start <= time < span.end]
        inside.sort(key=lambda entry: entry[0] or span.start)
        return FetchedLines.of(span, inside, self.pages)


@dataclass
class KapsoList(Source):
    """A list of one project; ``path`` is its place in the API."""

    service: Service
    now: Callable[[], datetime]
    _listing: Listing | None = field(default=None, repr=False, init=False)

    path = ""

    def merged(self, before: Sequence[str], new: Sequence[str]) -> list[str]:
        """Merges entries by id, keeping the later one: deliveries are retried, and messages delivered and read."""
        return without_repeats([*before, *new], entry_id_in)

    def fetch(self, span: Span, keep: Keep) -> FetchReport:
        """Passes on the entries of a span, and those without a time, oldest first; asks only if they are not listed."""
        query = self._query(span)
        told = FetchReport({"url": self.service.origin + self.path, **query, "limit": LIMIT}, "Kapso platform API")
        if self._listing is None or not self._listing.holds(span):
            try:
                self._listing = self._list(span, query)
            except SourceFailed as failure:
                raise SourceFailed(failure.problem, told) from None
        keep(self._listing.within(span))
        return told

    @abstractmethod
    def _query(self, span: Span) -> Mapping[str, Any]:
        """Returns what is asked for a span, as the manifest has it."""

    @abstractmethod
    def _list(self, span: Span, query: Mapping[str, Any]) -> Listing:
        """Fetches a list that holds a span."""


def entries_of(
    pages: Iterable[Page], time_of: Callable[[Mapping[str, Any]], datetime | None], what: str
) -> tuple[list[tuple[datetime | None, str]], int]:
    """Reads time and line of each entry, by its id, and counts the pages; raises SourceFailed if a page repeats."""
    entries: dict[str, tuple[datetime | None, str]] = {}
    number = 0
    for page in pages:
        number += 1
        known = len(entries)
        for entry in page:
            line = json.dumps(entry, ensure_ascii=False)
            entries[entry_id(entry, line)] = (time_of(entry), line)
        if page and len(entries) == known:
            raise SourceFailed(f"the list of {what} gives the same page again in place of the next")
    return list(entries.values()), number


def service_of(settings: Collecting, environment: Mapping[str, str], clock: Clock) -> Service:
    """Makes the client of Kapso's API; raises UsageProblem if the key is missing."""
    origin = checked_origin(settings.kapso_api, "setting kapso_api")
    secret = secret_of(environment, "KAPSO_API_KEY", MEND)
    return Service(origin, secret, ("X-API-Key", ""), patience_for(settings.timeout), clock)


def entry_id(entry: Mapping[str, Any], line: str) -> str:
    """Returns the id of an entry, which stays while its state changes; without one, its line."""
    return str(entry.get("id") or line)


def entry_id_in(line: str) -> str:
    """Returns the id of the entry in a line of a log; empty if it holds none."""
    try:
        return entry_id(json.loads(line), line)
    except (ValueError, AttributeError, RecursionError):
        return ""


def pages_of(service: Service, path: str, query: Mapping[str, str], what: str) -> Iterator[Page]:
    """Yields the pages of a list named ``what`` in messages; raises SourceFailed if an answer is not understood."""
    after: str | None = ""
    for _ in range(MOST_PAGES):
        answer = service.get(path, {**query, "limit": str(LIMIT), **({"after": after} if after else {})})
        page = answer.get("data") if isinstance(answer, dict) else answer
        if not isinstance(page, list) or not all(isinstance(entry, dict) for entry in page):
            raise SourceFailed(f"the list of {what} is answered in a way that is not known")
        yield page
        after = _next(answer, page)
        if not after:
            return
    raise SourceFailed(f"the list of {what} has over {MOST_PAGES:,} pages")


def _next(answer: Any, page: Page) -> str | None:
    """Returns the cursor of the next page, None at the end; without paging, the last id of a full page is one."""
    paging = answer.get("paging") if isinstance(answer, dict) else None
    if not page:
        return None
    if not isinstance(paging, dict):
        return str(page[-1].get("id", "")) if len(page) >= LIMIT else None
    cursors = paging.get("cursors")
    after = cursors.get("after") if isinstance(cursors, dict) else paging.get("after")
    # The last page may have a cursor too, which leads past its last entry.
    return str(after) if after and paging.get("next", True) else None
