"""The update of the document with one verdict: an ordered list of steps, each from document to document."""

from collections.abc import Callable
from pathlib import Path

from logparse.monitoring_log.filled import latest_hour
from logparse.monitoring_log.layout import DEFAULT_PATH
from logparse.monitoring_log.markdown.document import Document, out_of_html, parse, with_plain_headings
from logparse.monitoring_log.sections.checkpoints import put_checkpoints
from logparse.monitoring_log.sections.conclusion import put_claims_apart, put_conclusion, put_recommendations
from logparse.monitoring_log.sections.issues import put_issues
from logparse.monitoring_log.sections.metrics import put_summary
from logparse.monitoring_log.sections.top import put_deployment, put_start, put_state
from logparse.monitoring_log.template import put_way
from logparse.verdicts.verdict import Verdict

Step = Callable[[Document, Verdict], Document]

ALWAYS: tuple[Step, ...] = (put_start, put_deployment, put_way, put_checkpoints, put_issues)
"""Steps of every run; none changes what later hours wrote."""


def update(text: str, verdict: Verdict, path: str | Path = DEFAULT_PATH) -> str:
    """Returns the document's text with this verdict written into it; writing the same verdict again changes nothing.

    Raises UsageProblem, with the line, if the document is damaged.
    """
    document = out_of_html(with_plain_headings(parse(text, path)))
    for step in _steps(document, verdict):
        document = step(document, verdict)
    return put_claims_apart(document, verdict).text


def _steps(document: Document, verdict: Verdict) -> tuple[Step, ...]:
    """Returns the steps of this run, in order; the state of the soak is left alone if a later hour was run before."""
    if latest_hour(document) > verdict.hour:
        return ALWAYS
    summing_up = (put_summary,) if verdict.hour else ()
    at_the_end = (put_recommendations, put_conclusion) if verdict.final else ()
    return (*ALWAYS, put_state, *summing_up, *at_the_end)
