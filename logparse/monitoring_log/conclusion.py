"""Recommendations and Conclusion, written at hour 24 alone."""

import re
from collections.abc import Iterator

from logparse.monitoring_log.advice import NOTHING_TO_DO, recommendations
from logparse.monitoring_log.decisions import is_production_ready
from logparse.monitoring_log.document import Document
from logparse.monitoring_log.fields import BULLET, find, put, replace_line
from logparse.monitoring_log.layout import AREAS, CONCLUSION, CONCLUSION_LABELS, RECOMMENDATIONS
from logparse.monitoring_log.lines import Body
from logparse.monitoring_log.nested import Form, put_items
from logparse.monitoring_log.quoting import plain
from logparse.outcome import Outcome, State
from logparse.text.wording import plural
from logparse.verdicts.verdict import Verdict, waivers_of

STABLE, NEEDS_ATTENTION = "STABLE", "NEEDS ATTENTION"

_WEIGHTS = "FAIL|WARN|NOT JUDGED|NOT READY|CRITICAL|WARNING|PASS with 1 waiver"
_POINTS = Form(own=rf"\*\*(?:{_WEIGHTS})\*\* (?P<key>[^:]+): .*?", open_ended=True)
_READY = re.compile(
    rf"(?P<before>{BULLET}\*\*Production Ready:) (?P<value>YES|NO)\*\*(?P<tail>.*)"  # as the suite writes it
)


def put_recommendations(document: Document, verdict: Verdict) -> Document:
    """The document with what follows from the whole soak, by area."""
    points: dict[str, list[tuple[str, str]]] = {area: [] for area in AREAS}
    for advice in recommendations(verdict):
        about = _key(advice.about)
        points[advice.area].append((about, f"**{advice.weight}** {about}: {plain(advice.text)}"))
    body = document.body(RECOMMENDATIONS)
    for area in AREAS:
        said = plural(len(points[area]), "point") if points[area] else NOTHING_TO_DO[area]
        body = _put_points(put(body, area, said, AREAS), area, points[area])
    return document.with_body(RECOMMENDATIONS, body)


def put_conclusion(document: Document, verdict: Verdict) -> Document:
    """The document with how the soak ended, and what is to be done."""
    ready = is_production_ready(verdict)
    status, production_ready, action_items = CONCLUSION_LABELS
    said = (STABLE if ready else NEEDS_ATTENTION) + _waivers(verdict)
    body = put(document.body(CONCLUSION), status, said, CONCLUSION_LABELS)
    body = _put_production_ready(body, production_ready, ready)
    actions = list(_actions(verdict))
    body = put(body, action_items, plural(len(actions), "item") if actions else "none", CONCLUSION_LABELS)
    return document.with_body(CONCLUSION, _put_points(body, action_items, actions))


def production_ready_line(document: Document) -> int | None:
    """The number of the line in the Conclusion that says whether the bot is ready; None where nothing is said yet."""
    return next((line.number for line in document.body(CONCLUSION) if _is_ready_line(line.text, line.literal)), None)


def _is_ready_line(text: str, literal: bool) -> bool:
    return not literal and bool(_READY.fullmatch(text))


def _put_production_ready(body: Body, label: str, ready: bool) -> Body:
    """The one line that people and gates search for. Its value stands inside the bold text, unlike all others."""
    answer = "YES" if ready else "NO"
    for index, line in enumerate(body):
        match = None if line.literal else _READY.fullmatch(line.text)
        if match:
            if match["value"] == answer:
                return body
            return replace_line(body, index, f"{match['before']} {answer}**{match['tail']}")
    body = put(body, label, "", CONCLUSION_LABELS)
    field = find(body, label)
    return replace_line(body, field.index, f"{field.lead}**{label}: {answer}**") if field else body


def _actions(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """What has to be mended: each criterion that was waived, failed or could not be judged, with the way to mend it."""
    told = False
    for judgement in verdict.waived:
        about = _key(judgement.title)
        yield about, f"**{judgement.shown}** {about}: {plain(judgement.reason)}"
    for judgement in sorted(verdict.criteria, key=lambda judgement: -judgement.outcome.rank):
        if judgement.outcome in {Outcome.FAIL, Outcome.NOT_JUDGED}:
            told = told or judgement.required
            about, mend = _key(judgement.title), _mend(judgement.mend)
            yield about, f"**{judgement.outcome}** {about}: {plain(judgement.reason)}{mend}"
    if not told and verdict.state in {State.NOT_READY, State.NOT_JUDGED}:
        yield "the verdict", f"**{verdict.state}** the verdict: {plain(verdict.reason)}{_mend(verdict.mend)}"


def _waivers(verdict: Verdict) -> str:
    """What is said behind the status of a soak in which something was waived."""
    names = ", ".join(_key(judgement.title) for judgement in verdict.waived)
    return f" (with {waivers_of(len(verdict.waived))}: {names})" if names else ""


def _mend(text: str) -> str:
    return f". To mend it: {plain(text)}" if text else ""


def _key(title: str) -> str:
    """What a point is about. A colon ends it, so there is none inside."""
    return plain(title).replace(":", ",")


def _put_points(body: Body, label: str, points: list[tuple[str, str]]) -> Body:
    field = find(body, label)
    return put_items(body, field, _POINTS, points) if field else body
