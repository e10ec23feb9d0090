"""A bot whose words the settings do not know, or know in part: nothing that words count accuses it."""

from collections.abc import Mapping
from random import Random

from tests.scenarios import bot, edits
from tests.scenarios.failures import with_crash, with_rejection
from tests.scenarios.scenario import (
    FAIL,
    NOT_JUDGED,
    NOT_READY,
    READY,
    WARN,
    Build,
    Circumstances,
    Day,
    Scenario,
    in_both,
    in_rows,
    in_text,
)
from tests.scenarios.traffic import Message, Request, production_request

NEVER = r"\[Another bot\] says (\d+)"
_ALL = ("delivery", "signature_verified", "signature_failure", "processing", "reply", "send_failure")
NO_WORDS: Mapping[str, str] = {f"event_{name}": NEVER for name in _ALL}
"""Settings of another bot: none of their patterns is in the log."""

BY_WORDS = (
    "evidence",
    "success_rate",
    "signature_failures",
    "response_time",
    "error_rate",
    "silence",
    "answering",
    "send_failures",
    "fallback_replies",
)
NOTHING_BY_WORDS: Mapping[str, str] = dict.fromkeys(BY_WORDS, NOT_JUDGED)
DOUBTED: Mapping[str, str] = dict.fromkeys(("evidence", "success_rate", "silence", "answering"), NOT_JUDGED)

NONE_KNOWN = "none is a delivery, a receipt, a signature, processing or a reply: the bot's words are not known"


def _steady(day: Day) -> list[Request]:
    return day.steady()


def _with_500(day: Day) -> list[Request]:
    time = day.within(9)
    return edits.added(day.steady(), production_request(time, Random(time), "POST", bot.WEBHOOK_PATH, 500))


def _with_head(day: Day) -> list[Request]:
    """Every message behind a head that the bot's logger writes."""
    return [edits.with_text(request, "[", lambda text: f"bot.handlers - INFO - {text}") for request in day.steady()]


def _without(*beginnings: str) -> Build:
    return lambda day: edits.at_every_delivery(
        day.steady(), lambda request: edits.without_messages(request, *beginnings)
    )


def _under(*unknown: str, **settings: str) -> Circumstances:
    """Settings in which these events have the words of another bot, and the others those of this one."""
    return Circumstances(settings={**{f"event_{name}": NEVER for name in unknown}, **settings})


UNKNOWN: tuple[Scenario, ...] = (
    *in_both(
        "a bot whose words are not known is not judged, though it never fell silent",
        _steady,
        NOT_JUDGED,
        Circumstances(settings=NO_WORDS),
        says=NONE_KNOWN,
        also=NOTHING_BY_WORDS,
    ),
    *in_both(
        "what a bot says whose words are not known is told",
        _steady,
        NOT_JUDGED,
        Circumstances(settings=NO_WORDS),
        says='300 × "[ARI] Processing message for contact',
        also=NOTHING_BY_WORDS,
    ),
    *in_both(
        "a head in front of every message is told with the patterns that match behind it",
        _with_head,
        NOT_JUDGED,
        says='event_processing would match further inside of 300, behind "bot.handlers - INFO -"',
        also=NOTHING_BY_WORDS,
    ),
    *in_rows(
        "a bot whose words are not known has failed by one HTTP 500",
        _with_500,
        NOT_READY,
        Circumstances(settings=NO_WORDS),
        says=NONE_KNOWN,
        also=NOTHING_BY_WORDS,
        critical_errors=FAIL,
    ),
    *in_both(
        "a bot whose words are not known has failed by one crash",
        lambda day: with_crash(day.steady(), day.within(9)),
        NOT_READY,
        Circumstances(settings=NO_WORDS),
        says=NONE_KNOWN,
        also=NOTHING_BY_WORDS,
        critical_errors=FAIL,
    ),
    *in_rows(
        "a bot whose words are not known has failed by one HTTP 401",
        lambda day: with_rejection(day.steady(), day.within(9)),
        NOT_READY,
        Circumstances(settings=NO_WORDS),
        says=NONE_KNOWN,
        also={**NOTHING_BY_WORDS, "signature_failures": FAIL},
    ),
    *in_text(
        "a bot that polls, and prints words of its own, is not judged",
        lambda day: [edits.with_text(request, "", lambda text: f"update: {text[:9]}") for request in day.steady()],
        NOT_JUDGED,
        says=NONE_KNOWN,
        also={**NOTHING_BY_WORDS, "signature_failures": NOT_JUDGED},
    ),
    *in_rows(
        "a day of health checks alone accuses nobody: the words of a delivery may be others",
        lambda day: edits.without(day.steady(), edits.is_delivery),
        NOT_JUDGED,
        numbers={"deliveries": 0},
        says=NONE_KNOWN,
        also=NOTHING_BY_WORDS,
        delivery_failures=NOT_JUDGED,
    ),
)


def _quiet_night(day: Day) -> list[Request]:
    """Nothing but health checks in the first window."""
    return edits.without(day.steady(), lambda request: edits.is_delivery(request) and request.time_ms < day.at(4))


FROM_THE_MORNING_ON: tuple[Scenario, ...] = (
    *in_rows(
        "a first window of health checks alone is not judged",
        _quiet_night,
        NOT_JUDGED,
        Circumstances(hour=4),
        says=NONE_KNOWN,
        also=NOTHING_BY_WORDS,
        delivery_failures=NOT_JUDGED,
    ),
    *in_rows(
        "a first window of health checks alone was silent, once deliveries came",
        _quiet_night,
        NOT_READY,
        numbers={"deliveries": 250},
        silence=FAIL,
    ),
)

HALF_KNOWN: tuple[Scenario, ...] = (
    *in_both(
        "messages processed that never came contradict each other",
        _steady,
        NOT_JUDGED,
        _under("delivery"),
        numbers={"deliveries": 0, "processed": 300},
        says="the counts contradict each other: 300 messages were processed, but no delivery was seen",
        also=DOUBTED,
        error_rate=NOT_JUDGED,
    ),
    *in_both(
        "replies to messages that were never processed contradict each other",
        _steady,
        NOT_JUDGED,
        _under("processing"),
        numbers={"deliveries": 300, "processed": 0, "replies": 300},
        says="the counts contradict each other: 300 replies were seen, but no message was processed",
        also=DOUBTED,
    ),
    *in_rows(
        "counts that contradict each other do not hide one HTTP 500",
        _with_500,
        NOT_READY,
        _under("processing"),
        says="the counts contradict each other",
        also=DOUBTED,
        critical_errors=FAIL,
    ),
    *in_both(
        "where replies are not known, nothing fails for it",
        _steady,
        NOT_JUDGED,
        _under("reply"),
        numbers={"deliveries": 300, "processed": 300, "replies": 0},
        response_time=NOT_JUDGED,
        answering=NOT_JUDGED,
        send_failures=NOT_JUDGED,
        fallback_replies=NOT_JUDGED,
    ),
    *in_both(
        "a bot that logs no replies cannot be judged",
        _without(bot.REPLY),
        NOT_JUDGED,
        response_time=NOT_JUDGED,
        answering=NOT_JUDGED,
        send_failures=NOT_JUDGED,
        fallback_replies=NOT_JUDGED,
    ),
    *in_both(
        "where only the words of a delivery were set, nothing processed is no failure",
        lambda day: [
            edits.with_text(request, "[", lambda text: text.replace("[Webhook]", "hook:").replace("[ARI]", "ai:"))
            for request in day.steady()
        ],
        NOT_JUDGED,
        Circumstances(settings={"event_delivery": r"hook: Received payload \(masked\): \{"}),
        numbers={"deliveries": 300, "processed": 0, "replies": 0},
        success_rate=NOT_JUDGED,
        signature_failures=NOT_JUDGED,
        response_time=NOT_JUDGED,
        answering=NOT_JUDGED,
        send_failures=NOT_JUDGED,
        fallback_replies=NOT_JUDGED,
    ),
    *in_both(
        "more replies than messages are no contradiction",
        lambda day: edits.at_some_deliveries(
            day.steady(), 20, lambda request: edits.with_message(request, _second_reply(request))
        ),
        READY,
        numbers={"processed": 300, "replies": 320},
    ),
)


def _second_reply(request: Request) -> Message:
    return next(message for message in request.messages if message.text.startswith(bot.REPLY))


OVERLAPS: tuple[Scenario, ...] = (
    *in_both(
        "two patterns that match the same line are named, and no more where the counts agree",
        _steady,
        READY,
        Circumstances(settings={"event_send_failure": r"\[ARI\] Response sent in 1\d+ms"}),
        says="event_reply and event_send_failure match the same",
        evidence=WARN,
    ),
    *in_both(
        "a pattern that takes every line of another leaves none to it",
        _steady,
        NOT_JUDGED,
        Circumstances(settings={"event_reply": r"\[ARI\] [RP]\D*(\d)"}),
        numbers={"processed": 0, "replies": 600},
        says="event_reply and event_processing match the same 300 lines",
        also=DOUBTED,
    ),
)

SCENARIOS: tuple[Scenario, ...] = (*UNKNOWN, *FROM_THE_MORNING_ON, *HALF_KNOWN, *OVERLAPS)
