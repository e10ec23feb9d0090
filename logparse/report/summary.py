"""SUMMARY.md: the whole soak on one page, for those who decide whether to move on."""

from collections.abc import Iterator, Sequence

from logparse.monitoring_log.advice import recommendations
from logparse.outcome import Outcome, State
from logparse.report import quality
from logparse.report.columns import markdown_table
from logparse.report.figures import COLUMNS, criterion_row
from logparse.report.trend import trend_markdown
from logparse.text.markdown import code_span, escaped_markdown
from logparse.text.wording import moment, plural
from logparse.values.criteria import RESPONSE_QUALITY
from logparse.values.ratings import CheckResult
from logparse.verdicts.verdict import REHEARSAL, REHEARSED, Verdict


def summary(verdict: Verdict) -> str:
    """Returns the summary of a whole soak as Markdown."""
    sections = (
        ("24-hour summary", _overview(verdict)),
        ("Final metrics", markdown_table(COLUMNS, map(criterion_row, verdict.criteria))),
        *([("Trend", trend_markdown(verdict))] if verdict.trend else []),
        ("Quality results", _quality(verdict)),
        ("Findings in conversations", quality.findings_markdown(verdict)),
        ("Issues and resolutions", _issues(verdict)),
        ("Readiness assessment", _readiness(verdict)),
        ("Recommendations for ongoing monitoring", _recommendations(verdict)),
        ("Phase", _phase(verdict)),
    )
    parts = [f"# Soak summary: {verdict.title}", ""]
    for heading, lines in sections:
        parts += [f"## {heading}", "", *lines, ""]
    return "\n".join(parts)


def _overview(verdict: Verdict) -> Iterator[str]:
    metrics = verdict.metrics
    end = verdict.windows[-1].span.end if verdict.windows else verdict.start
    yield f"- **Soak:** {moment(verdict.start)} to {moment(end)} (start: {verdict.start_source})"
    if verdict.deployment:
        yield f"- **Deployment, as hour 0 named it:** {code_span(verdict.deployment)}"
    if verdict.deployments:
        yield f"- **Deployments:** {', '.join(map(code_span, verdict.deployments))}"
    yield (
        f"- **Traffic:** {plural(metrics.deliveries, 'delivery', 'deliveries')}, {metrics.processed:,} processed, "
        f"{plural(metrics.replies, 'reply', 'replies')}, {plural(metrics.errors, 'error')}"
    )
    lines = plural(sum(verdict.lines.values()), "line")
    yield f"- **Evidence:** {plural(len(verdict.files), 'file')}, {lines}, each accounted for"


def _quality(verdict: Verdict) -> Iterator[str]:
    judgement = verdict.criterion(RESPONSE_QUALITY.name)
    reason = escaped_markdown(judgement.reason)
    yield f"**{verdict.answers[:1].upper()}{verdict.answers[1:]}** ({judgement.outcome}): {reason}."
    if not verdict.quality_checks:
        return
    yield ""
    heads = ("Check", "Rated", "Appropriate", "Needs improvement", "Tags", "Sample")
    yield from markdown_table(heads, map(_check, verdict.quality_checks))


def _check(check: CheckResult) -> Sequence[str]:
    tags = ", ".join(f"{tag} {count}" for tag, count in check.tags.items()) or "–"
    drawn = check.sample
    return (
        f"{check.number} (hour {check.hour})",
        f"{check.rated:,} of {check.needed:,}",
        f"{check.appropriate:,}",
        f"{check.needs_improvement:,}",
        tags,
        escaped_markdown(f"{drawn.size:,} of {drawn.of:,}, seed {drawn.seed}") if drawn else "–",
    )


def _issues(verdict: Verdict) -> Iterator[str]:
    if not verdict.flags:
        yield "No red flag was seen."
    for flag in verdict.flags:
        said = f": {code_span(flag.message)}" if flag.message else ""
        cause = f"; likely cause: {escaped_markdown(flag.cause)}" if flag.cause else ""
        records = f", {plural(flag.records, 'record')}" if flag.records else ""
        yield f"- **{escaped_markdown(flag.label)}** ({flag.severity}{records}, from {moment(flag.first)}){said}{cause}"
    if verdict.flags:
        yield ""
        yield "Resolutions are what people write under Issues Encountered in MONITORING-LOG.md."


def _readiness(verdict: Verdict) -> Iterator[str]:
    yield f"**{verdict.state}.** {escaped_markdown(verdict.reason)}."
    if verdict.rehearsal:
        yield f"- This was a {REHEARSAL}: {REHEARSED}."
    for judgement in verdict.criteria:
        if judgement.waived:
            yield f"- {judgement.shown}: {judgement.title}: {escaped_markdown(judgement.reason)}"
        if judgement.outcome is Outcome.WARN:
            yield f"- Look at: {judgement.title}: {escaped_markdown(judgement.reason)}"


def _recommendations(verdict: Verdict) -> Iterator[str]:
    advices = list(recommendations(verdict))
    if not advices:
        yield "Keep collecting the logs, and judge again after each deployment."
    for advice in advices:
        yield f"- **{advice.area}:** {escaped_markdown(advice.about)}: {escaped_markdown(advice.text)}"


def _phase(verdict: Verdict) -> Iterator[str]:
    if verdict.state is State.READY:
        waived = f", with {plural(len(verdict.waived), 'waiver')}" if verdict.waived else ""
        rehearsal = f" (a {REHEARSAL}, which opens no gate)" if verdict.rehearsal else ""
        yield f"The phase is complete: nothing blocks it{waived}{rehearsal}."
        return
    yield "The phase is not complete. It is blocked by:"
    yield ""
    for judgement in verdict.criteria:
        if judgement.required and judgement.outcome in (Outcome.FAIL, Outcome.NOT_JUDGED):
            mend = f" To mend: {code_span(judgement.mend)}" if judgement.mend else ""
            yield f"- {judgement.title} ({judgement.outcome}): {escaped_markdown(judgement.reason)}.{mend}"
