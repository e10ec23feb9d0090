"""The way of the data in one place: from the places of the logs to the verdict."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from logparse import numbers
from logparse.cache import Cache, digest_key
from logparse.conclude import Case, conclude, file_accounts
from logparse.counting import engine
from logparse.errors import UsageProblem
from logparse.events import check_patterns, event_rules
from logparse.file_problems import Problem, of_changed
from logparse.files import Fingerprint
from logparse.formats import FORMATS
from logparse.formats.home_made import home_made
from logparse.manifest import log_of
from logparse.masking import masker
from logparse.merge import accounts, merge
from logparse.outcome import State
from logparse.places import find, find_manifests
from logparse.proof import prove
from logparse.quality.rating import Check
from logparse.reading import Reading, read
from logparse.schedule import Soak, StartSource
from logparse.settings import Settings
from logparse.verdict import Verdict
from logparse.visible import visible
from logparse.witness import Witness, is_witness, read_witness
from logparse.workplace import Workplace

LONGEST_PATH = 300
"""Characters of a path that are shown; of a longer one the middle is left out, so that reasons stay short."""


@dataclass(frozen=True)
class Request:
    """What is to be judged: the checkpoint, where the logs are, and the start, where it is known already.

    ``shown_as`` names the files that people know by another name than their path; ``checks`` are what people rated.
    """

    hour: int
    places: tuple[str, ...]
    base: Path
    start: datetime | None
    start_source: StartSource
    now: datetime
    cache: Path
    scratch: Path
    rehash: bool = False
    shown_as: Mapping[Path, str] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()


def judge(request: Request, settings: Settings) -> Verdict:
    """Judges the soak at one checkpoint. UsageProblem for a pattern that does not compile; nothing else is raised
    for what stands in the logs.
    """
    mask = _checked_masker(settings)
    with engine(settings.memory_limit, request.scratch, str(settings.timezone)) as connection:
        check_patterns(connection, {**settings.bot.events, **settings.causes})
        work = _workplace(connection, request, settings, mask)
        readings = _read_all(request, work)
        while True:
            try:
                verdict = _concluded(request, settings, work, readings)
            except (OSError, duckdb.Error) as error:
                # A file that was read well may be gone, or too large for the memory, when it is looked at again.
                return _concluded(request, settings, work, [_lost(reading, error, mask) for reading in readings])
            unchanged = [_unless_changed(reading) for reading in readings]
            if unchanged == readings:
                return verdict
            readings = unchanged


def _unless_changed(reading: Reading) -> Reading:
    """The reading, or one of which nothing counts, because its file is no longer the one that was read.

    Minutes that several files cover are counted from the files again: they must still be what they were.
    """
    with suppress(OSError):
        if not reading.tally or digest_key(reading.path, Fingerprint.of(reading.path)) == reading.digest_key:
            return reading
    problem = of_changed(reading.shown)
    return Reading(reading.path, reading.shown, reading.sha256, facts=reading.facts, problems=(problem,))


def _concluded(request: Request, settings: Settings, work: Workplace, readings: Sequence[Reading]) -> Verdict:
    logs, witnesses = _manifests(request)
    readings, proof = prove(readings, logs)
    doubled = merge(readings, work)
    soak, source = _soak(request, work.connection)
    if request.hour == 0:
        return _started(request, soak, source, readings, work)
    case = Case(request.hour, request.places, request.now, settings, work, readings, soak, source, doubled, proof)
    _, witness_proof = prove((), witnesses)
    case = replace(case, witness=_witness(request, work), witness_proof=witness_proof)
    return conclude(replace(case, checks=request.checks))


def _manifests(request: Request) -> tuple[list[tuple[Path, str]], list[tuple[Path, str]]]:
    """The manifests beside logs, and those beside files of the witness, which prove nothing of the logs."""
    logs: list[tuple[Path, str]] = []
    witnesses: list[tuple[Path, str]] = []
    for path in find_manifests(request.places, request.base, request.start):
        kind = witnesses if is_witness(log_of(path)) else logs
        kind.append((path, _shown(path, request)))
    return logs, witnesses


def _witness(request: Request, work: Workplace) -> Witness:
    paths = filter(is_witness, find(request.places, request.base, request.start))
    return read_witness([(path, _shown(path, request)) for path in paths], work.mask)


def _lost(reading: Reading, error: Exception, mask: Callable[[str], str]) -> Reading:
    """A reading of which nothing counts, because its file could not be looked at a second time."""
    cause = mask(str(error).splitlines()[0].replace(str(reading.path), reading.shown))
    problem = Problem("changed", f"{reading.shown} could not be read a second time: {cause}", "run again")
    return Reading(reading.path, reading.shown, reading.sha256, facts=reading.facts, problems=(problem,))


def check(settings: Settings) -> None:
    """UsageProblem for the first pattern of the settings that cannot be used; reads no log."""
    _checked_masker(settings)
    with duckdb.connect() as connection:
        check_patterns(connection, {**settings.bot.events, **settings.causes})
        home_made(connection, settings.own_format, settings.own_format_time)
        try:
            # NOTE: With too little memory the engine may fail at once or at any later statement, so the size decides.
            too_small = _megabytes(settings.memory_limit) < LEAST_MEGABYTES
            connection.execute("SET memory_limit = ?", [settings.memory_limit])
        except duckdb.Error:
            too_small = True
        if too_small:
            text = f"setting memory_limit: {settings.memory_limit!r} is no size, or under {LEAST_MEGABYTES}MB"
            raise UsageProblem(f"{text}; write it like 1GB")
        try:
            connection.execute("SELECT timezone(?, TIMESTAMP '2026-01-01')", [str(settings.timezone)])
        except duckdb.Error:
            raise UsageProblem(
                f"setting timezone: {settings.timezone} is not known; write it like Asia/Jakarta"
            ) from None


LEAST_MEGABYTES = 100
"""Memory without which the engine cannot count even a small file."""

_UNITS = {"KB": 1e-3, "MB": 1, "GB": 1e3, "TB": 1e6, "KIB": 2**10 / 1e6, "MIB": 2**20 / 1e6, "GIB": 2**30 / 1e6}


def _megabytes(size: str) -> float:
    """A size as the engine takes it, in megabytes; 0 where it is none."""
    found = re.fullmatch(r"(\d{1,9}(?:\.\d{1,6})?)\s*([KMGT]B|[KMG]iB)", size.strip(), flags=re.IGNORECASE)
    return float(found[1]) * _UNITS[found[2].upper()] if found else 0


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
    own = home_made(connection, settings.own_format, settings.own_format_time)
    return Workplace(
        connection=connection,
        rules=rules,
        formats=(own, *FORMATS) if own else FORMATS,
        timezone=str(settings.timezone),
        cache=cache,
        scratch=request.scratch,
        digests=digests,
        mask=mask,
        now=request.now,
        soak=Soak(request.start).span if request.start else None,
    )


def _read_all(request: Request, work: Workplace) -> list[Reading]:
    """Reads every file, and remembers the sha256 of each under its fingerprint."""
    paths = [path for path in find(request.places, request.base, request.start) if not is_witness(path)]
    readings = [read(path, _shown(path, request), work) for path in paths]
    digests = {reading.digest_key: reading.sha256 for reading in readings if reading.tally}
    work.cache.remember_digests(digests)
    return readings


def _shown(path: Path, request: Request) -> str:
    """A path as people know it: relative to where they are, if it is below; without signs that are not seen."""
    if path in request.shown_as:
        return request.shown_as[path]
    relative = str(path.relative_to(request.base)) if path.is_relative_to(request.base) else str(path)
    shown = visible(relative, instead="?")
    return shown if len(shown) <= LONGEST_PATH else f"{shown[: LONGEST_PATH // 2]}…{shown[-LONGEST_PATH // 2 :]}"


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
        files=file_accounts(readings, accounts(readings, soak, 0, work), work),
        reason="the soak has started; nothing is judged at hour 0",
        judged_at=request.now,
    )
