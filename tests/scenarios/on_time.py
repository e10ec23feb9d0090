"""Days at the limits of time: how long no delivery may come, and how long none may be answered."""

from tests.scenarios import edits, timeline
from tests.scenarios.scenario import FAIL, NOT_READY, PASS, READY, Scenario, at, in_both, steady
from tests.scenarios.traffic import HOUR_MS, MINUTE_MS, Request
from tests.scenarios.traps import delivery_receipts
from tests.scenarios.writers import Format

# The gap begins at 9:10, in the middle of a window; the stretch without answers at 13:10.
GAP_OPENS = at(9, 10)
STRETCH_OPENS = at(13, 10)


def _lively() -> list[Request]:
    """A steady day in which other messages go on where deliveries stop, in text too."""
    return timeline.with_reminders(steady())


def _gap(length_ms: int, format: Format) -> list[Request]:
    return timeline.with_delivery_gap(_lively(), GAP_OPENS, length_ms, format)


def _gap_with_receipts(format: Format) -> list[Request]:
    return delivery_receipts(_gap(HOUR_MS + MINUTE_MS, format))


def _unanswered(length_ms: int, format: Format, deliveries: int = 3) -> list[Request]:
    return timeline.with_unanswered(steady(), STRETCH_OPENS, length_ms, format, deliveries)


SILENCE: tuple[Scenario, ...] = (
    *in_both(
        "exactly one hour without a delivery passes",
        lambda format: _gap(HOUR_MS, format),
        READY,
        silence=PASS,
    ),
    *in_both(
        "one hour and a millisecond without a delivery fails while other requests go on",
        lambda format: _gap(HOUR_MS + 1, format),
        NOT_READY,
        silence=FAIL,
        answering=PASS,
    ),
    *in_both(
        "delivery receipts do not end a silence",
        _gap_with_receipts,
        NOT_READY,
        silence=FAIL,
    ),
    *in_both(
        "a first delivery exactly one hour after the start passes",
        lambda format: timeline.silent_until(_lively(), at(1), format),
        READY,
        silence=PASS,
    ),
    *in_both(
        "a first delivery one hour and a millisecond after the start fails",
        lambda format: timeline.silent_until(_lively(), at(1) + 1, format),
        NOT_READY,
        silence=FAIL,
    ),
    *in_both(
        "a last delivery exactly one hour before the end passes",
        lambda format: timeline.silent_from(_lively(), at(23), format),
        READY,
        silence=PASS,
    ),
    *in_both(
        "a last delivery one hour and a millisecond before the end fails",
        lambda format: timeline.silent_from(_lively(), at(23) - 1, format),
        NOT_READY,
        silence=FAIL,
    ),
)

ANSWERING: tuple[Scenario, ...] = (
    *in_both(
        "three deliveries unanswered for exactly ten minutes pass",
        lambda format: _unanswered(10 * MINUTE_MS, format),
        READY,
        answering=PASS,
    ),
    *in_both(
        "three deliveries unanswered for ten minutes and a millisecond fail",
        lambda format: _unanswered(10 * MINUTE_MS + 1, format),
        NOT_READY,
        answering=FAIL,
        success_rate=PASS,
    ),
    *in_both(
        "a single delivery unanswered for half an hour is too few to tell",
        lambda format: _unanswered(30 * MINUTE_MS, format, deliveries=1),
        READY,
        answering=PASS,
        silence=PASS,
    ),
    *in_both(
        "a bot that stops answering in the last half hour fails, though no later reply shows it",
        lambda _: timeline.unanswered_from(steady(), at(23, 30)),
        NOT_READY,
        answering=FAIL,
        success_rate=PASS,
    ),
    *in_both(
        "every second delivery unanswered all day is still a bot that answers",
        lambda _: edits.at_some_deliveries(steady(), 150, edits.without_reply),
        READY,
        answering=PASS,
    ),
)

SCENARIOS: tuple[Scenario, ...] = (*SILENCE, *ANSWERING)
