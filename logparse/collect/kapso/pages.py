"""Lists of Kapso's API, page by page: the service, the cursor of the next page, and the identity of an entry."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from logparse.collect.https import Clock, Service, checked_origin, patience_for
from logparse.collect.secret import secret_of
from logparse.collect.source import SourceFailed
from logparse.settings.collecting import Collecting

Page = list[dict[str, Any]]

LIMIT = 100
"""Entries of a page; the most that the API allows."""

MOST_PAGES = 10_000

MEND = "make an API key in the settings of the project on Kapso, and set KAPSO_API_KEY to it"


def service_of(settings: Collecting, environment: Mapping[str, str], clock: Clock | None) -> Service:
    """Makes the client of Kapso's API; raises UsageProblem if the key is missing.

    ``clock`` replaces the real one.
    """
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
