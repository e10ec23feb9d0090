"""Events: what a record means, by its first words, its level and its HTTP status."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from logparse.settings.checked import parse
from tests.builders.counted import Counter
from tests.scenarios import bot

pytestmark = pytest.mark.counts

OURS = "delivery receipt signature_verified signature_failure processing reply fallback_reply send_failure left_out"
MARKS = "error critical_error delivery_failure slow_reply"


def _meaning(counter: Counter, log: str, settings: dict[str, str] | None = None) -> set[str]:
    """The names that a log of one record counts, each of which must be counted once."""
    tally = counter.count(log.encode(), bot=parse(settings).bot).tally
    counts = {name: tally.count(name) for name in f"{OURS} {MARKS}".split()}
    assert set(counts.values()) <= {0, 1}
    return {name for name, count in counts.items() if count}


def _text(message: str, level: str = "") -> str:
    """One record of text."""
    return f"2026-01-12T00:10:00.000Z {level}{message}\n"


def _row(
    message: str | None = None,
    level: str = "info",
    status: int | None = 200,
    path: str = bot.WEBHOOK_PATH,
    method: str = "POST",
    environment: str | None = "production",
) -> str:
    """One request as a Vercel row, with one message or none."""
    row = {
        "id": "sin1::a",
        "timestamp": 1768176600000,
        "requestMethod": method,
        "requestPath": path,
        "responseStatusCode": status,
        "environment": environment,
        "logs": [] if message is None else [{"level": level, "message": message}],
    }
    return json.dumps(row) + "\n"


MEANINGS = [
    (bot.RECEIVED + bot.payload("wamid.1", "halo"), {"delivery"}),
    ("[Kapso Webhook] Received payload (masked): {}", {"delivery"}),
    (bot.RECEIVED + bot.receipt("wamid.1", "read"), {"receipt"}),
    ('[Webhook] Received payload (masked): {"statuses": [{}]}', {"receipt"}),
    ("[Webhook] Received payload (masked): [", set()),
    ("[n8n Webhook] Received lead data: {}", set()),
    ("[Webhook] Signature verified", {"signature_verified"}),
    ("[Kapso Webhook] Signature verified", {"signature_verified"}),
    ("[ARI] Processing message for contact k57 in workspace js7", {"processing"}),
    ("[Webhook] Processing 1 messages for workspace js7", set()),
    ("[ARI] Response sent in 1834ms", {"reply"}),
    ("[ARI] Response sent in 1834ms (grok-3)", {"reply"}),
    ("[ARI] Response sent in 1834ms (fallback)", {"fallback_reply"}),
    ("[ARI] Response sent in 1834ms (fallback) ", {"fallback_reply"}),
    ("[ARI] Response sent in 1834ms (fallback) (grok-3)", {"reply"}),
    ("[ARI] Response sent in 10001ms", {"reply", "slow_reply"}),
    ("[ARI] Response sent in 10000ms", {"reply"}),
    ("[ARI] Response sent in 99999999999999ms", {"reply"}),
    ("[ARI] Response sent in some ms", set()),
    ("[Webhook] Processed 3 messages, 0 errors", set()),
    ("[Webhook] Processed 3 messages in 20ms", set()),
    ("", set()),
]
"""Messages of level info, and what each means in either format."""


@pytest.mark.parametrize(("message", "meaning"), MEANINGS)
@pytest.mark.parametrize("write", [_text, _row])
def test_a_message_is_known_by_its_first_words(
    counter: Counter, write: Callable[[str], str], message: str, meaning: set[str]
) -> None:
    """The bot's own shapes mean one event each, and what resembles them means none."""
    assert _meaning(counter, write(message)) == meaning


@pytest.mark.parametrize("message", [message for message, meaning in MEANINGS if meaning - {"receipt"}])
@pytest.mark.parametrize(
    ("before", "meaning"),
    [
        ("> ", set()),
        ("x\n", set()),
        ('[Webhook] Rules engine: no rule for "', set()),
        ('[Webhook] Received payload (masked): {"body":"', {"delivery"}),
    ],
)
def test_no_event_is_seen_in_the_middle_of_a_message(
    counter: Counter, message: str, before: str, meaning: set[str]
) -> None:
    """A user who types the bot's words, or a message that quotes them, counts as nothing but what it is."""
    assert _meaning(counter, _row(before + message)) == meaning


ERRORS = [
    ("[ARI] Processing error: TypeError: x", True),
    ("[Store] Error: conflict", True),
    ("[Webhook] Processed 3 messages, 2 errors", True),
    ("[Webhook] Processed 3 messages, 0 errors", False),
    ("[Webhook] Processed 3 messages, 10 errors", True),
    ("[Bot] Failed to load the menu", True),
    ("[Bot] Unable to reach the store", True),
    ("[Bot] Timed out after 3 s", True),
    ("[Bot] Missing workspace", True),
    ("TypeError: x is undefined", True),
    ("[Bot] Terrorem is a Latin word", False),
    ("[Bot] Failedness", False),
    ('[Webhook] Rules engine: {"text": "error"}', False),
    (bot.RECEIVED + bot.payload("wamid.1", "error 500"), False),
    ("(node:4) [DEP0169] DeprecationWarning: prone to errors", False),
    ("[Bot] The menu was loaded", False),
]
"""Messages without a level, and whether each is an error."""


@pytest.mark.parametrize(("message", "is_error"), ERRORS)
def test_words_tell_an_error_where_there_is_no_level(counter: Counter, message: str, is_error: bool) -> None:
    """The bot's failure shapes and the word count, outside a payload, and not as `0 errors`."""
    assert ("error" in _meaning(counter, _text(message))) is is_error


@pytest.mark.parametrize(("level", "is_error"), [("info", False), ("warning", False), ("error", True), ("fatal", True)])
def test_a_level_outranks_words(counter: Counter, level: str, is_error: bool) -> None:
    """Where the platform says how bad it is, the words of the message do not."""
    assert ("error" in _meaning(counter, _row("[Store] Error: conflict", level))) is is_error
    assert ("error" in _meaning(counter, _row("[Store] all is well", level))) is is_error


@pytest.mark.parametrize("level", ["info", "error", "fatal"])
def test_a_warning_of_node_is_never_an_error(counter: Counter, level: str) -> None:
    """The pattern of what is ignored wins over any level."""
    assert _meaning(counter, _row("(node:4) [DEP0169] DeprecationWarning: prone to errors", level)) == set()


@pytest.mark.parametrize(
    ("message", "level", "meaning"),
    [
        ("[ARI] Processing message for contact k57", "error", {"processing", "error"}),
        ("[ARI] Response sent in 5ms", "error", {"reply", "error"}),
        ("[Webhook] Invalid signature - rejecting request", "error", {"signature_failure", "error"}),
        ("[Webhook] Invalid signature - rejecting request", "warning", {"signature_failure", "error"}),
        ("[ARI] Kapso send failed: closed", "error", {"send_failure", "error"}),
        ("[ARI] Kapso API error 400", "warning", {"send_failure", "error"}),
        ("[ARI] Failed to send message via Kapso", "error", {"send_failure", "error"}),
        ("[ARI] Processing error: TypeError: x", "error", {"error"}),
        ("[ARI] Processing error: TypeError: x", "info", {"error"}),
        ("[ARI] Processing error: TypeError: x", "debug", {"error"}),
        ("[ARI] Kapso send failed: closed", "info", {"send_failure", "error"}),
        ("Uncaught Exception: TypeError: x", "error", {"error", "critical_error"}),
        ("Uncaught TypeError: x", "info", {"error", "critical_error"}),
        ("Unhandled Rejection: Error: x", "error", {"error", "critical_error"}),
        ("[unhandledRejection] x", "warning", {"error", "critical_error"}),
        ("Vercel Runtime Timeout Error: Task timed out after 60 seconds", "error", {"error", "critical_error"}),
        ("RequestId: 7 Error: Runtime exited with error: signal: killed", "error", {"error", "critical_error"}),
        ("FATAL ERROR: Reached heap limit", "info", {"error", "critical_error"}),
        ("FUNCTION_INVOCATION_TIMEOUT", "info", {"error", "critical_error"}),
        ("[Store] giving up", "fatal", {"error", "critical_error"}),
    ],
)
def test_a_record_can_be_an_error_beside_another_event(
    counter: Counter, message: str, level: str, meaning: set[str]
) -> None:
    """What the bot itself calls a failure, and a crash, are told by their words at any level; others by their level."""
    assert _meaning(counter, _row(message, level)) == meaning


@pytest.mark.parametrize(
    ("name", "row", "meaning"),
    [
        ("401 is a signature failure", _row(status=401), {"signature_failure"}),
        (
            "401 and its message count once",
            _row(bot.INVALID_SIGNATURE, "error", 401),
            {"signature_failure", "error"},
        ),
        ("500 is critical, and no delivery failure", _row(status=500), {"critical_error"}),
        ("-1 is a crash", _row(status=-1), {"critical_error"}),
        (
            "a crash with its last words counts once",
            _row("Uncaught Exception", "error", -1),
            {"error", "critical_error"},
        ),
        ("400 is a delivery failure", _row(status=400), {"delivery_failure"}),
        ("499 is one", _row(status=499), {"delivery_failure"}),
        ("399 is none", _row(status=399), set()),
        ("0 is not known", _row(status=0), set()),
        ("no status", _row(status=None), set()),
        ("another path", _row(status=500, path="/api/webhook/n8n"), set()),
        ("a longer path", _row(status=500, path=f"{bot.WEBHOOK_PATH}/x"), set()),
        ("a query", _row(status=400, path=f"{bot.WEBHOOK_PATH}?a=1"), {"delivery_failure"}),
        ("another method", _row(status=400, method="GET"), set()),
        ("a method in small letters", _row(status=400, method="post"), {"delivery_failure"}),
        ("preview", _row(bot.INVALID_SIGNATURE, "error", 401, environment="preview"), {"left_out"}),
        ("an environment that is not known", _row(status=401, environment=None), {"signature_failure"}),
    ],
)
def test_the_status_of_a_request_on_the_webhook_path_counts(
    counter: Counter, name: str, row: str, meaning: set[str]
) -> None:
    """Each request counts once under what its status or its messages show, whichever does."""
    assert _meaning(counter, row) == meaning, name


@pytest.mark.parametrize(
    ("settings", "row", "meaning"),
    [
        ({"webhook_path": "/hook"}, _row(status=400, path="/hook"), {"delivery_failure"}),
        ({"webhook_method": "put"}, _row(status=400, method="PUT"), {"delivery_failure"}),
        ({"environment": "staging"}, _row("[ARI] Response sent in 5ms"), {"left_out"}),
        ({"environment": " Staging"}, _row("[ARI] Response sent in 5ms", environment="staging "), {"reply"}),
        ({}, _row("[ARI] Response sent in 5ms", environment="PRODUCTION"), {"reply"}),
        ({}, _row("[ARI] Response sent in 5ms", environment=" "), {"reply"}),
        ({}, _row("[ARI] Response sent in 5ms", environment="prod"), {"left_out"}),
        ({"event_reply": "Sent after (\\d+) ms\nDone in (\\d+)ms"}, _row("Done in 5ms"), {"reply"}),
        ({"event_error": "it's over"}, _text("it's over"), {"error"}),
    ],
)
def test_another_bot_can_be_judged(counter: Counter, settings: dict[str, str], row: str, meaning: set[str]) -> None:
    """Paths, environments and patterns are settings."""
    assert _meaning(counter, row, settings) == meaning


def test_errors_that_differ_only_in_numbers_are_one_kind(counter: Counter) -> None:
    """Ids and numbers are folded, so that a kind of error is seen as one."""
    log = "".join(
        _text(f"[Store] Error: write of k57{at}a took {at} s, id 0123abcd-{at}{at}00-4bcd") for at in range(9)
    )
    assert list(counter.count(log.encode()).error_kinds.values()) == [9]


def test_the_kind_of_an_error_is_its_first_line(counter: Counter) -> None:
    """A stack trace inside a message does not make a kind of its own."""
    rows = _row("[Store] Error: a\n  at x", "error") + _row("[Store] Error: a\n  at y", "error").replace("::a", "::b")
    assert counter.count(rows.encode()).error_kinds == {"[Store] Error: a": 2}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (_row(bot.INVALID_SIGNATURE, "error", 401), (1, 1, 1)),
        (_row(bot.INVALID_SIGNATURE, "error"), (1, 1, 0)),
        (_row(status=401), (1, 0, 1)),
        (_row(status=401, path="/api/other"), (0, 0, 0)),
    ],
)
def test_who_told_of_a_signature_failure_is_counted_too(counter: Counter, row: str, told: tuple[int, int, int]) -> None:
    """The bot by its message, or the platform by the status: words may be those of another bot, a status may not."""
    metrics = counter.count(row.encode()).metrics
    assert (metrics.signature_failures, metrics.signature_messages, metrics.unauthorized) == told


HARMLESS = [
    "[Sync] finished, error=null", "[Sync] error: false", "[Sync] done with 0 error", "[Sync] errors: 0",
    "[Sync] last_error: none", "[Sync] no error", "[Sync] error_count=0 left", "[Sync] error=''",
    "[Sync] finished without error", "[Sync] no fatal error", "[Sync] error = undefined, retry = 1",
    '[Chat] text="there is an error"', "[Chat] reply: sorry, an error", "[Chat] assistant: That error means ...",
    "[Chat] user: i get an error", "[Docs] see chapter “Error: what now”", "[Chat] heard 'an error in my app' and more",
    '[Webhook] Rules engine: no rule for "halo\n[Store] Error: conflict"', "[Chat] user message: error 500 again",
]  # fmt: skip
"""Messages without a level that hold the word and tell of no error."""

HARMFUL = [
    "[Sync] error=timeout", '[Sync] error="timed out"', "[Sync] error: connection reset", "[Sync] error: no route",
    "[Sync] last_error: none of the hosts answered", "[Sync] 2 errors", "[Sync] no user, an error", "Error: boom",
    "[Sync] error=null pointer", "[Sync] error for 'a' and 'b'", "[Sync] finished, error=null, then error=timeout",
    "[Sync] can't go on: error in the store, don't wait", "[Bot] Failed to send \"an error\"",
]  # fmt: skip


@pytest.mark.parametrize(
    ("message", "is_error"), [*((each, False) for each in HARMLESS), *((each, True) for each in HARMFUL)]
)
def test_the_word_tells_an_error_only_where_it_tells_of_one(counter: Counter, message: str, is_error: bool) -> None:
    """What says that there was none, and what people and models said, is none."""
    row = json.dumps({"time": "2026-01-12T00:10:00Z", "msg": message})
    assert ("error" in _meaning(counter, f"{row}\n")) is is_error


def test_a_pattern_of_ones_own_is_taken_as_it_is(counter: Counter) -> None:
    """Who sets one that matches quoted words means them."""
    assert _meaning(counter, _text('job done: "failed", error=null'), {"event_error": ".*error=null"}) == {"error"}
