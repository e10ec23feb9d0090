"""The red flags of a soak, from the tally and from what the criteria found."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import duckdb

from logparse.counting.numbers import aware, minutes_of
from logparse.judging.facts import Facts
from logparse.judging.quality_flags import quality_flags
from logparse.judging.stretches import left_unanswered, silent
from logparse.reading.locate import Record, places_of
from logparse.reading.workplace import Workplace
from logparse.values.flags import (
    CAUSES,
    CRITICAL_ERRORS,
    DELIVERY_FAILURES,
    HIGH_ERROR_RATE,
    NO_DELIVERIES,
    NOT_ANSWERING,
    PROCESSING_ERRORS,
    SEND_FAILURES,
    SIGNATURE_FAILURES,
    SLOW_REPLIES,
    VERIFICATION_OFF,
    Flag,
    Severity,
)
from logparse.values.patterns import Pattern, anchored


@dataclass(frozen=True)
class Kind:
    """A flag that records raise: its label, how much it matters, and which rows of the tally raise it."""

    label: str
    severity: Severity
    name: str
    only_processing_errors: bool = False


KINDS: tuple[Kind, ...] = (
    Kind(SIGNATURE_FAILURES, Severity.CRITICAL, "signature_failure"),
    Kind(CRITICAL_ERRORS, Severity.CRITICAL, "critical_error"),
    # NOTE: what the bot handled is an error, not a critical one; those have a flag of their own.
    Kind(PROCESSING_ERRORS, Severity.WARNING, "error", only_processing_errors=True),
    Kind(DELIVERY_FAILURES, Severity.CRITICAL, "delivery_failure"),
    Kind(SEND_FAILURES, Severity.WARNING, "send_failure"),
    Kind(SLOW_REPLIES, Severity.WARNING, "slow_reply"),
)

RAISED = """
SELECT sum(count)::BIGINT, min(first), max(last), min_by(message, first), min_by(request, first)
FROM tally
WHERE name = $name AND minute >= $from_minute AND minute < $to_minute
  AND ($expression IS NULL OR regexp_matches(message, $expression, 's'))
"""


VERIFIED_AFTER_FAILURE = """
SELECT max(last) FILTER (name = 'signature_verified') > min(first) FILTER (name = 'signature_failure') FROM tally
"""


def flags_of(facts: Facts, contacts: Mapping[str, int], work: Workplace) -> tuple[Flag, ...]:
    """All red flags of the judged time, critical ones first, else in order of time.

    ``contacts``: how many each flag touched, by its label.
    """
    raised = [each for kind in KINDS if (each := _raised(kind, facts, contacts, work))]
    places = places_of([record for _, record in raised], facts.case.readings, work.cache, work.elsewhere)
    flags = [replace(flag, place=place) for (flag, _), place in zip(raised, places, strict=True)]
    flags += _of_stretches(facts) + _of_windows(facts) + _of_verification(facts) + quality_flags(facts)
    return tuple(sorted(flags, key=lambda flag: (flag.severity is not Severity.CRITICAL, flag.first, flag.label)))


def _raised(kind: Kind, facts: Facts, contacts: Mapping[str, int], work: Workplace) -> tuple[Flag, Record] | None:
    """The flag of a kind, without its place, and the record that is to be looked for."""
    processing_error = facts.settings.bot.events["processing_error"]
    expression = anchored(processing_error) if kind.only_processing_errors else None
    minutes = minutes_of(facts.evidence.judged)
    row = work.connection.execute(RAISED, {"name": kind.name, "expression": expression, **minutes}).fetchone()
    if not row or not row[0]:
        return None
    records, first, last, message, request = row
    flag = Flag(
        label=kind.label,
        severity=kind.severity,
        first=aware(first),
        last=aware(last),
        records=records,
        contacts=contacts.get(kind.label),
        message=work.mask(message or ""),
        cause=_cause(kind, message or "", facts.settings.causes, work.connection),
    )
    return flag, (message or "", request)


def _cause(
    kind: Kind, message: str, causes: Mapping[str, tuple[Pattern, ...]], connection: duckdb.DuckDBPyConnection
) -> str:
    if kind.name == "signature_failure":
        return _cause_of_signature_failures(connection)
    for name, patterns in causes.items():
        row = connection.execute("SELECT regexp_matches(?, ?, 's')", [message, anchored(patterns)]).fetchone()
        if patterns and row and row[0]:
            return CAUSES[name]
    return ""


def _cause_of_signature_failures(connection: duckdb.DuckDBPyConnection) -> str:
    """A wrong secret makes every signature fail from one moment on; single failures have another cause."""
    row = connection.execute(VERIFIED_AFTER_FAILURE).fetchone()
    if row and row[0]:
        return CAUSES["strangers"]
    return CAUSES["secret"]


def _of_stretches(facts: Facts) -> list[Flag]:
    quiet = [
        Flag(NO_DELIVERIES, Severity.CRITICAL, stretch.span.start, stretch.span.end, 0)
        for stretch in silent(facts).seen_over
    ]
    unanswered = [
        Flag(NOT_ANSWERING, Severity.CRITICAL, stretch.span.start, stretch.span.end, stretch.deliveries)
        for stretch in left_unanswered(facts).seen_over
    ]
    return quiet + unanswered


def _of_windows(facts: Facts) -> list[Flag]:
    limit = facts.limits.error_rate
    flags: list[Flag] = []
    if facts.evidence.doubt:
        return flags
    for hour, window in facts.windows.items():
        if window.deliveries and 100 * window.errors >= limit * window.deliveries:
            span = facts.case.soak.window(hour)
            text = f"window {hour}: {window.errors:,} errors at {window.deliveries:,} deliveries"
            flags.append(Flag(HIGH_ERROR_RATE, Severity.WARNING, span.start, span.end, window.errors, message=text))
    return flags


def _of_verification(facts: Facts) -> list[Flag]:
    judged = facts.evidence.judged
    unseen = facts.metrics.deliveries and not facts.metrics.signatures_verified
    if not facts.settings.verifies_signatures or not unseen or facts.evidence.doubt:
        return []
    return [Flag(VERIFICATION_OFF, Severity.WARNING, judged.start, judged.end, 0)]
