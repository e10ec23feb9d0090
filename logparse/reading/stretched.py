"""The count of a large file in byte ranges, each counted like a file, and then added to one tally."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import duckdb

from logparse.counting.cache import MENDED, CountedFile
from logparse.counting.codes import code
from logparse.counting.engine import LogSource
from logparse.counting.scan import ADD_SCANS
from logparse.counting.tally import tally_scans
from logparse.formats.sql.readers import table_reader, table_writer
from logparse.reading.file_tally import copied, count, task_of
from logparse.reading.workplace import Workplace
from logparse.storage.files import head


@dataclass(frozen=True)
class CountedStretch:
    """A counted byte range of a file: its physical lines, and its scan (Parquet), which can be added to others.

    ``blank``: lines without a row in the scan, because the quick way does not see them; ``torn``: its last row is cut
    off; ``copy``: the kind of copy that was read; ``minutes``: those with records; ``rejected``: its rejected lines;
    ``ends``: the line endings in it.
    """

    lines: int
    blank: int
    torn: bool
    copy: str
    scan: Path
    minutes: tuple[int, ...] = ()
    rejected: int = 0
    ends: frozenset[str] = frozenset()


SEEN = f"SELECT sum(lines), sum(lines) FILTER (code = {code('rejected')}) FROM scan"


def count_stretch(source: LogSource, mended: bool, work: Workplace) -> CountedStretch:
    """Counts a byte range saved as a file; ``mended``: reads a mended copy, as for its neighbours.

    Raises the errors of ``file_tally.count``.
    """
    readable = copied(source, MENDED, work) if mended else source
    (counted,) = count([task_of(readable, head(readable.path), document=False)], work)
    inspection, facts = counted.inspection, counted.facts
    if mended:
        readable.path.unlink()
    seen, rejected = _row(work.connection, SEEN)
    minutes = work.connection.execute(
        "SELECT DISTINCT minute FROM scan WHERE minute IS NOT NULL ORDER BY minute"
    ).fetchall()
    return CountedStretch(
        lines=inspection.lines,
        blank=inspection.lines - seen,
        torn=facts.torn,
        copy=MENDED if mended else facts.copy,
        scan=_saved("scan", work),
        minutes=tuple(minute for (minute,) in minutes),
        rejected=rejected,
        ends=inspection.ends,
    )


def differ(copies: Sequence[str], ends: frozenset[str]) -> bool:
    """Tells whether some ranges were not read from mended copies although the whole file would be.

    ``copies``: the kind of copy read for each range; ``ends``: the line endings of all ranges.
    """
    return not all(copies) and (any(copies) or len(ends) > 1)


def added(stretches: Sequence[CountedStretch], work: Workplace) -> CountedStretch:
    """Adds neighbouring ranges to one, so that many can be added in a tree."""
    scans = table_reader(stretch.scan for stretch in stretches)
    work.connection.execute(f"CREATE OR REPLACE TEMP TABLE scans AS SELECT * FROM {scans}")
    work.connection.execute(f"CREATE OR REPLACE TEMP TABLE added AS {ADD_SCANS}")
    return replace(
        _sum(stretches),
        scan=_saved("added", work),
        minutes=tuple(sorted({minute for stretch in stretches for minute in stretch.minutes})),
    )


def rejoined(stretches: Sequence[CountedStretch], work: Workplace) -> tuple[CountedFile, Path] | None:
    """Returns the facts and the tally (Parquet) of the file made of these ranges, in their order.

    None if rows of it repeat: such a file is to be counted whole.
    """
    connection = work.connection
    if tally_scans(connection, [stretch.scan for stretch in stretches], into="counted"):
        return None
    whole = _sum(stretches)
    if whole.blank:
        connection.execute("INSERT INTO counted (name, count) VALUES ('blank', ?)", [whole.blank])
    return CountedFile(whole.lines, torn=whole.torn, copy=whole.copy), _saved(
        "(SELECT * EXCLUDE (file) FROM counted)", work
    )


def _sum(stretches: Sequence[CountedStretch]) -> CountedStretch:
    return CountedStretch(
        lines=sum(stretch.lines for stretch in stretches),
        blank=sum(stretch.blank for stretch in stretches),
        torn=any(stretch.torn for stretch in stretches),
        copy=max(stretch.copy for stretch in stretches),
        scan=stretches[0].scan,
        rejected=sum(stretch.rejected for stretch in stretches),
        ends=frozenset().union(*(stretch.ends for stretch in stretches)),
    )


def _saved(table: str, work: Workplace) -> Path:
    path = work.scratch / f"{uuid4().hex}.parquet"
    work.connection.execute(table_writer(table, path))
    return path


def _row(connection: duckdb.DuckDBPyConnection, statement: str) -> tuple[int, ...]:
    row = connection.execute(statement).fetchone() or ()
    return tuple(int(value or 0) for value in row)
