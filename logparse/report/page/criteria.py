"""The table of criteria on the page: value, limit, margin, counts, interval, outcome, reason, and where to look."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from logparse.report.figures import COLUMNS, criterion_row, margin_of
from logparse.values.judgement import Judgement
from logparse.verdicts.verdict import Verdict

HEADS = (COLUMNS[0], COLUMNS[-1], COLUMNS[1], COLUMNS[2], "Margin", *COLUMNS[3:-1], "Reason")
"""The heads of the table; the outcome comes second, so that a narrow screen shows it."""


@dataclass(frozen=True)
class CriterionRow:
    """A row of the table of criteria: the figures between outcome and reason, and links within the page."""

    judgement: Judgement
    title: str
    outcome: str
    figures: Sequence[str]
    links: Sequence[tuple[str, str]]


def criteria(verdict: Verdict, there: Container[str]) -> Sequence[CriterionRow]:
    """Returns the rows of all criteria, passed ones too; links lead only to anchors ``there`` on the page."""
    return [_row(judgement, there) for judgement in verdict.criteria]


def _row(judgement: Judgement, there: Container[str]) -> CriterionRow:
    title, value, limit, counts, interval, outcome = criterion_row(judgement)
    links = [(anchor, words) for anchor, words in judgement.criterion.look_at if anchor in there]
    return CriterionRow(judgement, title, outcome, (value, limit, margin_of(judgement), counts, interval), links)
