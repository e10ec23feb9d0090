"""Traffic that is out of the ordinary without being wrong in itself: retries, a redeployment, a preview environment."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from tests.scenarios import bot, edits, spoilers, timeline, traps
from tests.scenarios.failures import with_both, with_rejection
from tests.scenarios.formats import ROWS, TEXT
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
from tests.scenarios.traffic import HOUR_MS, MINUTE_MS, PROCESSING_AT, Message, Request, production_request

RETRIES_AFTER_MS = (10_000, 40_000, 90_000)
"""When the provider delivers a message again that it takes for undelivered."""

NEW_DEPLOYMENT = "dpl_9bWn4sYcTe"


def _again(request: Request, after_ms: int, identifier: str) -> Request:
    """The same message, delivered by a request of its own."""
    return replace(request, time_ms=request.time_ms + after_ms, id=identifier)


def _retried(count: int, edit: edits.Edit = lambda request: request) -> Build:
    """So many messages delivered three times more, each time edited; they come an hour apart."""

    def build(day: Day) -> list[Request]:
        requests = day.steady()
        chosen = [r for r in requests if edits.is_delivery(r)][6 : 6 + 12 * count : 12]
        more = [
            edit(_again(request, after_ms, f"{request.id}-again-{after_ms}"))
            for request in chosen
            for after_ms in RETRIES_AFTER_MS
        ]
        return edits.added(requests, *more)

    return build


def _ignored(request: Request) -> Request:
    """The bot knows the message already: it came in, and no more is done about it."""
    kept = edits.handed_to_person(request)
    return edits.with_message(kept, Message("info", "[Webhook] Duplicate message - already processed", PROCESSING_AT))


def _refused_at_first(day: Day) -> list[Request]:
    """A message refused three times with HTTP 503, of which only the fourth delivery comes through."""
    requests = day.steady()
    through = next(r for r in requests if edits.is_delivery(r) and r.time_ms > day.within(9))
    attempts = [
        replace(through, time_ms=through.time_ms - after_ms, id=f"{through.id}-{after_ms}", status=503, messages=())
        for after_ms in RETRIES_AFTER_MS
    ]
    return edits.added(requests, *attempts)


def _storm_of_rejections(day: Day) -> list[Request]:
    """60 deliveries with a wrong signature in ten minutes, as after a secret was changed on one side only."""
    begins, random = day.within(9), Random(f"storm {day.seed}")
    rejection = Message("error", bot.INVALID_SIGNATURE, 2)
    times = [begins + number * 10_000 for number in range(60)]
    storm = [production_request(time, random, "POST", bot.WEBHOOK_PATH, 401, rejection) for time in times]
    return edits.added(day.steady(), *storm)


def _buffered(count: int, messages: int) -> Build:
    """So many deliveries that carry several messages, each processed and answered by itself."""

    def carrying(request: Request) -> Request:
        worked_on = [m for m in request.messages if m.text.startswith((bot.PROCESSING, bot.REPLY))]
        more = [replace(m, offset_ms=m.offset_ms + number) for number in range(1, messages) for m in worked_on]
        return replace(request, messages=tuple(sorted([*request.messages, *more], key=lambda m: m.offset_ms)))

    return lambda day: edits.at_some_deliveries(day.steady(), count, carrying)


RETRIES: tuple[Scenario, ...] = (
    *in_both(
        "messages delivered again after 10, 40 and 90 s, and answered each time",
        _retried(10),
        READY,
        numbers={"deliveries": 330, "processed": 330, "replies": 330},
        success_rate=PASS,
        answering=PASS,
    ),
    *in_both(
        "15 deliveries again of messages that the bot knows are 15 that were not processed, 95.2 %",
        _retried(5, _ignored),
        READY,
        numbers={"deliveries": 315, "processed": 300},
        success_rate=WARN,
    ),
    *in_both(
        "18 of them are under 95 % and fail: which message a delivery repeats is not followed",
        _retried(6, _ignored),
        NOT_READY,
        numbers={"deliveries": 318, "processed": 300},
        success_rate=FAIL,
    ),
    *in_rows(
        "a message refused three times with HTTP 503 has failed, though it came through in the end",
        _refused_at_first,
        NOT_READY,
        numbers={"deliveries": 300, "critical_errors": 3, "delivery_failures": 0},
        critical_errors=FAIL,
    ),
    *in_both(
        "a storm of wrong signatures fails, and breaks the error rate too",
        _storm_of_rejections,
        NOT_READY,
        numbers={"signature_failures": 60, "errors": 60, "deliveries": 300},
        signature_failures=FAIL,
        error_rate=FAIL,
        success_rate=PASS,
    ),
    *in_both(
        "one delivery that carries four messages is no sign of lost lines",
        _buffered(1, 4),
        READY,
        numbers={"deliveries": 300, "processed": 303, "replies": 303},
        success_rate=PASS,
    ),
    *in_both(
        "two deliveries that carry three messages each look like lost lines and are not judged",
        _buffered(2, 3),
        NOT_JUDGED,
        says="304 messages were processed but only 300 deliveries seen",
        numbers={"deliveries": 300, "processed": 304, "replies": 304},
        evidence=NOT_JUDGED,
    ),
)

OVERLAPS: tuple[Scenario, ...] = (
    *in_both(
        "the same hours fetched three times count once, failures too",
        lambda day: with_both(day.steady(), day.within(9)),
        NOT_READY,
        Circumstances(fetches=(Fetch(0, 24), Fetch(4, 16), Fetch(8, 12))),
        numbers={"deliveries": 300, "signature_failures": 1, "critical_errors": 1},
        signature_failures=FAIL,
        critical_errors=FAIL,
    ),
    *in_rows(
        "rows that came twice within a file count once",
        lambda day: day.steady(),
        READY,
        Circumstances(fetches=(Fetch(0, 24, spoilers.said_twice),)),
        numbers={"deliveries": 300, "processed": 300},
    ),
    *in_both(
        "half a day in one format and half in the other",
        lambda day: with_rejection(day.steady(), day.within(3)),
        NOT_READY,
        Circumstances(fetches=(Fetch(0, 12, format=TEXT), Fetch(12, 24, format=ROWS))),
        numbers={"deliveries": 300, "signature_failures": 1},
        signature_failures=FAIL,
        delivery_failures=WARN,
    ),
    *in_both(
        "the same two hours in two formats",
        lambda day: day.steady(),
        READY,
        Circumstances(fetches=(Fetch(0, 13, format=TEXT), Fetch(11, 24, format=ROWS))),
        numbers={"deliveries": 300},
        known_miss="a row and the text lines of the same request are not told to be one, so that these hours count "
        "twice; the rates hardly move, for both sides of them do",
    ),
)


def _redeployed(day: Day, requests: Sequence[Request] | None = None) -> list[Request]:
    since = day.within(14)
    return [
        replace(request, deployment=NEW_DEPLOYMENT) if request.time_ms >= since else request
        for request in requests or day.steady()
    ]


def _refused_while_redeployed(day: Day) -> list[Request]:
    """Two deliveries that came while nobody listened."""
    random = Random(f"refused {day.seed}")
    times = day.within(14) + 900, day.within(14) + 4_000
    refused = [production_request(time, random, "POST", bot.WEBHOOK_PATH, 503) for time in times]
    return edits.added(_redeployed(day), *refused)


ONE_DEPLOYMENT = Circumstances(settings={"deployment_change": "fail"})

REDEPLOYMENT: tuple[Scenario, ...] = (
    *in_rows(
        "a second deployment is a warning",
        _redeployed,
        READY,
        says=f"2 deployments were seen in the soak: dpl_7fKx2mQpVw, {NEW_DEPLOYMENT}",
    ),
    *in_rows(
        "a second deployment is not judged where the setting forbids it",
        _redeployed,
        NOT_JUDGED,
        ONE_DEPLOYMENT,
        says="2 deployments were seen in the soak",
        evidence=NOT_JUDGED,
    ),
    *in_rows(
        "a forbidden second deployment, with a wrong signature and a crash",
        lambda day: with_both(_redeployed(day), day.within(21)),
        NOT_READY,
        ONE_DEPLOYMENT,
        says="2 deployments were seen in the soak",
        evidence=NOT_JUDGED,
        signature_failures=FAIL,
        critical_errors=FAIL,
    ),
    *in_rows(
        "one deployment all day, where the setting asks for it",
        lambda day: day.steady(),
        READY,
        ONE_DEPLOYMENT,
    ),
    *in_rows(
        "two deliveries refused with HTTP 503 while the bot was redeployed fail",
        _refused_while_redeployed,
        NOT_READY,
        says="2 deployments were seen in the soak",
        critical_errors=FAIL,
    ),
    *in_rows(
        "a redeployment after which nothing is answered fails",
        lambda day: _redeployed(
            day,
            [
                edits.without_reply(r) if day.within(14) <= r.time_ms < day.within(14) + HOUR_MS else r
                for r in day.steady()
            ],
        ),
        NOT_READY,
        says="2 deployments were seen in the soak",
        answering=FAIL,
    ),
)


def _preview(requests: Sequence[Request]) -> list[Request]:
    """The requests as those of another environment, of another deployment."""
    return [
        replace(r, environment="preview", deployment="dpl_preview3Zt", id=f"{r.id}-preview", time_ms=r.time_ms + 1)
        for r in requests
    ]


def _tried_in_preview_while_silent(day: Day) -> list[Request]:
    quiet = timeline.with_delivery_gap(day.steady(), day.within(9), 61 * MINUTE_MS, day.format)
    return edits.added(quiet, *_preview(day.steady()))


PREVIEW: tuple[Scenario, ...] = (
    *in_rows(
        "a whole second day in preview is left out and counted",
        lambda day: edits.added(day.steady(), *_preview(day.steady())),
        READY,
        # 300 deliveries of 9 messages each, and 144 health checks.
        numbers={"deliveries": 300, "processed": 300, "left_out": 2_844},
    ),
    *in_rows(
        "wrong signatures, crashes and refusals in preview do not fail",
        lambda day: traps.preview_requests(day.steady()),
        READY,
        numbers={"left_out": 4, "signature_failures": 0, "critical_errors": 0, "delivery_failures": 0},
        signature_failures=PASS,
        critical_errors=PASS,
        delivery_failures=PASS,
        error_rate=PASS,
    ),
    *in_rows(
        "preview is no second deployment, where the setting forbids one",
        lambda day: traps.preview_requests(day.steady()),
        READY,
        ONE_DEPLOYMENT,
    ),
    *in_rows(
        "deliveries in preview do not end a silence in production",
        _tried_in_preview_while_silent,
        NOT_READY,
        silence=FAIL,
    ),
    *in_rows(
        "where preview is the environment that is judged, its failures fail",
        lambda day: _preview(with_both(day.steady(), day.within(9))),
        NOT_READY,
        Circumstances(settings={"environment": "preview"}),
        numbers={"deliveries": 300, "left_out": 0},
        signature_failures=FAIL,
        critical_errors=FAIL,
    ),
    *in_rows(
        "replies in preview do not answer for production",
        lambda day: edits.added(timeline.unanswered_from(day.steady(), day.at(23, 30)), *_preview(day.steady())),
        NOT_READY,
        answering=FAIL,
    ),
)
