"""Facts made by hand, and what a criterion makes of them: for tests that look at one number at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from logparse.evidence.case import Case, Request
from logparse.evidence.collected import Collected, Finding
from logparse.evidence.examine import Evidence
from logparse.formats.iso_text import ISO_TEXT
from logparse.formats.vercel_rows import VERCEL_ROWS
from logparse.judging import criteria
from logparse.judging.facts import Facts
from logparse.reading.merge import Merged
from logparse.reading.reading import Reading
from logparse.reading.sought import Sought
from logparse.settings.checked import parse
from logparse.values.judgement import Judgement
from logparse.values.metrics import Metrics
from logparse.values.ratings import Check
from logparse.values.schedule import Soak, Span, StartSource
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


GOOD = Reading(Path("log"), "log", format=ISO_TEXT, tally=Path("tally"))
"""A file that was counted, and lacks nothing."""

_NOW = at(25).first
_SOUGHT = Sought(("logs/",), Path("base"), SOAK.start, _NOW, Path("cache"), Path("scratch"))
CASE = Case(Request(_SOUGHT, 24, StartSource.OPTION), parse(), SOAK, [GOOD])
"""A soak that is judged an hour after its end."""


Whole = TypeVar("Whole", Case, Collected, Facts)

_NESTED = (Facts, Collected, Case, Request, Sought, Merged)


def varied(whole: Whole, /, **changes: Any) -> Whole:
    """The same with other values, each in whichever of the values within it has a field of its name."""
    found: Whole
    found, left = _varied(whole, changes)
    assert not left, left
    return found


def _varied(whole: Any, changes: Mapping[str, Any]) -> tuple[Any, dict[str, Any]]:
    own = {each.name for each in fields(whole)}
    found = {name: changes[name] for name in own & {*changes}}
    left = {name: value for name, value in changes.items() if name not in own}
    for name in own - {*changes}:
        if left and isinstance(getattr(whole, name), _NESTED):
            found[name], left = _varied(getattr(whole, name), left)
    return replace(whole, **found), left


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
    read = [replace(GOOD, format=ISO_TEXT if at >= carries_status else VERCEL_ROWS) for at in range(files)]
    collected = Collected(
        case=replace(CASE.at(hour), settings=parse(settings), readings=read),
        lines=[{"records": 1}] * files,
        recorded=None,
        timeline=timeline,
        windows=windows or {},
        whole=metrics,
        untimed=untimed,
        known_before=known_before,
    )
    whole = SOAK.judged(hour)
    evidence = Evidence(findings, holes, whole, seen or whole, unjudged or {}, doubt=doubt)
    return Facts(collected, evidence, tuple(checks), examined or Examined())


def judged(name: str, known: Facts) -> Judgement:
    """The judgement of one criterion."""
    return next(judgement for judgement in criteria.judge(known) if judgement.name == name)


def sound(**numbers: int) -> Metrics:
    """A large and sound soak, but for the given numbers."""
    base = {"deliveries": 100_000, "processed": 100_000, "replies": 100_000, "signatures_verified": 100_000}
    return Metrics(**{**base, "records": 500_000, **numbers})
