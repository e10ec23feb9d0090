"""Facts made by hand, and what a criterion makes of them: for tests that look at one number at a time."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from logparse.evidence.collected import Finding
from logparse.evidence.examine import Evidence
from logparse.judging import criteria
from logparse.judging.facts import Facts
from logparse.settings.checked import parse
from logparse.settings.in_force import own_words
from logparse.values.judgement import Judgement
from logparse.values.metrics import Metrics
from logparse.values.ratings import Check
from logparse.values.schedule import Soak, Span
from logparse.values.suspicions import Examined
from logparse.values.timeline import Moment, Timeline

SOAK = Soak(datetime(2026, 1, 12, tzinfo=UTC))
MINUTE = timedelta(minutes=1)


def at(hour: float, count: int = 1) -> Moment:
    """What came at some hours after the start of the soak, so many of them."""
    time = SOAK.start + timedelta(hours=hour)
    return Moment(time, time, count)


def between(first: float, last: float) -> Span:
    """A stretch between two hours of the soak."""
    return Span(at(first).first, at(last).first)


EVERY_MINUTE = tuple(at(minute / 60) for minute in range(1440))
_OFTEN = EVERY_MINUTE[::10]
BUSY = Timeline(_OFTEN, _OFTEN, _OFTEN)
"""A soak in which records, deliveries and replies came every ten minutes."""


def facts(
    metrics: Metrics,
    windows: Mapping[int, Metrics] | None = None,
    settings: Mapping[str, str] | None = None,
    findings: tuple[Finding, ...] = (),
    carries_status: int = 1,
    files: int = 1,
    timeline: Timeline = BUSY,
    holes: tuple[Span, ...] = (),
    hour: int = 24,
    seen: Span | None = None,
    unjudged: Mapping[int, str] | None = None,
    untimed: int = 0,
    checks: Sequence[Check] = (),
    examined: Examined | None = None,
    known_before: frozenset[str] = frozenset(),
    doubt: str = "",
) -> Facts:
    """Facts of a soak in which something came all the time, with the given numbers."""
    checked = parse(settings)
    whole = SOAK.judged(hour)
    return Facts(
        soak=SOAK,
        metrics=metrics,
        windows=windows or {},
        timeline=timeline,
        evidence=Evidence(findings, holes, whole, seen or whole, unjudged or {}, doubt=doubt),
        limits=checked.limits,
        quiet_hours=checked.quiet_hours,
        verifies_signatures=checked.verifies_signatures,
        quality_required=checked.quality_required,
        quality_checks=checked.quality_checks,
        checks=tuple(checks),
        examined=examined or Examined(),
        quality=checked.quality,
        carries_status=carries_status,
        files=files,
        untimed=untimed,
        known_before=known_before,
        own_words=own_words(checked),
    )


def judged(name: str, known: Facts) -> Judgement:
    """The judgement of one criterion."""
    return next(judgement for judgement in criteria.judge(known) if judgement.name == name)


def sound(**numbers: int) -> Metrics:
    """A large and sound soak, but for the given numbers."""
    base = {"deliveries": 100_000, "processed": 100_000, "replies": 100_000, "signatures_verified": 100_000}
    return Metrics(**{**base, "records": 500_000, **numbers})
