"""The format that the settings describe: ``own_format``, an expression with named groups, and ``own_format_time``.

    own_format = \\[(?P<time>[^\\]]+)\\] (?P<level>\\w+) (?P<message>.*)
    own_format_time = %d/%m/%Y %H:%M:%S

The expression is matched at the start of a line, by RE2 only, so that none can hang. Only the group ``message`` is
required; without ``time`` the records can only be counted. Both texts reach SQL as variables.
"""

from collections.abc import Callable
from datetime import datetime

import duckdb

from logparse.errors import UsageProblem
from logparse.formats.format import Format
from logparse.formats.iso_text import TIME, ZONE, castable
from logparse.formats.sql.columns import BLANK, columns
from logparse.formats.sql.levels import level
from logparse.formats.sql.local_time import ambiguous, sql_utc
from logparse.formats.sql.tool_lines import TOOL_LINE, plain_text, without_colours
from logparse.formats.sql.untimed_lines import UNTIMED_CLASS
from logparse.values.patterns import Pattern, anchored, sql_literal
from logparse.values.records import NO_TIME

GROUPS = ("time", "level", "message", "request")

_PROBES = (datetime(2026, 10, 25, 15, 42), datetime(2026, 2, 3, 4, 5))
"""Times that a format of time must write and read back unchanged, to the minute."""

_ISO_OR_EPOCH = rf"""
CASE WHEN regexp_full_match(written, '\d{{9,10}}(?:\.\d{{1,9}})?')
     THEN make_timestamp((try_cast(written AS DECIMAL(20, 6)) * 1000000)::BIGINT)
     WHEN regexp_full_match(written, '\d{{12,13}}') THEN make_timestamp(try_cast(written AS BIGINT) * 1000)
     WHEN regexp_matches(written, '{ZONE}$') THEN timezone('UTC', try_cast(iso AS TIMESTAMPTZ)) END
"""


def home_made(connection: duckdb.DuckDBPyConnection, expression: str, time_form: str) -> Format | None:
    """Makes the format that the two settings describe; returns None if both are empty.

    Raises UsageProblem if they cannot be used. Keeps the connection, which tests each line to be recognised.
    """
    if not expression:
        if time_form:
            raise UsageProblem("setting own_format_time: there is no own_format that it belongs to")
        return None
    groups = _groups(connection, expression)
    if time_form and "time" not in groups:
        raise UsageProblem("setting own_format_time: own_format has no group (?P<time>...) that it belongs to")
    is_zoned = _is_zoned(connection, time_form) if time_form else False
    return Format(
        name="home-made",
        title="the format that own_format describes",
        recognises=_recogniser(connection, expression, "time" not in groups),
        select=_select(groups, time_form, is_zoned),
        needs="what own_format describes" + (", with a time that can be read" if "time" in groups else ""),
        line_by_line=True,
        as_written=True,
        has_requests="request" in groups,
        timeless="time" not in groups,
        asked_for=True,
        variables={"own_format": anchored([Pattern(expression, "")]), "own_format_time": time_form},
    )


def _groups(connection: duckdb.DuckDBPyConnection, expression: str) -> tuple[str, ...]:
    """Returns the groups of an expression, in order; raises UsageProblem if one cannot be used."""
    problem = f"setting own_format: {expression!r} "
    try:
        connection.execute("SELECT regexp_matches('', ?)", [expression])
    except duckdb.Error as error:
        cause = str(error).splitlines()[0].split("Error: ", 1)[-1]
        raise UsageProblem(f"{problem}is not usable as a regular expression (RE2 syntax): {cause}") from None
    groups = Pattern(expression, "setting own_format").names
    if "\\Q" in expression or "" in groups:
        raise UsageProblem(f"{problem}has a group without a name, or \\Q; write the group as (?:...)")
    if unknown := [name for name in groups if name not in GROUPS]:
        raise UsageProblem(f"{problem}has a group {unknown[0]!r}; the groups are {', '.join(GROUPS)}")
    if doubled := [name for name in groups if groups.count(name) > 1]:
        raise UsageProblem(f"{problem}has two groups {doubled[0]!r}")
    if "message" not in groups:
        raise UsageProblem(f"{problem}has no group (?P<message>...)")
    return groups


def _is_zoned(connection: duckdb.DuckDBPyConnection, form: str) -> bool:
    """Tells whether a format of time has the zone; raises UsageProblem if it lacks the date or the time of day."""
    problem = f"setting own_format_time: {form!r} "
    connection.execute("SET TimeZone = 'UTC'")
    kinds = set()
    for probe in _PROBES:
        try:
            kind, read = connection.execute(
                "SELECT typeof(read), date_trunc('minute', read::TIMESTAMP) FROM ("
                "SELECT try_strptime(strftime(timezone('UTC', $probe::TIMESTAMP), $form), $form) AS read)",
                {"probe": probe, "form": form},
            ).fetchall()[0]
        except duckdb.Error as error:
            cause = str(error).splitlines()[0].split("Error: ", 1)[-1]
            raise UsageProblem(f"{problem}is no form of a time (strptime): {cause}") from None
        if read != probe:
            raise UsageProblem(f"{problem}does not tell date, hour and minute; write it like %Y-%m-%d %H:%M:%S")
        kinds.add(kind)
    return "TIMESTAMP WITH TIME ZONE" in kinds


def _recogniser(connection: duckdb.DuckDBPyConnection, expression: str, is_timeless: bool) -> Callable[[str], bool]:
    query = "SELECT regexp_matches($line, $expression) AND NOT ($is_timeless AND regexp_matches($line, $tool_line))"
    values = {"expression": anchored([Pattern(expression, "")]), "is_timeless": is_timeless, "tool_line": TOOL_LINE}

    def recognises(line: str) -> bool:
        row = connection.execute(query, {**values, "line": plain_text(line)}).fetchone()
        return bool(row and row[0]) and bool(line.strip())

    return recognises


def _select(groups: tuple[str, ...], time_form: str, is_zoned: bool) -> str:
    parts = ", ".join(
        f"regexp_extract(line, getvariable('own_format'), {at}) AS {name}_part" for at, name in enumerate(groups, 1)
    )
    # Without a time the expression may match what a tool prints in place of logs.
    is_tools = "FALSE" if "time" in groups else f"regexp_matches(line, {sql_literal(TOOL_LINE)})"
    told = {
        "line_class": "CASE WHEN time IS NOT NULL THEN 'records' WHEN is_match THEN 'rejected'"
        f" ELSE {UNTIMED_CLASS} END",
        "time": "time",
        "message": "CASE WHEN time IS NOT NULL THEN message_part ELSE line END",
        "ambiguous": "coalesce(ambiguous, FALSE)",
    }
    if "level" in groups:
        told["level"] = f"CASE WHEN time IS NOT NULL THEN {level('level_part')} END"
    if "request" in groups:
        told["request"] = "CASE WHEN time IS NOT NULL THEN nullif(request_part, '') END"
    return f"""
WITH matched AS (
    SELECT *, NOT {BLANK} AND regexp_matches(line, getvariable('own_format')) AND NOT {is_tools} AS is_match
    FROM (SELECT file, number, {without_colours("line")} AS line FROM lines)
), parted AS (
    SELECT *, {parts} FROM matched
), timed AS ({_timed(groups, time_form, is_zoned)})
SELECT
    {columns(**told)}
FROM timed
"""


def _timed(groups: tuple[str, ...], time_form: str, is_zoned: bool) -> str:
    """Returns a SELECT over ``parted`` that adds ``time`` in UTC, and whether it is ambiguous."""
    if "time" not in groups:
        return f"SELECT *, CASE WHEN is_match THEN {NO_TIME} END AS time, FALSE AS ambiguous FROM parted"
    if time_form:
        read = "try_strptime(time_part, getvariable('own_format_time'))"
        told = f"timezone('UTC', {read})" if is_zoned else "NULL::TIMESTAMP"
        local = "NULL::TIMESTAMP" if is_zoned else f"{read}::TIMESTAMP"
    else:
        told = _ISO_OR_EPOCH
        local = f"CASE WHEN regexp_full_match(written, {sql_literal(TIME)}) THEN try_cast(iso AS TIMESTAMP) END"
    return f"""
    SELECT *, CASE WHEN is_match THEN coalesce(told, {sql_utc("local")}) END AS time,
        is_match AND told IS NULL AND {ambiguous("local")} AS ambiguous
    FROM (
        SELECT *, {told} AS told, {local} AS local
        FROM (SELECT *, trim(time_part) AS written, {castable("trim(time_part)")} AS iso FROM parted)
    )"""
