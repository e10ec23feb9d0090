"""The record: the contract between the log formats and all the rest.

Every format is one ``SELECT`` that turns ``lines(file, number, line)`` into rows of these columns. A row is either
one record, or one physical line that holds none; ``line_class`` says which. A line that holds several records (a
Vercel row with its messages) gives several rows, of which the first has ``opens_line``.
"""

from collections.abc import Mapping
from types import MappingProxyType

COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "line_class": "VARCHAR: 'records' for a record; else 'continuation', 'blank', 'banner' or 'rejected'",
        "file": "INTEGER: the place of the file among those that are read together; 0 where one is read alone",
        "number": "BIGINT: the number of the line in its file, from 1; 0 where lines were not numbered, for speed",
        "opens_line": "BOOLEAN: the first row of its physical line; lines are counted by it",
        "time": "TIMESTAMP in UTC, to the microsecond; NULL where the line holds no record",
        "level": "VARCHAR in lower case as the platform has it; NULL where the message has no level of its own",
        "message": "VARCHAR: the message without time, prefix and level; '' for a request that printed none",
        "request": "VARCHAR: the id of the request, by which records that were fetched twice count once; NULL if none",
        "method": "VARCHAR: the HTTP method, or NULL",
        "status": "INTEGER: the HTTP status; 0 unknown, -1 crashed; NULL where the format has none",
        "path": "VARCHAR: the HTTP path, or NULL",
        "environment": "VARCHAR: production, preview, ...; NULL where the format has none",
        "deployment": "VARCHAR: the id of the deployment; NULL where the format has none",
        "partial": "BOOLEAN: stands for a request of which messages are known to be missing",
    }
)

LINE_CLASSES = ("records", "continuation", "blank", "banner", "duplicate", "outside_soak", "later", "rejected")
"""The classes of physical lines: each line of a file is in exactly one."""

UNTIMED_CLASSES = ("continuation", "blank", "banner", "rejected")
"""The classes that a format gives itself; the others follow from the time of a line's records."""
