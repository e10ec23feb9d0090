"""How much may still go wrong: budgets and what is needed to come back, compared with a search by hand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logparse.judging.budgets import (
    allowed,
    budgets,
    by_the_end,
    mean_to_come,
    needed,
)
from logparse.outcome import Outcome
from logparse.settings.checked import parse
from logparse.settings.limits import Limits
from logparse.values.course import Budget
from logparse.values.criteria import ERROR_RATE, SUCCESS_RATE
from logparse.values.judgement import Judgement
from logparse.values.metrics import Metrics

PASS, NOT_MEASURED = Outcome.PASS, Outcome.NOT_MEASURED
LIMITS = parse().limits


def _limits(success: str = "95", errors: str = "5", seconds: str = "10") -> Limits:
    written = {"success_rate_limit": success, "error_rate_limit": errors, "response_time_limit": seconds}
    return parse(written).limits


ALLOWED = {
    "of 300 deliveries 15 may fail, and 14 errors are under 5 %": (300, "95", "5", 15, 14),
    "of 299 not one more than of 280": (299, "95", "5", 14, 14),
    "of 19 none may fail": (19, "95", "5", 0, 0),
    "of 20 one may, and an error is 5 % already": (20, "95", "5", 1, 0),
    "of 21 one error is under 5 %": (21, "95", "5", 1, 1),
    "a limit of 100 % allows none": (1_000, "100", "5", 0, 49),
    "a limit of a third of a percent": (1_000, "99.5", "1/3", 5, 3),
    "an error rate under 0 % is not to be had": (1_000, "95", "0", 50, -1),
}


@pytest.mark.parametrize(("deliveries", "success", "errors", "failed", "wrong"), ALLOWED.values(), ids=ALLOWED)
def test_a_budget_is_the_most_with_which_the_limit_is_met(
    deliveries: int, success: str, errors: str, failed: int, wrong: int
) -> None:
    """At the limit itself the success rate is met, and the error rate is not."""
    limits = _limits(success, errors)
    assert allowed(SUCCESS_RATE, deliveries, limits) == failed
    assert allowed(ERROR_RATE, deliveries, limits) == wrong


percents = st.fractions(min_value=0, max_value=100, max_denominator=1_000)
counts = st.integers(min_value=1, max_value=5_000)


@given(counts, percents)
def test_one_more_than_a_budget_breaks_the_limit(deliveries: int, limit: Fraction) -> None:
    """The budget meets the limit and one more does not, as the criteria compare."""
    limits = _limits(str(limit)[:12], str(limit)[:12])
    failed, wrong = allowed(SUCCESS_RATE, deliveries, limits), allowed(ERROR_RATE, deliveries, limits)
    assert 100 * (deliveries - failed) >= limits.success_rate * deliveries > 100 * (deliveries - failed - 1)
    assert 100 * wrong < limits.error_rate * deliveries <= 100 * (wrong + 1)


@given(counts, st.data())
def test_so_many_more_deliveries_bring_a_rate_back_and_one_less_does_not(deliveries: int, data: st.DataObject) -> None:
    """The number that is needed is the least."""
    processed = data.draw(st.integers(0, deliveries))
    errors = data.draw(st.integers(0, 2 * deliveries))
    metrics = Metrics(deliveries=deliveries, processed=processed, errors=errors)
    more, other = needed(SUCCESS_RATE, metrics, LIMITS), needed(ERROR_RATE, metrics, LIMITS)
    assert more is not None
    assert other is not None
    assert 100 * (processed + more) >= LIMITS.success_rate * (deliveries + more)
    assert 100 * errors < LIMITS.error_rate * (deliveries + other)
    if more > 0:
        assert 100 * (processed + more - 1) < LIMITS.success_rate * (deliveries + more - 1)
    assert 100 * errors >= LIMITS.error_rate * (deliveries + other - 1)


NEEDED = {
    "94 of 100 need 20 more": (Metrics(deliveries=100, processed=94, errors=6), "95", "5", 20, 21),
    "all of 100 lost need 1,900 more": (Metrics(deliveries=100, processed=0, errors=100), "95", "5", 1_900, 1_901),
    "with a limit of 100 % and of 0 % none do": (
        Metrics(deliveries=100, processed=99, errors=1),
        "100",
        "0",
        None,
        None,
    ),
}


@pytest.mark.parametrize(("metrics", "success", "errors", "processed", "clean"), NEEDED.values(), ids=NEEDED)
def test_what_brings_a_rate_back(
    metrics: Metrics, success: str, errors: str, processed: int | None, clean: int | None
) -> None:
    """The deliveries that must all be processed, and those that must bring no error."""
    limits = _limits(success, errors)
    assert needed(SUCCESS_RATE, metrics, limits) == processed
    assert needed(ERROR_RATE, metrics, limits) == clean


MEANS = {
    "half of the replies are to come: as much over the limit as these were under it": (100, 880_000, 12, 11_200),
    "at hour 20 a fifth more is to come": (100, 1_100_000, 20, 5_000),
    "too slow to be mended": (100, 5_000_000, 12, -30_000),
    "of one reply by hour 20 none is to come": (1, 1_000, 20, None),
    "of no reply none is to come": (0, 0, 12, None),
}


@pytest.mark.parametrize(("replies", "spent", "hour", "bound"), MEANS.values(), ids=MEANS)
def test_the_mean_that_the_replies_to_come_must_stay_under(
    replies: int, spent: int, hour: int, bound: int | None
) -> None:
    """With them at the bound the whole mean is the limit itself, which breaks it; under it, it is met."""
    metrics = Metrics(replies=replies, response_ms_sum=spent)
    assert mean_to_come(metrics, LIMITS, hour) == bound
    if bound is not None:
        to_come = by_the_end(replies, hour) - replies
        assert Fraction(spent + bound * to_come, replies + to_come) == 10_000


def _judgement(name: str, count: int | None, of: int | None, limit: float, outcome: Outcome = PASS) -> Judgement:
    return Judgement(name, name, outcome, "", count=count, of=of, limit=limit)


def test_budgets_are_of_the_criteria_that_count_failures() -> None:
    """In the order of the criteria; what was not measured or has no base has none."""
    found = budgets(
        [
            _judgement("evidence", 6, 6, 24.0),
            _judgement("success_rate", 290, 300, 95.0),
            _judgement("signature_failures", 2, 300, 0),
            _judgement("error_rate", 3, 300, 5.0),
            _judgement("critical_errors", 0, None, 1),
            _judgement("delivery_failures", None, None, 0, NOT_MEASURED),
            _judgement("send_failures", 3, 290, 5.0),
        ],
        LIMITS,
    )
    assert found == (
        Budget("success_rate", 15, 10),
        Budget("signature_failures", 0, 2),
        Budget("error_rate", 14, 3),
        Budget("critical_errors", 1, 0),
    )
    assert [budget.left for budget in found] == [5, -2, 11, 1]
    assert budgets([_judgement("success_rate", 0, 0, 95.0), _judgement("error_rate", 3, 0, 5.0)], LIMITS) == ()
    assert budgets([_judgement("success_rate", 12, 10, 95.0)], LIMITS) == (Budget("success_rate", 0, 0),)
