"""The criteria on rates and on the response time: all that they say, for the days on which they say something else."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from logparse.judging import rates
from logparse.outcome import Outcome
from logparse.settings.checked import parse
from logparse.values.judgement import Judgement
from logparse.values.metrics import Metrics, wilson
from tests.builders.judged import between, facts, judged, sound

SEE = "see the kinds of error under Issues Encountered in MONITORING-LOG.md and in the report"


@dataclass(frozen=True)
class Case:
    """The numbers of a soak and of its windows, and what is concluded of them."""

    metrics: Metrics
    outcome: Outcome
    reason: str
    value: float | None
    counts: tuple[int, int | None]
    windows: Mapping[int, Metrics] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    limit: float = 0
    half: bool = False  # whether half of the judged time is a hole
    mend: str = ""


def _check(case: Case, expected: Judgement) -> None:
    holes = (between(4, 16),) if case.half else ()
    known = facts(case.metrics, case.windows, case.settings, holes=holes)
    assert judged(expected.name, known) == expected


def _small(**numbers: int) -> Metrics:
    """A soak with few records, and the given numbers alone."""
    return Metrics(records=900, **numbers)


SUCCESS = {
    "few deliveries prove nothing": Case(
        _small(deliveries=300, processed=288),
        Outcome.WARN,
        "96.0 % (288 of 300), limit at least 95.0 %; "
        "meets the limit, not proven: about 1,525 more deliveries at this rate",
        96,
        (288, 300),
    ),
    "one more delivery would prove it": Case(
        _small(deliveries=72, processed=72),
        Outcome.WARN,
        "100.0 % (72 of 72), limit at least 95.0 %; meets the limit, not proven: about 1 more delivery at this rate",
        100,
        (72, 72),
    ),
    "that one more proves it": Case(
        _small(deliveries=73, processed=73), Outcome.PASS, "100.0 % (73 of 73), limit at least 95.0 %", 100, (73, 73)
    ),
    "many deliveries prove it": Case(
        sound(processed=99_000),
        Outcome.PASS,
        "99.0 % (99,000 of 100,000), limit at least 95.0 %",
        99,
        (99_000, 100_000),
    ),
    "more was processed than delivered, which has no interval": Case(
        _small(deliveries=100, processed=101),
        Outcome.PASS,
        "101.0 % (101 of 100), limit at least 95.0 %",
        101,
        (101, 100),
    ),
    "just under the limit, read over half of the time": Case(
        sound(processed=94_999),
        Outcome.FAIL,
        "94.999 % (94,999 of 100,000), limit at least 95.0 % (over 12 h of 24 h); "
        f"5,001 deliveries were not processed; {SEE}",
        94.999,
        (94_999, 100_000),
        half=True,
    ),
    "one of two": Case(
        _small(deliveries=2, processed=1),
        Outcome.FAIL,
        f"50.0 % (1 of 2), limit at least 95.0 %; 1 delivery was not processed; {SEE}",
        50,
        (1, 2),
    ),
    "two windows break it, and two just do not": Case(
        sound(),
        Outcome.WARN,
        "100.0 % (100,000 of 100,000), limit at least 95.0 %; broken in the windows of hours 8, 16",
        100,
        (100_000, 100_000),
        {4: sound(), 8: sound(processed=9), 12: sound(processed=95_000), 16: sound(processed=94_999), 20: Metrics()},
    ),
    "at the limit, which no number of deliveries proves": Case(
        sound(processed=95_000),
        Outcome.WARN,
        "95.0 % (95,000 of 100,000), limit at least 95.0 %; meets the limit, but it cannot be proven at this rate",
        95,
        (95_000, 100_000),
    ),
    "nothing was delivered": Case(
        _small(processed=3),
        Outcome.NOT_JUDGED,
        "no delivery was seen, so there is no rate",
        None,
        (3, 0),
        mend="collect the logs of a time in which users wrote to the bot, or set event_delivery",
    ),
}


@pytest.mark.parametrize("name", SUCCESS)
def test_success_rate_in_full(name: str) -> None:
    """Processed over deliveries, at least the limit; an interval below the limit and single windows only warn."""
    case = SUCCESS[name]
    part, base = case.counts
    expected = Judgement("success_rate", "Success rate", case.outcome, case.reason, True, case.value, "%", 95.0)
    _check(case, replace(expected, count=part, of=base, interval=wilson(part, base or 0), mend=case.mend))


ERRORS = {
    "few deliveries prove nothing": Case(
        _small(deliveries=300, errors=9),
        Outcome.WARN,
        "3.0 % (9 of 300), limit under 5.0 %; meets the limit, not proven: about 157 more deliveries at this rate",
        3,
        (9, 300),
    ),
    "many deliveries prove it": Case(
        sound(errors=1_000), Outcome.PASS, "1.0 % (1,000 of 100,000), limit under 5.0 %", 1, (1_000, 100_000)
    ),
    "the limit itself is not under it": Case(
        sound(errors=5_000), Outcome.FAIL, f"5.0 % (5,000 of 100,000), limit under 5.0 %; {SEE}", 5, (5_000, 100_000)
    ),
    "more errors than deliveries": Case(
        _small(deliveries=2, errors=5), Outcome.FAIL, f"250.0 % (5 of 2), limit under 5.0 %; {SEE}", 250, (5, 2)
    ),
    "two windows break it, and one just does not": Case(
        sound(errors=1_000),
        Outcome.WARN,
        "1.0 % (1,000 of 100,000), limit under 5.0 % (over 12 h of 24 h); broken in the windows of hours 8, 12",
        1,
        (1_000, 100_000),
        {4: sound(errors=4_999), 8: sound(errors=5_000), 12: _small(deliveries=1, errors=1), 16: _small(errors=9)},
        half=True,
    ),
    "nothing was delivered": Case(
        _small(errors=3),
        Outcome.NOT_JUDGED,
        "no delivery was seen, so there is no rate",
        None,
        (3, 0),
        mend="collect the logs of a time in which users wrote to the bot, or set event_delivery",
    ),
}


@pytest.mark.parametrize("name", ERRORS)
def test_error_rate_in_full(name: str) -> None:
    """Errors over deliveries, under the limit; an interval over the limit and single windows only warn."""
    case = ERRORS[name]
    part, base = case.counts
    expected = Judgement("error_rate", "Error rate", case.outcome, case.reason, True, case.value, "%", 5.0)
    _check(case, replace(expected, count=part, of=base, interval=wilson(part, base or 0), mend=case.mend))


TIMED = Metrics(
    deliveries=10,
    processed=10,
    replies=4,
    records=99,
    response_ms_sum=12_000,
    response_ms_p50=1_000.0,
    response_ms_p95=9_000.0,
    response_ms_p99=9_500.0,
    response_ms_max=11_500,
)
"""Four replies with a mean of 3 s."""

SHOWN = "mean 3000 ms (3.0 s) over 4 replies (p95 9.00 s, maximum 11.50 s), limit mean under 10 s"
ADVICE = "look at the AI provider's times and at cold starts"
TIMES = {
    "quick": Case(TIMED, Outcome.PASS, SHOWN, 3, (4, None)),
    "a mean of just the limit, read over half of the time": Case(
        replace(TIMED, response_ms_sum=40_000),
        Outcome.FAIL,
        "mean 10000 ms (10.0 s) over 4 replies (p95 9.00 s, maximum 11.50 s), limit mean under 10 s "
        f"(over 12 h of 24 h); {ADVICE}",
        10,
        (4, None),
        half=True,
    ),
    "a mean just under the limit": Case(
        replace(TIMED, response_ms_sum=39_999),
        Outcome.PASS,
        "mean 9999.8 ms (9.9998 s) over 4 replies (p95 9.00 s, maximum 11.50 s), limit mean under 10 s",
        9.99975,
        (4, None),
    ),
    "a single reply": Case(
        replace(TIMED, replies=1, response_ms_sum=11_500),
        Outcome.FAIL,
        f"mean 11500 ms (11.5 s) over 1 reply (p95 9.00 s, maximum 11.50 s), limit mean under 10 s; {ADVICE}",
        11.5,
        (1, None),
    ),
    "one slow reply, and a slow window": Case(
        replace(TIMED, slow_replies=1),
        Outcome.WARN,
        f"{SHOWN}; 1 reply took over 10 s; broken in the windows of hours 8, 12",
        3,
        (4, None),
        {
            4: TIMED,
            8: replace(TIMED, response_ms_sum=40_000),
            12: replace(TIMED, replies=1, response_ms_sum=10_000),
            16: replace(TIMED, response_ms_sum=39_999),
            20: Metrics(),
        },
    ),
    "two slow replies under a limit of one's own": Case(
        replace(TIMED, slow_replies=2),
        Outcome.WARN,
        "mean 3000 ms (3.0 s) over 4 replies (p95 9.00 s, maximum 11.50 s), limit mean under 7.5 s; "
        "2 replies took over 7.5 s",
        3,
        (4, None),
        settings={"response_time_limit": "7.5"},
        limit=7.5,
    ),
    "no reply": Case(
        _small(deliveries=3),
        Outcome.NOT_JUDGED,
        "no reply was seen",
        None,
        (0, None),
        mend="collect the logs of a time in which the bot answered",
    ),
}


@pytest.mark.parametrize("name", TIMES)
def test_response_time_in_full(name: str) -> None:
    """The mean over all replies, under the limit; slow replies and single windows only warn."""
    case = TIMES[name]
    expected = Judgement("response_time", "Response time", case.outcome, case.reason, True, case.value, "s")
    _check(case, replace(expected, limit=case.limit or 10.0, count=case.counts[0], mend=case.mend))


@pytest.mark.parametrize("missing", ["response_ms_p95", "response_ms_max"])
def test_a_mean_without_its_spread_is_not_judged(missing: str) -> None:
    """A sum of times without the times behind it is no measurement."""
    numbers: dict[str, Any] = {missing: None}
    assert judged("response_time", facts(replace(TIMED, **numbers))).outcome is Outcome.NOT_JUDGED


SHARES = [
    ("over the limit", 40, 3, Outcome.WARN, "7.5 % (3 of 40) of the replies, look where over 5.0 %"),
    ("just over the limit", 99, 5, Outcome.WARN, "5.1 % (5 of 99) of the replies, look where over 5.0 %"),
    ("of just the limit", 40, 2, Outcome.PASS, "5.0 % (2 of 40) of the replies, look where over 5.0 %"),
    ("of one reply", 1, 1, Outcome.WARN, "100.0 % (1 of 1) of the replies, look where over 5.0 %"),
    ("of none", 1, 0, Outcome.PASS, "0.0 % (0 of 1) of the replies, look where over 5.0 %"),
    ("without a reply", 0, 3, Outcome.NOT_JUDGED, "no reply was seen, so there is no rate; 3 counted"),
    ("without a reply, many", 0, 1_234, Outcome.NOT_JUDGED, "no reply was seen, so there is no rate; 1,234 counted"),
]


@pytest.mark.parametrize(
    ("name", "title"), [("send_failures", "Send failures"), ("fallback_replies", "Fallback replies")]
)
@pytest.mark.parametrize(
    ("base", "part", "outcome", "reason"), [row[1:] for row in SHARES], ids=[row[0] for row in SHARES]
)
def test_shares_of_the_replies_in_full(
    name: str, title: str, base: int, part: int, outcome: Outcome, reason: str
) -> None:
    """They are looked at, and never required; without replies there is no share."""
    known = facts(_small(replies=base, **{name: part}))
    value = 100 * part / base if base else None
    expected = Judgement(name, title, outcome, reason, False, value, "%", 5.0, part, base, wilson(part, base))
    assert judged(name, known) == expected


def test_each_share_has_its_own_limit() -> None:
    """Send failures and fallback replies are limited apart."""
    known = facts(_small(replies=40, send_failures=3, fallback_replies=3), settings={"send_failures_limit": "8"})
    assert judged("send_failures", known).outcome is Outcome.PASS
    assert judged("fallback_replies", known).outcome is Outcome.WARN


BROKEN = [
    ("nothing in it", Metrics(), []),
    ("everything just within", replace(sound(processed=95_000, errors=4_999), response_ms_sum=999_999_999), []),
    (
        "everything broken",
        Metrics(
            deliveries=2,
            processed=1,
            errors=3,
            replies=4,
            response_ms_sum=60_000,
            signature_failures=1,
            critical_errors=2,
            delivery_failures=3,
        ),
        [
            "success rate 50.0 % (1 of 2)",
            "error rate 150.0 % (3 of 2)",
            "response time 15000 ms (15.0 s)",
            "1 signature failure",
            "2 critical errors",
            "3 delivery failures",
        ],
    ),
    ("errors without deliveries", Metrics(errors=3), []),
    ("one reply of just the limit", Metrics(replies=1, response_ms_sum=10_000), ["response time 10000 ms (10.0 s)"]),
]


@pytest.mark.parametrize(("window", "broken"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_limits_that_a_window_breaks_are_named_with_its_numbers(window: Metrics, broken: list[str]) -> None:
    """Each by the same rule as for the whole soak."""
    assert rates.broken_limits(window, parse().limits) == broken


def test_what_is_allowed_breaks_no_limit_of_a_window() -> None:
    """Counts up to their limits are not named."""
    allowed = {f"{name}_limit": "1" for name in ("signature_failures", "critical_errors", "delivery_failures")}
    window = Metrics(signature_failures=1, critical_errors=1, delivery_failures=2)
    assert rates.broken_limits(window, parse(allowed).limits) == ["2 delivery failures"]


NEVER_PROCESSED = "no processing was ever seen, and event_processing holds the words of another bot than event_delivery"


@pytest.mark.parametrize(
    ("written", "processed", "known_before", "expected"),
    [
        ({}, 0, (), Outcome.FAIL),
        ({"event_delivery": "Update"}, 0, (), Outcome.NOT_JUDGED),
        ({"event_delivery": "Update"}, 0, ("delivery", "reply"), Outcome.NOT_JUDGED),
        ({"event_delivery": "Update"}, 0, ("processing",), Outcome.FAIL),
        ({"event_delivery": "Update"}, 1, (), Outcome.FAIL),
        ({"event_delivery": "Update", "event_processing": "Asking"}, 0, (), Outcome.FAIL),
        ({"event_processing": "Asking"}, 0, (), Outcome.FAIL),
        ({"event_reply": r"Answered in (\d+)"}, 0, (), Outcome.FAIL),
    ],
)
def test_half_of_the_words_accuse_nobody(
    written: dict[str, str], processed: int, known_before: tuple[str, ...], expected: Outcome
) -> None:
    """Where only the words of a delivery were set, nothing processed is what those of another bot bring."""
    known = facts(
        Metrics(deliveries=9, processed=processed, records=99), settings=written, known_before=frozenset(known_before)
    )
    judgement = judged("success_rate", known)
    assert judgement.outcome is expected
    assert (judgement.reason == NEVER_PROCESSED) is (expected is Outcome.NOT_JUDGED)
    assert judgement.mend.startswith("set event_processing") is (expected is Outcome.NOT_JUDGED)


def test_no_reply_is_mended_by_its_words_where_messages_were_processed() -> None:
    """Else by the logs of another time."""
    silent = judged("response_time", facts(Metrics(deliveries=1, processed=1, records=9)))
    assert silent.mend.startswith("set event_reply in pytest.ini")
    idle = judged("response_time", facts(Metrics(deliveries=1, records=9)))
    assert idle.mend == "collect the logs of a time in which the bot answered"
