"""The Checkpoint Log: the section of the current hour, and sections of earlier hours that were never filled."""

import re
from collections.abc import Iterable, Iterator

from logparse.monitoring_log import layout
from logparse.monitoring_log.filled import HowFilled, filled, holds_numbers
from logparse.monitoring_log.layout import FINAL_HOUR, NOT_JUDGED, labels_of, section_of
from logparse.monitoring_log.markdown.document import Document
from logparse.monitoring_log.markdown.fields import find_fields, put, replace_line
from logparse.monitoring_log.markdown.lines import Body
from logparse.monitoring_log.sections.error_kinds import put_kinds
from logparse.outcome import Outcome
from logparse.text.markdown import escaped_markdown
from logparse.text.wording import moment, number, rate_and_interval, response_time
from logparse.values.criteria import SIGNATURE_FAILURES
from logparse.values.metrics import Metrics
from logparse.values.schedule import Soak
from logparse.verdicts.verdict import Verdict, WindowResult

NOTES_PLACEHOLDER = "[anything worth knowing]"
BASELINE_NOTE = "Initial baseline established"
NOT_COLLECTED = "not collected"

_OWN_NOTE = re.compile(rf"{BASELINE_NOTE}|Judged (?:\d{{4}}-|at its own hour)|Filled in later, at hour \d")


def put_checkpoints(document: Document, verdict: Verdict) -> Document:
    """Fills each section for which this verdict has the numbers."""
    document = _put_baseline(document, verdict)
    windows = {window.hour: window for window in verdict.windows}
    for hour in Soak(verdict.start).due(verdict.hour):
        window = windows.get(hour)
        if window and _is_due(document, verdict, window):
            document = _put_window(document, verdict, window)
    return document


def _is_due(document: Document, verdict: Verdict, window: WindowResult) -> bool:
    """Tells whether to write a section: always for the current hour, else only if it was never filled.

    Counts written earlier are kept even if the logs are gone by now.
    """
    done = filled(document, window.hour) is HowFilled.YES
    if done and (window.hour != verdict.hour or not window.metrics.records):
        return False
    return _shown(verdict, window).records > 0 or not holds_numbers(document, window.hour)


def _shown(verdict: Verdict, window: WindowResult) -> Metrics:
    """Returns the numbers of a section: those of its window, or at hour 24 those of all 24 hours."""
    return verdict.metrics if window.hour == FINAL_HOUR else window.metrics


def _put_baseline(document: Document, verdict: Verdict) -> Document:
    """Fills hour 0 with the four hours before the start; without a run of hour 0 they are unknown."""
    state, baseline = filled(document, 0), verdict.baseline
    has_logs = baseline is not None and baseline.records > 0
    if (verdict.hour != 0 and state is not HowFilled.NO) or (holds_numbers(document, 0) and not has_logs):
        return document
    counts = (baseline.deliveries, baseline.processed, baseline.errors) if baseline else (None, None, None)
    labels = (layout.DELIVERIES, layout.PROCESSED, layout.ERRORS)
    values = [(layout.TIME, moment(verdict.start)), *zip(labels, map(_before, counts), strict=True)]
    note = BASELINE_NOTE if verdict.hour == 0 else ""
    return _put_section(document, 0, values, note)


def _before(count: int | None) -> str:
    return NOT_COLLECTED if count is None else f"{number(count)} in the 4 h before the start"


def _put_window(document: Document, verdict: Verdict, window: WindowResult) -> Document:
    metrics = _shown(verdict, window)
    counted = window.judged or metrics.records > 0
    values = [(label, value if counted else NOT_JUDGED) for label, value in _numbers(verdict, window, metrics)]
    values = [(layout.TIME, moment(window.span.end)), *values, (layout.LIMITS, _limits(verdict, window))]
    kinds = verdict.error_kinds if window.hour == FINAL_HOUR else window.error_kinds
    name = section_of(window.hour)
    before = document.body(name)
    document = _put_section(document, window.hour, values, _note(verdict, window) if window.judged else "")
    listed = put_kinds(document.body(name), before, layout.ERRORS, labels_of(window.hour), kinds, metrics.errors)
    return document.with_body(name, listed)


def _numbers(verdict: Verdict, window: WindowResult, metrics: Metrics) -> Iterator[tuple[str, str]]:
    if window.hour == FINAL_HOUR:
        yield layout.TOTAL_DELIVERIES, number(metrics.deliveries)
        yield layout.TOTAL_PROCESSED, number(metrics.processed)
        yield layout.SUCCESS_RATE, rate_and_interval(metrics.processed, metrics.deliveries)
    else:
        yield layout.DELIVERIES, number(metrics.deliveries)
        yield layout.PROCESSED, number(metrics.processed)
        yield layout.SIGNATURES, _signatures(verdict, metrics)
    yield layout.ERRORS, _errors(metrics)
    yield layout.RESPONSE_TIME, response_time(metrics)


def _signatures(verdict: Verdict, metrics: Metrics) -> str:
    judgement = verdict.judgement_of(SIGNATURE_FAILURES.name)
    if judgement and judgement.outcome is Outcome.NOT_MEASURED:
        return "not measured"
    return f"{number(metrics.signatures_verified)} / {number(metrics.signature_failures)}"


def _errors(metrics: Metrics) -> str:
    critical = f" (critical errors: {number(metrics.critical_errors)})" if metrics.critical_errors else ""
    return number(metrics.errors) + critical


def _limits(verdict: Verdict, window: WindowResult) -> str:
    """Returns whether the window by itself keeps the limits, apart from the verdict, which is about the whole soak.

    At hour 24 the numbers above are of all 24 hours, so the last window's own numbers are added here.
    """
    said = escaped_markdown(window.reason)
    if not window.judged:
        said = f"{NOT_JUDGED}: {said or 'its logs are missing'}"
    elif not said:
        said = "all met" if window.metrics.deliveries else "no deliveries, so no rate to compare"
    if window.hour != FINAL_HOUR:
        return said
    short = f" ({_in_short(window.metrics)})" if window.metrics.records else ""
    lacking = [str(other.hour) for other in verdict.windows if not other.judged]
    return said + short + (f"; the totals are not whole, see hour {', '.join(lacking)}" if lacking else "")


def _in_short(metrics: Metrics) -> str:
    return (
        f"the last 4 h: {number(metrics.deliveries)} delivered, {number(metrics.processed)} processed, "
        f"{number(metrics.errors)} errors, {response_time(metrics).split(', ')[0]}"
    )


def _note(verdict: Verdict, window: WindowResult) -> str:
    """Returns the first note of a section: when it was filled, whether at its own hour, and what was waived."""
    at = moment(verdict.judged_at) if verdict.judged_at else ""
    if window.hour == verdict.hour:
        waived = "".join(f"; {one.title}: {one.shown}: {escaped_markdown(one.reason)}" for one in verdict.waived)
        return (f"Judged {at}" if at else "Judged at its own hour") + waived
    return f"Filled in later, at hour {verdict.hour}" + (f" ({at})" if at else "")


def _put_section(document: Document, hour: int, values: Iterable[tuple[str, str]], note: str) -> Document:
    """Writes values behind labels of a section. Notes are people's: only the original placeholder is replaced."""
    name = section_of(hour)
    body = document.body(name)
    for label, value in values:
        body = put(body, label, value, labels_of(hour))
    return document.with_body(name, _with_note(body, note) if note else body)


def _with_note(body: Body, note: str) -> Body:
    """Replaces the placeholder of the notes, the first if people copied it; once, for the next run has another note."""
    notes = find_fields(body, layout.NOTES)
    first = next((field for field in notes if field.value == NOTES_PLACEHOLDER), None)
    if first is None or any(_OWN_NOTE.match(field.value) for field in notes):
        return body
    return replace_line(body, first.index, f"{first.before} {note}")
