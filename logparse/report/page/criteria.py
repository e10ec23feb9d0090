"""The table of criteria on the page: value, limit, margin, counts, interval, outcome, reason, and where to look."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from logparse.report.figures import COLUMNS, margin_of, row_of
from logparse.report.page.table import framed
from logparse.text.escape import html, seen
from logparse.values.judgement import Judgement
from logparse.verdicts.verdict import Verdict

LONGEST_REASON = 1_500
"""Characters of a reason that are shown."""

EVIDENCE: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "evidence": (("files", "files"), ("windows", "windows")),
        "success_rate": (("traffic", "traffic"), ("errors-by-kind", "errors")),
        "signature_failures": (("red-flags", "red flags"),),
        "response_time": (("response-time", "over time"), ("response-times", "distribution")),
        "error_rate": (("errors-by-kind", "errors"), ("traffic", "traffic")),
        "critical_errors": (("red-flags", "red flags"), ("errors-by-kind", "errors")),
        "silence": (("traffic", "traffic"),),
        "answering": (("traffic", "traffic"), ("red-flags", "red flags")),
        "delivery_failures": (("red-flags", "red flags"),),
        "send_failures": (("red-flags", "red flags"),),
        "fallback_replies": (("windows", "windows"),),
        "response_quality": (("findings", "findings"), ("red-flags", "red flags")),
    }
)
"""Where on the page the evidence of each criterion stands: anchors and their words."""

HEADS = (COLUMNS[0], COLUMNS[-1], COLUMNS[1], COLUMNS[2], "Margin", *COLUMNS[3:-1], "Reason")
"""The outcome stands second, so that a narrow screen shows it."""


def criteria(verdict: Verdict, there: frozenset[str]) -> Iterator[str]:
    """The table of all criteria, passed ones too; links lead to what is ``there`` on the page alone."""
    if verdict.criteria:
        yield '<section class="criteria" id="criteria"><h3 id="criteria-name">Criteria</h3>'
        yield from framed("criteria-name", HEADS, [_row(judgement, there) for judgement in verdict.criteria])
        yield "</section>"


def _row(judgement: Judgement, there: frozenset[str]) -> str:
    name, value, limit, counts, interval, outcome = row_of(judgement)
    required = "" if judgement.required else " (not required)"
    figures = "".join(f"<td>{html(text)}</td>" for text in (value, limit, margin_of(judgement), counts, interval))
    css = str(judgement.outcome).lower().replace(" ", "-")
    return (
        f'<tr class="{css}" id="{html(judgement.name)}"><th scope="row">{html(name)}{required}</th>'
        f'<td class="outcome">{html(outcome)}</td>{figures}'
        f'<td class="reason">{html(seen(judgement.reason, LONGEST_REASON))}{_links(judgement.name, there)}</td></tr>'
    )


def _links(name: str, there: frozenset[str]) -> str:
    found = [(anchor, words) for anchor, words in EVIDENCE.get(name, ()) if anchor in there]
    links = ", ".join(f'<a href="#{anchor}">{words}</a>' for anchor, words in found)
    return f'<span class="look">Look at: {links}</span>' if links else ""
