"""MONITORING-LOG.md, which people and the suite write together: plain text in, plain text out.

``create`` makes a fresh document, ``check`` refuses a damaged one, ``read_start`` and ``read_deployment`` read the
start and the deployment it names, ``update`` writes a verdict into it, ``claims`` finds lines that contradict the
verdict. ``read_checks`` reads people's ratings, ``slips`` lists mistakes in them, ``put_rating`` writes a rating.

Only headings and bold labels mark the suite's own parts of the text. The modules, from text to meaning:

    markdown    lines, sections, fields, lists and tables; every character survives
    layout      the fixed headings and labels
    ratings     the quality checks, in people's words
    sections    one module a section, each a step of ``update``
"""

from logparse.monitoring_log.claims import claims
from logparse.monitoring_log.layout import DEFAULT_PATH, DEFAULT_TITLE
from logparse.monitoring_log.markdown.document import Document
from logparse.monitoring_log.markdown.document import parse as check
from logparse.monitoring_log.ratings.read import read_checks, sampled_text, slips
from logparse.monitoring_log.ratings.write import LONGEST_NOTES, RatedConversation, put_rating
from logparse.monitoring_log.sections.top import (
    check_id,
    put_identity,
    read_deployment,
    read_filled_hours,
    read_identity,
    read_start,
)
from logparse.monitoring_log.template import DEFAULT_LIMITS, create
from logparse.monitoring_log.update import update

__all__ = [
    "DEFAULT_LIMITS",
    "DEFAULT_PATH",
    "DEFAULT_TITLE",
    "LONGEST_NOTES",
    "Document",
    "RatedConversation",
    "check",
    "check_id",
    "claims",
    "create",
    "put_identity",
    "put_rating",
    "read_checks",
    "read_deployment",
    "read_filled_hours",
    "read_identity",
    "read_start",
    "sampled_text",
    "slips",
    "update",
]
