"""The record: the contract between the log formats and all other stages.

Every format is one ``SELECT`` that turns ``lines(file, number, line)`` into rows of these columns. A row is either one
record, or one physical line without a record; ``line_class`` tells which. A line with several records (a Vercel row
with its messages) gives several rows, of which the first has ``opens_line``.
"""

from collections.abc import Mapping
from types import MappingProxyType

from logparse.tables import table

COLUMNS: Mapping[str, str] = MappingProxyType(table("values/records"))
"""The columns of a record, in order, each with its type and meaning."""

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
