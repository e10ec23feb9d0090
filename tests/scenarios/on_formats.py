"""The same few days in every format that there is a writer for: what is seen must not depend on it."""

from collections.abc import Mapping
from types import MappingProxyType

from tests.scenarios import edits, timeline
from tests.scenarios.failures import with_rejection
from tests.scenarios.formats import FORMATS
from tests.scenarios.scenario import (
    FAIL,
    NOT_JUDGED,
    NOT_MEASURED,
    NOT_READY,
    PASS,
    READY,
    WARN,
    Build,
    Circumstances,
    Day,
    Fetch,
    Scenario,
    in_formats,
)
from tests.scenarios.traffic import MINUTE_MS, Request

OVERLAPPING = Circumstances(fetches=tuple(Fetch(max(0, hour - 5), hour) for hour in range(4, 25, 4)))


UNTIMED = "carries no time: its records are counted"
"""What evidence says of a log without any time."""


def _outage(day: Day) -> list[Request]:
    """No delivery for 90 minutes, while other messages go on."""
    lively = timeline.with_reminders(day.steady())
    return timeline.with_delivery_gap(lively, day.within(9), 90 * MINUTE_MS, day.format)


def _hole(day: Day) -> list[Request]:
    return timeline.with_hole(day.steady(), day.within(9), 90 * MINUTE_MS, day.format)


def _of(format: str) -> tuple[Scenario, ...]:
    if FORMATS[format].writer.times == "none":
        return _untimed(format)
    return (*_steady(format), *_failing(format), *(() if FORMATS[format].is_variant else _over_time(format)))


def _steady(format: str) -> tuple[Scenario, ...]:
    refused = PASS if FORMATS[format].writer.status else NOT_MEASURED
    return (
        *in_formats(
            (format,),
            "a steady day is ready",
            lambda day: day.steady(),
            READY,
            numbers={"deliveries": 300, "processed": 300, "replies": 300, "signatures_verified": 300, "errors": 0},
            evidence=WARN,
            success_rate=PASS,
            signature_failures=PASS,
            response_time=PASS,
            error_rate=PASS,
            critical_errors=PASS,
            silence=PASS,
            answering=PASS,
            delivery_failures=refused,
            send_failures=PASS,
            fallback_replies=PASS,
        ),
    )


def _over_time(format: str) -> tuple[Scenario, ...]:
    return (
        *in_formats(
            (format,),
            "a steady day in six files that overlap by an hour counts once",
            lambda day: day.steady(),
            READY,
            OVERLAPPING,
            numbers={"deliveries": 300, "processed": 300, "replies": 300, "signatures_verified": 300, "errors": 0},
        ),
        *in_formats(
            (format,),
            "90 minutes without a delivery fail while other messages go on",
            _outage,
            NOT_READY,
            evidence=WARN,
            silence=FAIL,
        ),
        *in_formats(
            (format,),
            "90 minutes without any record are a hole, not a silence",
            _hole,
            NOT_JUDGED,
            says="a hole: no file holds any record",
            evidence=NOT_JUDGED,
            silence=NOT_JUDGED,
        ),
    )


def _untimed(format: str) -> tuple[Scenario, ...]:
    """Without any time there are counts, and the failures among them; all that needs time is not judged."""
    unknown = {"evidence": NOT_JUDGED, "silence": NOT_JUDGED, "answering": NOT_JUDGED}
    return (
        *in_formats(
            (format,),
            "a steady day without any time is not judged",
            lambda day: day.steady(),
            NOT_JUDGED,
            says=UNTIMED,
            success_rate=PASS,
            signature_failures=PASS,
            response_time=PASS,
            error_rate=PASS,
            critical_errors=PASS,
            also=unknown,
        ),
        *_failing(format, UNTIMED, **unknown),
    )


def _failing(format: str, says: str = "", **outcomes: str) -> tuple[Scenario, ...]:
    def fails(name: str, build: Build, **failed: str) -> tuple[Scenario, ...]:
        return in_formats((format,), name, build, NOT_READY, says=says, also={**outcomes, **failed})

    return (
        *fails(
            "one wrong signature fails",
            lambda day: with_rejection(day.steady(), day.within(9)),
            signature_failures=FAIL,
        ),
        *fails(
            "16 errors of 300 deliveries fail",
            lambda day: edits.at_some_deliveries(day.steady(), 16, edits.with_handled_error()),
            error_rate=FAIL,
            success_rate=PASS,
        ),
    )


BY_FORMAT: Mapping[str, tuple[Scenario, ...]] = MappingProxyType({format: _of(format) for format in FORMATS})
"""The scenarios of each format, of each the steady day first."""

SCENARIOS: tuple[Scenario, ...] = tuple(scenario for scenarios in BY_FORMAT.values() for scenario in scenarios)
