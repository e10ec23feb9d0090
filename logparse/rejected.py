"""The lines of a file that could not be read: the first few, each with its number, its text and the reason."""

from logparse.counting import records_of
from logparse.reading import Reading, readable_source
from logparse.verdict import RejectedLine
from logparse.workplace import Workplace

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
    records = records_of(work.connection, [readable_source(reading, work)], numbered=True)
    rows = work.connection.execute(f"WITH numbered AS ({records}) {FIRST_REJECTED}").fetchall()
    reason = f"read as {reading.format.title}, it needs {reading.format.needs}"
    return tuple(RejectedLine(number, work.mask(text or "")[:SHOWN_LENGTH], reason) for number, text in rows)
