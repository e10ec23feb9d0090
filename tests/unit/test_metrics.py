"""The numbers: rates, intervals against published values, percentiles."""

import pytest

from logparse.metrics import Metrics, wilson
from logparse.numbers import percentile

# Newcombe, R. G. (1998), Two-sided confidence intervals for the single proportion, Statistics in Medicine 17, table I:
# the score method without continuity correction.
NEWCOMBE = [(81, 263, 25.53, 36.62), (15, 148, 6.24, 16.05), (0, 20, 0.0, 16.11), (1, 29, 0.61, 17.18)]


@pytest.mark.parametrize(("count", "of", "low", "high"), NEWCOMBE)
def test_wilson_interval_is_the_published_one(count: int, of: int, low: float, high: float) -> None:
    """The interval agrees with a published table to its last digit."""
    interval = wilson(count, of)
    assert interval is not None
    assert interval == pytest.approx((low, high), abs=0.005)


@pytest.mark.parametrize(("count", "of"), [(0, 0), (5, 4), (-1, 4)])
def test_no_interval_without_a_proportion(count: int, of: int) -> None:
    """Without a base, or where the count exceeds it, there is no interval."""
    assert wilson(count, of) is None


def test_rates_do_not_exist_without_deliveries() -> None:
    """No delivery: the rates are unknown, never 0 % and never 100 %."""
    assert (Metrics(errors=3).success_rate, Metrics(errors=3).error_rate) == (None, None)
    assert Metrics().response_ms_mean is None


def test_rates_are_not_clamped() -> None:
    """More errors than deliveries are more than 100 %."""
    assert Metrics(deliveries=2, errors=5, processed=3).error_rate == 250
    assert Metrics(deliveries=2, errors=5, processed=3).success_rate == 150


def test_percentile_is_the_upper_edge_of_its_bin() -> None:
    """The nearest rank decides the bin, and its upper edge is given; no count has no percentile."""
    bins = {100: 50, 200: 45, 300: 5}
    assert percentile(bins, 50) == pytest.approx(1.01**101)
    assert percentile(bins, 95) == pytest.approx(1.01**201)
    assert percentile(bins, 99) == pytest.approx(1.01**301)
    assert percentile({}, 50) is None
