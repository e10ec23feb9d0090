"""The pictures of the page in their order; loaded only when a report is written."""

from collections.abc import Sequence

from logparse.report.pictures.budgets import draw_budgets
from logparse.report.pictures.checkpoints import draw_checkpoints
from logparse.report.pictures.over_time import draw_response_time, draw_traffic
from logparse.report.pictures.picture import Picture
from logparse.report.pictures.response_times import draw_distribution
from logparse.values.criteria import RESPONSE_TIME
from logparse.verdicts.verdict import Verdict


def pictures(verdict: Verdict) -> Sequence[Picture]:
    """Draws the pictures of the page; those without data are left out."""
    limit = _limit(verdict)
    drawn = (
        draw_traffic(verdict) if verdict.slots else None,
        draw_response_time(verdict, limit),
        draw_distribution(verdict, limit),
        draw_checkpoints(verdict),
        draw_budgets(verdict),
    )
    return [picture for picture in drawn if picture]


def _limit(verdict: Verdict) -> float | None:
    """Returns the limit of the mean response time in seconds, if it was judged."""
    for judgement in verdict.criteria:
        if judgement.name == RESPONSE_TIME.name and judgement.limit is not None:
            return float(judgement.limit)
    return None
