"""The top of the document: start, identity, end and status of the soak, and the deployment that hour 0 named."""

import re
from datetime import datetime, timedelta
from pathlib import Path

from logparse.errors import UsageProblem
from logparse.monitoring_log import filled
from logparse.monitoring_log.layout import DEFAULT_PATH, DEPLOYMENT, FINAL_HOUR, IDENTITY, TITLE, TOP_LABELS
from logparse.monitoring_log.markdown.document import Document, parse
from logparse.monitoring_log.markdown.fields import Field, field_value, find_field, find_fields, put
from logparse.outcome import State
from logparse.text.wording import moment
from logparse.values import schedule
from logparse.values.schedule import Soak, StartSource, parse_start
from logparse.verdicts.verdict import REHEARSAL, Verdict

DERIVED = " (minute of the first record)"
"""The text behind a start that nobody set, so that later runs know it too."""

IN_PROGRESS, COMPLETE, STOPPED = "IN PROGRESS", "COMPLETE", "STOPPED"

_ID = re.compile(r"[A-Za-z0-9][\w.:/@+-]{0,199}", flags=re.ASCII)
"""An id as one word: of a platform, a commit, or an image with its digest."""


def read_start(text: str, path: str | Path = DEFAULT_PATH) -> tuple[datetime, StartSource] | None:
    """Reads the start, and whether it was derived; None if there is still a placeholder.

    Raises UsageProblem, with the line, if the document is damaged or its start cannot be parsed.
    """
    return start_of(parse(text, path))


def read_filled_hours(text: str, path: str | Path = DEFAULT_PATH) -> frozenset[int]:
    """Reads which checkpoints were run, judged or not; raises UsageProblem if the document is damaged."""
    return filled.filled_hours(parse(text, path))


def start_of(document: Document) -> tuple[datetime, StartSource] | None:
    """Returns the start that a document names, like ``read_start``."""
    field = _only_start(document)
    if field.empty and field.value:
        return None
    where = _where(document, field)
    derived = field.value.endswith(DERIVED)
    written = field.value.removesuffix(DERIVED).split("(")[0].strip()
    start = parse_start(written.removesuffix("UTC").rstrip() + "Z" if written.endswith("UTC") else written, where)
    try:
        Soak(start).checkpoint(FINAL_HOUR)
    except OverflowError:
        raise UsageProblem(f"{where}: {written!r} leaves no room for {FINAL_HOUR} hours; set a nearer start") from None
    return start, StartSource.FIRST_RECORD if derived else StartSource.DOCUMENT


def read_identity(text: str, path: str | Path = DEFAULT_PATH) -> str:
    """Reads the identity of the soak; empty if there is none, as in documents of earlier versions.

    Raises UsageProblem if the document is damaged.
    """
    field = find_field(parse(text, path).body(TITLE), IDENTITY)
    return field.value if field and re.fullmatch(schedule.IDENTITY, field.value) else ""


def put_identity(text: str, identity: str, path: str | Path = DEFAULT_PATH) -> str:
    """Writes the identity of the soak beside its start, unless people wrote something under that label."""
    document = parse(text, path)
    field = find_field(document.body(TITLE), IDENTITY)
    return _put(document, IDENTITY, identity).text if field is None or field.empty else text


def check_id(text: str, where: str) -> None:
    """Raises UsageProblem if a text is no id that the document can keep: a word of letters, digits and ``._:/@+-``."""
    if not _ID.fullmatch(text):
        raise UsageProblem(f"{where}: {text[:40]!r} is no id of a deployment; write one word, like dpl_7fKx2mQpVw")


def read_deployment(text: str, path: str | Path = DEFAULT_PATH) -> str:
    """Reads the deployment that hour 0 named, empty if none; raises UsageProblem, with the line, if it is no id."""
    document = parse(text, path)
    field = find_field(document.body(TITLE), DEPLOYMENT)
    if field is None or field.empty:
        return ""
    check_id(field.value, _where(document, field))
    return field.value


def put_deployment(document: Document, verdict: Verdict) -> Document:
    """Writes the deployment that hour 0 named, for later hours and logs that name none, unless the document has one."""
    if not verdict.deployment or field_value(document.body(TITLE), DEPLOYMENT):
        return document
    return _put(document, DEPLOYMENT, verdict.deployment)


def start_text(start: datetime, source: StartSource) -> str:
    """Returns the value of the Start field."""
    return moment(start) + (DERIVED if source is StartSource.FIRST_RECORD else "")


def planned_end(start: datetime) -> str:
    """Returns the value of the End field during the soak."""
    return f"{moment(start + timedelta(hours=FINAL_HOUR))} (planned)"


def put_start(document: Document, verdict: Verdict) -> Document:
    """Fills in the start if there was none; raises UsageProblem if the document names another one."""
    known = start_of(document)
    if known and known[0] != verdict.start:
        raise UsageProblem(
            f"{_where(document, _only_start(document))}: the soak starts at {moment(known[0])} here, but the run "
            f"judged one from {moment(verdict.start)}; run hour 0 with --restart to begin another soak"
        )
    # A start that was derived is settled once somebody gives it with --start; any other one stays as people wrote it.
    confirmed = known and known[1] is StartSource.FIRST_RECORD and verdict.start_source is StartSource.OPTION
    if known and not confirmed:
        return document
    return _put(document, "Start", start_text(verdict.start, verdict.start_source))


def put_state(document: Document, verdict: Verdict) -> Document:
    """Updates the end and the status of the soak."""
    soak = Soak(verdict.start)
    status, end = IN_PROGRESS, planned_end(verdict.start)
    if verdict.stopped:
        status = STOPPED
        end = f"{moment(soak.checkpoint(verdict.hour))} (stopped at hour {verdict.hour})"
    elif verdict.final and verdict.state in {State.READY, State.NOT_READY}:
        status, end = COMPLETE, moment(soak.checkpoint(FINAL_HOUR))
    rehearsal = f" ({REHEARSAL})" if verdict.rehearsal else ""
    return _put(_put(document, "End", end), "Status", status + rehearsal)


def _put(document: Document, label: str, value: str) -> Document:
    return document.with_body(TITLE, put(document.body(TITLE), label, value, TOP_LABELS))


def _only_start(document: Document) -> Field:
    """Returns the one Start field; raises UsageProblem if it is missing or doubled, for then the start is unknown."""
    body = document.body(TITLE)
    fields = find_fields(body, "Start")
    if not fields:
        number = next(line.number for line in document.lines() if line.heading)
        raise UsageProblem(
            f"{document.path}:{number}: the field Start is missing below the title; "
            "put it back, like '- **Start:** 2026-01-12 06:00 UTC'"
        )
    if len(fields) > 1:
        number = body[fields[1].index].number
        raise UsageProblem(f"{document.path}:{number}: a second Start stands here; remove one of the two")
    return fields[0]


def _where(document: Document, field: Field) -> str:
    return f"{document.path}:{document.body(TITLE)[field.index].number}"
