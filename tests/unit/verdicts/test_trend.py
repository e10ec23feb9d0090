"""The trend: intervals of differences, what is worse than an earlier soak, and which soak may be compared with."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from math import floor, log, sqrt
from pathlib import Path
from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logparse.counting.events import BIN_WIDTH
from logparse.counting.numbers import deviation
from logparse.errors import UsageProblem
from logparse.outcome import Outcome
from logparse.report import terminal, trend
from logparse.report.github.annotations import annotations
from logparse.report.github.step_summary import step_summary
from logparse.report.page import top
from logparse.report.summary import summary
from logparse.settings.checked import parse
from logparse.settings.limits import TrendLimits
from logparse.values.metrics import NORMAL_95, Metrics
from logparse.values.waiver import Waiver
from logparse.verdicts.baseline import check_earlier, read_baseline, with_trend
from logparse.verdicts.differences import LEAST, Sample, of_means, of_rates, student_95
from logparse.verdicts.trend import Change, changes
from logparse.verdicts.verdict import Verdict, to_json
from tests.builders.examples import examples
from tests.builders.verdicts import START, verdict

LIMITS = parse().trend

# --- intervals ---

# Newcombe (1998), table II, method 10: the examples of the paper, as proportions.
PUBLISHED = [
    ((56, 70), (48, 80), (0.0524, 0.3339)),
    ((9, 10), (3, 10), (0.1705, 0.8090)),
    ((10, 10), (0, 20), (0.6791, 1.0)),
    ((10, 10), (0, 10), (0.6075, 1.0)),
]


@pytest.mark.parametrize(("now", "before", "interval"), PUBLISHED)
def test_the_interval_of_two_rates_is_the_published_one(
    now: tuple[int, int], before: tuple[int, int], interval: tuple[float, float]
) -> None:
    """The examples of the paper come out to its four decimals."""
    found = of_rates(now, before)
    assert found is not None
    assert found == pytest.approx([100 * end for end in interval], abs=0.006)


_RATES = st.integers(1, 10_000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


@examples(200)
@given(now=_RATES, before=_RATES)
def test_the_interval_of_two_rates_holds_the_difference(now: tuple[int, int], before: tuple[int, int]) -> None:
    """It lies within -100 and 100 points, and is turned around where the two are."""
    found, turned = of_rates(now, before), of_rates(before, now)
    assert found is not None
    assert turned is not None
    difference = 100 * now[0] / now[1] - 100 * before[0] / before[1]
    assert -100 - 1e-9 <= found[0] <= difference + 1e-9
    assert difference - 1e-9 <= found[1] <= 100 + 1e-9
    assert found == pytest.approx((-turned[1], -turned[0]))


@pytest.mark.parametrize(("now", "before"), [((0, 0), (1, 2)), ((1, 2), (0, 0)), ((3, 2), (1, 2)), ((1, 2), (3, 2))])
def test_what_is_no_proportion_has_no_interval(now: tuple[int, int], before: tuple[int, int]) -> None:
    """A base of 0, and more counted than the base holds."""
    assert of_rates(now, before) is None


@pytest.mark.parametrize(
    ("freedom", "quantile"), [(10, 2.228139), (20, 2.085963), (29, 2.045230), (60, 2.000298), (1e9, NORMAL_95)]
)
def test_the_quantile_of_student_is_that_of_the_tables(freedom: float, quantile: float) -> None:
    """To four decimals, from ten degrees of freedom on."""
    assert student_95(freedom) == pytest.approx(quantile, abs=5e-5)


def test_the_interval_of_two_means_is_that_of_welch() -> None:
    """A case worked out by hand: standard error 0.5, 77.1 degrees of freedom, quantile 1.9913."""
    found = of_means(Sample(11.0, 3.0, 72), Sample(10.0, 2.236, 40))
    freedom = (9 / 72 + 2.236**2 / 40) ** 2 / ((9 / 72) ** 2 / 71 + (2.236**2 / 40) ** 2 / 39)
    assert found == pytest.approx((1 - student_95(freedom) * 0.5, 1 + student_95(freedom) * 0.5), abs=1e-3)
    assert of_means(Sample(11.0, 3.0, LEAST - 1), Sample(10.0, 2.2, 400)) is None
    assert of_means(Sample(11.0, 0.0, 40), Sample(10.0, 0.0, 40)) == (1.0, 1.0)


@examples(200)
@given(times=st.lists(st.integers(0, 600_000), min_size=2, max_size=80))
def test_the_deviation_by_bins_is_never_too_small_and_hardly_too_large(times: list[int]) -> None:
    """It is at least that of the times themselves, and at most what the bins' widths add to it twice."""
    bins = Counter(floor(log(max(time, 1)) / log(BIN_WIDTH)) for time in times)
    found = deviation(bins)
    assert found is not None
    exact, rms = stdev(times), sqrt(fmean(time**2 for time in times))
    assert exact * (1 - 1e-9) - 1e-6 <= found
    assert found <= exact + (0.0101 * rms + 3) * sqrt(len(times) / (len(times) - 1))


def test_the_deviation_needs_two_times() -> None:
    """Of one time nothing is known."""
    assert deviation({}) is deviation({100: 1}) is None


# --- changes ---


def _soak(
    deliveries: int = 1_000, lost: int = 0, mean: int = 3_000, sd: float | None = 1_000.0, **more: int
) -> Metrics:
    replies = more.pop("replies", deliveries)
    counts = {"processed": deliveries - lost, "errors": lost, **more}
    times = {"response_ms_sum": mean * replies, "response_ms_p50": 2_900.0, "response_ms_sd": sd}
    return replace(Metrics(deliveries=deliveries, replies=replies), **counts, **times)  # type: ignore[arg-type]


def _changes(now: Metrics, before: Metrics, limits: TrendLimits = LIMITS) -> dict[str, Change]:
    return {change.name: change for change in changes(now, before, limits)}


WARN, PASS, NOT_MEASURED = Outcome.WARN, Outcome.PASS, Outcome.NOT_MEASURED
COMPARED = {
    "the same twice": (_soak(), _soak(), {}),
    "much worse, of many": (
        _soak(lost=40),
        _soak(lost=5),
        {"success_rate": (WARN, "worse by 3.50"), "error_rate": (WARN, "2 points or more")},
    ),
    "much worse, of few": (_soak(50, lost=2), _soak(50), {"success_rate": (PASS, "may be chance")}),
    "a little worse, of very many": (
        _soak(1_000_000, lost=15_000),
        _soak(1_000_000),
        {"error_rate": (PASS, "less than 2 points")},
    ),
    "worse by just the limit": (
        _soak(100_000, lost=2_000),
        _soak(100_000),
        {"error_rate": (WARN, "2 points or more"), "success_rate": (WARN, "2 points or more")},
    ),
    "worse by just less": (_soak(100_000, lost=1_999), _soak(100_000), {"error_rate": (PASS, "less than 2 points")}),
    "much better": (_soak(lost=5), _soak(lost=60), {"success_rate": (PASS, "better by 5.50")}),
    "a little better, of few": (
        _soak(50),
        _soak(50, lost=1),
        {"error_rate": (PASS, "(95 % interval -5.32 to 10.50): may be chance")},
    ),
    "much slower": (_soak(mean=3_600), _soak(), {"response_time": (WARN, "worse by 0.60 s (95 % interval 0.51 to")}),
    "a little slower": (_soak(mean=3_599), _soak(), {"response_time": (PASS, "less than 20.0 % of the earlier mean")}),
    "slower, of times far apart": (
        _soak(100, mean=3_600, sd=9_000.0),
        _soak(100, sd=9_000.0),
        {"response_time": (PASS, "may be chance")},
    ),
    "much quicker": (_soak(mean=2_000), _soak(), {"response_time": (PASS, "better by 1.00 s")}),
    "slower, of few": (_soak(29, mean=9_000), _soak(), {"response_time": (NOT_MEASURED, "under 30 replies")}),
    "slower, and no spread was kept": (
        _soak(mean=9_000),
        _soak(sd=None),
        {"response_time": (NOT_MEASURED, "how far the times are spread was not kept")},
    ),
    "more send failures": (_soak(send_failures=30), _soak(), {"send_failures": (WARN, "2 points or more")}),
    "more fallback replies": (_soak(fallback_replies=30), _soak(), {"fallback_replies": (WARN, "2 points or more")}),
    "more errors than deliveries": (
        _soak(errors=1_200),
        _soak(),
        {"error_rate": (NOT_MEASURED, "more were counted than there are in the base")},
    ),
    "nothing before": (
        _soak(),
        Metrics(),
        {"success_rate": (NOT_MEASURED, "no base"), "response_time": (NOT_MEASURED, "")},
    ),
    "nothing now": (Metrics(), _soak(), {"error_rate": (NOT_MEASURED, "no base"), "send_failures": (NOT_MEASURED, "")}),
}


@pytest.mark.parametrize(("now", "before", "expected"), COMPARED.values(), ids=COMPARED)
def test_a_change_warns_where_it_is_worse_beyond_chance_and_large(
    now: Metrics, before: Metrics, expected: dict[str, tuple[Outcome, str]]
) -> None:
    """Each number comes out as told, and no other warns."""
    found = _changes(now, before)
    for name, (outcome, said) in expected.items():
        assert (found[name].outcome, said in found[name].reason) == (outcome, True), found[name]
    warned = {name for name, change in found.items() if change.outcome is WARN}
    assert warned == {name for name, (outcome, _) in expected.items() if outcome is WARN}


def test_the_sizes_are_settings() -> None:
    """What is large is what the settings say."""
    strict = parse({"trend_rate_change": "0.5", "trend_time_change": "5"}).trend
    assert strict == TrendLimits(rate_points=Fraction(1, 2), time_percent=Fraction(5))
    found = _changes(_soak(10_000, lost=60, mean=3_200), _soak(10_000), strict)
    assert {name for name, change in found.items() if change.outcome is WARN} == {
        "success_rate",
        "error_rate",
        "response_time",
    }


_SOAKS = st.builds(
    _soak,
    deliveries=st.integers(0, 2_000),
    lost=st.integers(0, 50),
    mean=st.integers(1, 20_000),
    sd=st.none() | st.floats(0, 10_000),
    send_failures=st.integers(0, 100),
    fallback_replies=st.integers(0, 100),
)


@examples(200)
@given(now=_SOAKS, before=_SOAKS)
def test_a_trend_changes_no_outcome(now: Metrics, before: Metrics) -> None:
    """Whatever became worse, state and criteria stay, and no change is worse than WARN; one way at most warns."""
    judged = replace(verdict(24), metrics=now)
    after = with_trend(judged, replace(verdict(24), metrics=before, start=START - timedelta(days=3)), LIMITS)
    assert (after.state, after.criteria, after.stopped) == (judged.state, judged.criteria, judged.stopped)
    assert after.trend is not None
    assert {change.outcome for change in after.trend.changes} <= {PASS, WARN, NOT_MEASURED}
    back = _changes(before, now)
    assert not {change.name for change in after.trend.worse if back[change.name].outcome is WARN}


@examples(100)
@given(before=_SOAKS, now=_SOAKS, more=st.integers(1, 50))
def test_more_failures_never_make_a_change_better(before: Metrics, now: Metrics, more: int) -> None:
    """A rate that warns still warns with more errors, as long as it is a rate."""
    worse = replace(now, errors=now.errors + more)
    warned = _changes(now, before)["error_rate"].outcome is WARN
    assert not warned or worse.errors > worse.deliveries or _changes(worse, before)["error_rate"].outcome is WARN


# --- which soak, and what is written ---


def _file(folder: Path, judged: Verdict) -> Path:
    path = folder / "earlier.json"
    path.write_text(to_json(judged), "utf-8")
    return path


EARLIER = replace(verdict(24), start=START - timedelta(days=1))
REFUSED = {
    "one that was not READY": (verdict(24, error_rate=Outcome.FAIL), "its verdict was NOT READY"),
    "one that was not judged": (verdict(24, silence=Outcome.NOT_JUDGED), "its verdict was NOT JUDGED"),
    "one that is not final": (verdict(20), "it is of hour 20, and only hour 24 is final"),
    "one that had just started": (verdict(0), "it is of hour 0"),
}


@pytest.mark.parametrize(("judged", "said"), REFUSED.values(), ids=REFUSED)
def test_a_baseline_that_was_not_ready_is_refused(tmp_path: Path, judged: Verdict, said: str) -> None:
    """It is told why, with the file."""
    path = _file(tmp_path, judged)
    with pytest.raises(UsageProblem) as problem:
        read_baseline(path)
    assert str(problem.value).startswith(f"{path}: is no baseline: ")
    assert said in str(problem.value)


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (EARLIER.start, "it is of this very soak"),
        (EARLIER.start + timedelta(hours=23, minutes=59), "was not over when this one started"),
        (EARLIER.start - timedelta(days=9), "was not over when this one started"),
    ],
)
def test_a_baseline_is_of_an_earlier_soak(start: object, said: str) -> None:
    """Not of this one, nor of one that shares a minute with it, nor of a later one."""
    with pytest.raises(UsageProblem, match=said):
        check_earlier(EARLIER, Path("earlier.json"), start)  # type: ignore[arg-type]


def test_a_baseline_that_was_over_is_taken(tmp_path: Path) -> None:
    """Also one that was READY with a waiver: its title says so wherever its numbers stand."""
    waiver = Waiver("error_rate", "known", "Rina", START)
    failed = replace(EARLIER.criteria[4], outcome=Outcome.FAIL).after(waiver)
    waived = replace(EARLIER, criteria=(*EARLIER.criteria[:4], failed, *EARLIER.criteria[5:]))
    path = _file(tmp_path, waived)
    assert read_baseline(path) == waived
    check_earlier(waived, path, START)
    shown = with_trend(verdict(24), waived, LIMITS)
    for text in ("\n".join(trend.terminal_lines(shown)), top.page(shown), summary(shown), to_json(shown)):
        assert "READY with 1 waiver: Error rate" in text


def test_every_output_tells_the_trend() -> None:
    """Terminal, report and summary show both numbers, what changed, and the warning; the block to paste does not."""
    now = replace(verdict(24), metrics=_soak(lost=40))
    shown = with_trend(now, replace(EARLIER, metrics=_soak(lost=5)), LIMITS)
    printed = "\n".join(trend.terminal_lines(shown))
    for text in (printed, top.page(shown), summary(shown)):
        assert "beside all 24 h of the soak from 2026-11-19 10:25 UTC (READY, judged 2026-11-21 10:28 UTC)" in text
        for words in ("99.5 % of 1,000", "96.0 % of 1,000", "-3.50 points", "-4.93 to -2.26 points", "! WARN"):
            assert words in text, (words, text)
        assert "worse by 3.50 percentage points (95 % interval 2.26 to 4.93), which is 2 points or more" in text
    assert "WARN: trend: Success rate: worse by" in printed
    assert any(
        "title=trend%3A Success rate%3A WARN" in line and line.startswith("::warning ") for line in annotations(shown)
    )
    assert "worse by 3.50 percentage points" in step_summary(shown)
    assert shown.reason.startswith("; beside the soak from 2026-11-19 10:25 UTC: Success rate is worse by 3.50")
    assert terminal.block(shown) == terminal.block(now)


def test_hour_0_has_no_trend() -> None:
    """Nothing is judged there, so nothing is compared."""
    assert with_trend(verdict(0), EARLIER, LIMITS) == verdict(0)


# --- whole runs ---
