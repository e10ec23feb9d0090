"""Reading one log file: what it is, whether it is whole, and its tally, from the cache or counted now."""

import errno
import os
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import uuid4

import duckdb

from logparse.cache import Cache, Facts, digest_key, key_of
from logparse.counting import Source, set_variables, view_events, view_records, view_records_fast
from logparse.events import EventRules
from logparse.files import Fingerprint, Inspection, compression, head, head_lines, inspect, is_utf16, mend
from logparse.formats import FORMATS, recognise
from logparse.formats.format import Format
from logparse.formats.noise import COLLECT_AGAIN, WORKING_COMMAND, first_problem
from logparse.once import keep_once, repeats_pages
from logparse.patterns import quoted
from logparse.tally import tally_events

SHOWN_LINES = 3
"""How many lines that were not understood are shown."""


@dataclass(frozen=True)
class Problem:
    """Why a file brought less than it was to bring, and what mends that.

    ``kind``: 'missing', 'empty', 'tool', 'unknown', 'unreadable', 'changed' (nothing of the file is counted), or
    'cut off' (its records are counted, but more were to come).
    """

    kind: str
    text: str
    mend: str = COLLECT_AGAIN


@dataclass(frozen=True)
class Reading:
    """A log file as it was read. ``tally`` is None where nothing of it is counted.

    ``digest_key`` is what its sha256 may be remembered by.
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


@dataclass(frozen=True)
class Workplace:
    """What reading needs: the engine, the rules, the cache, a folder for temporary files, known sha256 sums, a mask."""

    connection: duckdb.DuckDBPyConnection
    rules: EventRules
    timezone: str
    cache: Cache
    scratch: Path
    digests: Mapping[str, str]
    mask: Callable[[str], str]


def read(path: Path, shown: str, work: Workplace) -> Reading:
    """Reads one file. Whatever is wrong with it becomes a Problem of the reading; nothing is raised for a file."""
    try:
        before = Fingerprint.of(path)
        if not path.is_file():
            return Reading(path, shown, problems=(_no_file(path, shown),))
        if not before.size:
            return Reading(path, shown, sha256=inspect(path).sha256, problems=(_empty(shown),))
        start = head(path)
        log_format = recognise(head_lines(start))
        if log_format is None:
            inspection = inspect(path)
            facts = Facts(lines=inspection.lines)
            return Reading(path, shown, inspection.sha256, None, facts, problems=(_not_logs(shown, start, work.mask),))
        reading = _counted(path, shown, log_format, start, before, work)
        if Fingerprint.of(path) != before:
            text = f"{shown} was changed while it was read"
            return Reading(path, shown, problems=(Problem("changed", text, "run again when it is written to the end"),))
        return replace(reading, digest_key=digest_key(path, before))
    except (OSError, EOFError, duckdb.Error) as error:
        if path.is_symlink() and not path.exists():
            return Reading(path, shown, problems=(Problem("missing", f"{shown} is a link that leads to no file"),))
        if not path.exists():
            return Reading(path, shown, problems=(Problem("missing", f"{shown} is not there"),))
        if os.strerror(errno.ENOSPC) in str(error):
            text = f"{shown} could not be counted: the disk of the cache folder is full"
            return Reading(path, shown, problems=(Problem("unreadable", text, "make room there, and run again"),))
        cause = str(error).splitlines()[0].replace(str(path), shown)
        return Reading(path, shown, problems=(Problem("unreadable", f"{shown} cannot be read to its end: {cause}"),))


def _counted(
    path: Path, shown: str, log_format: Format, start: bytes, fingerprint: Fingerprint, work: Workplace
) -> Reading:
    with path.open("rb") as raw:
        source = Source(path, compression(raw.read(4)), log_format)
    known = work.digests.get(digest_key(path, fingerprint))
    if known:
        key = key_of(known, log_format, work.rules, work.timezone)
        if facts := work.cache.load(key):
            # A tally that cannot be read after all is counted again.
            with suppress(duckdb.Error):
                return _reading(path, shown, known, source, facts, work.cache.tally(key), work)
    # The sha256 is made beside the counting: hashing takes one core and no lock, and DuckDB waits for the disk anyway.
    with ThreadPoolExecutor(1) as pool:
        inspecting = pool.submit(inspect, path)
        tally = work.scratch / f"{uuid4().hex}.parquet"
        fast = _count_fast(source, start, tally, inspecting, work)
        facts = fast or (None if is_utf16(start) else _count(source, tally, work))
        inspection = inspecting.result()
    key = key_of(inspection.sha256, log_format, work.rules, work.timezone)
    if facts is None or facts.lines != inspection.lines:
        # DuckDB saw fewer lines than there are: some are too long for it, or no UTF-8.
        facts = _count(_mended(source, work), tally, work, mended=True)
    facts = Facts(
        lines=inspection.lines,
        torn=_is_torn(inspection, log_format),
        repeated_lines=facts.repeated_lines,
        repeats_pages=facts.repeats_pages,
        mended=facts.mended,
    )
    work.cache.save(key, facts, tally)
    return _reading(path, shown, inspection.sha256, source, facts, work.cache.tally(key), work)


def _mended(source: Source, work: Workplace) -> Source:
    copy = work.scratch / f"{uuid4().hex}.mended"
    mend(source.path, copy)
    return Source(copy, "none", source.format)


def readable_source(reading: Reading, work: Workplace) -> Source:
    """The source of a counted file for reading it again: itself, or a new mended copy where it needs one."""
    if reading.source is None:
        raise ValueError(f"{reading.shown} was not counted")
    return _mended(reading.source, work) if reading.facts.mended else reading.source


def _count_fast(
    source: Source, start: bytes, tally: Path, inspecting: "Future[Inspection]", work: Workplace
) -> Facts | None:
    """Counts a source by the quicker way of its format; None where that does not fit every line of the file."""
    fast, connection = source.format.fast, work.connection
    if fast is None or is_utf16(start) or not fast.fits(head_lines(start)):
        return None
    view_records_fast(connection, source, fast, into="records")
    view_events(connection, work.rules)
    tally_events(connection, into="counted")
    inspection = inspecting.result()
    if _lines_seen(connection) + inspection.empty != inspection.lines:
        return None
    if inspection.empty:
        set_variables(connection, {"empty": inspection.empty})
        connection.execute("INSERT INTO counted (name, count) VALUES ('blank', getvariable('empty'))")
    _save(connection, tally)
    return Facts(inspection.lines)


def _count(source: Source, tally: Path, work: Workplace, mended: bool = False) -> Facts:
    """Counts a source into a Parquet file; ``lines`` of the facts are those that DuckDB saw."""
    connection = work.connection
    view_records(connection, [source], numbered=False, into="records")
    view_events(connection, work.rules)
    repeated_lines, pages = tally_events(connection, into="counted"), False
    if repeated_lines:
        pages = _count_once(source, work)
    _save(connection, tally)
    return Facts(_lines_seen(connection), False, repeated_lines, pages, mended)


def _lines_seen(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute("SELECT sum(count)::BIGINT FROM counted WHERE name = 'lines' OR minute IS NULL").fetchone()
    return int(row[0] or 0) if row else 0


def _save(connection: duckdb.DuckDBPyConnection, tally: Path) -> None:
    connection.execute(f"COPY counted TO {quoted(str(tally))} (FORMAT parquet)")


def _count_once(source: Source, work: Workplace) -> bool:
    """Counts a source again, each of its records once; returns whether whole pages repeat.

    The lines without records stay as they were counted; the lines that are left out become duplicates.
    """
    connection = work.connection
    connection.execute("CREATE OR REPLACE TEMP TABLE untimed AS SELECT * FROM counted WHERE minute IS NULL")
    before = connection.execute("SELECT sum(count) FROM counted WHERE name = 'lines'").fetchone()
    kept = keep_once(connection, [source], minutes=[])
    pages = repeats_pages(connection)
    tally_events(connection, into="counted")
    duplicates = int(before[0] if before else 0) - sum(lines for _, _, lines in kept)
    connection.execute("INSERT INTO counted SELECT * FROM untimed")
    set_variables(connection, {"duplicates": duplicates})
    connection.execute("INSERT INTO counted (name, count) VALUES ('duplicate', getvariable('duplicates'))")
    return pages


def _is_torn(inspection: Inspection, log_format: Format) -> bool:
    """Whether the last row was cut off in the middle; a last line of text without an end is whole all the same."""
    if not log_format.has_requests or inspection.ended:
        return False
    last = inspection.open_line.decode("utf-8", errors="replace").lstrip("\ufeff")
    return bool(last.strip()) and not log_format.recognises(last)


def _reading(
    path: Path, shown: str, sha256: str, source: Source, facts: Facts, tally: Path, work: Workplace
) -> Reading:
    """The reading of a counted file, with the ways in which it is known to be cut off."""
    rows = dict(
        work.connection.execute(
            "SELECT name, sum(count)::BIGINT FROM read_parquet($tally) WHERE name IN ('lines', 'duplicate', 'partial')"
            " GROUP BY name",
            {"tally": str(tally)},
        ).fetchall()
    )
    banners = work.connection.execute(
        "SELECT detail FROM read_parquet($tally) WHERE name = 'banner' ORDER BY detail", {"tally": str(tally)}
    ).fetchall()
    log_format, problems = source.format, []
    lines = rows.get("lines", 0) + rows.get("duplicate", 0)
    if lines in log_format.row_limits:
        text = f"{shown} holds exactly {lines:,} rows, a number at which the tool stops: older ones may be missing"
        problems.append(Problem("cut off", text))
    if facts.torn:
        problems.append(Problem("cut off", f"{shown}:{facts.lines}: the last row is torn"))
    if facts.repeats_pages:
        text = f"{shown} holds the same page of rows again and again ({facts.repeated_lines:,} repeated rows)"
        problems.append(Problem("cut off", text))
    if rows.get("partial"):
        text = f"{shown} holds only the first message of each request ({rows['partial']:,} rows have no 'logs')"
        problems.append(Problem("cut off", text, f"update the tool to vercel@50.42 or later, then {WORKING_COMMAND}"))
    if said := first_problem(work.mask(detail) for (detail,) in banners if detail):
        problems.append(Problem("cut off", f"{shown}: {said[1]} ({said[0]!r})"))
    return Reading(path, shown, sha256, log_format, facts, tally, source, tuple(problems))


def _no_file(path: Path, shown: str) -> Problem:
    """Something that is there but no file; a pipe is not opened, because nobody may ever write into it."""
    if path.is_fifo():
        return Problem("missing", f"{shown} is a pipe, no file", "send what comes out of it to --logs=-")
    return Problem("missing", f"{shown} is no file")


def _empty(shown: str) -> Problem:
    text = (
        f"{shown} is empty (0 bytes): `vercel logs --production` leaves such a file, because the option --production "
        "does not exist, and without --json the rows go to stderr"
    )
    return Problem("empty", text)


def _not_logs(shown: str, start: bytes, mask: Callable[[str], str]) -> Problem:
    lines = [mask(line) for line in head_lines(start)]
    if said := first_problem(lines):
        hint = "; the option --production does not exist" if "--production" in said[0] else ""
        return Problem("tool", f"{shown} holds no logs: {said[1]} ({said[0]!r}){hint}")
    if not lines:
        return Problem("empty", f"{shown} holds blank lines alone")
    formats = ", ".join(known.title for known in FORMATS)
    seen = "; ".join(repr(line[:80]) for line in lines[:SHOWN_LINES])
    return Problem("unknown", f"{shown} is in no known format: it begins with {seen}; known formats: {formats}")
