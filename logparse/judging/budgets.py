"""How far each criterion is from its limit, in whole failures: the error budgets, compared exactly."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

from logparse.outcome import Outcome
from logparse.settings.limits import Limits
from logparse.values.course import Budget
from logparse.values.judgement import Judgement
from logparse.values.metrics import Metrics
from logparse.values.schedule import CHECKPOINTS

COUNTED = ("signature_failures", "critical_errors", "delivery_failures")
"""The criteria that allow a number of failures, whatever the traffic."""

END = CHECKPOINTS[-1]
"""The hour at which a soak ends."""


def allowed_unprocessed(deliveries: int, limits: Limits) -> int:
    """How many of so many deliveries may fail: the most with which the success rate still meets its limit."""
    return floor(deliveries * (100 - limits.success_rate) / 100)


def allowed_errors(deliveries: int, limits: Limits) -> int:
    """How many errors so many deliveries allow: the most that are still under the error rate's limit."""
    return ceil(deliveries * limits.error_rate / 100) - 1


def budgets(judgements: Sequence[Judgement], limits: Limits) -> tuple[Budget, ...]:
    """The error budgets at the traffic so far, of the criteria that were measured, in their order."""
    return tuple(budget for judgement in judgements if (budget := _budget(judgement, limits)))


def _budget(judgement: Judgement, limits: Limits) -> Budget | None:
    name, count, of = judgement.name, judgement.count, judgement.of
    if judgement.outcome is Outcome.NOT_MEASURED or count is None:
        return None
    if name == "success_rate" and of:
        return Budget(name, allowed_unprocessed(of, limits), max(0, of - count))
    if name == "error_rate" and of:
        return Budget(name, allowed_errors(of, limits), count)
    if name in COUNTED and judgement.limit is not None:
        return Budget(name, int(judgement.limit), count)
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


def deliveries_to_recover(metrics: Metrics, limits: Limits) -> int | None:
    """How many more deliveries, all of them processed, bring a missed success rate back to its limit.

    None where no number does.
    """
    lacking = limits.success_rate * metrics.deliveries - 100 * metrics.processed
    if limits.success_rate >= 100:
        return None
    return ceil(lacking / (100 - limits.success_rate))


def deliveries_to_dilute(metrics: Metrics, limits: Limits) -> int | None:
    """How many more deliveries without any error bring the error rate under its limit again; None where none do."""
    if not limits.error_rate:
        return None
    return floor(100 * metrics.errors / limits.error_rate) + 1 - metrics.deliveries
