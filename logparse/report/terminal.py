"""The output of a run at its end: the table of criteria, and the block that people paste into their tracker."""

from collections.abc import Iterator, Sequence

from logparse.outcome import Outcome, State
from logparse.report.columns import aligned
from logparse.report.figures import COLUMNS, criterion_row
from logparse.text.escape import printable
from logparse.text.wording import milliseconds, percent
from logparse.verdicts.verdict import REHEARSED, Verdict


def criteria_table(verdict: Verdict) -> Iterator[str]:
    """Yields the criteria as lines of aligned columns."""
    if not verdict.criteria:
        return
    rows = [COLUMNS, *(criterion_row(judgement) for judgement in verdict.criteria)]
    yield from map(printable, aligned(rows))
    yield ""


def reasons(verdict: Verdict) -> Iterator[str]:
    """Yields the reason of each criterion that is not met, was waived, or warns."""
    for judgement in verdict.criteria:
        if judgement.waived or judgement.outcome in (Outcome.WARN, Outcome.NOT_JUDGED, Outcome.FAIL):
            yield printable(f"{judgement.shown}: {judgement.title}: {judgement.reason}")


def to_rate(verdict: Verdict) -> Iterator[str]:
    """Yields the checks that people have still to rate, with the command, so that none is forgotten."""
    for check in verdict.quality_checks:
        if check.missing:
            yield printable(f"to rate: check {check.number}: python -m logparse review --hour={check.hour}, or by hand")


def deployments(verdict: Verdict) -> Iterator[str]:
    """Yields the deployment that hour 0 named, and those in the logs, if any."""
    if verdict.deployment:
        yield printable(f"deployment, as hour 0 named it: {verdict.deployment}")
    if verdict.deployments:
        yield printable(f"deployments: {', '.join(verdict.deployments)}")


def block(verdict: Verdict) -> Sequence[str]:
    """Returns the lines that people paste into their tracker, or the remedy if nothing was judged."""
    if verdict.state is State.STARTED:
        return ["the soak has started"]
    if verdict.state is State.NOT_JUDGED:
        return [f"to mend: {printable(verdict.mend or 'see the reasons above')}"]
    heading = _heading(verdict)
    rehearsal = [f"REHEARSAL: {REHEARSED}"] if verdict.rehearsal else []
    return [heading, *rehearsal, *_numbers(verdict), *_waivers(verdict)] if heading else []


def _heading(verdict: Verdict) -> str:
    if verdict.stopped:
        return "monitoring-stopped"
    return "monitoring-complete" if verdict.final else ""


def _numbers(verdict: Verdict) -> list[str]:
    metrics = verdict.metrics
    rate, mean = metrics.success_rate, metrics.response_ms_mean
    return [
        f"DELIVERIES: {metrics.deliveries}",
        f"SUCCESS_RATE: {'not judged' if rate is None else percent(rate)}",
        f"RESPONSE_TIME: {'not judged' if mean is None else milliseconds(mean)}",
        f"ERRORS: {metrics.errors}",
        f"QUALITY: {verdict.answers}",
    ]


def _waivers(verdict: Verdict) -> Iterator[str]:
    for judgement in verdict.criteria:
        if judgement.waived:
            words = judgement.waived.waiver.words
            yield printable(f"WAIVER: {judgement.title}: {judgement.shown}: {words}")
