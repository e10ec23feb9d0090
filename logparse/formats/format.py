"""The shape of a log format: a name, a test for one line, and the SELECT that makes records of lines."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class FastReading:
    """A faster way to read a file whose first lines ``fits`` accepts, by its own reader; see sql/readers.py.

    ``select`` is as in Format, over ``lines(file, number, *columns)`` with the columns of the reader. A line that it
    would misread opens no line, so it is missing in the count, and such a file is read in the usual way; so is one with
    colours, overlong lines or repeated rows. It does not see empty lines.
    """

    fits: Callable[[Sequence[str]], bool]
    reader: str
    select: str


@dataclass(frozen=True)
class Format:
    """One log format.

    ``recognises`` tests whether a line of text is in this format; ``needs`` says what a line needs to be read, in
    words. ``select`` is a SELECT over ``lines(file, number, line, first_date, place)`` with the columns of
    records.COLUMNS; ``place`` (records.PLACES) matters only to formats of JSON, whose documents are unfolded.

    What its records hold: ``carries_status``, the HTTP status of requests; ``has_requests``, the request's id;
    ``timeless``, no time at all, so that records can only be counted.

    How its lines are related: ``line_by_line``, not at all, so a file may be counted in stretches cut at any line end;
    ``ordered``, a line takes something from those above it; ``clocked``, lines have a time of day and no date: a SELECT
    over ``lines`` with (number, clock), see sql/missing_date.py; ``as_written``, one machine wrote them, in this order;
    ``is_json``, an unrecognised last line was torn, and documents over many lines are unfolded; ``mixed``, lines
    between its entries may be the bot's own.

    Signs that a collection stopped early: ``row_limits``, the numbers of rows at which its tool stops, by default or by
    the documented command; ``lacks``, what is missing, from the tool's own lines (with how often each occurs) and the
    number of rows; empty if nothing is.

    ``asked_for``: the settings describe it, so it is taken if any line matches. ``variables``: values that ``select``
    reads with getvariable. ``fast``: a faster way to the same records, for files that allow it.
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
