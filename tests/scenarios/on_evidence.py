"""Days without fault, and logs that do not show the whole day: nothing collected must not look like nothing wrong."""

from dataclasses import replace

from tests.scenarios import bot, edits, spoilers, timeline, traps
from tests.scenarios.scenario import (
    FAIL,
    NOT_JUDGED,
    NOT_MEASURED,
    NOT_READY,
    PASS,
    READY,
    WARN,
    Scenario,
    at,
    in_both,
    in_rows,
    in_text,
    steady,
)
from tests.scenarios.traffic import HOUR_MS, MINUTE_MS, Request
from tests.scenarios.writers import PLAIN, STYLES, Format

HOLE_OPENS = at(9, 10)

ALL_MET = {
    "evidence": WARN,
    "success_rate": PASS,
    "signature_failures": PASS,
    "response_time": PASS,
    "error_rate": PASS,
    "critical_errors": PASS,
    "silence": PASS,
    "answering": PASS,
    "send_failures": PASS,
    "fallback_replies": PASS,
}


def _hole(length_ms: int, format: Format) -> list[Request]:
    return timeline.with_hole(steady(), HOLE_OPENS, length_ms, format)


def _without_receiving(count: int) -> list[Request]:
    """Deliveries whose first messages are not in the log, so that more was processed than came."""
    return edits.at_some_deliveries(steady(), count, lambda request: edits.without_messages(request, bot.RECEIVED))


def _redeployed() -> list[Request]:
    return [
        replace(request, deployment="dpl_9bWn4sYcTe") if request.time_ms >= at(14) else request for request in steady()
    ]


def _only_health_checks() -> list[Request]:
    return edits.without(steady(), edits.is_delivery)


def _rejected_late() -> list[Request]:
    """A wrong signature in the last window."""
    rejection = traps.rejected_signature(steady())
    return edits.in_order([replace(r, time_ms=at(21)) if r.status == 401 else r for r in rejection])


WHOLE: tuple[Scenario, ...] = (
    in_rows("a steady day is ready", lambda _: steady(), READY, delivery_failures=PASS, **ALL_MET),
    in_text("a steady day is ready", lambda _: steady(), READY, delivery_failures=NOT_MEASURED, **ALL_MET),
    *in_both(
        "a steady day with every harmless trap is ready", lambda _: traps.all_harmless(steady()), READY, **ALL_MET
    ),
    *(
        in_text(
            f"a steady day in the {style} style of text is ready", lambda _: steady(), READY, STYLES[style], **ALL_MET
        )
        for style in ("offset", "levels", "heroku", "cri", "fly")
    ),
    *(
        replace(scenario, hour=12, collected_to=12)
        for scenario in in_both("a steady day is ready so far at hour 12", lambda _: steady(), READY, success_rate=PASS)
    ),
    *(
        replace(scenario, hour=12)
        for scenario in in_both(
            "a failure after the checkpoint is not judged yet",
            lambda _: _rejected_late(),
            READY,
            signature_failures=PASS,
        )
    ),
    *in_both("a failure before the checkpoint is", lambda _: _rejected_late(), NOT_READY, signature_failures=FAIL),
    in_rows("a second deployment is a warning", lambda _: _redeployed(), READY, evidence=WARN),
)

HOLES: tuple[Scenario, ...] = (
    in_rows(
        "exactly 60 minutes without a record are no hole",
        lambda format: _hole(HOUR_MS, format),
        READY,
        evidence=WARN,
        silence=PASS,
    ),
    in_rows(
        "60 minutes and a millisecond without a record are a hole",
        lambda format: _hole(HOUR_MS + 1, format),
        NOT_JUDGED,
        evidence=NOT_JUDGED,
        silence=NOT_JUDGED,
    ),
    *in_both(
        "61 minutes without a record are a hole, not a silence",
        lambda format: _hole(61 * MINUTE_MS, format),
        NOT_JUDGED,
        evidence=NOT_JUDGED,
        silence=NOT_JUDGED,
    ),
    *in_both(
        "a wrong signature has failed, hole or not",
        lambda format: traps.rejected_signature(_hole(61 * MINUTE_MS, format)),
        NOT_READY,
        evidence=NOT_JUDGED,
        signature_failures=FAIL,
    ),
    in_rows(
        "a window that nobody fetched", lambda _: steady(), NOT_JUDGED, {12: spoilers.missing}, evidence=NOT_JUDGED
    ),
    in_text(
        "a window that nobody fetched",
        lambda _: steady(),
        NOT_JUDGED,
        PLAIN,
        {12: spoilers.missing},
        evidence=NOT_JUDGED,
    ),
    in_rows(
        "the last window not fetched yet", lambda _: steady(), NOT_JUDGED, {24: spoilers.missing}, evidence=NOT_JUDGED
    ),
    in_rows("an empty file", lambda _: steady(), NOT_JUDGED, {8: spoilers.empty}, evidence=NOT_JUDGED),
    in_rows(
        "a tool's refusal in place of logs", lambda _: steady(), NOT_JUDGED, {8: spoilers.refused}, evidence=NOT_JUDGED
    ),
)

CUT_OFF: tuple[Scenario, ...] = (
    in_rows(
        "exactly as many rows as the tool brings unasked are not the whole window",
        lambda _: steady(deliveries=600),
        NOT_JUDGED,
        {16: spoilers.limited},
        evidence=NOT_JUDGED,
    ),
    in_rows(
        "the same page of rows twice", lambda _: steady(), NOT_JUDGED, {16: spoilers.repeating}, evidence=NOT_JUDGED
    ),
    in_rows("a torn last row", lambda _: steady(), NOT_JUDGED, {16: spoilers.torn}, evidence=NOT_JUDGED),
    in_rows(
        "over 1 % of lines that cannot be read",
        lambda _: steady(),
        NOT_JUDGED,
        {16: spoilers.garbled},
        evidence=NOT_JUDGED,
    ),
    in_rows(
        "one message of each request is too little to count",
        lambda _: steady(),
        NOT_JUDGED,
        {16: spoilers.single_messages},
        evidence=NOT_JUDGED,
    ),
    *in_both(
        "10 more processed than delivered show that the logs are partial",
        lambda _: _without_receiving(10),
        NOT_JUDGED,
        evidence=NOT_JUDGED,
    ),
    *in_both(
        "3 more processed than delivered do not",
        lambda _: _without_receiving(3),
        READY,
        evidence=WARN,
        success_rate=PASS,
    ),
    in_rows(
        "a day without any delivery has no rates, and its silence fails",
        lambda _: _only_health_checks(),
        NOT_READY,
        success_rate=NOT_JUDGED,
        error_rate=NOT_JUDGED,
        response_time=NOT_JUDGED,
        signature_failures=NOT_JUDGED,
        silence=FAIL,
    ),
)

SCENARIOS: tuple[Scenario, ...] = (*WHOLE, *HOLES, *CUT_OFF)
