"""The deployment that hour 0 named, at the top of the document: for bots whose logs name none, and for later hours."""

import re
from pathlib import Path

from logparse.errors import UsageProblem
from logparse.monitoring_log.layout import DEFAULT_PATH, DEPLOYMENT, TITLE, TOP_LABELS
from logparse.monitoring_log.markdown.document import Document, parse
from logparse.monitoring_log.markdown.fields import field_value, find_field, put
from logparse.verdicts.verdict import Verdict

_ID = re.compile(r"[A-Za-z0-9][\w.:/@+-]{0,199}", flags=re.ASCII)
"""An id as one word: of a platform, a commit, or an image with its digest."""


def check_id(text: str, where: str) -> None:
    """Raises UsageProblem if a text is no id that the document can keep: a word of letters, digits and ``._:/@+-``."""
    if not _ID.fullmatch(text):
        raise UsageProblem(f"{where}: {text[:40]!r} is no id of a deployment; write one word, like dpl_7fKx2mQpVw")


def read_deployment(text: str, path: str | Path = DEFAULT_PATH) -> str:
    """Reads the deployment that hour 0 named, empty if none; raises UsageProblem, with the line, if it is no id."""
    document = parse(text, path)
    body = document.body(TITLE)
    named, field = field_value(body, DEPLOYMENT), find_field(body, DEPLOYMENT)
    if named and field:
        check_id(named, f"{document.path}:{body[field.index].number}")
    return named


def put_deployment(document: Document, verdict: Verdict) -> Document:
    """Writes the deployment that hour 0 named, unless the document has one."""
    body = document.body(TITLE)
    if not verdict.deployment or field_value(body, DEPLOYMENT):
        return document
    return document.with_body(TITLE, put(body, DEPLOYMENT, verdict.deployment, TOP_LABELS))
