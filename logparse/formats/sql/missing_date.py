"""Text whose lines have a time of day and no date: the date comes from the soak, the order from the lines.

Such a format gives ``CLOCKED``: (number, clock) of each line with a time, ``clock`` an INTERVAL since midnight. The
lines may run forwards or backwards (newest first); a jump of over an hour against that direction is midnight. Smaller
ones are rows out of order, or the hour that a clock repeats when summer time ends.
"""

from datetime import date, datetime

import duckdb

from logparse.formats.sql.steps import Steps, statement
from logparse.values.schedule import CLOCK_SKEW, Span

LEAP = "INTERVAL 1 HOUR"
"""A step against the direction of the lines that is longer than this passes midnight."""

ALMOST_A_DAY = "INTERVAL 23 HOUR"
"""A step longer than this is a short one over midnight, in the other direction."""

DAYS: Steps = {
    "steps": "SELECT number, clock, clock - lag(clock) OVER (ORDER BY number) AS step FROM clocked",
    # Rows that run backwards step back far more often than they step forwards. The short steps tell it, over midnight
    # too (23 hours forwards are one back); of rows so far apart that there are none, the long ones do.
    "run": f"""
SELECT CASE WHEN count(*) FILTER (is_short) > 0
    THEN count(*) FILTER (is_short AND goes_back) > count(*) FILTER (is_short AND NOT goes_back)
    ELSE count(*) FILTER (step < INTERVAL 0 SECOND) > count(*) FILTER (step > INTERVAL 0 SECOND) END AS backwards
FROM (
    SELECT step, step BETWEEN -{LEAP} AND {LEAP} OR step NOT BETWEEN -{ALMOST_A_DAY} AND {ALMOST_A_DAY} AS is_short,
        step BETWEEN -{LEAP} AND INTERVAL 0 SECOND OR step > {ALMOST_A_DAY} AS goes_back
    FROM steps WHERE step <> INTERVAL 0 SECOND
)
""",
    "days": f"""
SELECT number, clock,
    sum(CASE WHEN NOT backwards AND step < -{LEAP} THEN 1 WHEN backwards AND step > {LEAP} THEN -1 ELSE 0 END)
        OVER (ORDER BY number) AS day
FROM steps, run
""",
}
"""The steps after ``clocked`` to ``days`` (number, clock, day), the days counted from the first line's."""

CANDIDATES = """
SELECT first_date,
    count(*) FILTER (time >= $soak_from AND time < $soak_to) AS inside,
    count(*) FILTER (time > $until) AS beyond
FROM (
    SELECT first_date::DATE AS first_date,
        timezone('UTC', timezone(getvariable('timezone'), first_date + to_days(day::INTEGER) + clock)) AS time
    FROM days,
        (SELECT unnest(range($soak_from - INTERVAL 3 DAY, $soak_to + INTERVAL 3 DAY, INTERVAL 1 DAY))::DATE
         AS first_date)
)
GROUP BY first_date ORDER BY inside DESC, first_date DESC
"""
"""The possible dates of the first line: how many lines then are in the soak, and how many after ``until``."""


def first_date(
    connection: duckdb.DuckDBPyConnection, lines: str, clocked: str, soak: Span, until: datetime
) -> tuple[date | None, bool]:
    """Finds the date of the first line that puts the most lines into the soak and none after ``until``.

    Returns it and whether it is certain: no other date puts half as many into the soak. ``lines`` and ``clocked`` are
    SELECTs: the lines of a file, and their clocks. If no date puts any into the soak it is the last one; None if every
    date has lines after ``until``. If no line lacks its date, it is that of the start.
    """
    rows = connection.execute(
        statement({"lines": lines, "clocked": clocked, **DAYS, "candidates": CANDIDATES}),
        {"soak_from": _naive(soak.start), "soak_to": _naive(soak.end), "until": _naive(until + CLOCK_SKEW)},
    ).fetchall()
    if not rows:
        return soak.start.date(), True
    possible = [(first, inside) for first, inside, beyond in rows if not beyond]
    if not possible:
        return None, False
    (best, most), *others = possible
    return best, all(2 * inside < most for _, inside in others if inside)


def _naive(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)
