"""The whole flow of data: from the places of the logs to the verdict."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import duckdb

from logparse.conclude import conclude
from logparse.counting import numbers
from logparse.counting.check_patterns import check_patterns
from logparse.errors import UsageProblem
from logparse.evidence.case import Case, Request, case_of
from logparse.evidence.proof import lacking, prove
from logparse.formats.home_made import home_made
from logparse.outcome import State
from logparse.reading.accounts import file_accounts, sum_of_lines
from logparse.reading.collected_by import command_of_all
from logparse.reading.gather import checked_masker, concluded_from, read_all, workplace
from logparse.reading.here import HERE
from logparse.reading.merge import accounts
from logparse.reading.reading import Reading
from logparse.reading.sought import Sought
from logparse.reading.workplace import Readers, Workplace
from logparse.settings.checked import Settings
from logparse.storage.places import find_manifests, find_transcripts, is_transcript
from logparse.transcripts.logged import read_logged
from logparse.transcripts.reading import TranscriptWorkplace, read_transcripts
from logparse.values.conversation import Transcript
from logparse.values.schedule import Span
from logparse.verdicts.verdict import Verdict


def judge(request: Request, settings: Settings, readers: Readers = HERE) -> Verdict:
    """Judges the soak at one checkpoint, with ``readers`` for the files. Raises UsageProblem if a pattern does not
    compile; raises nothing for the content of the logs.
    """
    with workplace(request.sought, settings, readers) as work:
        readings = read_all(work)
        return concluded_from(readings, partial(_concluded, request, settings, work), work)


def _concluded(request: Request, settings: Settings, work: Workplace, readings: Sequence[Reading]) -> Verdict:
    case = case_of(request, settings, readings, work)
    if request.hour == 0:
        return _started(case, work)
    transcript, events = _transcript(request.sought, case.judged, work), settings.bot.events
    if not transcript.files and events["answer_text"]:
        transcript = read_logged(case.readings, case.judged, events, work)
    return conclude(replace(case, transcript=transcript), work)


def conversations(sought: Sought, settings: Settings, span: Span) -> Transcript:
    """Returns the conversations of a time span, with the problems of reading them; judges nothing.

    Without a transcript they come from the logs. Raises UsageProblem if a pattern does not compile.
    """
    with workplace(sought, settings) as work:
        said = _transcript(sought, span, work)
        return said if said.files else read_logged(read_all(work), span, settings.bot.events, work)


def _transcript(sought: Sought, span: Span, work: Workplace) -> Transcript:
    """Reads the transcripts beside the logs for a time span, with the gaps reported by their manifests."""
    paths = find_transcripts(*sought.where)
    manifests = find_manifests(*sought.where, is_transcript)
    if not paths and not manifests:
        return Transcript()
    room = TranscriptWorkplace(work.connection, work.scratch, work.mask)
    said = read_transcripts([(path, sought.shown(path)) for path in paths], span, room)
    _, proof = prove((), [(path, sought.shown(path)) for path in manifests], sought.rehearsal)
    missing = lacking(proof, Span(span.start, max(span.start, min(span.end, sought.now))))
    problems = [problem.text for problem in proof.problems] + ([f"the transcript: {missing}"] if missing else [])
    return replace(said, problems=(*said.problems, *map(work.mask, problems)))


def check(settings: Settings) -> None:
    """Raises UsageProblem for the first setting that the engine rejects; reads no log."""
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
"""The least memory with which the engine can count even a small file."""

_UNITS = {"KB": 1e-3, "MB": 1, "GB": 1e3, "TB": 1e6, "KIB": 2**10 / 1e6, "MIB": 2**20 / 1e6, "GIB": 2**30 / 1e6}


def _megabytes(size: str) -> float:
    """Returns a size as the engine parses it, in megabytes; 0 if it is none."""
    found = re.fullmatch(r"(\d{1,9}(?:\.\d{1,6})?)\s*([KMGT]B|[KMG]iB)", size.strip(), flags=re.IGNORECASE)
    return float(found[1]) * _UNITS[found[2].upper()] if found else 0


def _started(case: Case, work: Workplace) -> Verdict:
    """Returns the verdict of hour 0, which judges nothing: it records the baseline, up to four hours before."""
    baseline = numbers.metrics_of(work.connection, case.soak.window(0))
    lines = accounts(case.readings, case.soak, 0, work)
    return Verdict(
        hour=0,
        state=State.STARTED,
        start=case.soak.start,
        start_source=case.request.start_source,
        baseline=baseline if baseline.records else None,
        files=file_accounts(case.readings, lines, work),
        lines=sum_of_lines(lines),
        reason="the soak has started; nothing is judged at hour 0",
        judged_at=case.now,
        deployment=case.request.named,
        rehearsal=case.request.sought.rehearsal,
        collecting=command_of_all(case.readings, case.proof.sources, case.settings.collecting),
    )
