"""How far each criterion is from its limit, in whole failures: the error budgets, compared exactly."""

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
    """How many failures a share allows of so many: the most with which it still meets its limit."""
    limit: Fraction = getattr(limits, criterion.name)
    if criterion.side is Side.AT_LEAST:
        return floor(of * (100 - limit) / 100)
    return ceil(of * limit / 100) - 1 if criterion.side is Side.UNDER else floor(of * limit / 100)


def used(criterion: Criterion, part: int, of: int) -> int:
    """How many of so many are failures, by the part that a share judges."""
    return max(0, of - part) if criterion.side is Side.AT_LEAST else part


def budgets(judgements: Sequence[Judgement], limits: Limits) -> tuple[Budget, ...]:
    """The error budgets at the traffic so far, of the criteria that were measured, in their order."""
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
    """How many there are by hour 24 at the traffic so far."""
    return count * END // hour


def mean_to_come(metrics: Metrics, limits: Limits, hour: int) -> Fraction | None:
    """The milliseconds under which the replies to come must stay on average for the whole mean to meet its limit.

    At the traffic so far; zero or less where they cannot be quick enough. None where none is to come.
    """
    to_come = by_the_end(metrics.replies, hour) - metrics.replies
    if not to_come:
        return None
    allowed = 1000 * limits.response_seconds * (metrics.replies + to_come)
    return (allowed - metrics.response_ms_sum) / to_come


def needed(criterion: Criterion, metrics: Metrics, limits: Limits) -> int | None:
    """How many more of its base, none of them a failure, bring a missed share back to its limit; None where none do."""
    limit: Fraction = getattr(limits, criterion.name)
    part, base = criterion.share(metrics)
    if criterion.side is Side.AT_LEAST:
        return None if limit >= 100 else ceil((limit * base - 100 * part) / (100 - limit))
    if not limit:
        return None
    return floor(100 * part / limit) + 1 - base if criterion.side is Side.UNDER else ceil(100 * part / limit) - base
