"""The 95 % intervals of differences of rates and means, with the source of each formula."""

from dataclasses import dataclass
from math import sqrt

from logparse.values.metrics import NORMAL_95, wilson

Interval = tuple[float, float]

LEAST = 30
"""The fewest values on each side for comparing two means; fewer skewed times may not be near normal."""


@dataclass(frozen=True)
class Sample:
    """A mean with the deviation of its values and their number."""

    mean: float
    deviation: float
    count: int


def of_rates(now: tuple[int, int], before: tuple[int, int]) -> Interval | None:
    """Returns the interval of the difference of two proportions (now less before), each (count, base), in points.

    None if one of them has no Wilson interval. Newcombe, R. G. (1998), Interval estimation for the difference between
    independent proportions: comparison of eleven methods. Statistics in Medicine 17, 873-890: method 10.
    """
    own, other = wilson(*now), wilson(*before)
    if own is None or other is None:
        return None
    share, base = 100 * now[0] / now[1], 100 * before[0] / before[1]
    difference = share - base
    below = sqrt((share - own[0]) ** 2 + (other[1] - base) ** 2)
    above = sqrt((own[1] - share) ** 2 + (base - other[0]) ** 2)
    return difference - below, difference + above


def of_means(now: Sample, before: Sample) -> Interval | None:
    """Returns the interval of a difference of two means (now less before), in their unit; None under LEAST values each.

    Welch, B. L. (1947), The generalization of 'Student's' problem when several different population variances are
    involved. Biometrika 34, 28-35; with the degrees of freedom of Satterthwaite, F. E. (1946), An approximate
    distribution of estimates of variance components. Biometrics Bulletin 2, 110-114.
    """
    if min(now.count, before.count) < LEAST:
        return None
    own, other = now.deviation**2 / now.count, before.deviation**2 / before.count
    difference, variance = now.mean - before.mean, own + other
    if variance == 0:
        return difference, difference
    # From shares of the variance, because squares of tiny variances would underflow to 0.
    freedom = 1 / ((own / variance) ** 2 / (now.count - 1) + (other / variance) ** 2 / (before.count - 1))
    half = student_95(freedom) * sqrt(variance)
    return difference - half, difference + half


def student_95(freedom: float) -> float:
    """Returns the two-sided 95 % quantile of Student's distribution, to four decimals from ten degrees of freedom on.

    Abramowitz, M. and Stegun, I. A. (1964), Handbook of Mathematical Functions, 26.7.5.
    """
    x = NORMAL_95
    terms = (
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
        (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160,
    )
    return x + sum(term / freedom**power for power, term in enumerate(terms, start=1))
