"""The output of ``logparse tally`` for people: the counts, the kinds of error, and the account of each file."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from logparse.evidence.word_findings import APART, told_overlap
from logparse.report.columns import aligned
from logparse.tallying import Tallying
from logparse.text.escape import printable
from logparse.text.wording import exact, percent, period, plural, response_time, seconds
from logparse.values.metrics import Metrics

SHOWN_KINDS = 20
"""The most kinds of error that are shown; the JSON form has more."""

COUNTED: Sequence[tuple[str, str]] = (
    ("records", "records"),
    ("deliveries", "deliveries"),
    ("processed", "processed"),
    ("replies", "replies"),
    ("errors", "errors"),
    ("critical_errors", "critical"),
    ("signature_failures", "signatures"),
)
"""The counts of a stretch, each with the head of its column."""

COLUMNS = ("from (UTC)", *(head for _, head in COUNTED), "success", "error rate", "mean", "p95")

WHOLE: Sequence[tuple[str, str]] = (
    ("deliveries", "deliveries"),
    ("processed", "processed"),
    ("replies", "replies"),
    ("fallback_replies", "of these with the fallback text"),
    ("slow_replies", "of these slow"),
    ("errors", "errors"),
    ("critical_errors", "critical errors"),
    ("signature_failures", "signature failures"),
    ("delivery_failures", "delivery failures"),
    ("send_failures", "send failures"),
    ("signatures_verified", "signatures verified"),
    ("receipts", "receipts"),
    ("left_out", "records of other environments, left out"),
)
"""The counts of the whole, each with its words, in the order in which they are shown."""


def counts_table(tallying: Tallying) -> Iterator[str]:
    """Yields the counts line by line, escaped for a terminal."""
    yield from map(printable, _lines(tallying))


def _lines(tallying: Tallying) -> Iterator[str]:
    yield from _whole(tallying)
    if tallying.buckets:
        yield ""
        yield from aligned([COLUMNS, *_rows(tallying)], right=True)
    if tallying.error_kinds:
        yield ""
        yield from aligned([("errors", "first (UTC)", "kind"), *_kinds(tallying)], right=True)
    yield ""
    yield from aligned([("records", "lines", "format", "file"), *_files(tallying)], right=True)
    for problem in tallying.problems:
        yield f"NOT COUNTED WHOLLY: {problem.text}"
        yield f"  to mend: {problem.mend}"
    for overlap in tallying.overlaps:
        yield f"LOOK: {told_overlap(overlap)}"
        yield f"  to mend: {APART}"


def _whole(tallying: Tallying) -> Iterator[str]:
    metrics, recorded = tallying.metrics, tallying.recorded
    when = period(recorded.start, recorded.end) if recorded else "no time"
    yield f"{plural(metrics.records, 'record')} in {plural(len(tallying.files), 'file')}, {when}"
    if tallying.untimed:
        yield f"{plural(tallying.untimed, 'record')} without a time"
    yield from aligned([(f"{getattr(metrics, name):,}", words) for name, words in WHOLE], right=True)
    yield f"success rate {_percent(metrics.success_rate)}, error rate {_percent(metrics.error_rate)}"
    yield f"response time {response_time(metrics)}"


def _rows(tallying: Tallying) -> Iterator[tuple[str, ...]]:
    """Yields a row for each time bucket, and one for each run of empty buckets."""
    before: datetime | None = None
    for bucket in tallying.buckets:
        if before is not None and bucket.span.start > before:
            empty = (bucket.span.start - before) // bucket.span.length
            yield (f"{_begin(before)}", f"none, {plural(empty, tallying.by)}", *[""] * (len(COLUMNS) - 2))
        yield (_begin(bucket.span.start), *_figures(bucket.metrics))
        before = bucket.span.end


def _figures(metrics: Metrics) -> tuple[str, ...]:
    times = (metrics.response_ms_mean, metrics.response_ms_p95)
    return (
        *(f"{getattr(metrics, name):,}" for name, _ in COUNTED),
        _percent(metrics.success_rate),
        _percent(metrics.error_rate),
        *("–" if time is None else seconds(time) for time in times),
    )


def _kinds(tallying: Tallying) -> Iterator[tuple[str, ...]]:
    for kind in tallying.error_kinds[:SHOWN_KINDS]:
        yield f"{kind.count:,}", exact(kind.first).removesuffix(" UTC"), kind.kind
    more = len(tallying.error_kinds) - SHOWN_KINDS
    if more > 0:
        yield "…", "", f"{plural(more, 'more kind')}; see --json"


def _files(tallying: Tallying) -> Iterator[tuple[str, ...]]:
    for file in tallying.files:
        classes = ", ".join(f"{count:,} {name}" for name, count in file.lines.items() if count and name != "records")
        lines = f"{sum(file.lines.values()):,}"
        yield f"{file.records:,}", lines, file.format or "–", file.path + (f" ({classes})" if classes else "")


def _begin(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}"


def _percent(rate: float | None) -> str:
    return "–" if rate is None else percent(rate)
