"""Times in JSON: a number since 1970 in s, ms, µs or ns, or a text in ISO 8601; as numbers or as texts."""

from logparse.formats.sql.local_time import ambiguous, sql_utc

_ISO = r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d"
_ZONE = r"(?i:Z|[+-]\d\d:?\d\d)$"
_FIRST, _LAST = "TIMESTAMP '1973-01-01'", "TIMESTAMP '9999-12-30'"

EARLIEST_SECONDS = 100_000_000
"""The smallest number read as seconds (1973); from a thousand times as much on it is ms, and so on up to ns."""


def sql_time(text: str, utc_only: bool = False) -> str:
    """Returns SQL for the TIMESTAMP in UTC of a time in ``text`` (VARCHAR); NULL for anything else.

    The size of a number determines its unit: seconds up to the year 5138, then ms, µs and ns. A text without a zone is
    read in the zone of the settings, or as UTC with ``utc_only``.
    """
    number = f"try_cast({text} AS DECIMAL(38, 9))"
    iso = f"replace({text}, ',', '.')"
    local = f"try_cast({iso} AS TIMESTAMP)"
    units = "".join(
        f" WHEN {number} < {EARLIEST_SECONDS * 1_000**power} THEN make_timestamp(floor({number}{to_us})::BIGINT)"
        for power, to_us in enumerate((" * 1000000", " * 1000", "", " / 1000"), start=1)
    )
    written = f"""try(CASE
        WHEN {number} IS NOT NULL THEN CASE WHEN {number} < {EARLIEST_SECONDS} THEN NULL{units} END
        WHEN NOT regexp_matches({text}, '{_ISO}') THEN NULL
        WHEN regexp_matches({text}, '{_ZONE}') THEN timezone('UTC', try_cast({iso} AS TIMESTAMPTZ))
        ELSE {local if utc_only else sql_utc(local)} END)"""
    return f"CASE WHEN {written} BETWEEN {_FIRST} AND {_LAST} THEN {written} END"


def is_ambiguous(text: str) -> str:
    """Returns SQL that tests whether a text is a local time in an hour that the clock repeats or skips."""
    local = f"try_cast(replace({text}, ',', '.') AS TIMESTAMP)"
    return (
        f"coalesce(regexp_matches({text}, '{_ISO}') AND NOT regexp_matches({text}, '{_ZONE}')"
        f" AND try({ambiguous(local)}), FALSE)"
    )
