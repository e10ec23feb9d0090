"""Days with a single failure of which none may happen: wrong signatures, crashes, rejected deliveries."""

from tests.scenarios import bot, edits, traps
from tests.scenarios.failures import UNCAUGHT
from tests.scenarios.formats import ROWS, TEXT
from tests.scenarios.scenario import (
    FAIL,
    NOT_JUDGED,
    NOT_MEASURED,
    NOT_READY,
    PASS,
    READY,
    Build,
    Circumstances,
    Day,
    Scenario,
    in_both,
    in_formats,
    in_rows,
    in_text,
)
from tests.scenarios.traffic import Message, Request

UNHANDLED = "Unhandled Rejection: Error: connect ETIMEDOUT 10.0.3.7:443"
TIMED_OUT = "Vercel Runtime Timeout Error: Task timed out after 60 seconds"
HANDLED = (
    "TypeError: Cannot read properties of undefined (reading 'text')\n    at answer (/var/task/.next/server/7.js:3:99)"
)


def _with_one(path: str, status: int, *messages: Message, count: int = 1) -> Build:
    """A steady day with one more request, or some more."""
    return lambda day: edits.spread_over(day.steady(), count, "the one", path, *messages, status=status)


def _with_last_words(level: str, text: str) -> Build:
    """One delivery that ends in these words, unanswered."""

    def ended(request: Request) -> Request:
        return edits.with_message(edits.without_reply(request), Message(level, text, 2_000))

    return lambda day: edits.at_some_deliveries(day.steady(), 1, ended)


def _rejected(day: Day) -> list[Request]:
    return traps.rejected_signature(day.steady())


def _never_verified(day: Day) -> list[Request]:
    return [edits.without_messages(request, bot.SIGNATURE_VERIFIED) for request in day.steady()]


SIGNATURES: tuple[Scenario, ...] = (
    *in_both(
        "as many wrong signatures as a limit that is set pass",
        _rejected,
        READY,
        Circumstances(settings={"signature_failures_limit": "1"}),
        numbers={"signature_failures": 1, "signatures_verified": 300},
        signature_failures=PASS,
    ),
    *in_both(
        "a bot that verifies no signatures says so in a setting, and is not judged by them",
        _never_verified,
        READY,
        Circumstances(settings={"signature_verification": "none"}),
        signature_failures=NOT_MEASURED,
    ),
    *in_rows(
        "a wrong signature shown by HTTP 401 alone fails, and is no delivery failure",
        _with_one(bot.WEBHOOK_PATH, 401),
        NOT_READY,
        signature_failures=FAIL,
        delivery_failures=PASS,
    ),
    *in_rows(
        "a wrong signature shown by its message alone fails",
        _with_one(bot.WEBHOOK_PATH, 200, Message("warning", bot.INVALID_SIGNATURE, 2)),
        NOT_READY,
        signature_failures=FAIL,
        error_rate=PASS,
    ),
    *in_rows(
        "HTTP 401 on another path is no wrong signature",
        _with_one(bot.LEADS_PATH, 401),
        READY,
        signature_failures=PASS,
        delivery_failures=PASS,
    ),
    *in_both(
        "signatures that were never checked cannot be judged",
        _never_verified,
        NOT_JUDGED,
        signature_failures=NOT_JUDGED,
        success_rate=PASS,
    ),
)

CRITICAL_ERRORS: tuple[Scenario, ...] = (
    *in_rows(
        "one crash on the webhook path fails",
        _with_one(bot.WEBHOOK_PATH, -1),
        NOT_READY,
        critical_errors=FAIL,
        delivery_failures=PASS,
    ),
    *in_rows(
        "as many critical errors as a limit that is set pass",
        _with_one(bot.WEBHOOK_PATH, 500, count=2),
        READY,
        Circumstances(settings={"critical_errors_limit": "2"}),
        numbers={"critical_errors": 2},
        critical_errors=PASS,
    ),
    *in_rows(
        "one critical error more than a limit that is set fails",
        _with_one(bot.WEBHOOK_PATH, 500, count=3),
        NOT_READY,
        Circumstances(settings={"critical_errors_limit": "2"}),
        numbers={"critical_errors": 3},
        critical_errors=FAIL,
    ),
    *in_rows(
        "one HTTP 500 on the webhook path fails, and is no delivery failure beside it",
        _with_one(bot.WEBHOOK_PATH, 500),
        NOT_READY,
        critical_errors=FAIL,
        delivery_failures=PASS,
    ),
    *in_rows(
        "HTTP 500 on another path is not the bot's",
        _with_one(bot.LEADS_PATH, 500),
        READY,
        critical_errors=PASS,
        delivery_failures=PASS,
    ),
    *in_both(
        "one uncaught exception fails",
        _with_last_words("error", UNCAUGHT),
        NOT_READY,
        critical_errors=FAIL,
        answering=PASS,
    ),
    *in_both(
        "one unhandled rejection fails",
        _with_last_words("error", UNHANDLED),
        NOT_READY,
        critical_errors=FAIL,
        answering=PASS,
    ),
    *in_both(
        "one timeout of the function fails",
        _with_last_words("error", TIMED_OUT),
        NOT_READY,
        critical_errors=FAIL,
        answering=PASS,
    ),
    *in_both(
        "a TypeError that the bot handled is an error, not a critical one",
        lambda day: edits.at_some_deliveries(day.steady(), 1, edits.with_handled_error(HANDLED)),
        READY,
        critical_errors=PASS,
        error_rate=PASS,
    ),
    *in_formats(
        (ROWS, f"{TEXT}, levels"),
        "one message of level fatal fails, whatever it says",
        _with_last_words("fatal", "[Store] giving up"),
        NOT_READY,
        critical_errors=FAIL,
    ),
)

DELIVERY_FAILURES: tuple[Scenario, ...] = (
    *in_rows(
        "as many failures of deliveries as a limit that is set pass",
        _with_one(bot.WEBHOOK_PATH, 400, count=3),
        READY,
        Circumstances(settings={"delivery_failures_limit": "3"}),
        numbers={"delivery_failures": 3},
        delivery_failures=PASS,
    ),
    *in_rows(
        "one failure of a delivery more than a limit that is set fails",
        _with_one(bot.WEBHOOK_PATH, 400, count=4),
        NOT_READY,
        Circumstances(settings={"delivery_failures_limit": "3"}),
        numbers={"delivery_failures": 4},
        delivery_failures=FAIL,
    ),
    *in_both(
        "response quality that is required and was not rated is not judged",
        lambda day: day.steady(),
        NOT_JUDGED,
        Circumstances(settings={"quality_required": "yes"}),
        response_quality=NOT_JUDGED,
    ),
    *in_rows(
        "one delivery answered with HTTP 400 fails",
        _with_one(bot.WEBHOOK_PATH, 400),
        NOT_READY,
        delivery_failures=FAIL,
        signature_failures=PASS,
    ),
    *in_rows(
        "HTTP 304 on the webhook path is no failure",
        _with_one(bot.WEBHOOK_PATH, 304),
        READY,
        delivery_failures=PASS,
    ),
    *in_rows(
        "HTTP 404 on another path is no failure of a delivery",
        _with_one(bot.LEADS_PATH, 404),
        READY,
        delivery_failures=PASS,
    ),
    *in_text(
        "HTTP 400 cannot be seen in text",
        _with_one(bot.WEBHOOK_PATH, 400, Message("warning", "[Webhook] Payload holds no entry", 3)),
        READY,
        delivery_failures=NOT_MEASURED,
    ),
)
