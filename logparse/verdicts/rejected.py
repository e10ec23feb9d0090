"""The lines of a file that could not be read: the first few, each with its number, its text and the reason."""

from collections.abc import Sequence

from logparse.counting.engine import Source, records_of
from logparse.reading.log_file import Reading, readable_source
from logparse.reading.workplace import Workplace
from logparse.verdicts.verdict import RejectedLine

SHOWN = 3
"""How many rejected lines of a file are shown."""

SHOWN_LENGTH = 120
"""Characters of a rejected line that are shown."""

FIRST_REJECTED = f"""
SELECT number, left(message, {2 * SHOWN_LENGTH}) FROM numbered
WHERE line_class = 'rejected' ORDER BY number LIMIT {SHOWN}
"""


def rejected_of(reading: Reading, work: Workplace) -> tuple[RejectedLine, ...]:
    """The first rejected lines of a file that was counted, masked and cut; reads the file once more."""
    if reading.format is None or reading.tally is None:
        return ()
    rows: Sequence[tuple[int, str]]
    if work.elsewhere:
        rows = work.elsewhere.rejected(reading.path)
    else:
        rows = first_rejected(readable_source(reading, work), work)
    reason = f"read as {reading.format.title}, it needs {reading.format.needs}"
    return tuple(RejectedLine(number, work.mask(text)[:SHOWN_LENGTH], reason) for number, text in rows)


def first_rejected(source: Source, work: Workplace) -> list[tuple[int, str]]:
    """The first rejected lines of a source as they are, each with its number; reads all of it."""
    records = records_of(work.connection, [source], numbered=True)
    rows = work.connection.execute(f"WITH numbered AS ({records}) {FIRST_REJECTED}").fetchall()
    return [(number, text or "") for number, text in rows]
