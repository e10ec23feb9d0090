"""A list of Kapso's API as a source: once fetched, it serves all windows within it."""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from logparse.collect.https import Service
from logparse.collect.kapso.pages import LIMIT, Page, entry_id, entry_id_in
from logparse.collect.source import FetchedLines, FetchReport, Keep, SourceFailed, without_repeats
from logparse.values.schedule import Span

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
class KapsoList(ABC):
    """A list of one project; ``path`` is its place in the API."""

    service: Service
    now: Callable[[], datetime]
    _listing: Listing | None = field(default=None, repr=False, init=False)

    path = ""
    suffix = ".jsonl"

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
