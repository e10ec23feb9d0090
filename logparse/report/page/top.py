"""The top of the HTML report: the verdict and its reasons, readable without scripts."""

import re
from collections.abc import Iterator

from logparse.outcome import Outcome
from logparse.report import quality, trend
from logparse.report.page.criteria import HEADS, criteria
from logparse.report.page.lists import errors_by_kind, files, red_flags, rejected_lines, settings_shown, windows
from logparse.text.templates import rendered
from logparse.text.wording import moment
from logparse.verdicts.verdict import REHEARSAL, REHEARSED, Verdict

UNFINISHED = "NOT JUDGED: the run did not finish"
"""The title of a report that was written although nothing was concluded."""


def page(verdict: Verdict) -> str:
    """Renders the verdict as HTML; all text of logs, files and settings in it is escaped."""
    # Imported here, because only a report needs charts, and their library takes time to load.
    from logparse.report.pictures.in_order import pictures  # noqa: PLC0415

    drawn = pictures(verdict)
    lists = {
        "errors-by-kind": errors_by_kind(verdict),
        "red-flags": red_flags(verdict),
        "windows": windows(verdict),
        "files": files(verdict),
        "lines-that-could-not-be-read": rejected_lines(verdict),
    }
    there = {quality.ANCHOR, *(one.anchor for one in drawn), *(anchor for anchor, shown in lists.items() if shown)}
    return rendered(
        "logparse.report",
        "verdict.html",
        verdict=verdict,
        sentences=list(_sentences(verdict)),
        criteria_heads=HEADS,
        criteria=criteria(verdict, there),
        trend=trend.compared(verdict),
        pictures=drawn,
        lists=lists,
        findings=quality.findings(verdict),
        settings=settings_shown(verdict),
    )


def title(verdict: Verdict) -> str:
    """Returns the title of the report, as plain text."""
    return f"{verdict.title}: soak from {moment(verdict.start)}, hour {verdict.hour}"


def unfinished_page() -> str:
    """Renders the notice in place of the verdict if the run did not finish."""
    return rendered("logparse.report", "report.html", title=UNFINISHED)


HEAD = (
    '<html lang="en">\n  <head>\n    <meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
    '    <meta name="color-scheme" content="light dark"/>'
)
"""The head of a report for assistive readers and small screens, in place of pytest-html's own."""


_FILTER = re.compile(r'<input [^<>]*class="filter"[^<>]*data-test-result="(\w+)"')
"""A checkbox of pytest-html that shows or hides the tests of one result."""


def completed(report: str) -> str:
    """Adds to a report of pytest-html what its template lacks: language, width of the screen, names of checkboxes."""
    named = _FILTER.sub(lambda box: f'{box[0]} aria-label="show {box[1]}"', report)
    return named.replace("<html>\n  <head>", HEAD, 1)


def _sentences(verdict: Verdict) -> Iterator[str]:
    """Yields the reason, or the names of the failed criteria if several; then start and deployment."""
    named = [
        f"{_listed(titles)} {words[len(titles) > 1]}"
        for outcome, words in SAID
        if (titles := [one.title for one in verdict.criteria if one.required and one.outcome is outcome])
    ]
    if sum(one.required and one.outcome in (Outcome.FAIL, Outcome.NOT_JUDGED) for one in verdict.criteria) > 1:
        yield f"{'; '.join(named)}."
    else:
        yield f"{verdict.reason[:1].upper()}{verdict.reason[1:]}."
    deployments = f" Deployment: {', '.join(verdict.deployments)}." if verdict.deployments else ""
    if verdict.deployment and verdict.deployments != (verdict.deployment,):
        deployments += f" Deployment, as hour 0 named it: {verdict.deployment}."
    if verdict.rehearsal:
        yield f"This is a {REHEARSAL}: {REHEARSED}."
    yield f"Start: {moment(verdict.start)} ({verdict.start_source}).{deployments}"


SAID = ((Outcome.FAIL, ("fails", "fail")), (Outcome.NOT_JUDGED, ("could not be judged", "could not be judged")))


def _listed(titles: list[str]) -> str:
    """Joins titles to a phrase: 'Silence, answering and error rate'."""
    rest = [title.lower() for title in titles[1:]]
    return titles[0] if not rest else f"{', '.join([titles[0], *rest[:-1]])} and {rest[-1]}"
