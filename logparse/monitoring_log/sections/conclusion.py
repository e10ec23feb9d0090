"""The Recommendations and the Conclusion, written at hour 24 alone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from logparse.monitoring_log.advice import NOTHING_TO_DO, change_for, recommendations
from logparse.monitoring_log.filled import HowFilled, filled
from logparse.monitoring_log.layout import AREAS, CONCLUSION, CONCLUSION_LABELS, FINAL_HOUR, ISSUES, RECOMMENDATIONS
from logparse.monitoring_log.markdown.document import Document
from logparse.monitoring_log.markdown.fields import BULLET, field_value, find_field, put, replace_line
from logparse.monitoring_log.markdown.lines import Body, Line
from logparse.monitoring_log.markdown.nested_list import Form, put_items, reach_of
from logparse.outcome import Outcome, State
from logparse.text.markdown import NARROW, READY, escaped_markdown, set_apart
from logparse.text.wording import moment, plural
from logparse.values.flags import Severity
from logparse.verdicts.verdict import REHEARSAL, Verdict

STABLE, NEEDS_ATTENTION = "STABLE", "NEEDS ATTENTION"

_WEIGHTS = "FAIL|WARN|NOT JUDGED|NOT READY|CRITICAL|WARNING|PASS with 1 waiver"
_WHEN = f"*(hour {FINAL_HOUR})*"
"""The end of a point, which separates it from people's text behind it; the text of a point never holds it unescaped."""

_POINTS = Form(own=rf"\*\*(?:{_WEIGHTS})\*\* (?P<key>[^:]+): .*?[*_]\(hour {FINAL_HOUR}\)[*_]")
_READY = re.compile(
    rf"(?P<before>{BULLET}\*\*Production Ready:)[ {NARROW}](?P<value>YES|NO)\*\*(?P<tail>.*)"  # as the suite writes it
)


def put_recommendations(document: Document, verdict: Verdict) -> Document:
    """Writes the recommendations, by area."""
    points: dict[str, list[tuple[str, str]]] = {area: [] for area in AREAS}
    for advice in recommendations(verdict):
        about = _key(advice.about)
        points[advice.area].append((about, f"**{advice.weight}** {about}: {escaped_markdown(advice.text)}"))
    body = document.body(RECOMMENDATIONS)
    for area in AREAS:
        said = plural(len(points[area]), "point") if points[area] else NOTHING_TO_DO[area]
        body = _put_points(put(body, area, said, AREAS), area, AREAS, points[area])
    return document.with_body(RECOMMENDATIONS, body)


def put_conclusion(document: Document, verdict: Verdict) -> Document:
    """Writes how the soak ended, and the action items."""
    ready = verdict.production_ready
    status, production_ready, action_items = CONCLUSION_LABELS
    rehearsal = f" ({REHEARSAL})" if verdict.rehearsal else ""
    said = (STABLE if ready else NEEDS_ATTENTION) + _waivers(verdict) + rehearsal
    body = put(document.body(CONCLUSION), status, said, CONCLUSION_LABELS)
    body = _put_production_ready(body, production_ready, ready)
    actions = list(_actions(verdict))
    body = put(body, action_items, plural(len(actions), "item") if actions else "none", CONCLUSION_LABELS)
    return document.with_body(CONCLUSION, _put_points(body, action_items, CONCLUSION_LABELS, actions))


def put_claims_apart(document: Document, verdict: Verdict) -> Document:
    """Breaks up the words that gates search for in every line but the one of a stable soak.

    Other lines have them by accident; the space in them is replaced by one that looks the same.
    """
    concluded = verdict.final or filled(document, FINAL_HOUR) is not HowFilled.NO
    stable = concluded and field_value(document.body(CONCLUSION), CONCLUSION_LABELS[0]).startswith(STABLE)
    found = [_ready_line(line) for line in document.body(CONCLUSION)] if stable else []
    own = next((at for at, match in enumerate(found) if match and match["value"] == "YES"), None)
    sections = []
    for section in document.sections:
        keep = own if section.name == CONCLUSION else None
        body = tuple(_set_apart(line, at == keep) for at, line in enumerate(section.body))
        heading = _set_apart(section.heading, keep=False) if section.heading else None
        sections.append(replace(section, heading=heading, body=body))
    return replace(document, sections=tuple(sections))


def _set_apart(line: Line, keep: bool) -> Line:
    """Breaks up the words that gates search for in one line; with ``keep`` they stay once."""
    if READY not in line.text:
        return line
    match = _ready_line(line) if keep else None
    return replace(line, text=f"{match['before']} YES**{set_apart(match['tail'])}" if match else set_apart(line.text))


def production_ready_line(document: Document) -> int | None:
    """Returns the number of the line in the Conclusion that says whether the bot is ready; None without such a line."""
    return next((line.number for line in document.body(CONCLUSION) if _ready_line(line)), None)


def _ready_line(line: Line) -> re.Match[str] | None:
    return None if line.literal else _READY.fullmatch(line.text)


def _put_production_ready(body: Body, label: str, ready: bool) -> Body:
    """Writes the one line that people and gates search for. Unlike in other fields, its value is inside the bold text.

    If people wrote another line of the same form, both get the same value.
    """
    answer = "YES" if ready else "NO"
    if not any(map(_ready_line, body)):
        body = put(body, label, "", CONCLUSION_LABELS)
        field = find_field(body, label)
        return replace_line(body, field.index, f"{field.lead}**{label}: {answer}**") if field else body
    for index, line in enumerate(body):
        match = _ready_line(line)
        if match:
            body = replace_line(body, index, f"{match['before']} {answer}**{match['tail']}")
    return body


def _actions(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """Yields each criterion that was waived, failed or could not be judged, with its remedy, and each critical flag."""
    told = False
    for judgement in verdict.waived:
        about = _key(judgement.title)
        yield about, f"**{judgement.shown}** {about}: {escaped_markdown(judgement.reason)}"
    for judgement in sorted(verdict.criteria, key=lambda judgement: -judgement.outcome.rank):
        if judgement.outcome in {Outcome.FAIL, Outcome.NOT_JUDGED}:
            told = told or judgement.required
            about, mend = _key(judgement.title), _mend(judgement.mend)
            yield about, f"**{judgement.outcome}** {about}: {escaped_markdown(judgement.reason)}{mend}"
    if not told and verdict.state in {State.NOT_READY, State.NOT_JUDGED}:
        yield "the verdict", f"**{verdict.state}** the verdict: {escaped_markdown(verdict.reason)}{_mend(verdict.mend)}"
    critical = {flag.label: flag for flag in reversed(verdict.flags) if flag.severity is Severity.CRITICAL}
    for label, flag in reversed(critical.items()):
        about = _key(label)
        seen = f"{plural(sum(other.label == label for other in verdict.flags), 'flag')}, from {moment(flag.first)}"
        yield about, f"**CRITICAL** {about}: {seen}, see {ISSUES}{_mend(change_for(flag).text)}"


def _waivers(verdict: Verdict) -> str:
    """Returns the text behind the status of a soak in which a failure was waived."""
    names = ", ".join(_key(judgement.title) for judgement in verdict.waived)
    return f" (with {plural(len(verdict.waived), 'waiver')}: {names})" if names else ""


def _mend(text: str) -> str:
    return f". To mend it: {escaped_markdown(text)}" if text else ""


def _key(title: str) -> str:
    """Returns the subject of a point. A colon ends it, so it contains none."""
    return escaped_markdown(title).replace(":", ",")


def _put_points(body: Body, label: str, labels: Sequence[str], points: Sequence[tuple[str, str]]) -> Body:
    field = find_field(body, label)
    if field is None:
        return body
    ended = [(about, f"{text} {_WHEN}") for about, text in points]
    return put_items(body, field, reach_of(body, field, labels), _POINTS, ended, lambda _: True)
