"""Times without a zone: read in the zone of the setting ``timezone``, whose clock repeats and skips hours (DST)."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def sql_utc(local: str) -> str:
    """Returns SQL that converts a local TIMESTAMP to UTC; for a repeated hour DuckDB takes one of the two."""
    return f"timezone('UTC', timezone(getvariable('timezone'), {local}))"


def ambiguous(local: str) -> str:
    """Returns SQL that tests whether a local TIMESTAMP is in an hour that the clock repeats or skips.

    It is repeated if an instant an hour (or half an hour, as on Lord Howe Island) before or after shows the same clock,
    and skipped if its own instant does not.
    """
    instant = f"timezone(getvariable('timezone'), {local})"
    others = " OR ".join(
        f"timezone(getvariable('timezone'), {instant} {sign} INTERVAL {minutes} MINUTE) = {local}"
        for sign in "+-"
        for minutes in (60, 30)
    )
    return (
        f"(getvariable('timezone') <> 'UTC' AND {local} IS NOT NULL AND "
        f"(timezone(getvariable('timezone'), {instant}) <> {local} OR {others}))"
    )
