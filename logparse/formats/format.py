"""The shape that every log format has: a name, a test for one line, and the SELECT that makes records of lines."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Format:
    """One log format.

    ``recognises`` tells whether one line of text is in this format. ``select`` is a SELECT over
    ``lines(file, number, line)`` with the columns of records.COLUMNS. ``carries_status``: whether it holds the HTTP status of requests. ``row_limit``:
    the number of rows at which its tool stops unless told otherwise, so that a file of just as many is suspicious.
    ``has_requests``: whether its records carry the id of a request. ``command``: how to collect such logs wholly.
    """

    name: str
    title: str
    recognises: Callable[[str], bool]
    select: str
    carries_status: bool = False
    row_limit: int | None = None
    has_requests: bool = False
    command: str = ""
