"""The pictures of the page in their order; loaded only when a report is written."""

from collections.abc import Sequence

from logparse.report.pictures.budgets import budgets
from logparse.report.pictures.checkpoints import checkpoints
from logparse.report.pictures.over_time import response_time, traffic
from logparse.report.pictures.picture import Picture
from logparse.report.pictures.response_times import distribution
from logparse.values.criteria import RESPONSE_TIME
from logparse.verdicts.verdict import Verdict


def pictures(verdict: Verdict) -> Sequence[Picture]:
    """Draws the pictures of the page; those without data are left out."""
    limit = _limit(verdict)
    drawn = (
        traffic(verdict) if verdict.slots else None,
        response_time(verdict, limit),
        distribution(verdict, limit),
        checkpoints(verdict),
        budgets(verdict),
    )
    return [picture for picture in drawn if picture]


def _limit(verdict: Verdict) -> float | None:
    """Returns the limit of the mean response time in seconds, if it was judged."""
    for judgement in verdict.criteria:
        if judgement.name == RESPONSE_TIME.name and judgement.limit is not None:
            return float(judgement.limit)
    return None
