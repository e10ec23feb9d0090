"""The pictures of the page in their order; loaded only when a report is written."""

from collections.abc import Callable, Mapping

from logparse.report.pictures.budgets import budgets
from logparse.report.pictures.checkpoints import checkpoints
from logparse.report.pictures.over_time import response_time, traffic
from logparse.report.pictures.picture import Picture
from logparse.report.pictures.response_times import distribution
from logparse.verdicts.verdict import Verdict


def pictures(verdict: Verdict) -> Mapping[str, str]:
    """The pictures as HTML by their anchors; what there is nothing to draw of is empty."""
    drawn: tuple[tuple[str, Callable[[], Picture | None]], ...] = (
        ("traffic", lambda: traffic(verdict) if verdict.slots else None),
        ("response-time", lambda: response_time(verdict, _limit(verdict))),
        ("response-times", lambda: distribution(verdict, _limit(verdict))),
        ("checkpoints", lambda: checkpoints(verdict)),
        ("error-budget", lambda: budgets(verdict)),
    )
    return {anchor: picture.html() if (picture := draw()) else "" for anchor, draw in drawn}


def _limit(verdict: Verdict) -> float | None:
    """The limit of the mean response time in seconds, where it was judged."""
    for judgement in verdict.criteria:
        if judgement.name == "response_time" and judgement.limit is not None:
            return float(judgement.limit)
    return None
