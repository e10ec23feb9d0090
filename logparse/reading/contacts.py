"""The number of distinct contacts behind each red flag, for formats that link messages to their request.

The result for a file is cached beside its tally, so that a file is searched once and not at every checkpoint.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from logparse.counting.codes import MARKS, code, has, is_one_of
from logparse.counting.engine import LogSource, records_of, set_variables, with_events
from logparse.counting.numbers import minutes_of
from logparse.formats.sql.readers import table_reader, table_writer
from logparse.reading.reading import Reading
from logparse.reading.workplace import Workplace
from logparse.values.flag_kinds import ByRecords, raised_by_records
from logparse.values.patterns import Pattern, anchored
from logparse.values.schedule import Span


def _is_raised(by: ByRecords) -> str:
    """Returns the SQL condition under which a record raises a flag."""
    told = has(by.name) if by.name in MARKS else f"code = {code(by.name)}"
    return f"{told} AND regexp_matches(message, getvariable('{by.matching}'), 's')" if by.matching else told


_EVENTS = tuple(by.name for _, by in raised_by_records() if by.name not in MARKS)
_FAILED = f"{is_one_of(*_EVENTS)} OR marks <> 0"
"""The SQL condition under which a record may raise a flag."""

REQUESTS = f"""
SELECT request, minute, {", ".join(f'bool_or({_is_raised(by)}) AS "{kind.label}"' for kind, by in raised_by_records())},
    max(nullif(regexp_extract(message, getvariable('contact'), 1), '')) AS contact
FROM events
WHERE request IS NOT NULL AND minute IS NOT NULL AND ({is_one_of("processing", *_EVENTS)} OR marks <> 0)
GROUP BY request, minute
"""
"""The requests of one file that name a contact or failed, by minute, with a column per flag: whether they raise it."""

CONTACTS = f"""
WITH requests AS (
    SELECT max(contact) AS contact,
        {", ".join(f'bool_or("{kind.label}") AS "{kind.label}"' for kind, _ in raised_by_records())}
    FROM {{tables}} WHERE minute >= $from_minute AND minute < $to_minute GROUP BY request
)
SELECT kind, count(DISTINCT contact) FILTER (raised)
FROM (UNPIVOT requests ON COLUMNS(* EXCLUDE (contact)) INTO NAME kind VALUE raised) GROUP BY kind
"""


def contacts_of(
    readings: Sequence[Reading],
    judged: Span,
    patterns: Mapping[str, tuple[Pattern, ...]],
    work: Workplace,
) -> Mapping[str, int]:
    """Counts the distinct contacts by flag label, for the flags that records raise; empty if a file has no requests.

    Reads each file that is not in the cache, so it is called only if there is a flag.
    """
    telling = [reading for reading in readings if reading.format and reading.format.has_requests and reading.tally]
    if not telling or len(telling) < sum(reading.tally is not None for reading in readings):
        return MappingProxyType({})
    files = work.readers.requests(telling, minutes_of(judged), names_of(patterns), work)
    contacts = {kind.label: 0 for kind, _ in raised_by_records()}
    if files:
        counted = work.connection.execute(CONTACTS.format(tables=table_reader(files)), minutes_of(judged)).fetchall()
        contacts.update(dict(counted))
    return contacts


def names_of(patterns: Mapping[str, tuple[Pattern, ...]]) -> Mapping[str, str]:
    """Returns the variables of REQUESTS, made from the bot's patterns by name."""
    matching = {by.matching for _, by in raised_by_records() if by.matching}
    return {name: anchored(patterns[name]) for name in ("contact", *sorted(matching))}


FLAGGED = f"""
SELECT DISTINCT request FROM events
WHERE request IS NOT NULL AND minute >= $from_minute AND minute < $to_minute
  AND ({_FAILED})
"""


def flagged_requests(source: LogSource, minutes: Mapping[str, int], work: Workplace) -> frozenset[str]:
    """Returns the ids of the failed requests between two minutes: only these can raise a flag."""
    events = with_events(work.connection, work.rules, records_of(work.connection, [source], numbered=False))
    return frozenset(row[0] for row in work.connection.execute(f"{events} {FLAGGED}", dict(minutes)).fetchall())


def save_requests(
    source: LogSource, ids: frozenset[str], patterns: Mapping[str, tuple[Pattern, ...]], into: Path, work: Workplace
) -> None:
    """Writes the rows of REQUESTS for some request ids of a source as Parquet."""
    set_variables(work.connection, names_of(patterns))
    work.connection.execute(
        "CREATE OR REPLACE TEMP TABLE wanted_requests AS SELECT unnest(?::VARCHAR[]) AS id", [[*ids]]
    )
    events = with_events(work.connection, work.rules, records_of(work.connection, [source], numbered=False))
    found = f"SELECT * FROM ({events} {REQUESTS}) WHERE request IN (SELECT id FROM wanted_requests)"
    work.connection.execute(table_writer(f"({found})", into))
