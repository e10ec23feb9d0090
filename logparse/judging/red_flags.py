"""The red flags of a soak: from the tally, the criteria, people's ratings, and findings in conversations."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import duckdb

from logparse.counting.numbers import aware, minutes_of
from logparse.judging.facts import Facts
from logparse.judging.rates import misses_errors
from logparse.judging.stretches import left_unanswered, silent
from logparse.reading.contacts import contacts_of
from logparse.reading.locate import Record, places_of
from logparse.reading.workplace import Workplace
from logparse.values import flag_kinds
from logparse.values.flag_kinds import ByRecords, CauseBy, FlagKind
from logparse.values.flags import Flag, Severity
from logparse.values.patterns import Pattern, anchored
from logparse.values.ratings import Check, Tag, looks_back_to
from logparse.values.suspicions import SuspicionKind

RAISED = """
SELECT sum(count)::BIGINT, min(first), max(last), min_by(message, first), min_by(request, first)
FROM tally
WHERE name = $name AND minute >= $from_minute AND minute < $to_minute
  AND ($expression IS NULL OR regexp_matches(message, $expression, 's'))
"""


VERIFIED_AFTER_FAILURE = """
SELECT max(last) FILTER (name = 'signature_verified') > min(first) FILTER (name = 'signature_failure') FROM tally
"""

_RAISING = ((Tag.HARMFUL, flag_kinds.INAPPROPRIATE), (Tag.OFF_TOPIC, flag_kinds.OFF_TOPIC))


def flags_of(facts: Facts, work: Workplace) -> tuple[Flag, ...]:
    """Returns all red flags of the judged time, critical ones first, else in order of time."""
    judged, readings = facts.evidence.judged, facts.case.readings
    raised = [each for kind, by in flag_kinds.raised_by_records() if (each := _raised(kind, by, facts, work))]
    contacts = contacts_of(readings, judged, facts.settings.bot.events, work) if raised else {}
    places = places_of([record for _, record in raised], readings, work)
    flags = [
        replace(flag, place=place, contacts=contacts.get(flag.label))
        for (flag, _), place in zip(raised, places, strict=True)
    ]
    flags += _of_stretches(facts) + _of_windows(facts) + _of_verification(facts) + quality_flags(facts)
    return tuple(sorted(flags, key=lambda flag: (flag.severity is not Severity.CRITICAL, flag.first, flag.label)))


def _raised(kind: FlagKind, by: ByRecords, facts: Facts, work: Workplace) -> tuple[Flag, Record] | None:
    """Returns the flag of a kind, without its place and contacts, and the record whose place is to be found."""
    expression = anchored(facts.settings.bot.events[by.matching]) if by.matching else None
    minutes = minutes_of(facts.evidence.judged)
    row = work.connection.execute(RAISED, {"name": by.name, "expression": expression, **minutes}).fetchone()
    if not row or not row[0]:
        return None
    records, first, last, message, request = row
    message = message or ""
    flag = kind.flag(aware(first), aware(last), records, message=work.mask(message))
    cause = _cause(by, message, facts.settings.causes, work.connection)
    return replace(flag, cause=cause), (message, request)


def _cause(
    by: ByRecords, message: str, causes: Mapping[str, tuple[Pattern, ...]], connection: duckdb.DuckDBPyConnection
) -> str:
    if by.cause is CauseBy.VERIFICATION:
        return _cause_of_signature_failures(connection)
    for name, patterns in causes.items():
        row = connection.execute("SELECT regexp_matches(?, ?, 's')", [message, anchored(patterns)]).fetchone()
        if patterns and row and row[0]:
            return flag_kinds.CAUSES[name].words
    return ""


def _cause_of_signature_failures(connection: duckdb.DuckDBPyConnection) -> str:
    """Returns the likely cause: a wrong secret makes every signature fail from one moment on, other causes do not."""
    row = connection.execute(VERIFIED_AFTER_FAILURE).fetchone()
    return flag_kinds.CAUSES["strangers" if row and row[0] else "secret"].words


def _of_stretches(facts: Facts) -> list[Flag]:
    quiet = [
        flag_kinds.NO_DELIVERIES.flag(stretch.span.start, stretch.span.end, 0) for stretch in silent(facts).seen_over
    ]
    unanswered = [
        flag_kinds.NOT_ANSWERING.flag(stretch.span.start, stretch.span.end, stretch.deliveries)
        for stretch in left_unanswered(facts).seen_over
    ]
    return quiet + unanswered


def _of_windows(facts: Facts) -> list[Flag]:
    flags: list[Flag] = []
    if facts.evidence.doubt:
        return flags
    for hour, window in facts.windows.items():
        if misses_errors(window, facts.limits):
            span = facts.case.soak.window(hour)
            text = f"window {hour}: {window.errors:,} errors at {window.deliveries:,} deliveries"
            flags.append(flag_kinds.HIGH_ERROR_RATE.flag(span.start, span.end, window.errors, message=text))
    return flags


def _of_verification(facts: Facts) -> list[Flag]:
    judged = facts.evidence.judged
    unseen = facts.metrics.deliveries and not facts.metrics.signatures_verified
    if not facts.settings.verifies_signatures or not unseen or facts.evidence.doubt:
        return []
    return [flag_kinds.VERIFICATION_OFF.flag(judged.start, judged.end, 0)]


def quality_flags(facts: Facts) -> list[Flag]:
    """Returns the flags of all checks up to this hour, each over the hours that its check covers; then of findings."""
    return [*_of_tags(facts), *_of_greetings(facts)]


def _of_tags(facts: Facts) -> Iterator[Flag]:
    for check in facts.checks:
        for tag, kind in _RAISING:
            tagged = [rating for rating in check.ratings if tag in rating.tags]
            if tagged and check.hour <= facts.case.hour:
                first, last = _hours_of(check, facts)
                replied = next((rating.bot_response for rating in tagged if rating.bot_response), "")
                yield kind.flag(first, last, len(tagged), len(tagged), f"{check.title}: {replied}")


def _hours_of(check: Check, facts: Facts) -> tuple[datetime, datetime]:
    """Returns the first and the last minute that a check covers."""
    before = looks_back_to(check.hour, facts.settings.quality_checks)
    return facts.case.soak.checkpoint(before), facts.case.soak.checkpoint(check.hour) - timedelta(minutes=1)


def _of_greetings(facts: Facts) -> Iterator[Flag]:
    found = [one for one in facts.examined.suspicions if one.kind == SuspicionKind.GREETING_AGAIN]
    if found:
        first, last = min(one.first for one in found), max(one.last for one in found)
        contacts = len({one.conversation for one in found})
        text = " / ".join(min(found, key=lambda one: one.first).texts)
        yield flag_kinds.REPEATED_GREETINGS.flag(first, last, len(found), contacts, text)
