"""The course of a soak, from its tally: counts for each quarter of an hour, and the distribution of response times."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping

import duckdb

from logparse.counting.events import BIN_WIDTH
from logparse.counting.numbers import metrics_by, minutes_of
from logparse.values.course import SLOT, Bar, Slot
from logparse.values.metrics import Metrics
from logparse.values.schedule import WINDOW, Soak, Span, minute_of

EDGES_MS = (500, 1_000, 2_000, 3_000, 5_000, 7_500, 10_000, 15_000, 20_000, 30_000, 60_000)
"""The upper edges of the bars of response times; the limit in force is one more edge."""

RESPONSE_BINS = """
SELECT bin, sum(count)::BIGINT FROM tally
WHERE name = 'response_time' AND minute >= $from_minute AND minute < $to_minute GROUP BY bin
"""

LINES_BY_WINDOW = """
SELECT file, (minute - $from_minute) // $width, sum(lines)::BIGINT
FROM kept WHERE minute >= $from_minute AND minute < $to_minute GROUP BY ALL
"""


def slots_of(connection: duckdb.DuckDBPyConnection, span: Span) -> tuple[Slot, ...]:
    """Returns all slots of a span of whole slots, in order, including empty ones."""
    width, origin = int(SLOT.total_seconds() // 60), minute_of(span.start)
    found = metrics_by(connection, span, origin, width)
    count = span.length // SLOT
    return tuple(_slot(found.get(origin + at * width, Metrics()), span, at) for at in range(count))


def _slot(metrics: Metrics, span: Span, at: int) -> Slot:
    return Slot(
        start=span.start + at * SLOT,
        end=span.start + (at + 1) * SLOT,
        deliveries=metrics.deliveries,
        processed=metrics.processed,
        errors=metrics.errors,
        replies=metrics.replies,
        response_ms_p50=metrics.response_ms_p50,
        response_ms_p95=metrics.response_ms_p95,
        response_ms_max=metrics.response_ms_max,
    )


def response_times_of(connection: duckdb.DuckDBPyConnection, span: Span, limit_ms: int) -> tuple[Bar, ...]:
    """Counts the replies of a span of whole minutes by response time, in a few bars; empty without a reply.

    The limit is an edge. A 1 % bin that an edge cuts is counted on the side of its middle.
    """
    return folded(reply_bins(connection, span), limit_ms)


def reply_bins(connection: duckdb.DuckDBPyConnection, span: Span) -> Mapping[int, int]:
    """Counts the replies of a span of whole minutes by the place of their 1 % bin."""
    return dict(connection.execute(RESPONSE_BINS, minutes_of(span)).fetchall())


def folded(bins: Mapping[int, int], limit_ms: int) -> tuple[Bar, ...]:
    """Folds counts by 1 % bins into a few bars, up to the slowest that holds a reply."""
    if not bins:
        return ()
    edges = sorted({*EDGES_MS, limit_ms} - {0})
    counts: defaultdict[int, int] = defaultdict(int)
    for place, count in bins.items():
        counts[bisect_left(edges, BIN_WIDTH ** (place + 0.5))] += count
    starts, ends = [0, *edges], [*edges, None]
    return tuple(Bar(starts[at], ends[at], counts[at]) for at in range(max(counts) + 1))


def lines_by_window(connection: duckdb.DuckDBPyConnection, soak: Soak, hour: int) -> Mapping[int, Mapping[int, int]]:
    """Counts the lines with records that count once, by the place of their file, and by the hour of their window."""
    width = int(WINDOW.total_seconds() // 60)
    rows = connection.execute(LINES_BY_WINDOW, {**minutes_of(soak.judged(hour)), "width": width}).fetchall()
    hours = soak.due(hour)
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for file, at, lines in rows:
        found[file][hours[at]] = lines
    return found
