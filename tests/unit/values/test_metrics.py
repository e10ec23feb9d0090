"""The numbers: rates, intervals against published values, percentiles."""

import pytest

from logparse.counting.numbers import percentile
from logparse.values.metrics import Metrics, wilson

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


def test_an_interval_reaches_its_end_exactly() -> None:
    """None of any number is 0 %, and all of it 100 %, to the last bit: reports show no 99.99999999 %."""
    for of in range(1, 300):
        none, all_of_it = wilson(0, of), wilson(of, of)
        assert none is not None
        assert none[0] == 0 < none[1] < 100
        assert all_of_it is not None
        assert all_of_it[1] == 100 > all_of_it[0] > 0


def test_nothing_counted_is_zero_and_nothing_measured_is_unknown() -> None:
    """Counts begin at 0; rates and response times do not exist."""
    numbers = Metrics().as_dict()
    unknown = {name for name, value in numbers.items() if value is None}
    times = {f"response_ms_{name}" for name in ("mean", "p50", "p95", "p99", "max", "sd")}
    assert unknown == times | {"success_rate", "error_rate"}
    assert {value for name, value in numbers.items() if name not in unknown} == {0}


def test_all_numbers_have_their_names() -> None:
    """The derived ones stand beside the counts that they come from."""
    numbers = Metrics(deliveries=4, processed=3, errors=1, replies=2, response_ms_sum=3_000).as_dict()
    assert (numbers["deliveries"], numbers["processed"], numbers["errors"], numbers["replies"]) == (4, 3, 1, 2)
    assert (numbers["success_rate"], numbers["error_rate"], numbers["response_ms_mean"]) == (75, 25, 1_500)


def test_nothing_processed_is_a_rate_of_zero() -> None:
    """Deliveries without any success have a rate, and the worst one."""
    assert (Metrics(deliveries=2).success_rate, Metrics(deliveries=2, errors=1).error_rate) == (0, 50)


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


@pytest.mark.parametrize(
    ("bins", "place"),
    [({7: 1}, 7), ({7: 19, 8: 1}, 7), ({7: 18, 8: 2}, 8), ({8: 1, 7: 20}, 7), ({8: 2, 7: 19}, 8), ({7: 949, 8: 51}, 8)],
)
def test_percentile_is_of_the_nearest_rank(bins: dict[int, int], place: int) -> None:
    """The 95th percentile of 20 replies is the 19th, of 21 the 20th; one reply is every percentile of itself."""
    assert percentile(bins, 95) == pytest.approx(1.01 ** (place + 1))
