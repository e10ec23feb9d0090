"""What the bot says where its words are not known: a second look at a part of the records, asked for only then."""

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
"""Bounds: the records and the files that are looked at, characters of a message, and the shapes that are told."""

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
"""Minutes from everywhere in the time, the same in each run."""

BEHIND = """
SELECT sum(records)::BIGINT, arg_max(front, records) FROM (
    SELECT front, sum(records) AS records FROM (
        SELECT regexp_extract(message, getvariable('spoken_front'), 1, 's') AS front, records FROM spoken
        WHERE regexp_matches(message, getvariable('spoken_anywhere'), 's')) GROUP BY front)
"""


def spoken(readings: Sequence[Reading], span: Span, events: Mapping[str, Sequence[Pattern]], work: Workplace) -> Spoken:
    """The most frequent messages of some records in a time that are no event, and which patterns match inside of them.

    Empty where they cannot be read again: it is a hint, and decides nothing.
    """
    with suppress(OSError, duckdb.Error):
        work.connection.execute("CREATE OR REPLACE TEMP TABLE said (message VARCHAR)")
        counted = [reading for reading in readings if reading.tally]
        # The largest tell most of the bot.
        counted = sorted(counted, key=lambda reading: -reading.facts.lines)[:FILES]
        for records, most in work.readers.some_records(counted, span, work):
            statement = f"{with_events(work.connection, work.rules, records)} {UNKNOWN}"
            work.connection.execute(f"INSERT INTO said {statement}", {**minutes_of(span), "most": most})
        return _told(events, work)
    return Spoken()


def overlaps(span: Span, work: Workplace) -> tuple[Overlap, ...]:
    """The events whose patterns match the same lines, with an example as it is shown."""
    found = overlaps_of(work.connection, span)
    return tuple(replace(one, message=folded(one.message, work.mask)) for one in found)


def some_minutes(span: Span, work: Workplace) -> list[int]:
    """Returns minutes from everywhere in a time, that hold together no more records than are looked at."""
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
    """Where the patterns of an event match further inside of messages; None where they do nowhere."""
    anywhere = "|".join(f"(?:{pattern.text.removeprefix('^')})" for pattern in patterns)
    set_variables(work.connection, {"spoken_anywhere": anywhere, "spoken_front": f"^(.*?)(?:{anywhere})"})
    row = work.connection.execute(BEHIND).fetchone()
    if not row or not row[0]:
        return None
    return Inside(name, int(row[0]), folded(row[1] or "", work.mask))
