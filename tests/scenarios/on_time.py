"""Days at the limits of time: how long no delivery may come, and how long none may be answered."""

from tests.scenarios import edits, timeline
from tests.scenarios.formats import FORMATS
from tests.scenarios.scenario import FAIL, NOT_READY, PASS, READY, Build, Circumstances, Day, Scenario, in_both
from tests.scenarios.traffic import HOUR_MS, MINUTE_MS, Request
from tests.scenarios.traps import delivery_receipts


def _lively(day: Day) -> list[Request]:
    """A steady day in which other messages go on where deliveries stop, in text too."""
    return timeline.with_reminders(day.steady())


def _gap(length_ms: int) -> Build:
    """No deliveries for so long, in the middle of a window."""
    return lambda day: timeline.with_delivery_gap(_lively(day), day.within(9), length_ms, day.format)


def _gap_with_receipts(day: Day) -> list[Request]:
    return delivery_receipts(_gap(HOUR_MS + MINUTE_MS)(day))


def _unanswered(length_ms: int) -> Build:
    return lambda day: timeline.with_unanswered(day.steady(), day.within(13), length_ms, day.format)


def _stretch_of(deliveries: int) -> Build:
    """So many deliveries in half an hour without a reply.

    Where messages have times of their own, the delivery that is answered at last comes before its reply: it is one of
    them. In rows it comes with it.
    """

    def build(day: Day) -> list[Request]:
        unanswered = deliveries - (FORMATS[day.format].writer.times == "message")
        return timeline.with_unanswered(day.steady(), day.within(13), 30 * MINUTE_MS, day.format, unanswered)

    return build


SILENCE: tuple[Scenario, ...] = (
    *in_both(
        "exactly one hour without a delivery passes",
        _gap(HOUR_MS),
        READY,
        silence=PASS,
    ),
    *in_both(
        "one hour and a millisecond without a delivery fails while other requests go on",
        _gap(HOUR_MS + 1),
        NOT_READY,
        silence=FAIL,
        answering=PASS,
    ),
    *in_both(
        "ninety minutes without a delivery pass where the setting allows them",
        _gap(90 * MINUTE_MS),
        READY,
        Circumstances(settings={"silence_limit": "90"}),
        silence=PASS,
    ),
    *in_both(
        "delivery receipts do not end a silence",
        _gap_with_receipts,
        NOT_READY,
        silence=FAIL,
    ),
    *in_both(
        "a first delivery exactly one hour after the start passes",
        lambda day: timeline.silent_until(_lively(day), day.at(1), day.format),
        READY,
        silence=PASS,
    ),
    *in_both(
        "a first delivery one hour and a millisecond after the start fails",
        lambda day: timeline.silent_until(_lively(day), day.at(1) + 1, day.format),
        NOT_READY,
        silence=FAIL,
    ),
    *in_both(
        "a last delivery exactly one hour before the end passes",
        lambda day: timeline.silent_from(_lively(day), day.at(23), day.format),
        READY,
        silence=PASS,
    ),
    *in_both(
        "a last delivery one hour and a millisecond before the end fails",
        lambda day: timeline.silent_from(_lively(day), day.at(23) - 1, day.format),
        NOT_READY,
        silence=FAIL,
    ),
)

ANSWERING: tuple[Scenario, ...] = (
    *in_both(
        "three deliveries unanswered for exactly ten minutes pass",
        _unanswered(10 * MINUTE_MS),
        READY,
        answering=PASS,
    ),
    *in_both(
        "three deliveries unanswered for ten minutes and a millisecond fail",
        _unanswered(10 * MINUTE_MS + 1),
        NOT_READY,
        answering=FAIL,
        success_rate=PASS,
    ),
    *in_both(
        "two deliveries in half an hour without a reply are one too few to tell",
        _stretch_of(2),
        READY,
        answering=PASS,
        silence=PASS,
    ),
    *in_both(
        "three deliveries in half an hour without a reply fail",
        _stretch_of(3),
        NOT_READY,
        answering=FAIL,
    ),
    *in_both(
        "two deliveries in half an hour without a reply fail where the setting says that two are enough",
        _stretch_of(2),
        NOT_READY,
        Circumstances(settings={"answering_deliveries": "2"}),
        answering=FAIL,
    ),
    *in_both(
        "a bot that stops answering in the last half hour fails, though no later reply shows it",
        lambda day: timeline.unanswered_from(day.steady(), day.at(23, 30)),
        NOT_READY,
        answering=FAIL,
        success_rate=PASS,
    ),
    *in_both(
        "every second delivery unanswered all day is still a bot that answers",
        lambda day: edits.at_some_deliveries(day.steady(), 150, edits.without_reply),
        READY,
        answering=PASS,
    ),
)
