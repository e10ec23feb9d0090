"""The bot's messages that no pattern matches: found by a second reading of some of the records, only if asked for."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

import duckdb

from logparse.counting.codes import code
from logparse.counting.engine import set_variables, with_events
from logparse.counting.numbers import minutes_of, overlaps_of
from logparse.counting.overlaps import EXCLUSIVE
from logparse.reading.reading import Reading
from logparse.reading.workplace import Workplace
from logparse.text.shapes import folded, shapes_of
from logparse.values.patterns import Pattern
from logparse.values.records import NO_TIME_MINUTE
from logparse.values.schedule import Span
from logparse.values.spoken import Inside, Overlap, Spoken

RECORDS, FILES, LENGTH, MOST = 50_000, 1_000, 500, 5
"""Bounds: records and files that are read, characters of a message, and shapes of messages that are shown."""

UNKNOWN = f"""
SELECT left(message, {LENGTH}) AS message FROM events
WHERE code = {code("other")} AND (minute >= $from_minute AND minute < $to_minute OR minute = {NO_TIME_MINUTE})
LIMIT $most
"""

SOME_MINUTES = f"""
SELECT minute, sum(count)::BIGINT FROM tally
WHERE name = 'records' AND (minute >= $from_minute AND minute < $to_minute OR minute = {NO_TIME_MINUTE})
GROUP BY minute HAVING sum(count) <= {RECORDS} ORDER BY hash(minute)
"""
"""Minutes from all over the time span, the same in each run."""

BEHIND = """
SELECT sum(records)::BIGINT, arg_max(front, records) FROM (
    SELECT front, sum(records) AS records FROM (
        SELECT regexp_extract(message, getvariable('spoken_front'), 1, 's') AS front, records FROM spoken
        WHERE regexp_matches(message, getvariable('spoken_anywhere'), 's')) GROUP BY front)
"""


def spoken(readings: Sequence[Reading], span: Span, events: Mapping[str, Sequence[Pattern]], work: Workplace) -> Spoken:
    """Returns the most frequent messages in a time span that are no event, and patterns that match inside of them.

    Empty if the files cannot be read again: the result is a hint, and decides nothing.
    """
    with suppress(OSError, duckdb.Error):
        work.connection.execute("CREATE OR REPLACE TEMP TABLE said (message VARCHAR)")
        counted = [reading for reading in readings if reading.tally]
        # The largest files show most of the bot.
        counted = sorted(counted, key=lambda reading: -reading.facts.lines)[:FILES]
        for records, most in work.readers.some_records(counted, span, work):
            statement = f"{with_events(work.connection, work.rules, records)} {UNKNOWN}"
            work.connection.execute(f"INSERT INTO said {statement}", {**minutes_of(span), "most": most})
        return _told(events, work)
    return Spoken()


def overlaps(span: Span, work: Workplace) -> tuple[Overlap, ...]:
    """Returns the events whose patterns match the same lines, with a masked example."""
    found = overlaps_of(work.connection, span)
    return tuple(replace(one, message=folded(one.message, work.mask)) for one in found)


def some_minutes(span: Span, work: Workplace) -> list[int]:
    """Returns minutes from all over a time span, which together hold no more records than the bound."""
    minutes, records = [], 0
    for minute, count in work.connection.execute(SOME_MINUTES, minutes_of(span)).fetchall():
        if records + count > RECORDS:
            break
        minutes.append(int(minute))
        records += count
    return minutes


def _told(events: Mapping[str, Sequence[Pattern]], work: Workplace) -> Spoken:
    connection = work.connection
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE spoken AS SELECT message, count(*) AS records FROM said GROUP BY message"
    )
    messages = dict(connection.execute("SELECT message, records FROM spoken").fetchall())
    silent = sum(records for message, records in messages.items() if not message.strip())
    inside = (_inside(name, events[name], work) for name in EXCLUSIVE if events[name])
    return Spoken(
        looked_at=sum(messages.values()),
        silent=silent,
        shapes=shapes_of(messages, work.mask, MOST),
        inside=tuple(one for one in inside if one),
    )


def _inside(name: str, patterns: Sequence[Pattern], work: Workplace) -> Inside | None:
    """Returns where an event's patterns match further inside of messages; None if they do not."""
    anywhere = "|".join(f"(?:{pattern.text.removeprefix('^')})" for pattern in patterns)
    set_variables(work.connection, {"spoken_anywhere": anywhere, "spoken_front": f"^(.*?)(?:{anywhere})"})
    row = work.connection.execute(BEHIND).fetchone()
    if not row or not row[0]:
        return None
    return Inside(name, int(row[0]), folded(row[1] or "", work.mask))
