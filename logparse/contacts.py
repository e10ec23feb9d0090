"""How many distinct contacts a red flag touched, where the format ties messages to their request."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from logparse.counting import Source, records_of, set_variables, with_events
from logparse.events import CODES, MARKS
from logparse.numbers import minutes_of
from logparse.patterns import Pattern, anchored, quoted
from logparse.reading import Reading, readable_source
from logparse.schedule import Span
from logparse.workplace import Workplace

PER_REQUEST = f"""
, requests AS (
    SELECT request,
        bit_or(marks) AS marks,
        bool_or(code = {CODES["send_failure"]}) AS send_failure,
        bool_or(marks & {MARKS["error"]} <> 0
                AND regexp_matches(message, getvariable('processing_error'), 's')) AS processing_error,
        max(nullif(regexp_extract(message, getvariable('contact'), 1), '')) AS contact
    FROM events
    WHERE request IS NOT NULL AND minute >= $from_minute AND minute < $to_minute
      AND (code IN ({CODES["processing"]}, {CODES["send_failure"]}) OR marks <> 0)
    GROUP BY request
)
"""
"""What each request shows: what failed in it, and its contact."""

ADDED = """
SELECT request, bit_or(marks) AS marks, bool_or(send_failure) AS send_failure,
    bool_or(processing_error) AS processing_error, max(contact) AS contact
FROM parts GROUP BY request
"""
"""The same of requests that stand in several files which were read apart."""

COUNTED = f"""
SELECT count(DISTINCT contact) FILTER (marks & {MARKS["signature_failure"]} <> 0),
       count(DISTINCT contact) FILTER (marks & {MARKS["critical_error"]} <> 0),
       count(DISTINCT contact) FILTER (processing_error),
       count(DISTINCT contact) FILTER (marks & {MARKS["delivery_failure"]} <> 0),
       count(DISTINCT contact) FILTER (send_failure),
       count(DISTINCT contact) FILTER (marks & {MARKS["slow_reply"]} <> 0)
FROM requests
"""


def contacts_of(
    readings: Sequence[Reading],
    judged: Span,
    labels: Sequence[str],
    patterns: Mapping[str, tuple[Pattern, ...]],
    work: Workplace,
) -> Mapping[str, int]:
    """The distinct contacts by the flags' labels, in the order of the statement; empty where no file can tell.

    One look at the files that carry requests; so it is asked only where there is a flag at all.
    """
    telling = [reading for reading in readings if reading.format and reading.format.has_requests and reading.tally]
    if not telling or len(telling) < sum(reading.tally is not None for reading in readings):
        return MappingProxyType({})
    if work.elsewhere:
        parts = work.elsewhere.requests([reading.path for reading in telling], minutes_of(judged))
        row = _added(parts, work) if parts else None
    else:
        sources: list[Source] = [readable_source(reading, work) for reading in telling]
        statement = requests_of(sources, patterns, work)
        row = work.connection.execute(statement + COUNTED, minutes_of(judged)).fetchone()
    return dict(zip(labels, row or (0,) * len(labels), strict=False))


def _added(parts: Sequence[Path], work: Workplace) -> tuple[int, ...] | None:
    paths = ", ".join(quoted(str(path)) for path in parts)
    statement = f"WITH parts AS (SELECT * FROM read_parquet([{paths}])), requests AS ({ADDED}) {COUNTED}"
    return work.connection.execute(statement).fetchone()


def requests_of(sources: Sequence[Source], patterns: Mapping[str, tuple[Pattern, ...]], work: Workplace) -> str:
    """The front of a statement over ``requests`` of the sources; its parameters are those of ``minutes_of``."""
    events = with_events(work.connection, work.rules, records_of(work.connection, sources, numbered=False))
    names = {"contact": anchored(patterns["contact"]), "processing_error": anchored(patterns["processing_error"])}
    set_variables(work.connection, names)
    return events + PER_REQUEST


FLAGGED = f"""
SELECT DISTINCT request FROM events
WHERE request IS NOT NULL AND minute >= $from_minute AND minute < $to_minute
  AND (code = {CODES["send_failure"]} OR marks <> 0)
"""


def flagged_requests(sources: Sequence[Source], minutes: Mapping[str, int], work: Workplace) -> frozenset[str]:
    """The ids of the requests in which something failed, between two minutes: the others touch no flag."""
    events = with_events(work.connection, work.rules, records_of(work.connection, sources, numbered=False))
    return frozenset(row[0] for row in work.connection.execute(f"{events} {FLAGGED}", dict(minutes)).fetchall())
