"""The error budgets: the distance of each criterion from its limit, in whole failures, compared exactly."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

from logparse.outcome import Outcome
from logparse.settings.limits import Limits
from logparse.values.course import Budget
from logparse.values.criterion import Count, Criterion, Rule, Share, Side
from logparse.values.judgement import Judgement
from logparse.values.metrics import Metrics
from logparse.values.schedule import CHECKPOINTS

END = CHECKPOINTS[-1]
"""The hour at which a soak ends."""


def allowed(criterion: Criterion, of: int, limits: Limits) -> int:
    """Returns the most failures among ``of`` with which a share still meets its limit."""
    limit: Fraction = getattr(limits, criterion.name)
    if criterion.side is Side.AT_LEAST:
        return floor(of * (100 - limit) / 100)
    return ceil(of * limit / 100) - 1 if criterion.side is Side.UNDER else floor(of * limit / 100)


def used(criterion: Criterion, part: int, of: int) -> int:
    """Returns the failures among ``of``, from the part that a share judges."""
    return max(0, of - part) if criterion.side is Side.AT_LEAST else part


def budgets(judgements: Sequence[Judgement], limits: Limits) -> tuple[Budget, ...]:
    """Returns the error budgets at the traffic so far, of the measured criteria, in order."""
    return tuple(budget for judgement in judgements if (budget := _budget(judgement, limits)))


def _budget(judgement: Judgement, limits: Limits) -> Budget | None:
    criterion, count, of = judgement.criterion, judgement.count, judgement.of
    if judgement.outcome is Outcome.NOT_MEASURED or count is None or criterion.required.rule is Rule.NEVER:
        return None
    if isinstance(criterion.measure, Share) and of:
        return Budget(criterion.name, allowed(criterion, of, limits), used(criterion, count, of))
    if isinstance(criterion.measure, Count) and judgement.limit is not None:
        return Budget(criterion.name, int(judgement.limit), count)
    return None


def by_the_end(count: int, hour: int) -> int:
    """Extrapolates a count to hour 24 at the traffic so far."""
    return count * END // hour


def mean_to_come(metrics: Metrics, limits: Limits, hour: int) -> Fraction | None:
    """Returns the milliseconds below which the mean of future replies must stay for the whole mean to meet its limit.

    At the traffic so far; zero or less if no reply could be quick enough. None if none is to come.
    """
    to_come = by_the_end(metrics.replies, hour) - metrics.replies
    if not to_come:
        return None
    allowed = 1000 * limits.response_seconds * (metrics.replies + to_come)
    return (allowed - metrics.response_ms_sum) / to_come


def needed(criterion: Criterion, metrics: Metrics, limits: Limits) -> int | None:
    """Returns how many more of its base without failures bring a missed share back to its limit; None if none can."""
    limit: Fraction = getattr(limits, criterion.name)
    part, base = criterion.share(metrics)
    if criterion.side is Side.AT_LEAST:
        return None if limit >= 100 else ceil((limit * base - 100 * part) / (100 - limit))
    if not limit:
        return None
    return floor(100 * part / limit) + 1 - base if criterion.side is Side.UNDER else ceil(100 * part / limit) - base
