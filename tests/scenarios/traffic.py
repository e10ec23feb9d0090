"""A steady day: deliveries spread evenly over the time, each answered, and health checks between them.

Nothing goes wrong in it unless asked, so that a scenario that changes one thing controls all the numbers.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from random import Random

from tests.scenarios import bot

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS

PRODUCTION = "production"
DEPLOYMENT = "dpl_7fKx2mQpVw"

# NOTE: A reply is printed a while after its delivery. Deliveries keep this distance from the end of their
# slot, so that the longest exchange of any scenario (a reply after 12 s) still ends inside it: no window, and
# no day, is left with a delivery whose reply belongs to the next one.
SETTLE_MS = 15_000

HEALTH_CHECK_EVERY_MS = 10 * MINUTE_MS

# The moments, in milliseconds after the request, at which the first messages are printed.
VERIFIED_AT, RECEIVED_AT, UNPACKED_AT, ROUTED_AT, PROCESSING_AT = 1, 2, 4, 7, 11
# How long before the reply the provider answers and the provider's text is sent, and how long after it all ends.
ANSWERED_BEFORE, SENT_BEFORE, DONE_AFTER = 140, 9, 23

USER_TEXTS = (
    "Halo, masih buka?",
    "Berapa harga paket keluarga?",
    "Bisa kirim ke Bandung hari ini?",
    "Terima kasih banyak 🙏",
    "Do you have it in blue?",
    "Saya mau pesan dua, bayar di tempat.",
    "Jam berapa tutup?",
    "Can I change my booking to Friday?",
)
USER_TEXTS_WITH_ERROR = (
    "Form-nya error terus, tolong dibantu",
    "I get Error: payment failed on the website",
    "error 500 katanya, kenapa ya?",
)


@dataclass(frozen=True, slots=True)
class Message:
    """One message that the bot printed, `offset_ms` after its request came in."""

    level: str
    text: str
    offset_ms: int


@dataclass(frozen=True, slots=True)
class Request:
    """One request to the application; a request may print nothing and still has a status."""

    time_ms: int
    id: str
    method: str
    path: str
    status: int
    environment: str
    deployment: str
    messages: tuple[Message, ...]


def epoch_ms(time: datetime) -> int:
    """Whole milliseconds since 1970; exact, where `timestamp()` would go through a float."""
    return (time - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def steady_day(
    start: datetime,
    hours: int = 24,
    deliveries: int = 300,
    seed: int = 1,
    *,
    handled_errors: float = 0.0,
    error_words: float = 0.0,
) -> list[Request]:
    """The requests of `hours` steady hours in the order of time; see `steady_stream`."""
    return list(steady_stream(start, hours, deliveries, seed, handled_errors=handled_errors, error_words=error_words))


def steady_stream(
    start: datetime,
    hours: int = 24,
    deliveries: int = 300,
    seed: int = 1,
    *,
    handled_errors: float = 0.0,
    error_words: float = 0.0,
    newest_first: bool = False,
) -> Iterator[Request]:
    """The same, one request at a time, so that a day of any size needs no memory.

    `handled_errors` is the share of deliveries whose reply is replaced by a handled error, `error_words` the
    share in which the user's own text holds the word "error". Both are met exactly (to the nearest delivery)
    and evenly spread. With `newest_first` the day runs backwards: the same counts, but other random details.
    """
    start_ms, span_ms = epoch_ms(start), hours * HOUR_MS
    slot_ms = span_ms / deliveries
    room_ms = max(slot_ms - SETTLE_MS, slot_ms / 2)
    errors, wordings = round(handled_errors * deliveries), round(error_words * deliveries)
    random = Random(seed)

    def arrival(index: int) -> Request:
        offset_ms = int(index * slot_ms + random.random() * room_ms)
        return delivery(
            start_ms + min(offset_ms, span_ms - SETTLE_MS),
            random,
            texts=USER_TEXTS_WITH_ERROR if is_picked(index, wordings, deliveries) else USER_TEXTS,
            fails=is_picked(index, errors, deliveries),
        )

    order = range(deliveries)
    arrivals = (arrival(index) for index in (reversed(order) if newest_first else order))
    checks = _health_checks(start_ms, span_ms, Random(f"health checks {seed}"))
    checks_in_order = reversed(checks) if newest_first else iter(checks)
    return heapq.merge(arrivals, checks_in_order, key=attrgetter("time_ms"), reverse=newest_first)


def is_picked(index: int, count: int, total: int) -> bool:
    """Whether `index` is one of `count` numbers spread evenly over `range(total)`."""
    return (index + 1) * count // total > index * count // total


def delivery(time_ms: int, random: Random, *, texts: tuple[str, ...] = USER_TEXTS, fails: bool = False) -> Request:
    """A user's message and all that the bot prints about it, ending in a reply or in a handled error."""
    # Latencies of 1 to 8 s, the short ones more frequent, as a language model's are.
    latency_ms = 1_000 + int(7_000 * random.random() ** 2)
    phone = f"62812{random.randrange(10**8):08d}"
    payload = bot.payload(f"wamid.{random.getrandbits(64):016X}", random.choice(texts))
    contact = f"k57{random.randrange(400):05d}"
    messages = [
        Message("info", bot.SIGNATURE_VERIFIED, VERIFIED_AT),
        Message("info", bot.RECEIVED + payload, RECEIVED_AT),
        Message("info", f"[Webhook] Processing 1 messages for workspace {bot.WORKSPACE}, phones: 1", UNPACKED_AT),
        Message("info", f"{bot.RULES_ENGINE}pass to AI for {phone}", ROUTED_AT),
        Message("info", f"{bot.PROCESSING}{contact} in workspace {bot.WORKSPACE}", PROCESSING_AT),
    ]
    if fails:
        messages.append(Message("error", bot.PROCESSING_ERROR + bot.RATE_LIMITED, latency_ms - ANSWERED_BEFORE))
    else:
        messages += _answer(phone, latency_ms, random.randrange(40, 700), " (grok-3)" if random.random() < 0.3 else "")
    return production_request(time_ms, random, "POST", bot.WEBHOOK_PATH, 200, *messages)


def _answer(phone: str, latency_ms: int, tokens: int, model: str) -> tuple[Message, ...]:
    return (
        Message(
            "info",
            f"{bot.PROVIDER_ANSWERED}{latency_ms - ANSWERED_BEFORE}ms, {tokens} tokens",
            latency_ms - ANSWERED_BEFORE,
        ),
        Message("info", bot.MESSAGE_SENT + phone, latency_ms - SENT_BEFORE),
        Message("info", f"{bot.REPLY}{latency_ms}ms{model}", latency_ms),
        Message("info", f"{bot.PROCESSED}{latency_ms + DONE_AFTER}ms", latency_ms + DONE_AFTER),
    )


def _health_checks(start_ms: int, span_ms: int, random: Random) -> list[Request]:
    """Requests that print nothing, about every ten minutes: a sign of life of the platform, not of the bot."""
    times = range(start_ms + HEALTH_CHECK_EVERY_MS // 2, start_ms + span_ms, HEALTH_CHECK_EVERY_MS)
    return [production_request(time + random.randrange(30_000), random, "GET", bot.HEALTH_PATH, 200) for time in times]


def production_request(
    time_ms: int, random: Random, method: str, path: str, status: int, *messages: Message
) -> Request:
    """A request to production, with an identifier in the platform's manner."""
    identifier = f"sin1::{random.getrandbits(20):05x}-{time_ms}-{random.getrandbits(48):012x}"
    return Request(time_ms, identifier, method, path, status, PRODUCTION, DEPLOYMENT, messages)
