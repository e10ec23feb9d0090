"""Days at the limits of the rates and of the response time: the one that breaks a limit, the one that just does not."""

from collections.abc import Sequence

from tests.scenarios import bot, edits, traps
from tests.scenarios.scenario import FAIL, NOT_READY, PASS, READY, WARN, Scenario, at, in_both, in_rows, steady
from tests.scenarios.traffic import Request
from tests.scenarios.writers import Format


def _handed_over(count: int) -> list[Request]:
    return edits.at_some_deliveries(steady(), count, edits.handed_to_person)


def _with_errors(count: int) -> list[Request]:
    return edits.at_some_deliveries(steady(), count, edits.with_handled_error())


def _with_mean_of_ten_seconds() -> list[Request]:
    """Every second reply as much over 10 s as the one before was under it, so that the mean is 10 s to the digit."""
    day = edits.at_every_delivery(steady(), edits.with_latency(8_000))
    return edits.at_some_deliveries(day, 150, edits.with_latency(12_000))


def _with_one_latency(latency_ms: int, day: Sequence[Request]) -> list[Request]:
    return edits.at_some_deliveries(day, 1, edits.with_latency(latency_ms))


def _with_fallbacks(count: int) -> list[Request]:
    return edits.at_some_deliveries(steady(), count, edits.with_fallback_reply)


def _with_failed_sends(failed: int, replies: int) -> list[Request]:
    """So many failed sends against so many replies; other deliveries are processed but stay without a reply.

    The errors are counted against deliveries and the failed sends against replies, so the day with fewer
    replies than deliveries can break the one limit and keep the other.
    """
    unanswered = edits.at_some_deliveries(steady(), 300 - replies, edits.without_reply)
    waiting = [position for position, r in enumerate(unanswered) if edits.is_delivery(r) and not _is_answered(r)]
    chosen = set(waiting[:failed])
    return [edits.with_send_failure(r) if position in chosen else r for position, r in enumerate(unanswered)]


def _is_answered(request: Request) -> bool:
    return any(m.text.startswith(bot.REPLY) for m in request.messages)


def _with_errors_in_last_window(_: Format) -> list[Request]:
    """Three errors among the 50 deliveries of the checkpoint's own window: 6 % there, 1 % of the day."""
    day = steady()
    earlier = [request for request in day if request.time_ms < at(20)]
    window = [request for request in day if request.time_ms >= at(20)]
    return [*earlier, *edits.at_some_deliveries(window, 3, edits.with_handled_error())]


def _with_sends_warned_of(count: int) -> list[Request]:
    return [edits.with_level(bot.SEND_FAILED, "warning")(request) for request in traps.failed_sends(steady(), count)]


SCENARIOS: tuple[Scenario, ...] = (
    *in_both(
        "285 of 300 deliveries processed are exactly 95 % and pass, though not proven",
        lambda _: _handed_over(15),
        READY,
        success_rate=WARN,
        answering=PASS,
    ),
    *in_both(
        "284 of 300 deliveries processed are under 95 % and fail",
        lambda _: _handed_over(16),
        NOT_READY,
        success_rate=FAIL,
        answering=PASS,
    ),
    *in_both(
        "14 errors of 300 deliveries are under 5 % and pass, though not proven",
        lambda _: _with_errors(14),
        READY,
        error_rate=WARN,
        critical_errors=PASS,
        success_rate=PASS,
    ),
    *in_both(
        "15 errors of 300 deliveries are exactly 5 % and fail",
        lambda _: _with_errors(15),
        NOT_READY,
        error_rate=FAIL,
        critical_errors=PASS,
        success_rate=PASS,
    ),
    *in_both(
        "an error rate over its limit in the last window alone is only a warning",
        _with_errors_in_last_window,
        READY,
        error_rate=WARN,
    ),
    *in_both(
        "as many failed sends as break the error rate fail, though none says error",
        lambda _: traps.failed_sends(steady(), 15),
        NOT_READY,
        error_rate=FAIL,
        send_failures=WARN,
    ),
    *in_both(
        "a mean response time of exactly 10 s fails",
        lambda _: _with_mean_of_ten_seconds(),
        NOT_READY,
        response_time=FAIL,
    ),
    *in_both(
        "a mean response time a hair under 10 s passes, with a warning for the slow replies",
        lambda _: _with_one_latency(11_999, _with_mean_of_ten_seconds()),
        READY,
        response_time=WARN,
    ),
    *in_both(
        "a single reply over 10 s is a warning",
        lambda _: _with_one_latency(10_001, steady()),
        READY,
        response_time=WARN,
    ),
    *in_both(
        "a single reply of exactly 10 s is none",
        lambda _: _with_one_latency(10_000, steady()),
        READY,
        response_time=PASS,
    ),
    *in_both(
        "14 failed sends for 270 replies are over 5 % and a warning",
        lambda _: _with_failed_sends(14, 270),
        READY,
        send_failures=WARN,
        error_rate=WARN,
        answering=PASS,
    ),
    *in_both(
        "14 failed sends for 280 replies are exactly 5 % and none",
        lambda _: _with_failed_sends(14, 280),
        READY,
        send_failures=PASS,
        error_rate=WARN,
        answering=PASS,
    ),
    *in_both(
        "16 fallback replies of 300 are over 5 % and a warning",
        lambda _: _with_fallbacks(16),
        READY,
        fallback_replies=WARN,
        response_time=PASS,
    ),
    *in_both(
        "15 fallback replies of 300 are exactly 5 % and none",
        lambda _: _with_fallbacks(15),
        READY,
        fallback_replies=PASS,
        response_time=PASS,
    ),
    in_rows(
        "failed sends logged as warnings are no errors",
        lambda _: _with_sends_warned_of(15),
        READY,
        error_rate=PASS,
        send_failures=WARN,
    ),
)
