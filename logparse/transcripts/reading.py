"""Transcript files: read by DuckDB into conversations; each line is a message or reported as a problem."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb

from logparse.counting.engine import LogSource, Together, lines_of
from logparse.formats import FORMATS
from logparse.storage.files import compression, empty_lines, inspect, is_utf16, mend
from logparse.transcripts.naming import conversation_names
from logparse.transcripts.shape import PROBLEMS, messages_of
from logparse.values.conversation import Conversation, Direction, Message, Transcript
from logparse.values.schedule import Span

SHOWN = 3
"""The number of line numbers shown for a problem of a file."""

MEND = "docs/transcripts.md shows the form of a line"

AT_ONCE = 10_000
"""Rows fetched at a time."""


@dataclass(frozen=True)
class TranscriptWorkplace:
    """The engine, a folder for copies, and a mask."""

    connection: duckdb.DuckDBPyConnection
    scratch: Path
    mask: Callable[[str], str]


def read_transcripts(files: Sequence[tuple[Path, str]], span: Span | None, work: TranscriptWorkplace) -> Transcript:
    """Reads the conversations of transcript files (paths with their shown names), of a span if given.

    A message that occurs twice, under one id, counts once. Problems are returned, never raised.
    """
    connection = work.connection
    connection.execute(EMPTY)
    problems: list[str] = []
    for at, (path, shown) in enumerate(files):
        try:
            problems += _take_in(at, path, shown, work)
        except (OSError, EOFError, duckdb.Error) as error:
            cause = work.mask(str(error).splitlines()[0].replace(str(path), shown))
            problems.append(f"{shown} cannot be read to its end: {cause}; nothing of it counts")
            connection.execute("DELETE FROM said WHERE file = ?", [at])
    said = tuple(conversations_of(connection, span, work.mask))
    connection.execute(GONE)
    return Transcript(said, tuple(problems), len(files))


EMPTY = """
CREATE OR REPLACE TEMP TABLE said (file INTEGER, number BIGINT, conversation VARCHAR, time TIMESTAMP, own BOOLEAN,
    text VARCHAR, id VARCHAR, reply_to VARCHAR, problem VARCHAR)
"""
"""Creates the table ``said`` of messages, from which conversations are made."""

GONE = "DROP TABLE said"
"""Drops it, because it may be large."""


def _take_in(at: int, path: Path, shown: str, work: TranscriptWorkplace) -> list[str]:
    """Inserts the messages of a file into the table; returns the problems of its lines."""
    inspection = inspect(path)
    if not inspection.lines:
        return [f"{shown} is empty; {MEND}"]
    if _taken(at, path, work) + empty_lines(path) != inspection.lines:
        # DuckDB drops lines that are too long for it, or not UTF-8: they are read from a mended copy.
        work.connection.execute("DELETE FROM said WHERE file = ?", [at])
        copy = work.scratch / f"{uuid4().hex}.transcript"
        mend(path, copy)
        _taken(at, copy, work)
    return _problems(at, shown, work.connection)


def _taken(at: int, path: Path, work: TranscriptWorkplace) -> int:
    """Inserts the messages of a file; returns how many lines that are not empty the engine saw."""
    with path.open("rb") as raw:
        start = raw.read(4)
    if is_utf16(start):
        return -1
    source = LogSource(path, compression(start), FORMATS[0])
    read = lines_of(work.connection, Together((source,), (at,)), 0, numbered=True)
    lines = f"SELECT * FROM ({read}) WHERE line IS NOT NULL"
    work.connection.execute(f"CREATE OR REPLACE TEMP TABLE transcript_lines AS {lines}")
    seen = work.connection.execute("SELECT count(*) FROM transcript_lines").fetchone()
    wanted = "SELECT file, number, line FROM transcript_lines WHERE trim(line) <> ''"
    work.connection.execute(f"INSERT INTO said {messages_of(wanted)}")
    work.connection.execute("DROP TABLE transcript_lines")
    return int(seen[0]) if seen else 0


_BAD = """
SELECT problem, count(DISTINCT number), list(DISTINCT number ORDER BY number)[:$shown]
FROM said WHERE file = $file AND problem IS NOT NULL GROUP BY problem ORDER BY problem
"""


def _problems(at: int, shown: str, connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Describes the lines of a file that are no messages: a sentence for each kind of problem."""
    rows = connection.execute(_BAD, {"file": at, "shown": SHOWN}).fetchall()
    return [
        f"{shown}:{numbers[0]} {PROBLEMS[problem]}{_others(count, numbers)}, and is left out; {MEND}"
        for problem, count, numbers in rows
    ]


def _others(count: int, numbers: Sequence[int]) -> str:
    """Describes the other lines with the same problem, the first of them by number."""
    if count == 1:
        return ""
    named = ", ".join(f"{number}" for number in numbers[1:])
    unnamed = count - len(numbers)
    more = f" and {unnamed:,} more" if unnamed else ""
    return f" (line {named} too)" if count == 2 else f" (lines {named}{more} too)"


_SAID = """
WITH directed AS (
    -- Whether the newest comes first in the file, which decides the order of messages of one time.
    SELECT file, coalesce(corr(number, epoch_us(time)), 0) < 0 AS newest_first
    FROM said WHERE problem IS NULL GROUP BY file
), once AS (
    SELECT said.*, CASE WHEN newest_first THEN -number ELSE number END AS place
    FROM said JOIN directed USING (file)
    WHERE problem IS NULL AND ($start::TIMESTAMP IS NULL OR (time >= $start::TIMESTAMP AND time < $end::TIMESTAMP))
    -- One id is one message. Without an id, equal messages of one time in two files are the same.
    QUALIFY CASE WHEN id <> '' THEN row_number() OVER (PARTITION BY conversation, id ORDER BY file, number) = 1
        ELSE file = min(file) OVER (PARTITION BY conversation, id, time, own, text) END
)
SELECT conversation, time, own, text, id, reply_to FROM once ORDER BY conversation, time, file, place
"""


def conversations_of(
    connection: duckdb.DuckDBPyConnection, span: Span | None, mask: Callable[[str], str], partial: bool = False
) -> Iterator[Conversation]:
    """Yields the conversations in the table ``said``, sorted by key."""
    keys = connection.execute("SELECT DISTINCT conversation FROM said WHERE problem IS NULL").fetchall()
    names = conversation_names((key for (key,) in keys), mask)
    bounds = {"start": naive(span.start) if span else None, "end": naive(span.end) if span else None}
    rows = connection.execute(_SAID, bounds)
    for key, messages in groupby(_rows(rows), key=itemgetter(0)):
        yield Conversation(names[key], key, tuple(map(_message, messages)), partial)


def naive(moment: datetime) -> datetime:
    """Converts a time to UTC without a zone, as DuckDB's TIMESTAMP has it."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def _rows(result: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := result.fetchmany(AT_ONCE):
        yield from rows


def _message(row: tuple[Any, ...]) -> Message:
    _, time, own, text, message_id, reply_to = row
    direction = Direction.BOT if own else Direction.USER
    return Message(time.replace(tzinfo=UTC), direction, text, message_id, reply_to)
