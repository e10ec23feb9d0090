"""The tallies of log files: counted by the quick way if it fits, else by the usual way, or from copies.

Files of one kind are counted in one statement, because planning it takes longer than reading a small file; a large
file is counted alone, in the same way.
"""

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import duckdb

from logparse.counting.backwards import LEAST_LINES, MOST_LINES, gone_back
from logparse.counting.cache import MENDED, UNFOLDED, CountedFile
from logparse.counting.deduplicate import RECORDS_ONCE, keep_once, repeats_pages
from logparse.counting.engine import LogSource, fast_records_of, records_of, with_events
from logparse.counting.tally import tally_events
from logparse.formats.sql.readers import table_writer, tables_folder, tables_writer
from logparse.reading.workplace import Workplace
from logparse.storage.files import Inspection, empty_lines, head_lines, inspect, is_utf16, mend
from logparse.storage.unfold import unfold

QUICK, USUAL = "quick", "usual"
"""The ways to count a file itself; the ways to count a copy are named after the kinds of copy."""


@dataclass(frozen=True)
class CountingTask:
    """A file to be counted, with the way suggested by its first lines."""

    source: LogSource
    way: str


@dataclass(frozen=True)
class FileTally:
    """The result of counting a file: the inspection of its bytes, its facts, and its tally (Parquet)."""

    inspection: Inspection
    facts: CountedFile
    tally: Path


def task_of(source: LogSource, start: bytes, document: bool) -> CountingTask:
    """Returns the task of counting a file that begins with ``start``; ``document``: it holds JSON documents."""
    if document:
        return CountingTask(source, UNFOLDED)
    if is_utf16(start):
        return CountingTask(source, MENDED)
    fits = source.format.fast is not None and source.format.fast.fits(head_lines(start))
    return CountingTask(source, QUICK if fits else USUAL)


def count(tasks: Sequence[CountingTask], work: Workplace) -> list[FileTally]:
    """Counts files of one format, compression and way, each separately; returns them in their order.

    Raises OSError, EOFError or duckdb.Error if one of them cannot be read to its end.
    """
    sources, way = [task.source for task in tasks], tasks[0].way
    # Hashing runs beside the counting: it takes one core and no lock, and DuckDB waits for the disk anyway.
    with ThreadPoolExecutor(1) as pool:
        inspecting = pool.submit(lambda: [inspect(source.path) for source in sources])
        if sources[0].compression != "none":
            # A decompression bomb must not reach the engine, so the inspection comes first.
            inspecting.result()
        found = _count_quick(sources, inspecting, work) if way == QUICK else {}
        if way in (QUICK, USUAL):
            usual = _count_some([at for at in range(len(sources)) if at not in found], sources, work)
            inspections = inspecting.result()
            # DuckDB skips lines that are too long for it or no UTF-8. With mixed line endings it sees lines that do not
            # exist, which may make up for skipped ones in the count.
            found |= {at: one for at, one in usual.items() if _is_whole(one[0], inspections[at])}
        elif way == UNFOLDED:
            found = _count_copies(UNFOLDED, range(len(sources)), sources, work)
        found |= _count_copies(MENDED, [at for at in range(len(sources)) if at not in found], sources, work)
        inspections = inspecting.result()
    found |= _with_clocks(found, sources, inspections, work)
    return [_file_tally(task, inspections[at], *found[at]) for at, task in enumerate(tasks)]


def _is_whole(facts: CountedFile, inspection: Inspection) -> bool:
    return facts.lines == inspection.lines and len(inspection.ends) <= 1


def _file_tally(task: CountingTask, inspection: Inspection, facts: CountedFile, tally: Path) -> FileTally:
    torn = facts.torn or (task.source.format.is_json and task.way != UNFOLDED and _is_torn(inspection, task.source))
    return FileTally(inspection, replace(facts, lines=inspection.lines, torn=torn), tally)


def _with_clocks(
    found: "_Found", sources: Sequence[LogSource], inspections: Sequence[Inspection], work: Workplace
) -> "_Found":
    """Returns the facts and tallies of the files whose clock goes back, with where it does; copies are not searched."""
    clocks: _Found = {}
    for quick in (True, False):
        places = [
            at
            for at, (facts, _) in found.items()
            if facts.quick == quick and not facts.copy and LEAST_LINES <= inspections[at].lines <= MOST_LINES
        ]
        several = [sources[at] for at in places] if sources[0].format.as_written else []
        for nth, back in gone_back(work.connection, several, quick).items():
            facts, tally = found[places[nth]]
            seconds = round(back.slip.total_seconds())
            told = replace(facts, backwards=back.times, back_line=back.line, back_seconds=seconds)
            clocks[places[nth]] = (told, tally)
    return clocks


_Found = dict[int, tuple[CountedFile, Path]]
"""The facts and tallies of some files, by their places; ``lines`` of the facts counts the lines that DuckDB saw."""


def _count_quick(sources: Sequence[LogSource], inspecting: "Future[list[Inspection]]", work: Workplace) -> _Found:
    """Counts sources by the quick way of their format; leaves out those with a line that it does not fit."""
    fast, connection = sources[0].format.fast, work.connection
    if fast is None:
        return {}
    events = with_events(connection, work.rules, fast_records_of(connection, sources, fast))
    repeated = tally_events(connection, events, into="counted", by_file=True)
    seen, blank = _lines_seen(connection), {}
    for at, inspection in enumerate(inspecting.result()):
        unseen = inspection.lines - seen.get(at, 0)
        if at in repeated or inspection.coloured or inspection.overlong:
            continue
        if not unseen or unseen == empty_lines(sources[at].path):
            blank[at] = unseen
    tallies = _saved(blank, {at: unseen for at, unseen in blank.items() if unseen}, work)
    return {at: (CountedFile(seen.get(at, 0) + blank[at], quick=True), tally) for at, tally in tallies.items()}


def _count_copies(kind: str, places: Sequence[int], sources: Sequence[LogSource], work: Workplace) -> _Found:
    """Counts some of the sources from copies of a kind, which are removed afterwards."""
    copies, torn = list(sources), {}
    for at in places:
        copies[at], torn[at] = _copy(sources[at], kind, work)
    found = _count_some(places, copies, work)
    for at in places:
        copies[at].path.unlink()
    return {at: (replace(facts, copy=kind, torn=torn[at]), tally) for at, (facts, tally) in found.items()}


def copied(source: LogSource, kind: str, work: Workplace) -> LogSource:
    """Copies a source to the folder for temporary files, so that DuckDB reads the same lines."""
    return _copy(source, kind, work)[0]


def _copy(source: LogSource, kind: str, work: Workplace) -> tuple[LogSource, bool]:
    """Copies a source; returns the copy, and whether the end of a document is missing."""
    copy, torn = work.scratch / f"{uuid4().hex}.{kind}", False
    if kind == UNFOLDED:
        torn = unfold(source.path, copy)
    else:
        mend(source.path, copy)
    return replace(source, path=copy, compression="none", unfolded=kind == UNFOLDED), torn


def _count_some(places: Sequence[int], sources: Sequence[LogSource], work: Workplace) -> _Found:
    """Counts some of the sources by the usual way."""
    if not places:
        return {}
    connection, several = work.connection, [sources[at] for at in places]
    events = with_events(connection, work.rules, records_of(connection, several, numbered=False))
    repeated = tally_events(connection, events, into="counted", by_file=True)
    seen = _lines_seen(connection)
    tallies = _saved([at for at in range(len(several)) if at not in repeated], {}, work)
    found = {places[at]: (CountedFile(seen.get(at, 0)), tally) for at, tally in tallies.items()}
    for at, lines in repeated.items():
        pages, tally = _count_once(at, several[at], work)
        facts = CountedFile(seen.get(at, 0), repeated_lines=lines, repeats_pages=pages)
        found[places[at]] = (facts, tally)
    return found


def _lines_seen(connection: duckdb.DuckDBPyConnection) -> dict[int, int]:
    """Counts the physical lines in the tallies of ``counted``, by file."""
    statement = """
        SELECT file, sum(count)::BIGINT FROM counted
        WHERE name = 'lines' OR minute IS NULL AND name <> 'unread' GROUP BY file
    """
    return {file: lines or 0 for file, lines in connection.execute(statement).fetchall()}


def _saved(places: Collection[int], blank: Mapping[int, int], work: Workplace) -> dict[int, Path]:
    """Saves the tallies of some files in ``counted`` as Parquet each; ``blank``: empty lines to add, by file."""
    connection, folder = work.connection, work.scratch / f"{uuid4().hex}.tallies"
    if blank:
        connection.execute(
            "INSERT INTO counted (file, name, count) SELECT unnest($files::INTEGER[]), 'blank', unnest($counts)",
            {"files": list(blank), "counts": list(blank.values())},
        )
    if len(places) > 1:
        connection.execute(tables_writer("(FROM counted ORDER BY file)", "file", folder))
    written = {at: list(tables_folder(folder, "file", at).glob("*")) for at in places}
    # Nothing is written for a file without rows, and a large table may be written in several parts.
    return {at: paths[0] if len(paths) == 1 else _saved_alone("counted", at, work) for at, paths in written.items()}


def _saved_alone(table: str, at: int, work: Workplace) -> Path:
    path = work.scratch / f"{uuid4().hex}.parquet"
    work.connection.execute(table_writer(f"(SELECT * EXCLUDE (file) FROM {table} WHERE file = {at})", path))
    return path


def _count_once(at: int, source: LogSource, work: Workplace) -> tuple[bool, Path]:
    """Counts a source again, each record once; returns whether whole pages repeat, and the tally.

    Lines without records keep their counts; lines left out this time become duplicates.
    """
    connection = work.connection
    before = connection.execute("SELECT sum(count) FROM counted WHERE name = 'lines' AND file = ?", [at]).fetchone()
    kept = keep_once(connection, [source], minutes=[])
    pages = repeats_pages(connection)
    tally_events(connection, with_events(connection, work.rules, RECORDS_ONCE), into="counted_once")
    duplicates = int(before[0] or 0 if before else 0) - sum(lines for _, _, lines in kept)
    connection.execute(
        "INSERT INTO counted_once SELECT * REPLACE (0 AS file) FROM counted WHERE minute IS NULL AND file = ?", [at]
    )
    connection.execute("INSERT INTO counted_once (file, name, count) VALUES (0, 'duplicate', ?)", [duplicates])
    return pages, _saved_alone("counted_once", 0, work)


def _is_torn(inspection: Inspection, source: LogSource) -> bool:
    """Tells whether the last row was cut off; a last line of text without a newline counts as whole."""
    if inspection.ended:
        return False
    last = inspection.open_line.decode("utf-8", errors="replace").lstrip("\ufeff")
    return bool(last.strip()) and not source.format.recognises(last)
