"""The record: the contract between the log formats and all other stages.

Every format is one ``SELECT`` that turns ``lines(file, number, line)`` into rows of these columns. A row is either one
record, or one physical line without a record; ``line_class`` tells which. A line with several records (a Vercel row
with its messages) gives several rows, of which the first has ``opens_line``.
"""

from collections.abc import Mapping
from types import MappingProxyType

COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "line_class": "VARCHAR: 'records' for a record; else one of UNTIMED_CLASSES",
        "file": "INTEGER: the place of the file among those that are read together; 0 where one is read alone",
        "number": "BIGINT: which line of its file, see LINES; 0 where lines were not numbered, for speed",
        "opens_line": "BOOLEAN: the first row of its physical line; lines are counted by it",
        "opens_id": "BOOLEAN: the first of the records that came as one, under one id; requests are counted by it",
        "time": "TIMESTAMP in UTC, to the microsecond; NO_TIME where the format has none; NULL without a record",
        "level": "VARCHAR: one of levels.WORDS; of another word, levels.UNKNOWN and the word; NULL where none is told",
        "message": "VARCHAR: the message without time, prefix and level; '' for a request that printed none",
        "id": "VARCHAR: what tells the same line fetched twice from two alike; NULL where the format has no such thing",
        "request": "VARCHAR: the id of the request that the record belongs to; NULL if none",
        "method": "VARCHAR: the HTTP method, or NULL",
        "status": "INTEGER: the HTTP status; 0 unknown, -1 crashed; NULL where the format has none",
        "path": "VARCHAR: the HTTP path, or NULL",
        "environment": "VARCHAR: production, preview, ...; NULL where the format has none",
        "deployment": "VARCHAR: the id of the deployment; NULL where the format has none",
        "project": "VARCHAR: the id of the project at the platform; NULL where the format has none",
        "partial": "BOOLEAN: stands for a request of which messages are known to be missing",
        "truncated": "BOOLEAN: the platform cut the end of the message off",
        "ambiguous": "BOOLEAN: the time is local and its hour is one that the clock repeats",
    }
)

LINES = 1 << 40
"""The modulus of ``number``: the remainder is the number of the physical line, from 1; entries of one line share it."""

OPENS, SHARES, INSIDE = "opens", "shares", "inside"
PLACES = (OPENS, SHARES, INSIDE)
"""The position of a JSON entry among the physical lines: the first to begin on its line, one after another on the same
line; or a line on which none begins, inside of an entry or with a bracket.
"""

NO_TIME = "TIMESTAMP '1000-01-01 (BC)'"
"""The time, in SQL, of records whose format has none: they are counted, and are in no window."""


NO_TIME_MINUTE = -1_561_543_200
"""The minutes from 1970 to ``NO_TIME``; no clock that was never set comes near it."""

LINE_CLASSES = ("records", "continuation", "blank", "banner", "duplicate", "outside_soak", "later", "rejected")
"""The classes of physical lines: each line of a file is in exactly one."""

UNTIMED_CLASSES = ("continuation", "blank", "banner", "rejected", "duplicate")
"""The classes that a format assigns itself; the others follow from the time of a line's records.

A format assigns ``duplicate`` if another line of the same file holds all records of the line too.
"""
