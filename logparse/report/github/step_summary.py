"""A verdict as the summary of a step of GitHub Actions: one short page of Markdown."""

from collections.abc import Iterator, Sequence

from logparse.report.columns import markdown_table
from logparse.report.figures import COLUMNS, MARKS, criterion_row
from logparse.report.trend import trend_markdown
from logparse.text.markdown import code_span, escaped_markdown
from logparse.text.wording import exact, moment, plural
from logparse.values.judgement import Judgement
from logparse.values.schedule import CHECKPOINTS, Soak, StartSource
from logparse.verdicts.verdict import REHEARSED, UNFINISHED, Verdict

LARGEST = 1 << 20
"""The most bytes of a step's summary; the service does not show a larger one."""

SHOWN = 20
"""The most red flags and kinds of error that are shown; the report has all."""

_MARK_OF_STATE = {"READY": MARKS["PASS"], "STARTED": MARKS["PASS"], "NOT READY": MARKS["FAIL"]}


def step_summary(verdict: Verdict) -> str:
    """Returns the verdict, its reason, the criteria, and what somebody should look at."""
    mark = _MARK_OF_STATE.get(str(verdict.state), MARKS["NOT JUDGED"])
    parts = [
        f"## {mark} {escaped_markdown(verdict.title)}",
        "",
        f"{escaped_markdown(verdict.reason)}.",
        "",
        *_soak(verdict),
        "",
    ]
    for heading, lines in (
        ("Criteria", _criteria(verdict)),
        ("Trend", trend_markdown(verdict)),
        ("Red flags", _flags(verdict)),
        ("Errors by kind", _error_kinds(verdict)),
    ):
        told = list(lines)
        parts += [f"### {heading}", "", *told, ""] if told else []
    return "\n".join(parts)


def unfinished_summary(why: Sequence[str]) -> str:
    """Returns the summary of a run that did not finish."""
    return "\n".join([f"## {MARKS['NOT JUDGED']} NOT JUDGED: {UNFINISHED}", "", *map(escaped_markdown, why), ""])


def fitted(text: str, room: int) -> str:
    """Returns as many whole lines of a summary as fit into ``room`` bytes, with a note if some are left out."""
    if len(text.encode()) <= room:
        return text
    left_out = "\n\nThe rest has no room here; see the report.\n"
    cut = text.encode()[: max(0, room - len(left_out.encode()))].decode(errors="ignore").rpartition("\n")[0]
    return f"{cut}{left_out}" if cut else ""


def _soak(verdict: Verdict) -> Iterator[str]:
    if verdict.mend:
        yield f"- **To mend:** {code_span(verdict.mend, 500)}"
    if verdict.start_source is not StartSource.UNKNOWN:
        end = Soak(verdict.start).checkpoint(verdict.hour)
        span = f"{moment(verdict.start)} to {moment(end)}" if verdict.hour else f"from {moment(verdict.start)} on"
        yield f"- **Soak:** {span}, hour {verdict.hour} of {CHECKPOINTS[-1]}"
    if verdict.rehearsal:
        yield f"- **Rehearsal:** {REHEARSED}"
    if verdict.deployment:
        yield f"- **Deployment, as hour 0 named it:** {code_span(verdict.deployment)}"
    deployments = ", ".join(map(code_span, verdict.deployments[:SHOWN])) or "the logs name none"
    yield f"- **Deployments:** {deployments}{', ...' if len(verdict.deployments) > SHOWN else ''}"
    yield f"- **Logs:** {plural(len(verdict.files), 'file')}, {plural(sum(verdict.lines.values()), 'line')}"


def _criteria(verdict: Verdict) -> Iterator[str]:
    if not verdict.criteria:
        return
    yield from markdown_table((*COLUMNS, "Reason"), map(_criterion, verdict.criteria))


def _criterion(judgement: Judgement) -> Sequence[str]:
    title, *figures = criterion_row(judgement)
    required = "" if judgement.required else " (not required)"
    return (f"{title}{required}", *figures, escaped_markdown(judgement.reason))


def _flags(verdict: Verdict) -> Iterator[str]:
    for flag in verdict.flags[:SHOWN]:
        said = f": {code_span(flag.message)}" if flag.message else ""
        about = f"{flag.severity}, {plural(flag.records, 'record')}, {exact(flag.first)}"
        yield f"- **{escaped_markdown(flag.label)}** ({about}){said}"
    yield from _more(len(verdict.flags))


def _error_kinds(verdict: Verdict) -> Iterator[str]:
    for kind in verdict.error_kinds[:SHOWN]:
        yield f"- {kind.count:,} × {code_span(kind.kind)}, first at {exact(kind.first)}"
    yield from _more(len(verdict.error_kinds))


def _more(number: int) -> Iterator[str]:
    if number > SHOWN:
        yield f"- and {number - SHOWN:,} more; see the report"
