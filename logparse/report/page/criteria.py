"""The table of criteria on the page: value, limit, margin, counts, interval, outcome, reason, and where to look."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from logparse.report.figures import COLUMNS, margin_of, row_of
from logparse.values.judgement import Judgement
from logparse.verdicts.verdict import Verdict

HEADS = (COLUMNS[0], COLUMNS[-1], COLUMNS[1], COLUMNS[2], "Margin", *COLUMNS[3:-1], "Reason")
"""The outcome stands second, so that a narrow screen shows it."""


@dataclass(frozen=True)
class CriterionRow:
    """A criterion as its row shows it: figures between its outcome and its reason, and links to what is on the page."""

    judgement: Judgement
    title: str
    outcome: str
    figures: Sequence[str]
    links: Sequence[tuple[str, str]]


def criteria(verdict: Verdict, there: Container[str]) -> Sequence[CriterionRow]:
    """The rows of all criteria, passed ones too; links lead to what is ``there`` on the page alone."""
    return [_row(judgement, there) for judgement in verdict.criteria]


def _row(judgement: Judgement, there: Container[str]) -> CriterionRow:
    title, value, limit, counts, interval, outcome = row_of(judgement)
    links = [(anchor, words) for anchor, words in judgement.criterion.look_at if anchor in there]
    return CriterionRow(judgement, title, outcome, (value, limit, margin_of(judgement), counts, interval), links)
