"""Requests of a bot in the shape of Vercel's API, with all that a row may hold: what the log server serves."""

import random
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from logparse.collect.vercel.row import first_millisecond, from_milliseconds
from logparse.values.schedule import Span

MESSAGES = (
    ("info", "[Webhook] Signature verified"),
    (
        "info",
        '[Webhook] Received payload (masked): {"object":"whatsapp","text":"Halo, \u00bfqué? 🙂"}',
    ),
    ("warning", '[Webhook] two lines\nand a\ttab, \u2028 and \u0085 and \x1b[31mred\x1b[0m, "quoted" \\ /'),
    ("error", "[ARI] Processing error: Error: Grok API error: 429 - rate limited"),
    ("fatal", "half a pair: \ud83d."),
    ("debug", "a level that nobody knows"),
    ("", ""),
)


def made_requests(span: Span, count: int, seed: int = 1) -> list[Mapping[str, Any]]:
    """Requests at random times of a stretch, its first and last millisecond among them."""
    chance = random.Random(seed)
    begin, end = first_millisecond(span.start), first_millisecond(span.end)
    times = sorted([begin, end - 1, *(chance.randrange(begin, end) for _ in range(count - 2))])
    return [made_request(from_milliseconds(time), number, chance) for number, time in enumerate(times)]


def made_request(moment: datetime, number: int, chance: random.Random) -> Mapping[str, Any]:
    """One request; some lack what others have."""
    logs = [
        {"level": level, "message": message, "messageTruncated": chance.random() < 0.1}
        for level, message in chance.choices(MESSAGES, (9, 9, 1, 1, 1, 1, 1), k=chance.randrange(5))
    ]
    row = {
        "requestId": f"iad1::{number:05d}-{chance.getrandbits(48):012x}",
        "timestamp": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "deploymentId": "dpl_example",
        "requestMethod": "POST",
        "requestPath": "/api/webhook/kapso",
        "statusCode": chance.choice((200, 200, 200, 0, -1, 500)),
        "environment": "production",
        "branch": "main",
        "cache": "MISS",
        "domain": "bot.example.com",
        "events": [{"source": "serverless"}],
        "logs": logs,
    }
    for key in chance.sample(("branch", "cache", "events", "logs", "domain", "statusCode"), chance.randrange(2)):
        del row[key]
    return {**row, **({"cacheReason": None, "traceId": "t1"} if chance.random() < 0.05 else {})}
