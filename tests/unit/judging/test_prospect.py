"""What would change a verdict: each sentence on a soak of its own, with the numbers worked out by hand."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from logparse.evidence.collected import Finding
from logparse.judging import criteria
from logparse.judging.what_would_change import Standing, would_change
from logparse.outcome import Outcome, State, state_of
from logparse.values.metrics import Metrics
from logparse.values.waiver import Waiver
from tests.builders.judged import facts, sound

_STRETCHES = (
    "Over 60 minutes without a delivery, or over 10 minutes with 3 deliveries and no reply, and it is NOT READY."
)


def _soak(deliveries: int = 300, **numbers: int) -> Metrics:
    """A soak in which all went well at 2 s a reply, but for the given numbers."""
    well = {"deliveries": deliveries, "processed": deliveries, "replies": deliveries, "response_ms_sum": 2_000 * 300}
    more = {"response_ms_p95": 3_000.0, "response_ms_max": 4_000, "webhook_statuses": deliveries}
    return replace(sound(**{**well, **numbers}), **more)  # type: ignore[arg-type]


def _said(metrics: Metrics, hour: int = 24, settings: dict[str, str] | None = None, **more: object) -> tuple[str, ...]:
    """What is said of a soak with these numbers at an hour."""
    known = facts(metrics, settings=settings, hour=hour, **more)  # type: ignore[arg-type]
    judgements = criteria.judge(known)
    state = state_of(judgement.outcome for judgement in judgements if judgement.required)
    return would_change(Standing(known, state, judgements))


READY = {
    "a day without a failure, after its end": (
        _soak(),
        24,
        (
            "16 more failed deliveries and the success rate would have been lost.",
            "15 more errors and the error rate would have been lost.",
            "Replies could have taken just under 8.0 s longer on average.",
            "A single signature failure, critical error or delivery failure, and it would have been NOT READY.",
        ),
    ),
    "half a day: what comes at the present traffic counts": (
        _soak(150, processed=146, errors=3, response_ms_sum=150 * 8_800),
        12,
        (
            "12 more failed deliveries until hour 24 and the success rate is lost (at the present traffic, 300 "
            "deliveries by then).",
            "12 more errors until hour 24 and the error rate is lost (at the present traffic, 300 deliveries by then).",
            "Replies must stay under 11.2 s on average until hour 24.",
            "A single signature failure, critical error or delivery failure, and it is NOT READY.",
            _STRETCHES,
        ),
    ),
    "the last failure that is allowed": (
        _soak(300, processed=285, errors=14),
        24,
        (
            "1 more failed delivery and the success rate would have been lost.",
            "1 more error and the error rate would have been lost.",
            "Replies could have taken just under 8.0 s longer on average.",
            "A single signature failure, critical error or delivery failure, and it would have been NOT READY.",
        ),
    ),
}


@pytest.mark.parametrize(("metrics", "hour", "said"), READY.values(), ids=READY)
def test_how_much_more_may_go_wrong(metrics: Metrics, hour: int, said: tuple[str, ...]) -> None:
    """Of a soak that is READY: the failures that are left, and the mean that the replies must keep."""
    assert _said(metrics, hour) == said


def test_counts_that_are_allowed_are_told_with_their_number() -> None:
    """Where a setting allows some, the first one too many."""
    said = _said(_soak(critical_errors=1), 24, {"critical_errors_limit": "3", "delivery_failures_limit": "1"})
    assert "A single signature failure, and it would have been NOT READY." in said
    assert "3 more critical errors, and it would have been NOT READY." in said
    assert "2 more delivery failures, and it would have been NOT READY." in said


_MEND = "mend the bot and begin again: pytest --hour=0 --restart"
NOT_READY = {
    "rates that can still be met": (
        _soak(100, processed=94, errors=6),
        8,
        (
            "Success rate: the next 20 deliveries must all be processed to come back to 95.0 %; about 200 are to come "
            "until hour 24, so it can still be met.",
            "Error rate: the next 21 deliveries must bring no error to come back to 5.0 %; about 200 are to come until "
            "hour 24, so it can still be met.",
        ),
    ),
    "rates for which too little is to come": (
        _soak(100, processed=50, errors=6),
        20,
        (
            "Success rate: the next 900 deliveries must all be processed to come back to 95.0 %; about 20 are to come "
            "until hour 24, so that is too few.",
            "Error rate: the next 21 deliveries must bring no error to come back to 5.0 %; about 20 are to come until "
            "hour 24, so that is too few.",
        ),
    ),
    "rates after the end": (
        _soak(300, processed=280, errors=16),
        24,
        (
            "Success rate: at most 15 deliveries might fail at this traffic; it was 20.",
            "Error rate: at most 14 errors were allowed at this traffic; it was 16.",
            f"The soak is over; {_MEND}.",
        ),
    ),
    "a mean that can come down": (
        _soak(100, response_ms_sum=100 * 11_500),
        12,
        ("Response time: replies must stay under 8.5 s on average until hour 24.",),
    ),
    "a mean that no reply can bring down": (
        _soak(100, response_ms_sum=100 * 20_000),
        12,
        ("Response time: at the present traffic no later reply can be quick enough to bring the mean down.",),
    ),
    "a mean after the end": (
        _soak(100, response_ms_sum=100 * 11_510),
        24,
        ("Response time: replies had to be over 1.6 s quicker on average.", f"The soak is over; {_MEND}."),
    ),
    "what has happened has happened": (
        _soak(100, signature_failures=1),
        4,
        (
            "Signature failures: it has happened; nothing that comes later takes it back.",
            f"This soak cannot become READY any more; {_MEND}.",
        ),
    ),
}


@pytest.mark.parametrize(("metrics", "hour", "said"), NOT_READY.values(), ids=NOT_READY)
def test_what_it_takes_to_become_ready(metrics: Metrics, hour: int, said: tuple[str, ...]) -> None:
    """Of a soak that is NOT READY: what mends each failure, and where nothing does."""
    assert _said(metrics, hour) == said


def test_a_limit_that_nothing_brings_back_is_told() -> None:
    """100 % is lost with the first failure, and so is an error rate under 0 %."""
    said = _said(_soak(100, processed=99), 8, {"success_rate_limit": "100"})
    assert said == ("Success rate: with a limit of 100.0 % nothing that comes later makes it good.",)


def test_what_cannot_be_judged_names_what_mends_it() -> None:
    """Once, though several criteria wait for the same; what waits for the evidence alone is not told beside it."""
    said = _said(_soak(100, signatures_verified=0), 8)
    assert said == (
        "Signature failures can be judged after this: switch signature verification on; a bot that does not verify "
        "sets signature_verification = none.",
    )
    lacking = (Finding(Outcome.NOT_JUDGED, "a hole", "collect it again"),)
    assert _said(Metrics(), 8, findings=lacking) == ("Evidence can be judged after this: collect it again.",)


def test_a_waiver_is_told_and_its_criterion_has_nothing_left() -> None:
    """What only a waiver lets pass has no margin."""
    metrics = _soak(300, processed=280)
    waiver = Waiver("success_rate", "a known outage", "Rina", datetime(2030, 1, 1, tzinfo=UTC))
    judgements = tuple(judgement.after(waiver) for judgement in criteria.judge(facts(metrics)))
    said = would_change(Standing(facts(metrics), State.READY, judgements))
    assert said[0] == "Without its waiver, success rate is FAIL."
    assert not any("failed deliver" in sentence for sentence in said)


def test_nothing_is_said_at_hour_0() -> None:
    """A soak that has only begun has no verdict to change."""
    assert would_change(Standing(facts(Metrics(), hour=0), State.STARTED, ())) == ()
