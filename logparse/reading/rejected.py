"""The rejected lines of a file: the first few, each with its number, its text and the reason."""

from collections.abc import Sequence
from pathlib import Path

from logparse.counting.engine import LogSource, records_of
from logparse.reading.reading import Reading
from logparse.reading.workplace import Workplace
from logparse.values.file_account import RejectedLine

SHOWN = 3
"""The number of rejected lines shown per file."""

SHOWN_LENGTH = 120
"""The most characters shown of a rejected line."""

FIRST_REJECTED = f"""
SELECT file, number - before AS number, left(message, {2 * SHOWN_LENGTH}) FROM (
    SELECT *, min(number) OVER (PARTITION BY file) - 1 AS before FROM numbered
)
WHERE line_class = 'rejected'
QUALIFY row_number() OVER (PARTITION BY file ORDER BY number) <= {SHOWN}
ORDER BY file, number
"""
"""The first rejected lines by file; lines are numbered through all files that are read together."""


def rejected_of(readings: Sequence[Reading], work: Workplace) -> dict[Path, tuple[RejectedLine, ...]]:
    """Returns the first rejected lines of counted files, masked and cut; reads the files once more."""
    rows = work.readers.rejected(readings, work)
    return {each.path: _shown(each, lines, work) for each, lines in zip(readings, rows, strict=True)}


def _shown(reading: Reading, rows: Sequence[tuple[int, str]], work: Workplace) -> tuple[RejectedLine, ...]:
    title, needs = (reading.format.title, reading.format.needs) if reading.format else ("", "")
    reason = f"read as {title}, it needs {needs}"
    return tuple(RejectedLine(number, work.mask(text)[:SHOWN_LENGTH], reason) for number, text in rows)


def first_rejected(sources: Sequence[LogSource], work: Workplace) -> list[list[tuple[int, str]]]:
    """Returns the first rejected lines of each source unmasked, each with its number; reads all sources."""
    records = records_of(work.connection, sources, numbered=True)
    found: list[list[tuple[int, str]]] = [[] for _ in sources]
    for file, number, text in work.connection.execute(f"WITH numbered AS ({records}) {FIRST_REJECTED}").fetchall():
        found[file].append((number, text or ""))
    return found
