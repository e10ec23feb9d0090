"""The shape that every log format has: a name, a test for one line, and the SELECT that makes records of lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class FastReading:
    """A quicker way to read files of a format whose lines ``fit``: cut into ``columns`` at a delimiter by the reader.

    ``select`` is as in Format, over ``lines(file, number, *columns)``; ``unfit`` is an SQL condition on a line that
    this way would read wrongly: a file with any such line is read in the usual way. Empty lines are not seen by it.
    """

    fits: Callable[[Sequence[str]], bool]
    delimiter: str
    columns: tuple[str, ...]
    select: str
    unfit: str


@dataclass(frozen=True)
class Format:
    """One log format.

    ``recognises`` tells whether one line of text is in this format. ``select`` is a SELECT over
    ``lines(file, number, line)`` with the columns of records.COLUMNS. ``carries_status``: whether it holds the HTTP
    status of requests. ``row_limits``: the numbers of rows at which its tool stops, by itself or by the documented
    command, so that a file of just as many is suspicious. ``has_requests``: whether its records carry the id of a
    request. ``fast``: a quicker way to the same records, for files that allow it.
    """

    name: str
    title: str
    recognises: Callable[[str], bool]
    select: str
    carries_status: bool = False
    row_limits: tuple[int, ...] = ()
    has_requests: bool = False
    fast: FastReading | None = None
