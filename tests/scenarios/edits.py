"""A request, or some requests of a day, changed: what scenarios and traps are made of.

An edit of a request is a function from a request to a request; an edit of a day never touches the day it is given.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from tests.scenarios import bot
from tests.scenarios.traffic import (
    ANSWERED_BEFORE,
    DONE_AFTER,
    PROCESSING_AT,
    SENT_BEFORE,
    Message,
    Request,
    production_request,
)

Edit = Callable[[Request], Request]

_FROM_PROVIDER_ON = (bot.PROVIDER_ANSWERED, bot.MESSAGE_SENT, bot.REPLY, bot.PROCESSED)
_DISTANCE_FROM_REPLY = {
    bot.PROVIDER_ANSWERED: -ANSWERED_BEFORE,
    bot.MESSAGE_SENT: -SENT_BEFORE,
    bot.REPLY: 0,
    bot.PROCESSED: DONE_AFTER,
}


def is_delivery(request: Request) -> bool:
    """Whether a user's message came with this request (a delivery receipt is none)."""
    return any(m.text.startswith(bot.RECEIVED) and '"statuses":[' not in m.text for m in request.messages)


# --- days ---


def in_order(requests: Sequence[Request]) -> list[Request]:
    """The requests in the order of time."""
    return sorted(requests, key=lambda request: request.time_ms)


def added(day: Sequence[Request], *requests: Request) -> list[Request]:
    """The day with more requests in it."""
    return in_order([*day, *requests])


def without(day: Sequence[Request], unwanted: Callable[[Request], bool]) -> list[Request]:
    """The day without the requests that are unwanted."""
    return [request for request in day if not unwanted(request)]


def at_every_delivery(day: Sequence[Request], edit: Edit) -> list[Request]:
    """The day with every delivery edited."""
    return [edit(request) if is_delivery(request) else request for request in day]


def at_some_deliveries(day: Sequence[Request], count: int, edit: Edit, *, shift: int = 0) -> list[Request]:
    """The day with exactly `count` deliveries edited, spread evenly; another `shift` hits other deliveries."""
    positions = [position for position, request in enumerate(day) if is_delivery(request)]
    total = len(positions)
    if count > total:
        raise ValueError(f"cannot edit {count} of {total} deliveries")
    chosen = {positions[(number * total // count + shift) % total] for number in range(count)}
    return [edit(request) if position in chosen else request for position, request in enumerate(day)]


def spread_over(
    day: Sequence[Request], count: int, seed: str, path: str, *messages: Message, status: int = 200
) -> list[Request]:
    """The day with `count` more requests of one kind, spread evenly over it."""
    random = Random(seed)
    first, last = day[0].time_ms, day[-1].time_ms
    times = [first + (2 * number + 1) * (last - first) // (2 * count) for number in range(count)]
    return added(day, *(production_request(time, random, "POST", path, status, *messages) for time in times))


# --- requests ---


def with_message(request: Request, message: Message) -> Request:
    """The request with one more message, printed at its own moment."""
    return replace(request, messages=tuple(sorted([*request.messages, message], key=lambda m: m.offset_ms)))


def without_messages(request: Request, *beginnings: str) -> Request:
    """The request without the messages that begin so."""
    return replace(request, messages=tuple(m for m in request.messages if not m.text.startswith(beginnings)))


def with_text(request: Request, beginning: str, change: Callable[[str], str]) -> Request:
    """The request with the text of each message that begins so changed."""
    return replace(
        request,
        messages=tuple(
            replace(m, text=change(m.text)) if m.text.startswith(beginning) else m for m in request.messages
        ),
    )


def with_level(beginning: str, level: str) -> Edit:
    """The messages that begin so were logged at another level."""
    return lambda request: replace(
        request,
        messages=tuple(replace(m, level=level) if m.text.startswith(beginning) else m for m in request.messages),
    )


def with_user_text(text: str) -> Edit:
    """The user wrote this; everything else stays as it was."""
    return lambda request: with_text(request, bot.RECEIVED, lambda _: bot.RECEIVED + bot.payload("wamid.5EED", text))


def with_latency(latency_ms: int) -> Edit:
    """The reply took this long: its own words say so, and all around it is printed at the fitting moment."""

    def retimed(message: Message) -> Message:
        for beginning, distance in _DISTANCE_FROM_REPLY.items():
            if message.text.startswith(beginning):
                at = latency_ms + distance
                return replace(message, text=re.sub(r"in \d+ms", f"in {at}ms", message.text), offset_ms=at)
        return message

    return lambda request: replace(request, messages=tuple(retimed(m) for m in request.messages))


def with_fallback_reply(request: Request) -> Request:
    """The reply came from the fallback, not from the AI."""
    return with_text(request, bot.REPLY, lambda text: text.split("ms")[0] + "ms (fallback)")


def without_reply(request: Request) -> Request:
    """The message went to the AI and nothing came of it: processed, never answered."""
    return without_messages(request, *_FROM_PROVIDER_ON)


def handed_to_person(request: Request) -> Request:
    """A rule gave the conversation to a person: delivered, but neither processed by the AI nor answered."""
    kept = without_messages(request, bot.PROCESSING, *_FROM_PROVIDER_ON)
    return with_text(kept, bot.RULES_ENGINE, lambda text: text.replace("pass to AI", "conversation held by a person"))


def with_handled_error(error: str = bot.RATE_LIMITED) -> Edit:
    """The AI's work ended in an error that the bot caught, in place of a reply; the HTTP status is still 200."""
    return lambda request: with_message(
        without_reply(request), Message("error", bot.PROCESSING_ERROR + error, PROCESSING_AT + 900)
    )


def with_send_failure(request: Request) -> Request:
    """The provider refused the reply: an error that does not hold the word."""
    refusal = Message("error", bot.SEND_FAILED + "131047 re-engagement window closed", PROCESSING_AT + 1_500)
    return with_message(without_reply(request), refusal)
