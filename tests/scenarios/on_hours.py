"""The checkpoints: the same faults at hours 4, 12 and 24, and what comes after the checkpoint that is judged."""

from dataclasses import replace
from datetime import timedelta

from tests.scenarios import edits, spoilers, timeline
from tests.scenarios.edits import Edit
from tests.scenarios.failures import with_crash, with_rejection
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
    Fetch,
    Scenario,
    in_both,
    in_rows,
)
from tests.scenarios.traffic import MINUTE_MS, Request

AT = {hour: Circumstances(hour=hour, clock=timedelta(hours=hour, minutes=5)) for hour in (4, 12, 24)}
WHOLE_DAY_AT_12 = replace(AT[12], fetches=(Fetch(0, 24),), clock=timedelta(hours=25))


def _edited_before(hour: int, count: int, edit: Edit) -> Build:
    """So many of the deliveries before an hour edited; a window has 50 of them."""

    def build(day: Day) -> list[Request]:
        steady = day.steady()
        earlier = [request for request in steady if request.time_ms < day.at(hour)]
        later = [request for request in steady if request.time_ms >= day.at(hour)]
        return [*edits.at_some_deliveries(earlier, count, edit), *later]

    return build


def _slow(day: Day) -> list[Request]:
    return edits.at_every_delivery(day.steady(), edits.with_latency(10_001))


FAULTS: tuple[Scenario, ...] = tuple(
    scenario
    for under in AT.values()
    for scenario in (
        *in_rows(
            "a wrong signature in the third hour fails from then on",
            lambda day: with_rejection(day.steady(), day.within(2)),
            NOT_READY,
            under,
            signature_failures=FAIL,
        ),
        *in_rows(
            "a crash in the third hour fails from then on",
            lambda day: with_crash(day.steady(), day.within(2)),
            NOT_READY,
            under,
            critical_errors=FAIL,
        ),
        *in_both(
            "a silence of 61 minutes in the first hours fails from then on",
            lambda day: timeline.with_delivery_gap(
                timeline.with_reminders(day.steady()), day.within(1), 61 * MINUTE_MS, day.format
            ),
            NOT_READY,
            under,
            silence=FAIL,
        ),
        *in_rows(
            "eleven minutes without an answer in the third hour fail from then on",
            lambda day: timeline.with_unanswered(day.steady(), day.within(2), 11 * MINUTE_MS, day.format),
            NOT_READY,
            under,
            answering=FAIL,
        ),
        *in_both(
            "a hole of 61 minutes in the first hours is not judged from then on",
            lambda day: timeline.with_hole(day.steady(), day.within(1), 61 * MINUTE_MS, day.format),
            NOT_JUDGED,
            under,
            says="a hole: no file holds any record",
            evidence=NOT_JUDGED,
            silence=NOT_JUDGED,
        ),
        *in_rows(
            "replies that all take a millisecond over 10 s fail",
            _slow,
            NOT_READY,
            under,
            response_time=FAIL,
        ),
    )
)

LIMITS: tuple[Scenario, ...] = (
    *in_both(
        "a steady window is ready so far, though 50 deliveries prove no rate",
        lambda day: day.steady(),
        READY,
        AT[4],
        numbers={"deliveries": 50, "processed": 50, "replies": 50},
        success_rate=WARN,
        error_rate=WARN,
        silence=PASS,
        answering=PASS,
    ),
    *in_both(
        "three steady windows are ready so far",
        lambda day: day.steady(),
        READY,
        AT[12],
        numbers={"deliveries": 150, "processed": 150, "replies": 150},
        success_rate=PASS,
        error_rate=PASS,
    ),
    *in_rows(
        "48 of 50 deliveries processed are 96 % and pass",
        _edited_before(4, 2, edits.handed_to_person),
        READY,
        AT[4],
        success_rate=WARN,
    ),
    *in_rows(
        "47 of 50 deliveries processed are 94 % and fail",
        _edited_before(4, 3, edits.handed_to_person),
        NOT_READY,
        AT[4],
        success_rate=FAIL,
    ),
    *in_rows(
        "143 of 150 deliveries processed are 95.3 % and pass",
        _edited_before(12, 7, edits.handed_to_person),
        READY,
        AT[12],
        success_rate=WARN,
    ),
    *in_rows(
        "142 of 150 deliveries processed are 94.7 % and fail",
        _edited_before(12, 8, edits.handed_to_person),
        NOT_READY,
        AT[12],
        success_rate=FAIL,
    ),
    *in_rows(
        "2 errors of 50 deliveries are 4 % and pass",
        _edited_before(4, 2, edits.with_handled_error()),
        READY,
        AT[4],
        error_rate=WARN,
    ),
    *in_rows(
        "3 errors of 50 deliveries are 6 % and fail",
        _edited_before(4, 3, edits.with_handled_error()),
        NOT_READY,
        AT[4],
        error_rate=FAIL,
    ),
    *in_rows(
        "7 errors of 150 deliveries are 4.7 % and pass",
        _edited_before(12, 7, edits.with_handled_error()),
        READY,
        AT[12],
        error_rate=WARN,
    ),
    *in_rows(
        "8 errors of 150 deliveries are 5.3 % and fail",
        _edited_before(12, 8, edits.with_handled_error()),
        NOT_READY,
        AT[12],
        error_rate=FAIL,
    ),
)

LATER: tuple[Scenario, ...] = (
    *in_both(
        "a failure after the checkpoint is not judged yet",
        lambda day: with_rejection(day.steady(), day.within(21)),
        READY,
        WHOLE_DAY_AT_12,
        numbers={"signature_failures": 0, "deliveries": 150},
        signature_failures=PASS,
    ),
    *in_both(
        "a failure of the last window is judged at hour 24",
        lambda day: with_rejection(day.steady(), day.within(21)),
        NOT_READY,
        AT[24],
        numbers={"signature_failures": 1, "deliveries": 300},
        signature_failures=FAIL,
    ),
    *in_rows(
        "a window that is missing before the checkpoint",
        lambda day: day.steady(),
        NOT_JUDGED,
        replace(AT[12], fetches=(Fetch(0, 4), Fetch(8, 12))),
        says="window 8 (",
        evidence=NOT_JUDGED,
        silence=NOT_JUDGED,
    ),
    *in_rows(
        "a window that is missing after the checkpoint",
        lambda day: day.steady(),
        READY,
        replace(WHOLE_DAY_AT_12, fetches=(Fetch(0, 12), Fetch(16, 24))),
    ),
    *in_rows(
        "the first window as an empty file",
        lambda day: day.steady(),
        NOT_JUDGED,
        replace(AT[4], fetches=(Fetch(0, 4, spoilers.empty),)),
        says="is empty (0 bytes)",
        evidence=NOT_JUDGED,
        success_rate=NOT_JUDGED,
        signature_failures=NOT_JUDGED,
        response_time=NOT_JUDGED,
        error_rate=NOT_JUDGED,
        critical_errors=NOT_JUDGED,
        silence=NOT_JUDGED,
        answering=NOT_JUDGED,
        delivery_failures=NOT_JUDGED,
        send_failures=NOT_JUDGED,
        fallback_replies=NOT_JUDGED,
    ),
)

SCENARIOS: tuple[Scenario, ...] = (*LIMITS, *FAULTS, *LATER)
