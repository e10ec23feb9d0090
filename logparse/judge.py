"""The way of the data in one place: from the places of the logs to the verdict."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from logparse import criteria, numbers
from logparse.cache import Cache
from logparse.contacts import contacts_of
from logparse.counting import engine
from logparse.errors import UsageProblem
from logparse.events import check_patterns, event_rules
from logparse.evidence import Collected, examine
from logparse.facts import Facts
from logparse.files import find
from logparse.flags import ErrorKind
from logparse.judgement import Judgement
from logparse.locate import place_of
from logparse.masking import masker
from logparse.merge import Account, accounts, merge
from logparse.outcome import Outcome, State, state_of
from logparse.reading import Problem, Reading, Workplace, read
from logparse.records import LINE_CLASSES
from logparse.red_flags import KINDS, Surroundings, flags_of
from logparse.schedule import Soak, StartSource
from logparse.settings import Settings
from logparse.verdict import FileAccount, Verdict, WindowResult


@dataclass(frozen=True)
class Request:
    """What is to be judged: the checkpoint, where the logs are, and the start, where it is known already."""

    hour: int
    places: tuple[str, ...]
    base: Path
    start: datetime | None
    start_source: StartSource
    now: datetime
    cache: Path
    scratch: Path
    rehash: bool = False


def judge(request: Request, settings: Settings) -> Verdict:
    """Judges the soak at one checkpoint. UsageProblem for a pattern that does not compile; nothing else is raised
    for what stands in the logs.
    """
    mask = _checked_masker(settings)
    with engine(settings.memory_limit, request.scratch, str(settings.timezone)) as connection:
        check_patterns(connection, {**settings.bot.events, **settings.causes})
        work = _workplace(connection, request, settings, mask)
        readings = _read_all(request, work)
        try:
            return _concluded(request, settings, work, readings)
        except (OSError, duckdb.Error) as error:
            # A file that was read well may be gone, or too large for the memory, when it is looked at again.
            return _concluded(request, settings, work, [_lost(reading, error) for reading in readings])


def _concluded(request: Request, settings: Settings, work: Workplace, readings: Sequence[Reading]) -> Verdict:
    merge(readings, work)
    soak, source = _soak(request, work.connection)
    if request.hour == 0:
        return _started(request, soak, source, readings, work)
    return _judged(_Judging(request, settings, work, readings, soak, source))


def _lost(reading: Reading, error: Exception) -> Reading:
    """A reading of which nothing counts, because its file could not be looked at a second time."""
    cause = str(error).splitlines()[0]
    problem = Problem("changed", f"{reading.shown} could not be read a second time: {cause}", "run again")
    return Reading(reading.path, reading.shown, reading.sha256, facts=reading.facts, problems=(problem,))


def check(settings: Settings) -> None:
    """UsageProblem for the first pattern of the settings that cannot be used; reads no log."""
    _checked_masker(settings)
    with duckdb.connect() as connection:
        check_patterns(connection, {**settings.bot.events, **settings.causes})
        try:
            connection.execute("SET memory_limit = ?", [settings.memory_limit])
        except duckdb.Error:
            text = f"setting memory_limit: {settings.memory_limit!r} is no size; write it like 1GB"
            raise UsageProblem(text) from None


def _checked_masker(settings: Settings) -> Callable[[str], str]:
    try:
        return masker(settings.mask)
    except ValueError as error:
        raise UsageProblem(str(error)) from None


def _workplace(
    connection: duckdb.DuckDBPyConnection, request: Request, settings: Settings, mask: Callable[[str], str]
) -> Workplace:
    cache = Cache(request.cache)
    rules = event_rules(settings.bot, slow_ms=int(1000 * settings.limits.response_seconds))
    digests = {} if request.rehash else cache.known_digests()
    return Workplace(connection, rules, str(settings.timezone), cache, request.scratch, digests, mask)


def _read_all(request: Request, work: Workplace) -> list[Reading]:
    """Reads every file, and remembers the sha256 of each under its fingerprint."""
    readings = [read(path, _shown(path, request.base), work) for path in find(request.places, request.base)]
    digests = {reading.digest_key: reading.sha256 for reading in readings if reading.tally}
    work.cache.remember_digests(digests)
    return readings


def _shown(path: Path, base: Path) -> str:
    """A path as people know it: relative to where they are, if it is below."""
    return str(path.relative_to(base)) if path.is_relative_to(base) else str(path)


def _soak(request: Request, connection: duckdb.DuckDBPyConnection) -> tuple[Soak, StartSource]:
    """The soak from its known start, else from the minute of the first record; without either it would end now."""
    if request.start is not None:
        return Soak(request.start), request.start_source
    recorded = numbers.recorded_span(connection)
    if recorded is None:
        now = request.now.replace(second=0, microsecond=0)
        return Soak(now - timedelta(hours=request.hour)), StartSource.UNKNOWN
    return Soak(recorded.start.replace(second=0, microsecond=0)), StartSource.FIRST_RECORD


def _started(
    request: Request, soak: Soak, source: StartSource, readings: Sequence[Reading], work: Workplace
) -> Verdict:
    """Hour 0 judges nothing: it records the baseline, the four hours before the start, where logs hold them."""
    baseline = numbers.metrics_of(work.connection, soak.window(0))
    return Verdict(
        hour=0,
        state=State.STARTED,
        start=soak.start,
        start_source=source,
        baseline=baseline if baseline.records else None,
        files=_file_accounts(readings, accounts(readings, soak, 0, work)),
        reason="the soak has started; nothing is judged at hour 0",
        judged_at=request.now,
    )


@dataclass(frozen=True)
class _Judging:
    """All that one judgement is made from, so that its steps can be read one by one."""

    request: Request
    settings: Settings
    work: Workplace
    readings: Sequence[Reading]
    soak: Soak
    source: StartSource

    @property
    def mask(self) -> Callable[[str], str]:
        return self.work.mask


def _judged(judging: _Judging) -> Verdict:
    request, soak, connection = judging.request, judging.soak, judging.work.connection
    judged = soak.judged(request.hour)
    lines = accounts(judging.readings, soak, request.hour, judging.work)
    facts = _facts(judging, lines)
    judgements = criteria.judge(facts)
    required = [judgement for judgement in judgements if judgement.required]
    flags = flags_of(facts, _surroundings(judging, facts))
    return Verdict(
        hour=request.hour,
        state=state_of(judgement.outcome for judgement in required),
        start=soak.start,
        start_source=judging.source,
        criteria=judgements,
        metrics=facts.metrics,
        windows=tuple(_window(judging, facts, hour) for hour in soak.due(request.hour)),
        deployments=numbers.deployments_of(connection, judged),
        files=_file_accounts(judging.readings, lines),
        lines=_sum_of_lines(lines),
        flags=flags,
        error_kinds=_error_kinds(judging),
        reason=_reason(required),
        mend=next((j.mend for j in required if j.mend and j.outcome is Outcome.NOT_JUDGED), ""),
        judged_at=request.now,
    )


def _facts(judging: _Judging, lines: Sequence[Account]) -> Facts:
    request, settings, soak, connection = judging.request, judging.settings, judging.soak, judging.work.connection
    windows = {hour: numbers.metrics_of(connection, soak.window(hour)) for hour in soak.due(request.hour)}
    judged = soak.judged(request.hour)
    collected = Collected(
        soak=soak,
        hour=request.hour,
        start_source=judging.source,
        now=request.now,
        readings=judging.readings,
        lines=[account.lines for account in lines],
        recorded=numbers.recorded_span(connection),
        timeline=numbers.timeline_of(connection, judged),
        windows=windows,
        whole=numbers.metrics_of(connection, judged),
        deployments=numbers.deployments_of(connection, judged),
        places=request.places,
    )
    with_records = [
        reading for reading, account in zip(judging.readings, lines, strict=True) if account.lines.get("records")
    ]
    return Facts(
        soak=soak,
        metrics=collected.whole,
        windows=windows,
        timeline=collected.timeline,
        evidence=examine(collected, settings),
        limits=settings.limits,
        quiet_hours=settings.quiet_hours,
        verifies_signatures=settings.verifies_signatures,
        quality_required=settings.quality_required,
        carries_status=sum(reading.format.carries_status for reading in with_records if reading.format),
        files=len(with_records),
    )


def _surroundings(judging: _Judging, facts: Facts) -> Surroundings:
    events = judging.settings.bot.events
    metrics = facts.metrics
    anything = (
        metrics.errors
        + metrics.signature_failures
        + metrics.critical_errors
        + metrics.delivery_failures
        + metrics.send_failures
        + metrics.slow_replies
    )
    labels = [kind.label for kind in KINDS]
    contacts = contacts_of(judging.readings, facts.evidence.judged, labels, events, judging.work) if anything else {}
    return Surroundings(
        judging.work.connection,
        judging.readings,
        judging.mask,
        judging.settings.causes,
        events["processing_error"],
        contacts,
    )


def _window(judging: _Judging, facts: Facts, hour: int) -> WindowResult:
    span = judging.soak.window(hour)
    metrics = facts.windows[hour]
    missing = [hole for hole in facts.evidence.holes if hole.overlaps(span)]
    unjudged = facts.evidence.unjudged.get(hour, "a hole in the logs" if missing else "")
    reason = unjudged or ", ".join(criteria.broken_limits(metrics, facts.limits))
    kinds = numbers.error_kinds_of(judging.work.connection, span)
    masked = tuple(replace(kind, kind=judging.mask(kind.kind)) for kind in kinds)
    return WindowResult(hour, span, not unjudged, metrics, reason, masked)


def _error_kinds(judging: _Judging) -> tuple[ErrorKind, ...]:
    """The kinds of error since the start, masked, with the place of the first of the most frequent ones."""
    judged = judging.soak.judged(judging.request.hour)
    found: list[ErrorKind] = []
    for kind, message, request in numbers.error_examples_of(judging.work.connection, judged):
        shown = len(found) < SHOWN_PLACES
        place = place_of(message, request, judging.readings) if shown else None
        found.append(replace(kind, kind=judging.mask(kind.kind), place=place))
    return tuple(found)


SHOWN_PLACES = 20
"""For how many kinds of error the place of the first is looked up."""


def _file_accounts(readings: Sequence[Reading], lines: Sequence[Account]) -> tuple[FileAccount, ...]:
    return tuple(
        FileAccount(
            path=reading.shown,
            sha256=reading.sha256,
            format=reading.format.name if reading.format else "",
            lines=account.lines,
            records=account.records,
            problem="; ".join(problem.text for problem in reading.problems),
        )
        for reading, account in zip(readings, lines, strict=True)
    )


def _sum_of_lines(lines: Sequence[Account]) -> dict[str, int]:
    total: dict[str, int] = dict.fromkeys(LINE_CLASSES, 0)
    for account in lines:
        for name, count in account.lines.items():
            total[name] += count
    return total


def _reason(required: Sequence[Judgement]) -> str:
    """The sentence that explains the verdict: what counts most, first."""
    rank = max((judgement.outcome.rank for judgement in required), default=0)
    counting = "; ".join(f"{j.title}: {j.reason}" for j in required if j.outcome.rank == rank)
    if rank > Outcome.WARN.rank:
        return counting
    return "every required criterion is met" + (f"; look at {counting}" if rank else "")
