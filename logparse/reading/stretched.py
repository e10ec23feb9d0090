"""Counting a large file in stretches, each as if it were a file, and the one tally that they make together."""

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
    """A stretch of a file that was counted: its physical lines, and its scan (Parquet), which adds up.

    ``blank``: lines that no row of the scan stands for, because the quicker way of reading does not see them;
    ``torn``: its last row is cut off; ``copy``: the kind of copy that was read for it; ``minutes``: those in which it
    has records; ``rejected``: its lines that could not be read; ``ends``: the ways in which its lines end.
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
    """Counts a stretch that lies in a file of its own; ``mended``: a mended copy is read, as for its neighbours.

    Errors as those of ``file_tally.count``.
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
    """Whether some stretches were not read from mended copies and the whole file would be: it is read in one way.

    ``copies``: the kind of copy that was read for each; ``ends``: the ways in which any of their lines end.
    """
    return not all(copies) and (any(copies) or len(ends) > 1)


def added(stretches: Sequence[CountedStretch], work: Workplace) -> CountedStretch:
    """Some neighbouring stretches as one, so that many can be added in a tree."""
    scans = table_reader(stretch.scan for stretch in stretches)
    work.connection.execute(f"CREATE OR REPLACE TEMP TABLE scans AS SELECT * FROM {scans}")
    work.connection.execute(f"CREATE OR REPLACE TEMP TABLE added AS {ADD_SCANS}")
    return replace(
        _sum(stretches),
        scan=_saved("added", work),
        minutes=tuple(sorted({minute for stretch in stretches for minute in stretch.minutes})),
    )


def rejoined(stretches: Sequence[CountedStretch], work: Workplace) -> tuple[CountedFile, Path] | None:
    """The facts and the tally (Parquet) of the file that these stretches are, in their order.

    None where rows of it stand twice: such a file is to be counted whole.
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
