"""Failures of which one is too many, at a moment that is asked for: they have failed, whatever else is missing."""

from collections.abc import Sequence
from random import Random

from tests.scenarios import bot, edits
from tests.scenarios.traffic import Message, Request, production_request

UNCAUGHT = "Uncaught Exception: TypeError: Cannot read properties of undefined (reading 'messages')"


def with_rejection(requests: Sequence[Request], time_ms: int) -> list[Request]:
    """One more request, with a wrong signature."""
    return _with_request(requests, time_ms, 401, Message("error", bot.INVALID_SIGNATURE, 2))


def with_crash(requests: Sequence[Request], time_ms: int) -> list[Request]:
    """One more request, over which the function died; that it did stands in its message alone."""
    return _with_request(requests, time_ms, 200, Message("error", UNCAUGHT, 3))


def with_both(requests: Sequence[Request], time_ms: int) -> list[Request]:
    """One more request of each kind, within a second."""
    return with_crash(with_rejection(requests, time_ms), time_ms + 700)


def _with_request(requests: Sequence[Request], time_ms: int, status: int, message: Message) -> list[Request]:
    random = Random(f"failure {time_ms}")
    return edits.added(requests, production_request(time_ms, random, "POST", bot.WEBHOOK_PATH, status, message))
