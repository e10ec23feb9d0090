"""Logs that are damaged, or are not all of what was to be collected."""

import gzip
import json

from tests.runs.bad_inputs.case import NOT_JUDGED, Case, log
from tests.scenarios.scenario import START
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import write_text, write_vercel
from tests.scenarios.writers.soak import compressed

DAY = steady_day(START, hours=4, deliveries=50)
CONTENT = write_vercel(DAY)
TEXT = write_text(DAY)
LINES = CONTENT.splitlines(keepends=True)
MIDDLE = len(LINES) // 2
MANY = write_vercel(steady_day(START, hours=4, deliveries=200)).splitlines(keepends=True)


def _with(text: bytes, at: int) -> bytes:
    """The rows with a line of a tool among them."""
    return b"".join([*LINES[:at], text, *LINES[at:]])


def _row(**changes: object) -> bytes:
    """A row in which some values are others."""
    return json.dumps({**json.loads(LINES[0]), **changes}).encode() + b"\n"


def _lost(name: str, message: str, content: bytes) -> Case:
    return Case(name, NOT_JUDGED, message, (), log(content))


_LIMITED = b"Error: Too many requests (429)\n"

ROWS = (
    _lost("a torn last row", "the last row is torn", CONTENT[: CONTENT.rindex(b"logs")]),
    _lost("a torn gzip stream", "cannot be read to its end", gzip.compress(CONTENT)[:-900]),
    _lost("a torn zstd stream", "cannot be read to its end", compressed(CONTENT, "zst")[:-900]),
    _lost("a gzip stream with a wrong byte", "cannot be read to its end", gzip.compress(CONTENT)[:-6] + b"!!!!!!"),
    _lost("the last hundred requests alone", "holds exactly 100 rows", b"".join(MANY[:100])),
    _lost("the same page again and again", "the same page of rows", b"".join(LINES[:50] * 4)),
    _lost(
        "the first message of each request alone",
        "first message of each request",
        CONTENT.replace(b'"logs"', b'"lost"'),
    ),
    _lost("a log from another day", "lie outside the soak", CONTENT.replace(b'"timestamp":17', b'"timestamp":16')),
    _lost("a log from the future", "has not reached", CONTENT.replace(b'"timestamp":17', b'"timestamp":47')),
    _lost(
        "times beyond all calendars",
        "74 of 74 lines could not be read",
        CONTENT.replace(b'"timestamp":1', b'"timestamp":1000000'),
    ),
    _lost("negative times", "74 of 74 lines could not be read", CONTENT.replace(b'"timestamp":1', b'"timestamp":-1')),
    _lost("times in the year 9999", "holds no record", TEXT.replace(b"2026-", b"9999-")),
    _lost("times in the year 0", "holds no record", TEXT.replace(b"2026-", b"0000-")),
    _lost("times in a zone that is none", "outside the soak", TEXT.replace(b"Z ", b"+99:99 ")),
    _lost("over 1 % that is no row", "could not be read", CONTENT + b"{not json}\n" * 9),
    _lost("over 1 % with values of other types", "could not be read", CONTENT + _row(timestamp="soon", logs=5) * 9),
    _lost("over 1 % nested without end", "could not be read", CONTENT + b'{"id":' * 2000 + b"\n" + b"[[[[\n" * 9),
    _lost("nothing but another environment", "of other environments", CONTENT.replace(b'"production"', b'"preview"')),
    _lost("a tool's error above the rows", "the tool failed", _with(_LIMITED, 0)),
    _lost("a tool's error between the rows", "the tool failed", _with(_LIMITED, MIDDLE)),
    _lost("a tool's error below the rows", "the tool failed", _with(_LIMITED, len(LINES))),
    _lost("the platform's limit in the middle", "runtime log limit", _with(b"Exceeded runtime logs limit\n", MIDDLE)),
)
