"""The numbers computed from a tally: metrics of each window and of all, the timeline, kinds of error, deployments."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from math import fsum, sqrt
from operator import itemgetter
from typing import Any

import duckdb

from logparse.counting.events import BIN_WIDTH, KIND_LENGTH, LAST_PLACE
from logparse.counting.meanings import KIND_IDS
from logparse.text.masking import MASK
from logparse.values.flags import ErrorKind
from logparse.values.metrics import Metrics
from logparse.values.records import NO_TIME_MINUTE
from logparse.values.schedule import Span, minute_of
from logparse.values.spoken import Overlap
from logparse.values.timeline import Moment, Timeline

NAMES: Mapping[str, str] = {
    "delivery": "deliveries",
    "receipt": "receipts",
    "signature_verified": "signatures_verified",
    "signature_failure": "signature_failures",
    "signature_message": "signature_messages",
    "unauthorized": "unauthorized",
    "processing": "processed",
    "error": "errors",
    "critical_error": "critical_errors",
    "delivery_failure": "delivery_failures",
    "send_failure": "send_failures",
    "fallback_reply": "fallback_replies",
    "slow_reply": "slow_replies",
    "status_told": "webhook_statuses",
    "status_untold": "webhook_statuses_unknown",
    "webhook_fine": "webhook_accepted",
    "redirected": "redirects",
    "records": "records",
    "left_out": "left_out",
    "ambiguous": "ambiguous_times",
}
"""The metric that counts each name of a tally; replies include those with the fallback text."""

COUNTS = """
SELECT name, bin, sum(count)::BIGINT, sum(ms)::BIGINT, max(ms_max)
FROM tally
WHERE minute >= $from_minute AND minute < $to_minute OR $untimed AND minute = $no_time
GROUP BY name, bin
"""

MOMENTS = """
SELECT CASE name WHEN 'fallback_reply' THEN 'reply' ELSE name END AS kind, min(first), max(last), sum(count)::BIGINT
FROM tally
WHERE name IN ('records', 'delivery', 'reply', 'fallback_reply', 'partial')
  AND minute >= $from_minute AND minute < $to_minute
GROUP BY kind, minute ORDER BY minute
"""

ERROR_KINDS = """
SELECT detail, sum(count)::BIGINT AS count, min(first), max(last), min_by(message, first), min_by(request, first)
FROM tally WHERE name = 'error' AND minute >= $from_minute AND minute < $to_minute
GROUP BY detail ORDER BY count DESC, detail LIMIT 100
"""

MOST_DEPLOYMENTS = 100
"""The most deployments listed; logs that name more have something else in that field."""

SEEN = f"""
SELECT detail FROM tally
WHERE name = $name AND minute >= $from_minute AND minute < $to_minute
GROUP BY detail ORDER BY min(first), detail LIMIT {MOST_DEPLOYMENTS}
"""


def minutes_of(span: Span) -> dict[str, int]:
    """Returns the parameters of a statement for a span of whole minutes: from a minute, to before a minute."""
    return {"from_minute": minute_of(span.start), "to_minute": minute_of(span.end)}


def metrics_of(connection: duckdb.DuckDBPyConnection, span: Span, untimed: bool = False) -> Metrics:
    """Returns the metrics of a span of whole minutes; with ``untimed`` also those of records without a time."""
    parameters = {**minutes_of(span), "untimed": untimed, "no_time": NO_TIME_MINUTE}
    return _metrics(connection.execute(COUNTS, parameters).fetchall())


ALL_COUNTS = "SELECT name, bin, sum(count)::BIGINT, sum(ms)::BIGINT, max(ms_max) FROM tally GROUP BY name, bin"


def metrics_of_all(connection: duckdb.DuckDBPyConnection) -> Metrics:
    """Returns the metrics of all records, at whatever time or without one."""
    return _metrics(connection.execute(ALL_COUNTS).fetchall())


BY_BUCKET = """
SELECT ((minute - $origin) - ((minute - $origin) % $width + $width) % $width) + $origin AS bucket,
       name, bin, sum(count)::BIGINT, sum(ms)::BIGINT, max(ms_max)
FROM tally WHERE minute BETWEEN $from_minute AND $to_minute
GROUP BY ALL ORDER BY bucket
"""
"""The counts by buckets of ``width`` minutes, one of which begins at the minute ``origin``."""


def metrics_by(connection: duckdb.DuckDBPyConnection, span: Span, origin: int, width: int) -> dict[int, Metrics]:
    """Returns the metrics of buckets of ``width`` minutes by the minute in which each begins, in order, but empty ones.
    Buckets are aligned to the minute ``origin``; only those that touch ``span`` are returned.
    """
    first, last = minute_of(span.start), minute_of(span.end)
    asked = {"origin": origin, "width": width, "from_minute": first, "to_minute": last}
    rows = connection.execute(BY_BUCKET, asked).fetchall()
    return {bucket: _metrics([row[1:] for row in several]) for bucket, several in groupby(rows, key=itemgetter(0))}


def _metrics(rows: Iterable[Sequence[Any]]) -> Metrics:
    """Returns the metrics of counts by name and bin: (name, bin, count, sum of milliseconds, the longest)."""
    counts: Counter[str] = Counter()
    bins: Counter[int] = Counter()
    milliseconds, longest = 0, None
    for name, place, count, total, top in rows:
        if name in NAMES:
            counts[NAMES[name]] += count
        if name in ("reply", "fallback_reply"):
            counts["replies"] += count
        if place is not None and place > LAST_PLACE:
            # Not a response time: the reply is left out, or it would lower the mean.
            counts["replies"] -= count
        elif place is not None:
            bins[place] += count
        if total is not None:
            milliseconds += total
            longest = top if longest is None else max(longest, top)
    return Metrics(
        **counts,
        response_ms_sum=milliseconds,
        response_ms_p50=percentile(bins, 50),
        response_ms_p95=percentile(bins, 95),
        response_ms_p99=percentile(bins, 99),
        response_ms_max=longest,
        response_ms_sd=deviation(bins),
    )


def percentile(bins: Mapping[int, int], percent: int) -> float | None:
    """Returns the upper edge of the 1 % bin that holds the nearest-rank percentile; None if nothing was counted."""
    total = sum(bins.values())
    rank = -(-total * percent // 100)
    seen = 0
    for place in sorted(bins):
        seen += bins[place]
        if seen >= rank:
            return float(BIN_WIDTH ** (place + 1))
    return None


def deviation(bins: Mapping[int, int]) -> float | None:
    """Returns an upper bound of the standard deviation of response times by their 1 % bins; None under two of them.

    Each time differs from the middle of its bin by at most half its width. A deviation is a norm, so that of the times
    is at most that of the middles and the root mean square of those half widths together (triangle inequality).
    """
    total = sum(bins.values())
    if total < 2:
        return None
    middles = [((BIN_WIDTH**place + BIN_WIDTH ** (place + 1)) / 2, bins[place], place) for place in sorted(bins)]
    mean = fsum(middle * count for middle, count, _ in middles) / total
    spread = fsum((middle - mean) ** 2 * count for middle, count, _ in middles)
    half = (BIN_WIDTH - 1) / (BIN_WIDTH + 1)
    # The first bin also holds the times of 0 ms.
    within = fsum((middle if place == 0 else half * middle) ** 2 * count for middle, count, place in middles)
    return (sqrt(spread) + sqrt(within)) / sqrt(total - 1)


def timeline_of(connection: duckdb.DuckDBPyConnection, span: Span) -> Timeline:
    """Returns the times of records, deliveries, replies and partial records in a span of whole minutes."""
    moments: dict[str, list[Moment]] = defaultdict(list)
    for kind, first, last, count in connection.execute(MOMENTS, minutes_of(span)).fetchall():
        moments[kind].append(Moment(aware(first), aware(last), count))
    return Timeline(
        records=tuple(moments["records"]),
        deliveries=tuple(moments["delivery"]),
        replies=tuple(moments["reply"]),
        partial=tuple(moments["partial"]),
    )


def error_examples_of(connection: duckdb.DuckDBPyConnection, span: Span) -> list[tuple[ErrorKind, str, str | None]]:
    """Returns the 100 most frequent kinds of error of whole minutes, each with its first message and request."""
    rows = connection.execute(ERROR_KINDS, minutes_of(span)).fetchall()
    return [
        (ErrorKind(kind or "", count, aware(first), aware(last)), message or "", request)
        for kind, count, first, last, message, request in rows
    ]


def error_kinds_of(
    connection: duckdb.DuckDBPyConnection, span: Span, mask: Callable[[str], str]
) -> tuple[ErrorKind, ...]:
    """Returns the kinds of error in a span of whole minutes, masked, the most frequent first; at most 100."""
    examples = error_examples_of(connection, span)
    return tuple(replace(kind, kind=masked_kind(kind.kind, message, mask)) for kind, message, _ in examples)


def masked_kind(kind: str, example: str, mask: Callable[[str], str]) -> str:
    """Masks a kind of error; if its example holds a secret, the kind is derived from the masked example instead.

    A secret may no longer be recognised in the kind, where digits and ids are folded.
    """
    first_line = example.split("\n", 1)[0]
    masked = mask(first_line)
    if MASK not in masked:
        return mask(kind)
    whole = len(masked) <= KIND_LENGTH
    return re.sub(KIND_IDS, "N", masked if whole else f"{masked[:KIND_LENGTH].rpartition(' ')[0]} …")


def names_of(kind: str, connection: duckdb.DuckDBPyConnection, span: Span) -> tuple[str, ...]:
    """Returns the deployments, or projects, in the order in which they were first seen, at most MOST_DEPLOYMENTS."""
    return tuple(row[0] for row in connection.execute(SEEN, {"name": kind, **minutes_of(span)}).fetchall())


MOST_OVERLAPS = 5
"""The most pairs of overlapping events listed."""

OVERLAPS = f"""
SELECT detail, sum(count)::BIGINT AS count, min_by(message, first) FROM tally
WHERE name = 'overlap' AND (minute >= $from_minute AND minute < $to_minute OR minute = {NO_TIME_MINUTE})
GROUP BY detail ORDER BY count DESC, detail LIMIT {MOST_OVERLAPS}
"""


def overlaps_of(connection: duckdb.DuckDBPyConnection, span: Span) -> tuple[Overlap, ...]:
    """Returns the events whose patterns match the same records, in a span of whole minutes or without a time, the most
    frequent first, with unmasked messages.
    """
    rows = connection.execute(OVERLAPS, minutes_of(span)).fetchall()
    pairs = [(detail.partition("+"), count, message or "") for detail, count, message in rows]
    return tuple(Overlap(first, second, count, message) for (first, _, second), count, message in pairs)


def records_of_deployments(connection: duckdb.DuckDBPyConnection, span: Span) -> int:
    """Counts the records that name their deployment, without those of other environments."""
    row = connection.execute(
        "SELECT sum(count)::BIGINT FROM tally "
        "WHERE name = 'deployment' AND minute >= $from_minute AND minute < $to_minute",
        minutes_of(span),
    ).fetchone()
    return int(row[0] or 0) if row else 0


TOLD = """
SELECT name, detail, sum(count)::BIGINT AS count FROM tally
WHERE name IN ('unknown_level', 'environment')
  AND (minute >= $from_minute AND minute < $to_minute OR minute = $no_time)
GROUP BY ALL ORDER BY count DESC, detail LIMIT 100
"""


def told_of(connection: duckdb.DuckDBPyConnection, span: Span) -> dict[str, dict[str, int]]:
    """Returns unknown levels and other environments in a span of whole minutes or without a time, by name of the tally.

    Each with its count, the most frequent first, at most 100.
    """
    told: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for name, word, count in connection.execute(TOLD, {**minutes_of(span), "no_time": NO_TIME_MINUTE}).fetchall():
        told[name][word] = count
    return told


RECORDED = """
SELECT min(first), max(last) FROM tally
WHERE name = 'records' AND first >= TIMESTAMP '0002-01-01' AND last < TIMESTAMP '9999-01-01'
"""
"""Leaves out the ends of the calendar: a time zone may put a clock that was never set just outside of it."""


def untimed_of(connection: duckdb.DuckDBPyConnection) -> int:
    """Counts the records without a time."""
    row = connection.execute(
        "SELECT sum(count)::BIGINT FROM tally WHERE name = 'records' AND minute = ?", [NO_TIME_MINUTE]
    ).fetchone()
    return int(row[0] or 0) if row else 0


def recorded_span(connection: duckdb.DuckDBPyConnection) -> Span | None:
    """Returns the span from the first record to the last of all files; None if there is none."""
    row = connection.execute(RECORDED).fetchone()
    return Span(aware(row[0]), aware(row[1])) if row and row[0] else None


def aware(moment: datetime) -> datetime:
    """Adds the zone to a time from DuckDB, which is in UTC but without one."""
    return moment.replace(tzinfo=UTC)
