"""The criteria: compared exactly at their limits, with what intervals, windows and missing logs make of them."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from logparse import criteria
from logparse.evidence import Evidence
from logparse.facts import Facts
from logparse.findings import Finding
from logparse.judgement import Judgement
from logparse.metrics import Metrics, wilson
from logparse.outcome import Outcome, State, state_of
from logparse.schedule import Soak
from logparse.settings import parse
from logparse.timeline import Moment, Timeline

SOAK = Soak(datetime(2026, 1, 12, tzinfo=UTC))


def facts(
    metrics: Metrics,
    windows: Mapping[int, Metrics] | None = None,
    settings: Mapping[str, str] | None = None,
    findings: tuple[Finding, ...] = (),
    carries_status: int = 1,
) -> Facts:
    """Facts of a soak in which something came every minute, with the given numbers."""
    checked = parse(settings)
    judged = SOAK.judged(24)
    every_minute = tuple(
        Moment(SOAK.start + timedelta(minutes=minute), SOAK.start + timedelta(minutes=minute)) for minute in range(1440)
    )
    return Facts(
        soak=SOAK,
        metrics=metrics,
        windows=windows or {},
        timeline=Timeline(every_minute, every_minute, every_minute),
        evidence=Evidence(findings, (), judged, judged, {}),
        limits=checked.limits,
        quiet_hours=checked.quiet_hours,
        verifies_signatures=checked.verifies_signatures,
        quality_required=checked.quality_required,
        carries_status=carries_status,
        files=1,
    )


def judged(name: str, known: Facts) -> Judgement:
    """The judgement of one criterion."""
    return next(judgement for judgement in criteria.judge(known) if judgement.name == name)


def sound(**numbers: int) -> Metrics:
    """A large and sound soak, but for the given numbers."""
    base = {"deliveries": 100_000, "processed": 100_000, "replies": 100_000, "signatures_verified": 100_000}
    return Metrics(**{**base, "records": 500_000, **numbers})


AT_THE_LIMIT = [
    ("success rate of exactly 95 %", "success_rate", {"processed": 95_000}, {}, Outcome.WARN),
    ("success rate just under 95 %", "success_rate", {"processed": 94_999}, {}, Outcome.FAIL),
    ("success rate far over the limit", "success_rate", {}, {}, Outcome.PASS),
    (
        "success rate of exactly 99.5 %",
        "success_rate",
        {"processed": 99_500},
        {"success_rate_limit": "99.5"},
        Outcome.WARN,
    ),
    (
        "success rate just under a limit of 99.5",
        "success_rate",
        {"processed": 99_499},
        {"success_rate_limit": "99.5"},
        Outcome.FAIL,
    ),
    ("error rate of exactly 5 %", "error_rate", {"errors": 5_000}, {}, Outcome.FAIL),
    ("error rate just under 5 %", "error_rate", {"errors": 4_999}, {}, Outcome.WARN),
    ("error rate far under the limit", "error_rate", {"errors": 10}, {}, Outcome.PASS),
    ("error rate over 100 %", "error_rate", {"errors": 200_000}, {}, Outcome.FAIL),
    ("mean of exactly 10 s", "response_time", {"response_ms_sum": 1_000_000_000}, {}, Outcome.FAIL),
    ("mean 1 ms in all under 10 s", "response_time", {"response_ms_sum": 999_999_999}, {}, Outcome.PASS),
    ("one slow reply", "response_time", {"response_ms_sum": 1, "slow_replies": 1}, {}, Outcome.WARN),
    ("one signature failure", "signature_failures", {"signature_failures": 1}, {}, Outcome.FAIL),
    (
        "one that is allowed",
        "signature_failures",
        {"signature_failures": 1},
        {"signature_failures_limit": "1"},
        Outcome.PASS,
    ),
    ("nothing was ever verified", "signature_failures", {"signatures_verified": 0}, {}, Outcome.NOT_JUDGED),
    (
        "a bot that does not verify",
        "signature_failures",
        {"signatures_verified": 0},
        {"signature_verification": "none"},
        Outcome.NOT_MEASURED,
    ),
    ("one critical error", "critical_errors", {"critical_errors": 1}, {}, Outcome.FAIL),
    ("one delivery failure", "delivery_failures", {"delivery_failures": 1}, {}, Outcome.FAIL),
    ("send failures of exactly 5 %", "send_failures", {"send_failures": 5_000}, {}, Outcome.PASS),
    ("send failures just over 5 %", "send_failures", {"send_failures": 5_001}, {}, Outcome.WARN),
    ("fallback replies just over 5 %", "fallback_replies", {"fallback_replies": 5_001}, {}, Outcome.WARN),
    ("quality that nobody asked for", "response_quality", {}, {}, Outcome.NOT_MEASURED),
    ("quality that is required", "response_quality", {}, {"quality_required": "yes"}, Outcome.NOT_JUDGED),
]


@pytest.mark.parametrize(
    ("name", "numbers", "settings", "expected"), [row[1:] for row in AT_THE_LIMIT], ids=[row[0] for row in AT_THE_LIMIT]
)
def test_limit_is_compared_exactly(
    name: str, numbers: dict[str, int], settings: dict[str, str], expected: Outcome
) -> None:
    """A number exactly at its limit, and the smallest step beside it, come out as the rule says."""
    with_time = {"response_ms_p95": 9_000, "response_ms_max": 9_999, "response_ms_sum": 1_000, **numbers}
    judgement = judged(name, facts(sound(**with_time), settings=settings))
    assert judgement.outcome is expected, judgement.reason


@pytest.mark.parametrize("name", [one.name for one in criteria.CRITERIA if one.name != "response_quality"])
def test_nothing_read_never_passes(name: str) -> None:
    """Where no record was read, no criterion passes."""
    findings = (Finding(Outcome.NOT_JUDGED, "nothing was collected"),)
    assert judged(name, facts(Metrics(), findings=findings, carries_status=0)).outcome is Outcome.NOT_JUDGED


def test_more_deliveries_that_would_prove_a_rate() -> None:
    """The number of deliveries that is named puts the interval on the right side, and hardly fewer would."""
    judgement = judged("success_rate", facts(Metrics(deliveries=300, processed=288, records=900)))
    assert judgement.outcome is Outcome.WARN
    more = int(judgement.reason.split("about ")[1].split(" ")[0].replace(",", ""))
    for deliveries, proven in ((round(1.05 * (300 + more)), True), (round(0.95 * (300 + more)), False)):
        interval = wilson(round(0.96 * deliveries), deliveries)
        assert interval is not None
        assert (interval[0] >= 95) is proven


def test_rate_at_the_limit_cannot_be_proven() -> None:
    """At the limit itself no number of deliveries proves the rate, and the reason says so."""
    assert "cannot be proven at this rate" in judged("success_rate", facts(sound(processed=95_000))).reason


def test_window_that_breaks_a_limit_only_warns() -> None:
    """A window over the limit, while the whole is under it, is a WARN that names the window."""
    judgement = judged("error_rate", facts(sound(errors=10), windows={4: sound(), 8: sound(errors=9_000)}))
    assert judgement.outcome is Outcome.WARN
    assert "window of hour 8" in judgement.reason


def test_text_does_not_measure_delivery_failures() -> None:
    """Where no file carries the HTTP status, delivery failures are not measured and not required."""
    judgement = judged("delivery_failures", facts(sound(), carries_status=0))
    assert (judgement.outcome, judgement.required) == (Outcome.NOT_MEASURED, False)


def test_verdict_is_the_worst_required_outcome() -> None:
    """FAIL outweighs NOT JUDGED, which outweighs WARN and PASS; NOT MEASURED weighs nothing."""
    assert state_of([Outcome.PASS, Outcome.WARN, Outcome.NOT_MEASURED]) is State.READY
    assert state_of([Outcome.WARN, Outcome.NOT_JUDGED]) is State.NOT_JUDGED
    assert state_of([Outcome.NOT_JUDGED, Outcome.FAIL]) is State.NOT_READY
    assert [state.exit_code for state in State] == [0, 1, 10, 0]
