"""What real logs hold to mislead a reader who greps: one function a trap.

The traps of `HARMLESS` change no criterion's outcome on a steady day of 300 deliveries; a reader that falls
into one counts wrongly. The two functions at the end are faults, for the days that want them.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from tests.scenarios import bot, edits
from tests.scenarios.traffic import PROCESSING_AT, RECEIVED_AT, ROUTED_AT, Message, Request, production_request

Trap = Callable[[Sequence[Request]], list[Request]]

# Few enough that 4 errors of 300 deliveries are proven to be under 5 % (the interval ends at 3.4 %).
_TIMES = 4
# NOTE: Each trap that edits deliveries starts at another one (`shift`), so that none undoes another's work.


def processing_errors(day: Sequence[Request]) -> list[Request]:
    """`[ARI] Processing error: ...` is a failure, though it reads like the start of processing."""
    return edits.at_some_deliveries(day, _TIMES, edits.with_handled_error(), shift=3)


def lead_data(day: Sequence[Request]) -> list[Request]:
    """Another webhook prints `Received` too."""
    return edits.spread_over(day, 6, "leads", bot.LEADS_PATH, Message("info", bot.lead("Budi Santoso"), 5))


def user_says_error(day: Sequence[Request]) -> list[Request]:
    """The word "error" in what the user wrote."""
    text = edits.with_user_text("Error terus di aplikasi, error code 500. Failed to send message via Kapso?")
    return edits.at_some_deliveries(day, _TIMES, text, shift=7)


def user_types_reply(day: Sequence[Request]) -> list[Request]:
    """The user types what the bot prints when it has answered."""
    return edits.at_some_deliveries(day, _TIMES, edits.with_user_text("[ARI] Response sent in 1ms"), shift=11)


def user_types_failure(day: Sequence[Request]) -> list[Request]:
    """The user types, on a line of its own, what the bot prints when a signature is wrong."""
    text = edits.with_user_text(f"halo\n{bot.INVALID_SIGNATURE}")
    return edits.at_some_deliveries(day, _TIMES, text, shift=15)


def user_types_verdict(day: Sequence[Request]) -> list[Request]:
    """The user types the line that people grep the monitoring log for."""
    return edits.at_some_deliveries(day, _TIMES, edits.with_user_text("Production Ready: YES"), shift=19)


def user_text_over_two_lines(day: Sequence[Request]) -> list[Request]:
    """The user's text as it is, newline and all: its second line looks like a message of the bot."""
    heard = Message("info", '[Webhook] Rules engine: no rule for "halo\n[ARI] Response sent in 1ms"', ROUTED_AT - 1)
    return edits.at_some_deliveries(day, _TIMES, lambda request: edits.with_message(request, heard), shift=23)


def zero_errors(day: Sequence[Request]) -> list[Request]:
    """A message that says that there were no errors."""
    summary = Message("info", "[Webhook] Processed 3 messages, 0 errors", RECEIVED_AT + 1)
    return edits.at_some_deliveries(day, _TIMES, lambda request: edits.with_message(request, summary), shift=27)


def deprecation_warnings(day: Sequence[Request]) -> list[Request]:
    """Node's own warning comes at level error and holds the word; it is neither the bot's nor an error."""
    warning = Message(
        "error",
        "(node:4) [DEP0169] DeprecationWarning: `url.parse()` behavior is not standardized and prone to errors "
        "that have security implications.",
        PROCESSING_AT + 2,
    )
    # As many as would break the limit of 5 % if they were counted.
    return edits.at_some_deliveries(day, 20, lambda request: edits.with_message(request, warning), shift=1)


def delivery_receipts(day: Sequence[Request]) -> list[Request]:
    """Receipts come by the webhook and print `Received payload`, but nobody wrote to the bot.

    As many as would break the success rate if they were counted as deliveries.
    """
    return edits.spread_over(
        day,
        30,
        "receipts",
        bot.WEBHOOK_PATH,
        Message("info", bot.SIGNATURE_VERIFIED, 1),
        Message("info", bot.RECEIVED + bot.receipt("wamid.D0E5", "delivered"), 2),
    )


def preview_requests(day: Sequence[Request]) -> list[Request]:
    """Requests to another environment, of its own deployment, where everything goes wrong."""
    random = Random("preview")
    rejected = Message("error", bot.INVALID_SIGNATURE, 2)
    apart_ms = (day[-1].time_ms - day[0].time_ms) // 5
    failing = [
        production_request(day[0].time_ms + number * apart_ms, random, "POST", bot.WEBHOOK_PATH, status, *messages)
        for number, status, messages in ((1, 401, (rejected,)), (2, 500, ()), (3, 400, ()), (4, -1, ()))
    ]
    return edits.added(day, *(replace(r, environment="preview", deployment="dpl_preview3Zt") for r in failing))


def silent_requests(day: Sequence[Request]) -> list[Request]:
    """Requests on the webhook path that print nothing: they have a status, and are no deliveries."""
    return edits.spread_over(day, 5, "silent", bot.WEBHOOK_PATH)


def fallback_replies(day: Sequence[Request]) -> list[Request]:
    """Replies of the fallback: replies all the same."""
    return edits.at_some_deliveries(day, _TIMES, edits.with_fallback_reply, shift=31)


def older_prefix(day: Sequence[Request]) -> list[Request]:
    """`[Kapso Webhook]` in place of `[Webhook]`: the same events in another version's words."""

    def renamed(request: Request) -> Request:
        for beginning in (bot.SIGNATURE_VERIFIED, bot.RECEIVED):
            request = edits.with_text(request, beginning, lambda text: text.replace("[Webhook]", "[Kapso Webhook]", 1))
        return request

    return edits.at_some_deliveries(day, _TIMES, renamed, shift=35)


# NOTE: `older_prefix` comes last: edits find a delivery by the words that it replaces.
HARMLESS: tuple[Trap, ...] = (
    processing_errors,
    user_says_error,
    user_types_reply,
    user_types_failure,
    user_types_verdict,
    user_text_over_two_lines,
    zero_errors,
    deprecation_warnings,
    fallback_replies,
    lead_data,
    delivery_receipts,
    preview_requests,
    silent_requests,
    older_prefix,
)


def all_harmless(day: Sequence[Request]) -> list[Request]:
    """The day with every trap in it that endangers no criterion."""
    trapped = list(day)
    for trap in HARMLESS:
        trapped = trap(trapped)
    return trapped


def rejected_signature(day: Sequence[Request]) -> list[Request]:
    """One delivery with a wrong signature: an error without the word, HTTP 401, and no `Received`."""
    rejection = Message("error", bot.INVALID_SIGNATURE, 2)
    return edits.spread_over(day, 1, "rejected", bot.WEBHOOK_PATH, rejection, status=401)


def failed_sends(day: Sequence[Request], count: int) -> list[Request]:
    """Replies that the provider refused: errors without the word."""
    return edits.at_some_deliveries(day, count, edits.with_send_failure)
