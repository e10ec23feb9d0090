"""Conversations from the logs if there is no transcript: texts of users and answers, tied to contacts by requests.

They are incomplete, and said to be: logs hold beginnings of texts, if a bot logs them at all. The amount read is
bounded, because the files are read once more for it.
"""

from collections.abc import Iterator, Mapping, Sequence

from logparse.counting.engine import records_of, set_variables
from logparse.reading.reading import Reading
from logparse.reading.second_look import readable_source
from logparse.reading.workplace import Workplace
from logparse.transcripts.reading import EMPTY, GONE, conversations_of, naive
from logparse.values.conversation import Transcript
from logparse.values.patterns import Pattern, anchored
from logparse.values.schedule import Span

MOST_BYTES = 256_000_000
"""Bytes of log files that are read, the newest files first."""

MOST_MESSAGES = 5_000
"""The most messages taken, in whole conversations."""

NO_REQUESTS = "the logs tie no text to a contact: their format has no ids of requests"
NO_TEXTS = "the logs hold no text of a message, by event_user_text and event_answer_text"
NO_ANSWERS = "the logs hold no text of an answer (setting event_answer_text): only what users wrote is there"


def read_logged(
    readings: Sequence[Reading], span: Span, patterns: Mapping[str, tuple[Pattern, ...]], work: Workplace
) -> Transcript:
    """Reads the conversations of a span from the logs; ``patterns`` are those of the bot's events."""
    telling = [reading for reading in readings if reading.format and reading.format.has_requests and reading.tally]
    if not telling:
        return Transcript(problems=(NO_REQUESTS,), partial=True)
    chosen = list(_within_bounds(telling))
    connection = work.connection
    records = records_of(connection, [readable_source(reading, work) for reading in chosen], numbered=False)
    set_variables(
        connection,
        {
            "contact": anchored(patterns["contact"]),
            **_variables("user_text", patterns["user_text"]),
            **_variables("answer_text", patterns["answer_text"]),
        },
    )
    connection.execute(EMPTY)
    bounds = {"start": naive(span.start), "end": naive(span.end), "most": MOST_MESSAGES}
    connection.execute(_taken(records, patterns), bounds)
    said = tuple(conversations_of(connection, span, work.mask, partial=True))
    connection.execute(GONE)
    return Transcript(said, tuple(_problems(said != (), patterns, len(telling) - len(chosen))), partial=True)


def _problems(anything: bool, patterns: Mapping[str, tuple[Pattern, ...]], left_out: int) -> Iterator[str]:
    if not anything:
        yield NO_TEXTS
    elif not patterns["answer_text"]:
        yield NO_ANSWERS
    if left_out:
        newest = f"only the newest {MOST_BYTES // 10**6} MB of logs were looked through for texts"
        yield f"{newest}; {left_out} older {'file was' if left_out == 1 else 'files were'} not"


def _within_bounds(readings: Sequence[Reading]) -> Iterator[Reading]:
    """Yields the newest files up to MOST_BYTES in total, and always the newest one."""
    size = 0
    for reading in sorted(readings, key=lambda each: each.path.stat().st_mtime_ns, reverse=True):
        size += reading.path.stat().st_size
        if size > MOST_BYTES and size > reading.path.stat().st_size:
            return
        yield reading


def _taken(records: str, patterns: Mapping[str, tuple[Pattern, ...]]) -> str:
    """Returns the statement that inserts the messages into the table ``said``."""
    return f"""
INSERT INTO said
WITH told AS (
    SELECT request, time, nullif(regexp_extract(message, getvariable('contact'), 1, 's'), '') AS contact,
        {_text("user_text", patterns["user_text"])} AS asked,
        {_text("answer_text", patterns["answer_text"])} AS answered
    FROM ({records})
    WHERE line_class = 'records' AND request IS NOT NULL AND time >= $start::TIMESTAMP AND time < $end::TIMESTAMP
), requests AS (
    SELECT request, max(contact) AS contact FROM told GROUP BY request
), messages AS (
    SELECT contact, time, own, text FROM (
        SELECT request, time, FALSE AS own, asked AS text FROM told
        UNION ALL SELECT request, time, TRUE, answered FROM told
    ) JOIN requests USING (request)
    WHERE text IS NOT NULL AND contact IS NOT NULL
), counted AS (
    SELECT *, sum(1) OVER (ORDER BY md5(contact), contact RANGE UNBOUNDED PRECEDING) AS so_many FROM messages
)
-- Messages of one request may share its time: the user's came first.
SELECT 0, epoch_us(time) * 2 + own::INTEGER, contact, time, own,
    coalesce(try(json_extract_string('"' || text || '"', '$')), text), '', '', NULL
FROM counted WHERE so_many <= $most
"""


def _text(name: str, patterns: Sequence[Pattern]) -> str:
    """Returns SQL for the first group of the first pattern that matches; NULL if none does."""
    if not patterns:
        return "NULL"
    groups = ", ".join(
        f"nullif(regexp_extract(message, getvariable('{name}_{at}'), 1, 's'), '')" for at in range(len(patterns))
    )
    return f"coalesce({groups})"


def _variables(name: str, patterns: Sequence[Pattern]) -> Mapping[str, str]:
    return {f"{name}_{at}": anchored([pattern]) for at, pattern in enumerate(patterns)}
