"""The shape that every log format has: a name, a test for one line, and the SELECT that makes records of lines."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class FastReading:
    """A quicker way to read files of a format whose first lines ``fit``: by a reader of their own, see readers.py.

    ``select`` is as in Format, over ``lines(file, number, *columns)`` with the columns of the reader. A line that it
    would read wrongly opens no line: it is missing in their count, and a file with any such line is read in the usual
    way. So is one with colours, with an overlong line, or with rows that repeat. Empty lines are not seen by it.
    """

    fits: Callable[[Sequence[str]], bool]
    reader: str
    select: str


@dataclass(frozen=True)
class Format:
    """One log format.

    ``recognises`` tells whether one line of text is in this format; ``needs`` says in words what a line needs to be
    read. ``select`` is a SELECT over ``lines(file, number, line, first_date, place)`` with the columns of
    records.COLUMNS; ``place`` (records.PLACES) matters to formats of JSON alone, whose documents are unfolded.

    What it can carry: ``carries_status``, the HTTP status of requests; ``has_requests``, the id of each record's
    request; ``timeless``, no time at all, so that its records can only be counted.

    How its lines hang together: ``line_by_line``, each is read by itself, so that a file may be counted in stretches
    that are cut behind any line; ``ordered``, a line takes something from those above it; ``clocked``, lines tell the
    time of day and no date: a SELECT over ``lines`` with (number, clock), see clock.py; ``as_written``, one machine
    wrote them, in the order in which they stand; ``is_json``, a last line that is not recognised was torn, and
    documents over many lines are unfolded; ``mixed``, lines between its entries may be the bot's own.

    What shows that a collection stopped early: ``row_limits``, the numbers of rows at which its tool stops, by itself
    or by the documented command; ``lacks``, what is missing by the tool's own lines (how often each
    stands there) and the number of rows, empty where nothing is.

    ``asked_for``: the user described it, so it is taken wherever it fits at all.

    ``variables`` are values that ``select`` reads with getvariable; ``fast`` is a quicker way to the same records, for
    files that allow it.
    """

    name: str
    title: str
    recognises: Callable[[str], bool]
    select: str
    needs: str
    carries_status: bool = False
    has_requests: bool = False
    timeless: bool = False
    line_by_line: bool = False
    ordered: bool = False
    clocked: str = ""
    as_written: bool = False
    is_json: bool = False
    mixed: bool = False
    row_limits: tuple[int, ...] = ()
    lacks: Callable[[Mapping[str, int], int], str] = lambda banners, rows: ""
    asked_for: bool = False
    variables: Mapping[str, str] = field(default_factory=dict)
    fast: FastReading | None = None
