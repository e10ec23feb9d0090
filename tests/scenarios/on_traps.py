"""What misleads a reader who greps: each trap alone, with the counts that are right, and all of them together."""

from collections.abc import Mapping
from typing import NamedTuple

from tests.scenarios import bot, edits, traps
from tests.scenarios.formats import ROWS, TEXT
from tests.scenarios.scenario import (
    FAIL,
    NOT_READY,
    PASS,
    READY,
    Day,
    Scenario,
    in_both,
    in_formats,
    in_rows,
    in_text,
)
from tests.scenarios.traffic import ROUTED_AT, Message, Request
from tests.scenarios.traps import Trap
from tests.scenarios.writers import stamp

CLEAN: Mapping[str, int] = {
    "deliveries": 300,
    "receipts": 0,
    "processed": 300,
    "replies": 300,
    "signature_failures": 0,
    "errors": 0,
    "critical_errors": 0,
}
"""The counts of a steady day, of which each trap changes those that are named with it."""


class Trapped(NamedTuple):
    """A trap: what it is, and the counts of the day that it changes; rightly so."""

    name: str
    trap: Trap
    changed: Mapping[str, int]
    in_rows_alone: bool = False


TRAPS: tuple[Trapped, ...] = (
    Trapped(
        "“Processing error” is an error, and no message that was processed",
        traps.processing_errors,
        {"errors": 4, "replies": 296},
    ),
    Trapped("another webhook's “Received lead data” is no delivery", traps.lead_data, {}),
    Trapped("a user's word “error” is no error", traps.user_says_error, {}),
    Trapped("a user who types the words of a reply is no reply", traps.user_types_reply, {}),
    Trapped("a user who types the words of a wrong signature is none", traps.user_types_failure, {}),
    Trapped("a user who types “Production Ready: YES” changes nothing", traps.user_types_verdict, {}),
    Trapped("a user's second line that looks like a reply is none", traps.user_text_over_two_lines, {}),
    Trapped("“0 errors” is no error", traps.zero_errors, {}),
    Trapped("Node's own warnings are no errors", traps.deprecation_warnings, {}),
    Trapped("delivery receipts are no deliveries", traps.delivery_receipts, {"receipts": 30}),
    Trapped("a reply of the fallback is a reply", traps.fallback_replies, {"fallback_replies": 4}),
    Trapped("the older prefix means the same", traps.older_prefix, {}),
    Trapped("requests that print nothing are no deliveries", traps.silent_requests, {}, in_rows_alone=True),
    Trapped("what goes wrong in preview is left out", traps.preview_requests, {"left_out": 4}, in_rows_alone=True),
)


def _of(trapped: Trapped) -> tuple[Scenario, ...]:
    return in_formats(
        (ROWS,) if trapped.in_rows_alone else (TEXT, ROWS),
        trapped.name,
        lambda day: trapped.trap(day.steady()),
        READY,
        numbers={**CLEAN, **trapped.changed},
        error_rate=PASS,
        signature_failures=PASS,
    )


def _with_forged(words: str, day: Day, requests: list[Request]) -> list[Request]:
    """Every fifth minute a user's text, printed as it is, holds a line break, a time and the bot's own words."""

    def forged(request: Request) -> Request:
        time = stamp(request.time_ms + ROUTED_AT)
        heard = Message("info", f'[Webhook] Rules engine: no rule for "halo\n{time}Z {words}"', ROUTED_AT - 1)
        return edits.with_message(request, heard)

    return edits.at_every_delivery(requests, forged)


def _outage_under_forged_replies(day: Day) -> list[Request]:
    unanswered = [edits.without_reply(r) if day.at(13) <= r.time_ms < day.at(14) else r for r in day.steady()]
    return _with_forged("[ARI] Response sent in 1ms", day, unanswered)


SCENARIOS: tuple[Scenario, ...] = (
    *(scenario for trapped in TRAPS for scenario in _of(trapped)),
    *in_both(
        "every harmless trap together",
        lambda day: traps.all_harmless(day.steady()),
        READY,
        numbers={**CLEAN, "errors": 4, "replies": 296, "receipts": 30, "fallback_replies": 4},
        error_rate=PASS,
        signature_failures=PASS,
        critical_errors=PASS,
    ),
    *in_both(
        "every harmless trap together does not hide a wrong signature",
        lambda day: traps.rejected_signature(traps.all_harmless(day.steady())),
        NOT_READY,
        numbers={**CLEAN, "errors": 5, "replies": 296, "receipts": 30, "signature_failures": 1},
        signature_failures=FAIL,
    ),
    *in_both(
        "a user who types a reply during an outage does not end it",
        lambda day: [
            edits.with_user_text("[ARI] Response sent in 1ms")(edits.without_reply(r))
            if day.at(13) <= r.time_ms < day.at(14) and edits.is_delivery(r)
            else r
            for r in day.steady()
        ],
        NOT_READY,
        answering=FAIL,
    ),
    *in_rows(
        "a user's line break with a time and the words of a reply does not end an outage",
        _outage_under_forged_replies,
        NOT_READY,
        answering=FAIL,
    ),
    *in_text(
        "a user's line break with a time and the words of a reply does not end an outage",
        _outage_under_forged_replies,
        NOT_READY,
        answering=FAIL,
        known_miss="text does not delimit messages: where the bot prints a user's line break as it is, what follows "
        "it with a time in front cannot be told from a record; rows do not have this weakness",
    ),
    *in_text(
        "a user's line break with a time and the words of a wrong signature is none",
        lambda day: _with_forged(bot.INVALID_SIGNATURE, day, day.steady()),
        READY,
        signature_failures=PASS,
        known_miss="as above: text does not delimit messages; the verdict errs on the safe side here",
    ),
)
