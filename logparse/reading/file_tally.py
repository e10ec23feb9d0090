"""The tally of one log file: counted by the quicker way where that fits, else in the usual one, or from a copy."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import duckdb

from logparse.counting.cache import MENDED, UNFOLDED, Facts
from logparse.counting.engine import Source, fast_records_of, records_of, set_variables, with_events
from logparse.counting.once import RECORDS_ONCE, keep_once, repeats_pages
from logparse.counting.tally import tally_events
from logparse.reading.workplace import Workplace
from logparse.storage.files import Inspection, empty_lines, head_lines, inspect, is_utf16, mend
from logparse.storage.unfold import unfold
from logparse.values.patterns import quoted


def count(source: Source, start: bytes, work: Workplace, document: bool = False) -> tuple[Inspection, Facts, Path]:
    """Counts a file that begins with ``start``: what a look at its bytes told, its facts, and its tally (Parquet).

    ``document``: it holds JSON documents that are to be unfolded.
    OSError, EOFError or duckdb.Error where it cannot be read to its end.
    """
    tally = work.scratch / f"{uuid4().hex}.parquet"
    # The sha256 is made beside the counting: hashing takes one core and no lock, and DuckDB waits for the disk anyway.
    with ThreadPoolExecutor(1) as pool:
        inspecting = pool.submit(inspect, source.path)
        if source.compression != "none":
            # What expands without an end must not come to the engine, so this one is looked through before.
            inspecting.result()
        facts = (
            _count_unfolded(source, tally, work) if document else _count_itself(source, start, tally, inspecting, work)
        )
        inspection = inspecting.result()
    if facts is None or ((facts.lines != inspection.lines or len(inspection.ends) > 1) and not document):
        # DuckDB saw fewer lines than there are: some are too long for it, or no UTF-8. Where lines end in several ways
        # it sees lines that are not there, which may hide others that it does not see.
        facts = replace(_count(copied(source, MENDED, work), tally, work), copy=MENDED)
    torn = facts.torn or (source.format.is_json and not document and _is_torn(inspection, source))
    return inspection, replace(facts, lines=inspection.lines, torn=torn), tally


def _count_itself(
    source: Source, start: bytes, tally: Path, inspecting: "Future[Inspection]", work: Workplace
) -> Facts | None:
    """Counts a file from its own lines; None where DuckDB cannot read them."""
    fast = _count_fast(source, start, tally, inspecting, work)
    return fast or (None if is_utf16(start) else _count(source, tally, work))


def copied(source: Source, kind: str, work: Workplace) -> Source:
    """A source with the same lines that DuckDB reads, as a copy of a kind in the folder for temporary files."""
    copy = work.scratch / f"{uuid4().hex}.{kind}"
    if kind == UNFOLDED:
        unfold(source.path, copy)
    else:
        mend(source.path, copy)
    return replace(source, path=copy, compression="none", unfolded=kind == UNFOLDED)


def _count_unfolded(source: Source, tally: Path, work: Workplace) -> Facts:
    """Counts a file of JSON documents from a copy with one entry a line."""
    copy = work.scratch / f"{uuid4().hex}.{UNFOLDED}"
    torn = unfold(source.path, copy)
    facts = _count(replace(source, path=copy, compression="none", unfolded=True), tally, work)
    return replace(facts, torn=torn, copy=UNFOLDED)


def _count_fast(
    source: Source, start: bytes, tally: Path, inspecting: "Future[Inspection]", work: Workplace
) -> Facts | None:
    """Counts a source by the quicker way of its format; None where that does not fit every line of the file."""
    fast, connection = source.format.fast, work.connection
    if fast is None or is_utf16(start) or not fast.fits(head_lines(start)):
        return None
    events = with_events(connection, work.rules, fast_records_of(connection, source, fast))
    repeated_lines = tally_events(connection, events, into="counted")
    inspection = inspecting.result()
    if repeated_lines or inspection.coloured or inspection.overlong:
        return None
    unseen = inspection.lines - _lines_seen(connection)
    if unseen and unseen != empty_lines(source.path):
        return None
    if unseen:
        set_variables(connection, {"empty": unseen})
        connection.execute("INSERT INTO counted (name, count) VALUES ('blank', getvariable('empty'))")
    _save(connection, tally)
    return Facts(inspection.lines, quick=True)


def _count(source: Source, tally: Path, work: Workplace) -> Facts:
    """Counts a source into a Parquet file; ``lines`` of the facts are those that DuckDB saw."""
    connection = work.connection
    events = with_events(connection, work.rules, records_of(connection, [source], numbered=False))
    repeated_lines, pages = tally_events(connection, events, into="counted"), False
    if repeated_lines:
        pages = _count_once(source, work)
    _save(connection, tally)
    return Facts(_lines_seen(connection), repeated_lines=repeated_lines, repeats_pages=pages)


def _lines_seen(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute(
        "SELECT sum(count)::BIGINT FROM counted WHERE name = 'lines' OR minute IS NULL AND name <> 'unread'"
    ).fetchone()
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
    tally_events(connection, with_events(connection, work.rules, RECORDS_ONCE), into="counted")
    duplicates = int(before[0] if before else 0) - sum(lines for _, _, lines in kept)
    connection.execute("INSERT INTO counted SELECT * FROM untimed")
    set_variables(connection, {"duplicates": duplicates})
    connection.execute("INSERT INTO counted (name, count) VALUES ('duplicate', getvariable('duplicates'))")
    return pages


def _is_torn(inspection: Inspection, source: Source) -> bool:
    """Whether the last row was cut off in the middle; a last line of text without an end is whole all the same."""
    if inspection.ended:
        return False
    last = inspection.open_line.decode("utf-8", errors="replace").lstrip("\ufeff")
    return bool(last.strip()) and not source.format.recognises(last)
