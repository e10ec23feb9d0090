"""Judgements in full, of the criteria that are no rates: the outcome, the reason, the numbers, and what mends it."""

import pytest

from logparse.evidence.collected import Finding
from logparse.judging.facts import Facts
from logparse.outcome import Outcome
from logparse.values.judgement import Judgement
from logparse.values.metrics import Metrics
from tests.builders.judged import between, facts, judged, sound

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
            f"0 deliveries {HTTP}; of 1 row on the webhook path the status is not known",
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
    "quality that is required, and nobody rated": (
        facts(sound(), settings={"quality_required": "yes"}),
        Judgement(
            "response_quality",
            "Response quality",
            NOT_JUDGED,
            "check 1 (hour 4) is not filled in; check 2 (hour 12) is not filled in; check 3 (hour 24) is not filled in",
            True,
            unit="conversations",
            limit=0,
            mend="python -m logparse review --hour=4, or fill in the quality checks of MONITORING-LOG.md by hand",
        ),
    ),
    "quality before any check is due": (
        facts(sound(), hour=4, settings={"quality_required": "yes"}),
        Judgement(
            "response_quality",
            "Response quality",
            Outcome.NOT_MEASURED,
            "no check is due yet; check 1 (hour 4) is not filled in, for which there is time until the next checkpoint",
            False,
            unit="conversations",
            limit=0,
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
