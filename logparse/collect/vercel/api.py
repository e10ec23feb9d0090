"""The source ``vercel``: the request logs of a project, from the API that the command line tool uses too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from logparse.collect.https import REAL, Clock, Service, patience_for
from logparse.collect.secret import secret_of
from logparse.collect.source import FetchedLines, FetchReport, Keep, SourceFailed
from logparse.collect.vercel.project import (
    ENVIRONMENT,
    MEND,
    ProjectIds,
    RequestLogs,
    check_retention,
    ids_of,
    platform_of,
    project_of,
)
from logparse.collect.vercel.row import NoRow, first_millisecond, from_milliseconds, row_of
from logparse.collect.vercel.slices import PAGE, RowPage, Slice, walk
from logparse.settings.collecting import Collecting
from logparse.values.schedule import Span

PATH = "/api/logs/request-logs"

PIECE = 500
"""Rows after which a piece is handed over; a killed run has to fetch about so many again."""

PIECE_PAGES = 20
"""Pages after which a piece is handed over, however few rows they brought."""


@dataclass(frozen=True)
class Vercel(RequestLogs):
    """The request logs from the API; ``platform`` resolves the project's ids."""

    logs: Service
    platform: Service

    name = "vercel"

    def fetch(self, span: Span, keep: Keep) -> FetchReport:
        """Fetches all requests of a span, handing over a few hundred at a time."""
        told = FetchReport(self._request(span), tool="request logs of Vercel", limit=PAGE)
        waiting: list[Slice] = []
        try:
            ids = ids_of(self.project, self.platform)
            told = replace(told, request=self._request(span, ids))
            check_retention(ids, self.retention, self.platform)
            slices = walk(first_millisecond(span.start), first_millisecond(span.end), lambda *at: self._page(ids, *at))
            for one in slices:
                waiting.append(one)
                rows, pages = sum(len(each.rows) for each in waiting), sum(each.pages for each in waiting)
                if rows >= PIECE or pages >= PIECE_PAGES:
                    filled, waiting = waiting, []
                    keep(_piece(filled, span))
        except SourceFailed as failure:
            raise SourceFailed(failure.problem, told) from None
        finally:
            # Complete slices are kept, however the fetch ends.
            if waiting:
                keep(_piece(waiting, span))
        return told

    def _request(self, span: Span, ids: ProjectIds | None = None) -> Mapping[str, Any]:
        return {
            "url": self.project.origin + PATH,
            "projectId": ids.project if ids else self.project.project,
            "ownerId": ids.owner if ids else self.project.team,
            "environment": ENVIRONMENT,
            "startDate": first_millisecond(span.start),
            "endDate": first_millisecond(span.end),
        }

    def _page(self, ids: ProjectIds, begin: int, end: int, number: int) -> RowPage:
        """Fetches a page; asks for a millisecond more at both ends: whether they belong to it is undocumented."""
        query = {
            "projectId": ids.project,
            "ownerId": ids.owner,
            "page": str(number),
            "startDate": str(begin - 1),
            "endDate": str(end),
            "environment": ENVIRONMENT,
            **({"teamId": ids.team} if ids.team else {}),
        }
        answer = self.logs.get(PATH, query)
        try:
            more, answers = answer["hasMoreRows"], answer["rows"]
            if not (isinstance(more, bool) and isinstance(answers, list)):
                raise NoRow("rows and hasMoreRows are something else")
            rows = tuple(row_of(one, ids.project) for one in answers)
        except (KeyError, TypeError, NoRow) as error:
            raise SourceFailed(f"the request logs answer in a way that is not known ({error})") from None
        return RowPage(tuple(row for row in rows if row.environment == ENVIRONMENT), more)


def _piece(slices: Sequence[Slice], span: Span) -> FetchedLines:
    """Joins adjacent slices into a piece; an end that is one of the span's gets its exact time, to the microsecond."""
    rows = list(chain.from_iterable(one.rows for one in slices))
    return FetchedLines(
        Span(_exact(slices[0].begin, span), _exact(slices[-1].end, span)),
        tuple(row.line for row in rows),
        sum(one.pages for one in slices),
        from_milliseconds(rows[0].time) if rows else None,
        from_milliseconds(rows[-1].time) if rows else None,
    )


def _exact(milliseconds: int, span: Span) -> datetime:
    edges = {first_millisecond(edge): edge for edge in (span.start, span.end)}
    return edges.get(milliseconds, from_milliseconds(milliseconds))


def make_vercel(settings: Collecting, environment: Mapping[str, str], clock: Clock = REAL) -> Vercel:
    """Makes the source from the settings; raises UsageProblem if project or token is missing."""
    project = project_of(settings, environment, Path.cwd())
    secret = secret_of(environment, "VERCEL_TOKEN", MEND)
    logs = Service(project.origin, secret, patience=patience_for(settings.timeout), clock=clock)
    return Vercel(project, settings.vercel_retention, logs, platform_of(project, secret, logs, clock))
