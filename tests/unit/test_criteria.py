"""The criteria: compared exactly at their limits, with what intervals, windows and missing logs make of them."""

import pytest

from logparse import criteria
from logparse.facts import Facts
from logparse.findings import Finding
from logparse.judgement import Judgement
from logparse.metrics import Metrics, wilson
from logparse.outcome import Outcome
from tests.unit.judged import between, facts, judged, sound

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


PASS, WARN, NOT_JUDGED, FAIL = Outcome.PASS, Outcome.WARN, Outcome.NOT_JUDGED, Outcome.FAIL
LACKING = (
    Finding(WARN, "a start that was derived", "give --start"),
    Finding(NOT_JUDGED, "a hole"),
    Finding(NOT_JUDGED, "a torn row", "collect it again"),
    Finding(NOT_JUDGED, "an empty file", "wait"),
)
SEE = "see the kinds of error under Issues Encountered in MONITORING-LOG.md and in the report"
HTTP = "answered with HTTP 400 or more, limit 0"
VERIFY = "switch signature verification on; a bot that does not verify sets signature_verification = none"

IN_FULL: dict[str, tuple[Facts, Judgement]] = {
    "evidence that lacks nothing": (
        facts(sound(), {4: sound(), 8: sound()}),
        Judgement(
            "evidence", "Evidence", PASS, "every due window was collected wholly", True, 24.0, "h", 24.0, count=2, of=2
        ),
    ),
    "evidence tells the weightiest first, and what mends the first of these that can be mended": (
        facts(
            sound(), {4: sound(), 8: sound(), 12: sound()}, findings=LACKING, holes=(between(4, 8),), unjudged={8: "x"}
        ),
        Judgement(
            "evidence",
            "Evidence",
            NOT_JUDGED,
            "a hole; a torn row; an empty file; a start that was derived",
            True,
            20.0,
            "h",
            24.0,
            count=2,
            of=3,
            mend="collect it again",
        ),
    ),
    "evidence of half a soak": (
        facts(sound(), {4: sound()}, hour=12, seen=between(0, 11), findings=(Finding(WARN, "w"),)),
        Judgement("evidence", "Evidence", WARN, "w", True, 11.0, "h", 12.0, count=1, of=1),
    ),
    "signatures that all held": (
        facts(sound()),
        Judgement(
            "signature_failures",
            "Signature failures",
            PASS,
            "0 failures, 100,000 verified",
            True,
            0,
            "failures",
            0,
            count=0,
            of=100_000,
        ),
    ),
    "signatures that did not hold": (
        facts(sound(signature_failures=3, signatures_verified=7)),
        Judgement(
            "signature_failures",
            "Signature failures",
            FAIL,
            "3 failures, 7 verified; limit 0; "
            "compare the webhook secret of the provider with that of the bot; look for requests of strangers",
            True,
            3,
            "failures",
            0,
            count=3,
            of=10,
        ),
    ),
    "a failure that is allowed proves no check": (
        facts(sound(signature_failures=1, signatures_verified=0), settings={"signature_failures_limit": "1"}),
        Judgement(
            "signature_failures",
            "Signature failures",
            NOT_JUDGED,
            "no signature was ever verified: nothing was checked",
            True,
            1,
            "failures",
            1,
            count=1,
            of=1,
            mend=VERIFY,
        ),
    ),
    "a bot that verifies no signatures": (
        facts(sound(signature_failures=3), settings={"signature_verification": "none"}),
        Judgement(
            "signature_failures",
            "Signature failures",
            Outcome.NOT_MEASURED,
            "signature_verification = none: this bot verifies no signatures",
            True,
            3,
            "failures",
            0,
            count=3,
            of=100_003,
        ),
    ),
    "no critical error, read over half of the time": (
        facts(sound(), holes=(between(4, 16),)),
        Judgement(
            "critical_errors",
            "Critical errors",
            PASS,
            "0 critical errors, limit 0 (over 12 h of 24 h)",
            True,
            0,
            "errors",
            0,
            count=0,
        ),
    ),
    "more critical errors than allowed": (
        facts(sound(critical_errors=2), settings={"critical_errors_limit": "1"}),
        Judgement(
            "critical_errors",
            "Critical errors",
            FAIL,
            f"2 critical errors, limit 1; {SEE}",
            True,
            2,
            "errors",
            1,
            count=2,
        ),
    ),
    "as many critical errors as allowed": (
        facts(sound(critical_errors=1), settings={"critical_errors_limit": "1"}),
        Judgement(
            "critical_errors", "Critical errors", PASS, "1 critical error, limit 1", True, 1, "errors", 1, count=1
        ),
    ),
    "no delivery was refused": (
        facts(sound(webhook_statuses=5), carries_status=2, files=2),
        Judgement(
            "delivery_failures",
            "Delivery failures",
            PASS,
            f"0 deliveries {HTTP}",
            True,
            0,
            "failures",
            0,
            count=0,
        ),
    ),
    "a delivery was refused, whatever the other files can tell": (
        facts(sound(delivery_failures=1), carries_status=0),
        Judgement(
            "delivery_failures",
            "Delivery failures",
            FAIL,
            f"1 delivery {HTTP}; look at those requests' status",
            True,
            1,
            "failures",
            0,
            count=1,
        ),
    ),
    "a delivery was refused, as is allowed": (
        facts(sound(delivery_failures=1, webhook_statuses=5), settings={"delivery_failures_limit": "1"}),
        Judgement(
            "delivery_failures",
            "Delivery failures",
            PASS,
            "1 delivery answered with HTTP 400 or more, limit 1",
            True,
            1,
            "failures",
            1,
            count=1,
        ),
    ),
    "no file carries a status": (
        facts(sound(), carries_status=0),
        Judgement(
            "delivery_failures",
            "Delivery failures",
            Outcome.NOT_MEASURED,
            "this log format does not carry the HTTP status",
            False,
            None,
            "failures",
            0,
        ),
    ),
    "deliveries, but no request on the webhook path": (
        facts(sound()),
        Judgement(
            "delivery_failures",
            "Delivery failures",
            NOT_JUDGED,
            "deliveries were seen, but no request on the webhook path with a known HTTP status",
            True,
            None,
            "failures",
            0,
            mend="compare the settings webhook_path and webhook_method with the paths in the logs",
        ),
    ),
    "a request whose status is not known": (
        facts(sound(webhook_statuses=5, webhook_statuses_unknown=1)),
        Judgement(
            "delivery_failures",
            "Delivery failures",
            WARN,
            f"0 deliveries {HTTP}; of 1 request on the webhook path the status is not known",
            True,
            0,
            "failures",
            0,
            count=0,
        ),
    ),
    "files that do not carry the status": (
        facts(sound(webhook_statuses=5), carries_status=1, files=3),
        Judgement(
            "delivery_failures",
            "Delivery failures",
            WARN,
            f"0 deliveries {HTTP}; 2 of 3 files do not carry the HTTP status",
            True,
            0,
            "failures",
            0,
            count=0,
        ),
    ),
    "quality that is required": (
        facts(sound(), settings={"quality_required": "yes"}),
        Judgement(
            "response_quality",
            "Response quality",
            NOT_JUDGED,
            "people rate the answers in the quality checks of MONITORING-LOG.md; this version does not read them",
            True,
            mend="read the quality checks yourself; quality_required = no judges without them",
        ),
    ),
    "quality that nobody asked for": (
        facts(sound()),
        Judgement(
            "response_quality",
            "Response quality",
            Outcome.NOT_MEASURED,
            "people rate the answers in the quality checks of MONITORING-LOG.md; this version does not read them",
            False,
            mend="read the quality checks yourself; quality_required = no judges without them",
        ),
    ),
    "a rate where no record was read": (
        facts(Metrics(deliveries=3, processed=3)),
        Judgement(
            "success_rate",
            "Success rate",
            NOT_JUDGED,
            "nothing was read",
            True,
            None,
            "%",
            95.0,
            mend="mend the evidence first",
        ),
    ),
    "a rate where all records are of other environments": (
        facts(Metrics(deliveries=3, processed=3, records=9, left_out=9)),
        Judgement(
            "success_rate",
            "Success rate",
            NOT_JUDGED,
            "all records are of other environments",
            True,
            None,
            "%",
            95.0,
            mend="mend the evidence first",
        ),
    ),
}
"""Facts, and the whole of a judgement on them."""


@pytest.mark.parametrize("name", IN_FULL)
def test_a_judgement_in_full(name: str) -> None:
    """The outcome with its reason, its numbers, and what mends it: all that any output is made of."""
    known, expected = IN_FULL[name]
    assert judged(expected.name, known) == expected


def test_one_record_of_this_environment_is_judged() -> None:
    """Where others were left out, the rest counts."""
    known = facts(Metrics(deliveries=1, records=9, left_out=8))
    assert judged("success_rate", known).outcome is FAIL


@pytest.mark.parametrize("name", ["evidence", "response_quality"])
def test_what_looks_at_no_number_is_judged_without_any(name: str) -> None:
    """Evidence tells what is missing itself, and people rate quality."""
    nothing = judged(name, facts(Metrics(), findings=LACKING))
    assert nothing == judged(name, facts(sound(), findings=LACKING))


def test_all_criteria_are_judged_in_order_with_their_rules() -> None:
    """Twelve, each with its rule in one sentence."""
    names = [criterion.name for criterion in criteria.CRITERIA]
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
    assert criteria.CRITERIA[4].rule == "The errors stay a small part of the deliveries."
    assert all(criterion.rule.endswith(".") for criterion in criteria.CRITERIA)
