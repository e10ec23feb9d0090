"""The Metrics Summary: the state of the soak so far, a row for each number."""

from collections.abc import Iterator

from logparse.monitoring_log.layout import AS_OF, DEPLOYMENTS, METRICS, METRICS_LABELS, SUMMARY_ROWS
from logparse.monitoring_log.markdown.document import Document
from logparse.monitoring_log.markdown.fields import put
from logparse.monitoring_log.markdown.table import put_rows
from logparse.outcome import Outcome
from logparse.text.markdown import code_span, escaped_markdown
from logparse.text.wording import moment, number, rate_and_interval, ratings_so_far, response_time
from logparse.values.criteria import ERROR_RATE, RESPONSE_QUALITY, RESPONSE_TIME, SIGNATURE_FAILURES, SUCCESS_RATE
from logparse.values.criterion import Criterion
from logparse.values.schedule import Soak
from logparse.verdicts.verdict import Verdict

MET, NOT_MET, UNKNOWN = "✓", "✗", "\N{EN DASH}"


def put_summary(document: Document, verdict: Verdict) -> Document:
    """Writes the numbers since the start, each with whether it keeps its limit."""
    body = put(document.body(METRICS), AS_OF, _as_of(verdict), METRICS_LABELS)
    seen = ", ".join(map(code_span, verdict.deployments)) or "the logs name none"
    body = put(body, DEPLOYMENTS, seen, METRICS_LABELS)
    rows = [(name, value, status) for name, (value, status) in zip(SUMMARY_ROWS, _rows(verdict), strict=True)]
    return document.with_body(METRICS, put_rows(body, rows))


def _as_of(verdict: Verdict) -> str:
    """Returns the end of the time that the numbers cover, and the verdict."""
    at = moment(Soak(verdict.start).checkpoint(verdict.hour))
    title = verdict.title if f"hour {verdict.hour}" in verdict.title else f"{verdict.title}, hour {verdict.hour} of 24"
    return f"{at}: {title}" + (f" ({escaped_markdown(verdict.reason)})" if verdict.reason else "")


def _rows(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """Yields value and status of each row, in the order of the table."""
    metrics = verdict.metrics
    yield number(metrics.deliveries), _counted(verdict, metrics.deliveries)
    yield number(metrics.processed), _counted(verdict, metrics.processed)
    yield rate_and_interval(metrics.processed, metrics.deliveries), _status(verdict, SUCCESS_RATE)
    yield number(metrics.signature_failures), _status(verdict, SIGNATURE_FAILURES)
    yield response_time(metrics), _status(verdict, RESPONSE_TIME)
    yield rate_and_interval(metrics.errors, metrics.deliveries), _status(verdict, ERROR_RATE)
    yield ratings_so_far(verdict.quality_checks), _quality_status(verdict)


def _quality_status(verdict: Verdict) -> str:
    """Returns the status of the ratings; without ratings nothing is met."""
    status = _status(verdict, RESPONSE_QUALITY)
    return status if status == NOT_MET or verdict.answers == "stable" else UNKNOWN


def _counted(verdict: Verdict, count: int) -> str:
    """Returns the status of a number that has no limit but must not be 0."""
    if not any(window.judged for window in verdict.windows):
        return UNKNOWN
    return MET if count else NOT_MET


def _status(verdict: Verdict, criterion: Criterion) -> str:
    """Returns the status of a criterion."""
    judgement = verdict.judgement_of(criterion.name)
    if judgement and judgement.waived:
        return f"{MET} {judgement.shown}: {escaped_markdown(judgement.waived.waiver.words)}"
    statuses = {Outcome.PASS: MET, Outcome.WARN: MET, Outcome.FAIL: NOT_MET}
    return statuses.get(judgement.outcome, UNKNOWN) if judgement else UNKNOWN
