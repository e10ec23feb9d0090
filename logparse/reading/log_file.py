"""Reading one log file: what it is, whether it is whole, and its tally, from the cache or counted now."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from logparse.counting.cache import MENDED, Facts, digest_key, key_of
from logparse.counting.engine import Source, date_source
from logparse.formats import recognise
from logparse.formats.format import Format
from logparse.formats.noise import ANSI, PROBLEM_LINE
from logparse.formats.ways import looks_like
from logparse.reading import file_problems
from logparse.reading.file_problems import Problem
from logparse.reading.file_tally import copied, count
from logparse.reading.workplace import Workplace
from logparse.storage.files import Fingerprint, compression, head, head_lines, inspect, is_utf16
from logparse.storage.unfold import entries


@dataclass(frozen=True)
class Reading:
    """A log file as it was read. ``tally`` is None where nothing of it is counted.

    ``digest_key`` is what its sha256 may be remembered by. ``tool`` is what the file looks like, see formats/ways.py;
    ``fetched_from`` the source that its manifest names.
    """

    path: Path
    shown: str
    sha256: str = ""
    format: Format | None = None
    facts: Facts = field(default_factory=lambda: Facts(lines=0))
    tally: Path | None = None
    source: Source | None = None
    problems: tuple[Problem, ...] = ()
    digest_key: str = ""
    tool: str = ""
    fetched_from: str = ""


def read(path: Path, shown: str, work: Workplace) -> Reading:
    """Reads one file. Whatever is wrong with it becomes a Problem of the reading; nothing is raised for a file."""
    try:
        before = Fingerprint.of(path)
        if not path.is_file():
            return Reading(path, shown, problems=(file_problems.of_no_file(path, shown),))
        if not before.size:
            return Reading(path, shown, sha256=inspect(path).sha256, problems=(file_problems.of_empty(shown),))
        reading = _read(path, shown, before, work)
        if Fingerprint.of(path) != before:
            return Reading(path, shown, problems=(file_problems.of_changed(shown),))
        return replace(reading, digest_key=digest_key(path, before))
    except (OSError, EOFError, duckdb.Error) as error:
        return Reading(path, shown, problems=(file_problems.of_error(path, shown, error, work.mask),))


def kept(path: Path, shown: str, work: Workplace) -> Reading | None:
    """The reading of a file whose tally is in the cache, and that did not change since; None where it is to be read.

    OSError where the file is gone, or cannot be read.
    """
    fingerprint = Fingerprint.of(path)
    known = work.digests.get(digest_key(path, fingerprint))
    log_format = recognised(head(path), work.formats)[0] if known else None
    if not known or log_format is None or log_format.clocked:
        return None
    with path.open("rb") as raw:
        source = Source(path, compression(raw.read(4)), log_format)
    if work.cache.load(key_of(known, source, work.rules, work.timezone)) is None:
        return None
    return replace(_read(path, shown, fingerprint, work), digest_key=digest_key(path, fingerprint))


def _read(path: Path, shown: str, fingerprint: Fingerprint, work: Workplace) -> Reading:
    start = head(path)
    log_format, document = recognised(start, work.formats)
    if log_format is None:
        return _uncounted(path, shown, file_problems.of_unknown(shown, start, work.formats, work.mask))
    with path.open("rb") as raw:
        source = Source(path, compression(raw.read(4)), log_format)
    problems: tuple[Problem, ...] = ()
    if log_format.clocked:
        dated, sure = _dated(source, start, fingerprint, work)
        if dated.first_date is None:
            undated = _uncounted(path, shown, file_problems.of_undated(shown, work.soak is not None), log_format)
            return replace(undated, tool=tool_of(log_format, start, document))
        problems = () if sure else (file_problems.of_uncertain_date(shown, dated.first_date),)
        source = dated
    reading = _counted(source, shown, start, document, fingerprint, problems, work)
    return replace(reading, tool=tool_of(log_format, start, document))


def tool_of(log_format: Format, start: bytes, document: bool) -> str:
    """The tool that a file looks like, by its format and its front, see formats/ways.py; empty where none is known."""
    lines = head_lines(start)
    return looks_like(log_format.name, list(entries("\n".join(lines))) if document else lines)


def recognised(start: bytes, formats: Sequence[Format]) -> tuple[Format | None, bool]:
    """The format of a file that begins with ``start``, and whether it holds JSON documents that are to be unfolded."""
    lines = head_lines(start)
    of_entries = recognise(entries("\n".join(lines)), [each for each in formats if each.is_json])
    return of_entries or recognise(lines, formats), of_entries is not None


def _uncounted(path: Path, shown: str, problem: Problem, log_format: Format | None = None) -> Reading:
    inspection = inspect(path)
    facts = Facts(lines=inspection.lines)
    return Reading(path, shown, inspection.sha256, log_format, facts, problems=(problem,))


def _dated(source: Source, start: bytes, fingerprint: Fingerprint, work: Workplace) -> tuple[Source, bool]:
    """A source of a format whose lines tell no date, with that of its first time, and whether it is sure.

    No line was written after the clock, nor after the file was.
    """
    if work.soak is None:
        return source, False
    written = datetime.fromtimestamp(fingerprint.modified_ns / 1e9, UTC)
    readable = copied(source, MENDED, work) if is_utf16(start) else source
    dated, sure = date_source(work.connection, readable, work.soak, min(work.latest, written))
    return replace(source, first_date=dated.first_date), sure


def _counted(
    source: Source,
    shown: str,
    start: bytes,
    document: bool,
    fingerprint: Fingerprint,
    problems: tuple[Problem, ...],
    work: Workplace,
) -> Reading:
    """The reading of a file in a known format, from the cache or counted now; ``problems`` are known before.

    ``document``: it holds JSON documents, see storage/unfold.py.
    """
    known = work.digests.get(digest_key(source.path, fingerprint))
    if known:
        key = key_of(known, source, work.rules, work.timezone)
        if facts := work.cache.load(key):
            # A tally that cannot be read after all is counted again.
            with suppress(duckdb.Error):
                return reading_of(source, shown, known, facts, work.cache.tally(key), problems, work)
    inspection, facts, tally = count(source, start, work, document)
    key = key_of(inspection.sha256, source, work.rules, work.timezone)
    work.cache.save(key, facts, tally)
    return reading_of(source, shown, inspection.sha256, facts, work.cache.tally(key), problems, work)


def readable_source(reading: Reading, work: Workplace) -> Source:
    """The source of a counted file for reading it again: itself, or a new copy where it needs one."""
    if reading.source is None:
        raise ValueError(f"{reading.shown} was not counted")
    return copied(reading.source, reading.facts.copy, work) if reading.facts.copy else reading.source


def reading_of(
    source: Source,
    shown: str,
    sha256: str,
    facts: Facts,
    tally: Path,
    problems: tuple[Problem, ...],
    work: Workplace,
) -> Reading:
    """The reading of a counted file, with the ways in which it is known to be cut off."""
    counts = dict(
        work.connection.execute(
            "SELECT name, sum(count)::BIGINT FROM read_parquet($tally)"
            " WHERE name IN ('lines', 'duplicate', 'partial', 'truncated', 'unread') GROUP BY name",
            {"tally": str(tally)},
        ).fetchall()
    )
    found = file_problems.of_counted(shown, source.format, facts, counts, _banners(tally, work), work.mask)
    return Reading(source.path, shown, sha256, source.format, facts, tally, source, problems + found)


MOST_BANNERS = 1_000
"""A file may hold a million lines of a tool; so many different ones are looked at, those that tell a problem first."""

BANNERS = f"""
SELECT line, sum(count)::BIGINT
FROM (SELECT regexp_replace(detail, $ansi, '', 'g') AS line, count FROM read_parquet($tally) WHERE name = 'banner')
GROUP BY line ORDER BY regexp_matches(line, $problem) DESC, line LIMIT {MOST_BANNERS}
"""


def _banners(tally: Path, work: Workplace) -> dict[str, int]:
    """The tool's own lines in a file, and how often each stands there."""
    parameters = {"tally": str(tally), "ansi": ANSI, "problem": PROBLEM_LINE}
    return dict(work.connection.execute(BANNERS, parameters).fetchall())
