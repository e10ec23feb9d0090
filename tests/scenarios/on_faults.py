"""Days with a single failure of which none may happen: wrong signatures, crashes, rejected deliveries."""

from dataclasses import replace

from tests.scenarios import bot, edits, traps
from tests.scenarios.scenario import (
    FAIL,
    NOT_JUDGED,
    NOT_MEASURED,
    NOT_READY,
    PASS,
    READY,
    Scenario,
    in_both,
    in_rows,
    in_text,
    steady,
)
from tests.scenarios.traffic import Message, Request
from tests.scenarios.writers import STYLES

UNCAUGHT = "Uncaught Exception: TypeError: Cannot read properties of undefined (reading 'messages')"
UNHANDLED = "Unhandled Rejection: Error: connect ETIMEDOUT 10.0.3.7:443"
TIMED_OUT = "Vercel Runtime Timeout Error: Task timed out after 60 seconds"
HANDLED = (
    "TypeError: Cannot read properties of undefined (reading 'text')\n    at answer (/var/task/.next/server/7.js:3:99)"
)


def _with_one(path: str, status: int, *messages: Message) -> list[Request]:
    """A steady day with one more request."""
    return edits.spread_over(steady(), 1, "the one", path, *messages, status=status)


def _with_last_words(level: str, text: str) -> list[Request]:
    """One delivery that ends in these words, unanswered."""

    def ended(request: Request) -> Request:
        return edits.with_message(edits.without_reply(request), Message(level, text, 2_000))

    return edits.at_some_deliveries(steady(), 1, ended)


def _never_verified() -> list[Request]:
    return [edits.without_messages(request, bot.SIGNATURE_VERIFIED) for request in steady()]


def _rejected_in_preview() -> list[Request]:
    return [
        replace(request, environment="preview") if request.status == 401 else request
        for request in traps.rejected_signature(steady())
    ]


SIGNATURES: tuple[Scenario, ...] = (
    *in_both(
        "one wrong signature fails",
        lambda _: traps.rejected_signature(steady()),
        NOT_READY,
        signature_failures=FAIL,
        success_rate=PASS,
    ),
    in_rows(
        "a wrong signature shown by HTTP 401 alone fails, and is no delivery failure",
        lambda _: _with_one(bot.WEBHOOK_PATH, 401),
        NOT_READY,
        signature_failures=FAIL,
        delivery_failures=PASS,
    ),
    in_rows(
        "a wrong signature shown by its message alone fails",
        lambda _: _with_one(bot.WEBHOOK_PATH, 200, Message("warning", bot.INVALID_SIGNATURE, 2)),
        NOT_READY,
        signature_failures=FAIL,
        error_rate=PASS,
    ),
    in_rows(
        "HTTP 401 on another path is no wrong signature",
        lambda _: _with_one(bot.LEADS_PATH, 401),
        READY,
        signature_failures=PASS,
        delivery_failures=PASS,
    ),
    in_rows(
        "a wrong signature in the preview environment is left out",
        lambda _: _rejected_in_preview(),
        READY,
        signature_failures=PASS,
    ),
    *in_both(
        "signatures that were never checked cannot be judged",
        lambda _: _never_verified(),
        NOT_JUDGED,
        signature_failures=NOT_JUDGED,
        success_rate=PASS,
    ),
)

CRITICAL_ERRORS: tuple[Scenario, ...] = (
    in_rows(
        "one crash on the webhook path fails",
        lambda _: _with_one(bot.WEBHOOK_PATH, -1),
        NOT_READY,
        critical_errors=FAIL,
        delivery_failures=PASS,
    ),
    in_rows(
        "one HTTP 500 on the webhook path fails, and is no delivery failure beside it",
        lambda _: _with_one(bot.WEBHOOK_PATH, 500),
        NOT_READY,
        critical_errors=FAIL,
        delivery_failures=PASS,
    ),
    in_rows(
        "HTTP 500 on another path is not the bot's",
        lambda _: _with_one(bot.LEADS_PATH, 500),
        READY,
        critical_errors=PASS,
        delivery_failures=PASS,
    ),
    *in_both(
        "one uncaught exception fails",
        lambda _: _with_last_words("error", UNCAUGHT),
        NOT_READY,
        critical_errors=FAIL,
        answering=PASS,
    ),
    *in_both(
        "one unhandled rejection fails",
        lambda _: _with_last_words("error", UNHANDLED),
        NOT_READY,
        critical_errors=FAIL,
        answering=PASS,
    ),
    *in_both(
        "one timeout of the function fails",
        lambda _: _with_last_words("error", TIMED_OUT),
        NOT_READY,
        critical_errors=FAIL,
        answering=PASS,
    ),
    *in_both(
        "a TypeError that the bot handled is an error, not a critical one",
        lambda _: edits.at_some_deliveries(steady(), 1, edits.with_handled_error(HANDLED)),
        READY,
        critical_errors=PASS,
        error_rate=PASS,
    ),
    in_rows(
        "one message of level fatal fails, whatever it says",
        lambda _: _with_last_words("fatal", "[Store] giving up"),
        NOT_READY,
        critical_errors=FAIL,
    ),
    in_text(
        "one message of level fatal fails, whatever it says",
        lambda _: _with_last_words("fatal", "[Store] giving up"),
        NOT_READY,
        STYLES["levels"],
        critical_errors=FAIL,
    ),
)

DELIVERY_FAILURES: tuple[Scenario, ...] = (
    in_rows(
        "one delivery answered with HTTP 400 fails",
        lambda _: _with_one(bot.WEBHOOK_PATH, 400),
        NOT_READY,
        delivery_failures=FAIL,
        signature_failures=PASS,
    ),
    in_rows(
        "HTTP 304 on the webhook path is no failure",
        lambda _: _with_one(bot.WEBHOOK_PATH, 304),
        READY,
        delivery_failures=PASS,
    ),
    in_rows(
        "HTTP 404 on another path is no failure of a delivery",
        lambda _: _with_one(bot.LEADS_PATH, 404),
        READY,
        delivery_failures=PASS,
    ),
    in_text(
        "HTTP 400 cannot be seen in text",
        lambda _: _with_one(bot.WEBHOOK_PATH, 400, Message("warning", "[Webhook] Payload holds no entry", 3)),
        READY,
        delivery_failures=NOT_MEASURED,
    ),
)

SCENARIOS: tuple[Scenario, ...] = (*SIGNATURES, *CRITICAL_ERRORS, *DELIVERY_FAILURES)
