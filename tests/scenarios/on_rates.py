"""Days at the limits of the rates and of the response time: the one that breaks a limit, the one that just does not."""

from collections.abc import Sequence

from tests.scenarios import bot, edits, traps
from tests.scenarios.edits import Edit
from tests.scenarios.scenario import (
    FAIL,
    NOT_JUDGED,
    NOT_READY,
    PASS,
    READY,
    WARN,
    Build,
    Circumstances,
    Day,
    Scenario,
    in_both,
    in_rows,
)
from tests.scenarios.traffic import Message, Request

NO_REPLIES = dict.fromkeys(("response_time", "send_failures", "fallback_replies"), NOT_JUDGED)
"""What cannot be judged of a bot that never replied."""


def _some(count: int, edit: Edit) -> Build:
    """A steady day with so many of its 300 deliveries edited."""
    return lambda day: edits.at_some_deliveries(day.steady(), count, edit)


def _handed_over(count: int) -> Build:
    return _some(count, edits.handed_to_person)


def _with_errors(count: int) -> Build:
    return _some(count, edits.with_handled_error())


def _with_mean_of_ten_seconds(day: Day) -> list[Request]:
    """Every second reply as much over 10 s as the one before was under it, so that the mean is 10 s to the digit."""
    slow = edits.at_every_delivery(day.steady(), edits.with_latency(8_000))
    return edits.at_some_deliveries(slow, 150, edits.with_latency(12_000))


def _with_one_latency(latency_ms: int, day: Sequence[Request]) -> list[Request]:
    return edits.at_some_deliveries(day, 1, edits.with_latency(latency_ms))


def _with_failed_sends(failed: int, replies: int, day: Day) -> list[Request]:
    """So many failed sends against so many replies; other deliveries are processed but stay without a reply.

    The errors are counted against deliveries and the failed sends against replies, so the day with fewer
    replies than deliveries can break the one limit and keep the other.
    """
    unanswered = edits.at_some_deliveries(day.steady(), 300 - replies, edits.without_reply)
    waiting = [position for position, r in enumerate(unanswered) if edits.is_delivery(r) and not _is_answered(r)]
    chosen = set(waiting[:failed])
    return [edits.with_send_failure(r) if position in chosen else r for position, r in enumerate(unanswered)]


def _is_answered(request: Request) -> bool:
    return any(m.text.startswith(bot.REPLY) for m in request.messages)


def _doubly_failed(request: Request) -> Request:
    """Two handled errors in one delivery, and no reply."""
    failed = edits.with_handled_error()(request)
    return edits.with_message(failed, Message("error", f"{bot.PROCESSING_ERROR}Error: gave up", 5_000))


def _in_last_window(count: int, edit: Edit) -> Build:
    """So many of the 50 deliveries of the last window edited."""

    def build(day: Day) -> list[Request]:
        steady = day.steady()
        earlier = [request for request in steady if request.time_ms < day.at(20)]
        window = [request for request in steady if request.time_ms >= day.at(20)]
        return [*earlier, *edits.at_some_deliveries(window, count, edit)]

    return build


def _with_sends_warned_of(day: Day) -> list[Request]:
    warned = edits.with_level(bot.SEND_FAILED, "warning")
    return [warned(request) for request in traps.failed_sends(day.steady(), 15)]


SCENARIOS: tuple[Scenario, ...] = (
    *in_both(
        "285 of 300 deliveries processed are exactly 95 % and pass, though not proven",
        _handed_over(15),
        READY,
        success_rate=WARN,
        answering=PASS,
    ),
    *in_both(
        "284 of 300 deliveries processed are under 95 % and fail",
        _handed_over(16),
        NOT_READY,
        success_rate=FAIL,
        answering=PASS,
    ),
    *in_both(
        "14 errors of 300 deliveries are under 5 % and pass, though not proven",
        _with_errors(14),
        READY,
        error_rate=WARN,
        critical_errors=PASS,
        success_rate=PASS,
    ),
    *in_both(
        "15 errors of 300 deliveries are exactly 5 % and fail",
        _with_errors(15),
        NOT_READY,
        error_rate=FAIL,
        critical_errors=PASS,
        success_rate=PASS,
    ),
    *in_both(
        "295 of 300 deliveries processed are proven to be 95 % and pass",
        _handed_over(5),
        READY,
        numbers={"deliveries": 300, "processed": 295},
        success_rate=PASS,
    ),
    *in_both(
        "a success rate under its limit in the last window alone is only a warning",
        _in_last_window(3, edits.handed_to_person),
        READY,
        success_rate=WARN,
    ),
    *in_both(
        "299 of 300 deliveries processed are under a limit of 100 %",
        _handed_over(1),
        NOT_READY,
        Circumstances(settings={"success_rate_limit": "100"}),
        success_rate=FAIL,
    ),
    *in_both(
        "a day on which nothing was processed fails",
        _handed_over(300),
        NOT_READY,
        numbers={"deliveries": 300, "processed": 0, "replies": 0},
        success_rate=FAIL,
        answering=NOT_JUDGED,
        also=NO_REPLIES,
    ),
    *in_both(
        "9 errors of 300 deliveries are exactly a limit of 3 % and fail",
        _with_errors(9),
        NOT_READY,
        Circumstances(settings={"error_rate_limit": "3"}),
        error_rate=FAIL,
    ),
    *in_both(
        "more errors than deliveries are a failure, not a number over 100 % that nobody believes",
        lambda day: edits.at_every_delivery(day.steady(), _doubly_failed),
        NOT_READY,
        numbers={"deliveries": 300, "errors": 600},
        error_rate=FAIL,
        answering=NOT_JUDGED,
        also=NO_REPLIES,
    ),
    *in_both(
        "an error rate over its limit in the last window alone is only a warning",
        _in_last_window(3, edits.with_handled_error()),
        READY,
        error_rate=WARN,
    ),
    *in_both(
        "as many failed sends as break the error rate fail, though none says error",
        lambda day: traps.failed_sends(day.steady(), 15),
        NOT_READY,
        error_rate=FAIL,
        send_failures=WARN,
    ),
    *in_both(
        "a mean response time of exactly 10 s fails",
        _with_mean_of_ten_seconds,
        NOT_READY,
        response_time=FAIL,
    ),
    *in_both(
        "a mean response time a hair under 10 s passes, with a warning for the slow replies",
        lambda day: _with_one_latency(11_999, _with_mean_of_ten_seconds(day)),
        READY,
        response_time=WARN,
    ),
    *in_both(
        "a single reply over 10 s is a warning",
        lambda day: _with_one_latency(10_001, day.steady()),
        READY,
        response_time=WARN,
    ),
    *in_both(
        "a single reply of exactly 10 s is none",
        lambda day: _with_one_latency(10_000, day.steady()),
        READY,
        response_time=PASS,
    ),
    *in_both(
        "14 failed sends for 270 replies are over 5 % and a warning",
        lambda day: _with_failed_sends(14, 270, day),
        READY,
        send_failures=WARN,
        error_rate=WARN,
        answering=PASS,
    ),
    *in_both(
        "14 failed sends for 280 replies are exactly 5 % and none",
        lambda day: _with_failed_sends(14, 280, day),
        READY,
        send_failures=PASS,
        error_rate=WARN,
        answering=PASS,
    ),
    *in_both(
        "16 fallback replies of 300 are over 5 % and a warning",
        _some(16, edits.with_fallback_reply),
        READY,
        fallback_replies=WARN,
        response_time=PASS,
    ),
    *in_both(
        "15 fallback replies of 300 are exactly 5 % and none",
        _some(15, edits.with_fallback_reply),
        READY,
        fallback_replies=PASS,
        response_time=PASS,
    ),
    *in_rows(
        "failed sends logged as warnings are errors all the same",
        _with_sends_warned_of,
        NOT_READY,
        error_rate=FAIL,
        send_failures=WARN,
    ),
)
