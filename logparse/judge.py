"""The way of the data in one place: from the places of the logs to the verdict."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import duckdb

from logparse.conclude import Case, conclude
from logparse.counting import numbers
from logparse.counting.events import check_patterns
from logparse.errors import UsageProblem
from logparse.evidence.proof import lacking, prove
from logparse.formats.home_made import home_made
from logparse.outcome import State
from logparse.reading.accounts import file_accounts, sum_of_lines
from logparse.reading.collected_by import command_of_all
from logparse.reading.gather import Readers, Sought, checked_masker, concluded_from, read_all, shown, workplace
from logparse.reading.log_file import Reading
from logparse.reading.merge import accounts, merge
from logparse.reading.workplace import Workplace
from logparse.settings.checked import Settings
from logparse.storage.manifest import log_of
from logparse.storage.places import (
    find,
    find_manifests,
    find_transcript_manifests,
    find_transcripts,
    of_same_start,
)
from logparse.storage.witness import Witness, is_witness, read_witness
from logparse.transcripts.logged import read_logged
from logparse.transcripts.reading import Transcript, TranscriptWorkplace, read_transcripts
from logparse.values.ratings import Check
from logparse.values.schedule import Soak, Span, StartSource
from logparse.values.waiver import Waiver
from logparse.verdicts.verdict import Verdict


@dataclass(frozen=True)
class Request:
    """What is to be judged: the checkpoint, where the logs are, and the start, where it is known already.

    ``shown_as`` names the files that people know by another name than their path. ``waivers`` are those in force;
    ``deployment`` is the one that the soak was to be of, empty where any will do; ``named`` the one that hour 0 named,
    empty where it named none; ``checks`` are what people rated; ``rehearsal``: the clock was set; ``history`` is the
    folder with the verdicts of earlier soaks, if there is one.
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
    deployment: str = ""
    named: str = ""
    waivers: tuple[Waiver, ...] = ()
    rehearsal: bool = False
    identity: str | None = None
    history: Path | None = None

    @property
    def sought(self) -> Sought:
        """What of it the reading of the files needs to know."""
        return Sought(**{each.name: getattr(self, each.name) for each in fields(Sought)})


def judge(request: Request, settings: Settings, readers: Readers | None = None) -> Verdict:
    """Judges the soak at one checkpoint. UsageProblem for a pattern that does not compile; nothing else is raised
    for what stands in the logs. ``readers``: the other machines that read them, where they do.
    """
    with workplace(request.sought, settings, readers) as work:
        readings = read_all(request.sought, work, readers)
        return concluded_from(readings, partial(_concluded, request, settings, work), work)


def _concluded(request: Request, settings: Settings, work: Workplace, readings: Sequence[Reading]) -> Verdict:
    logs, witnesses = _manifests(request)
    readings, proof = prove(readings, logs, request.rehearsal)
    merged = merge(readings, work)
    soak, source = _soak(request, work.connection)
    if request.hour == 0:
        command = command_of_all(readings, proof.sources, settings.collecting)
        return replace(_started(request, soak, source, readings, work), collecting=command)
    case = Case(request.hour, request.places, request.now, settings, work, readings, soak, source, merged, proof)
    _, witness_proof = prove((), witnesses, request.rehearsal)
    case = replace(case, witness=_witness(request, work), witness_proof=witness_proof)
    span, events = soak.judged(request.hour), settings.bot.events
    transcript = _transcript(request.sought, span, work)
    if not transcript.files and events["answer_text"]:
        transcript = read_logged(readings, span, events, work)
    case = replace(case, transcript=transcript, checks=request.checks, rehearsal=request.rehearsal)
    case = replace(case, history=request.history)
    if request.start and not readings:
        left_out = of_same_start(request.places, request.base, request.start, request.identity)
        case = replace(case, left_out=left_out)
    return conclude(replace(case, waivers=request.waivers, deployment=request.deployment, named=request.named))


def conversations(sought: Sought, settings: Settings, span: Span) -> Transcript:
    """What was said in a stretch of time, with what could not be read of it; nothing is judged.

    Without a transcript it is what the logs hold. UsageProblem for a pattern that does not compile.
    """
    with workplace(sought, settings) as work:
        said = _transcript(sought, span, work)
        return said if said.files else read_logged(read_all(sought, work), span, settings.bot.events, work)


def _transcript(sought: Sought, span: Span, work: Workplace) -> Transcript:
    """What was said in a stretch of time by the transcripts beside the logs, and what their manifests say they lack."""
    paths = find_transcripts(sought.places, sought.base, sought.start, sought.identity)
    manifests = find_transcript_manifests(sought.places, sought.base, sought.start, sought.identity)
    if not paths and not manifests:
        return Transcript()
    room = TranscriptWorkplace(work.connection, work.scratch, work.mask)
    said = read_transcripts([(path, shown(path, sought)) for path in paths], span, room)
    _, proof = prove((), [(path, shown(path, sought)) for path in manifests], sought.rehearsal)
    missing = lacking(proof, Span(span.start, max(span.start, min(span.end, work.now))))
    problems = [problem.text for problem in proof.problems] + ([f"the transcript: {missing}"] if missing else [])
    return replace(said, problems=(*said.problems, *map(work.mask, problems)))


def _manifests(request: Request) -> tuple[list[tuple[Path, str]], list[tuple[Path, str]]]:
    """The manifests beside logs, and those beside files of the witness, which prove nothing of the logs."""
    logs: list[tuple[Path, str]] = []
    witnesses: list[tuple[Path, str]] = []
    for path in find_manifests(request.places, request.base, request.start, request.identity):
        kind = witnesses if is_witness(log_of(path)) else logs
        kind.append((path, shown(path, request.sought)))
    return logs, witnesses


def _witness(request: Request, work: Workplace) -> Witness:
    paths = filter(is_witness, find(request.places, request.base, request.start, request.identity))
    return read_witness([(path, shown(path, request.sought)) for path in paths], work.mask)


def check(settings: Settings) -> None:
    """UsageProblem for the first pattern of the settings that cannot be used; reads no log."""
    checked_masker(settings)
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
    lines = accounts(readings, soak, 0, work)
    return Verdict(
        hour=0,
        state=State.STARTED,
        start=soak.start,
        start_source=source,
        baseline=baseline if baseline.records else None,
        files=file_accounts(readings, lines, work),
        lines=sum_of_lines(lines),
        reason="the soak has started; nothing is judged at hour 0",
        judged_at=request.now,
        deployment=request.named,
        rehearsal=request.rehearsal,
    )
