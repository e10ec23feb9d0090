"""Deliveries moved so that gaps and stretches have an exact length, to the millisecond.

Where a moment falls depends on the format: a text line has its message's own time, a Vercel row its request's.
"""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from tests.scenarios import bot, edits
from tests.scenarios.formats import FORMATS
from tests.scenarios.traffic import MINUTE_MS, Message, Request, production_request


def landing(request: Request, beginning: str, at_ms: int, format: str) -> Request:
    """The request moved so that its message that begins so stands in the log at exactly this time."""
    offset_ms = next(m.offset_ms for m in request.messages if m.text.startswith(beginning))
    return replace(request, time_ms=at_ms - offset_ms if FORMATS[format].writer.times == "message" else at_ms)


def with_reminders(day: Sequence[Request]) -> list[Request]:
    """The day with a scheduled job that prints a message every quarter of an hour.

    Health checks print nothing, so text shows them not at all; these keep a text log going where deliveries stop.
    """
    random = Random("reminders")
    times = range(day[0].time_ms + MINUTE_MS, day[-1].time_ms, 15 * MINUTE_MS)
    checked = Message("info", "[Cron] Reminders checked, none due", 40)
    return edits.added(day, *(production_request(time, random, "GET", bot.CRON_PATH, 200, checked) for time in times))


def with_delivery_gap(day: Sequence[Request], opens_ms: int, length_ms: int, format: str) -> list[Request]:
    """No delivery for exactly this long, while all else goes on."""
    closes_ms = opens_ms + length_ms
    last = max((r for r in day if edits.is_delivery(r) and r.time_ms < opens_ms), key=_time)
    first = min((r for r in day if edits.is_delivery(r) and r.time_ms > closes_ms), key=_time)
    others = edits.without(day, lambda r: edits.is_delivery(r) and last.time_ms <= r.time_ms <= first.time_ms)
    edges = landing(last, bot.RECEIVED, opens_ms, format), landing(first, bot.RECEIVED, closes_ms, format)
    return edits.added(others, *edges)


def with_hole(day: Sequence[Request], opens_ms: int, length_ms: int, format: str) -> list[Request]:
    """No request at all between two deliveries that are exactly this far apart.

    In rows the hole is as long as the gap; in text it begins only when the first of the two was answered.
    """
    gap = with_delivery_gap(day, opens_ms, length_ms, format)
    return edits.without(
        gap, lambda r: not edits.is_delivery(r) and opens_ms - MINUTE_MS < r.time_ms < opens_ms + length_ms + MINUTE_MS
    )


def silent_until(day: Sequence[Request], time_ms: int, format: str) -> list[Request]:
    """The first delivery stands in the log at exactly this time, while all else goes on before it."""
    first = min((r for r in day if edits.is_delivery(r) and r.time_ms > time_ms), key=_time)
    others = edits.without(day, lambda r: edits.is_delivery(r) and r.time_ms <= first.time_ms)
    return edits.added(others, landing(first, bot.RECEIVED, time_ms, format))


def silent_from(day: Sequence[Request], time_ms: int, format: str) -> list[Request]:
    """The last delivery stands in the log at exactly this time, while all else goes on after it."""
    last = max((r for r in day if edits.is_delivery(r) and r.time_ms < time_ms), key=_time)
    others = edits.without(day, lambda r: edits.is_delivery(r) and r.time_ms >= last.time_ms)
    return edits.added(others, landing(last, bot.RECEIVED, time_ms, format))


def with_unanswered(
    day: Sequence[Request], opens_ms: int, length_ms: int, format: str, deliveries: int = 3
) -> list[Request]:
    """From the first of some unanswered deliveries to the next reply it is exactly this long."""
    closes_ms = opens_ms + length_ms
    templates = [r for r in day if edits.is_delivery(r) and r.time_ms > opens_ms][: deliveries + 1]
    answered = landing(templates[-1], bot.REPLY, closes_ms, format)
    stretch_end = max(templates[-1].time_ms, closes_ms)
    others = edits.without(day, lambda r: edits.is_delivery(r) and opens_ms - MINUTE_MS < r.time_ms <= stretch_end)
    # All come in the first half of the stretch, so that the answered one cannot be among them.
    times = [opens_ms + number * length_ms // (2 * deliveries) for number in range(deliveries)]
    unanswered = [
        edits.without_reply(landing(template, bot.RECEIVED, time, format))
        for template, time in zip(templates, times, strict=False)
    ]
    return edits.added(others, *unanswered, answered)


def unanswered_from(day: Sequence[Request], time_ms: int) -> list[Request]:
    """Deliveries go on to the end of the day and none is answered any more."""
    return [edits.without_reply(r) if r.time_ms >= time_ms else r for r in day]


def _time(request: Request) -> int:
    return request.time_ms
