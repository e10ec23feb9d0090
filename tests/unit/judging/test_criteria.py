"""The criteria: compared exactly at their limits, with what intervals, windows and missing logs make of them."""

import pytest

from logparse.evidence.collected import Finding
from logparse.evidence.word_findings import DOUBTED
from logparse.judging import criteria
from logparse.outcome import Outcome
from logparse.values.criteria import CRITERIA
from logparse.values.metrics import Metrics, wilson
from logparse.values.timeline import Timeline
from tests.builders.judged import EVERY_MINUTE, facts, judged, sound

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
    ("quality that nobody rated", "response_quality", {}, {}, Outcome.WARN),
    (
        "quality that is required and nobody rated",
        "response_quality",
        {},
        {"quality_required": "yes"},
        Outcome.NOT_JUDGED,
    ),
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


@pytest.mark.parametrize("name", [one.name for one in CRITERIA if one.name != "response_quality"])
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


def test_one_record_of_this_environment_is_judged() -> None:
    """Where others were left out, the rest counts."""
    known = facts(Metrics(deliveries=1, records=9, left_out=8))
    assert judged("success_rate", known).outcome is Outcome.FAIL


def test_deliveries_without_a_status_are_not_judged_whatever_became_of_them() -> None:
    """It is enough that they were seen; and where none was, nothing tells that none was refused."""
    assert judged("delivery_failures", facts(Metrics(deliveries=1, records=9))).outcome is Outcome.NOT_JUDGED
    assert judged("delivery_failures", facts(Metrics(processed=1, records=9))).outcome is Outcome.NOT_JUDGED


@pytest.mark.parametrize("name", ["evidence", "response_quality"])
def test_what_looks_at_no_number_is_judged_without_any(name: str) -> None:
    """Evidence tells what is missing itself, and people rate quality."""
    nothing = judged(name, facts(Metrics(), findings=(Finding(Outcome.WARN, "a start that was derived"),)))
    assert nothing == judged(name, facts(sound(), findings=(Finding(Outcome.WARN, "a start that was derived"),)))


BROKEN = {
    "processed": 50_000,
    "errors": 50_000,
    "response_ms_sum": 9_000_000_000,
    "response_ms_p95": 9_000,
    "response_ms_max": 9_999,
    "critical_errors": 1,
    "delivery_failures": 1,
    "signature_failures": 2,
    "signature_messages": 2,
}
"""Numbers that fail every criterion that looks at one."""

UNDER_DOUBT = {"critical_errors": Outcome.FAIL, "delivery_failures": Outcome.FAIL, "evidence": Outcome.NOT_JUDGED}


@pytest.mark.parametrize("name", [one.name for one in CRITERIA if one.name != "response_quality"])
def test_where_words_are_not_known_only_what_needs_none_fails(name: str) -> None:
    """A status, a crash, the provider's list or people: all else is NOT JUDGED, and says where to look."""
    findings = (Finding(Outcome.NOT_JUDGED, "the words are not known"),)
    silent = Timeline(EVERY_MINUTE, EVERY_MINUTE[:60], EVERY_MINUTE[:9])
    known = facts(sound(**BROKEN), findings=findings, timeline=silent, doubt="the words are not known")
    sure = judged(name, facts(sound(**BROKEN), findings=findings, timeline=silent))
    doubted = judged(name, known)
    if name in ("send_failures", "fallback_replies"):
        assert sure == doubted
        return
    assert sure.outcome is (Outcome.NOT_JUDGED if name == "evidence" else Outcome.FAIL)
    assert doubted.outcome is UNDER_DOUBT.get(name, Outcome.NOT_JUDGED)
    if name not in UNDER_DOUBT:
        assert (doubted.reason, doubted.mend) == (DOUBTED, "mend the evidence first")
        assert doubted.value == sure.value


@pytest.mark.parametrize(
    ("unauthorized", "limit", "expected"),
    [(0, "0", Outcome.NOT_JUDGED), (1, "0", Outcome.FAIL), (1, "1", Outcome.NOT_JUDGED), (2, "1", Outcome.FAIL)],
)
def test_a_signature_failure_that_a_status_tells_needs_no_words(
    unauthorized: int, limit: str, expected: Outcome
) -> None:
    """HTTP 401 is no word of the bot; more of them than are allowed have failed."""
    numbers = sound(signature_failures=2, unauthorized=unauthorized)
    known = facts(numbers, settings={"signature_failures_limit": limit}, doubt="the words are not known")
    assert judged("signature_failures", known).outcome is expected


def test_all_criteria_are_judged_in_order_with_their_rules() -> None:
    """Twelve, each with its rule in one sentence."""
    names = [criterion.name for criterion in CRITERIA]
    assert names == [judgement.name for judgement in criteria.judge(facts(sound()))]
    assert names[:6] == [
        "evidence",
        "success_rate",
        "signature_failures",
        "response_time",
        "error_rate",
        "critical_errors",
    ]
    assert names[6:] == [
        "silence",
        "answering",
        "delivery_failures",
        "send_failures",
        "fallback_replies",
        "response_quality",
    ]
    assert CRITERIA[4].rule == "The errors stay a small part of the deliveries."
    assert all(criterion.rule.endswith(".") for criterion in CRITERIA)
