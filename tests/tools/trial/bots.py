"""Bots of several makes: what each prints about one exchange, and the settings that tell the suite so."""

from collections.abc import Mapping
from random import Random

from tests.tools.trial.shapes import written
from tests.tools.trial.traffic import Exchange, Line

TEXTS = ("Halo, masih buka?", "How much is the large one?", "Can I pay on delivery?", "Terima kasih!", "¿Hay en azul?")


def request_id(at: int, random: Random) -> str:
    """An id of a request in Vercel's manner."""
    return f"fra1::{random.getrandbits(20):05x}-{at}-{random.getrandbits(48):012x}"


def latency(random: Random) -> int:
    """Milliseconds until an answer: 1 to 7 s."""
    return 1_000 + int(6_000 * random.random() ** 2)


def ari(at: int, number: int, random: Random) -> Exchange:
    """The bot that the default settings are of: WhatsApp through Kapso, on a serverless platform."""
    took = latency(random)
    return Exchange(at, (*received(number, random.choice(TEXTS)), *answered(number, took)), request_id(at, random))


def received(number: int, words: str, kind: str = "text") -> tuple[Line, ...]:
    """What it prints of a message before it works on it."""
    return (
        Line(1, "[Webhook] Signature verified"),
        Line(2, f"[Webhook] Received payload (masked): {payload(number, words, kind)}"),
    )


def payload(number: int, words: str, kind: str = "text") -> str:
    """A message of a user as WhatsApp's API tells it."""
    said = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    body = {
        "text": f'"text":{{"body":"{said}"}}',
        "reaction": f'"reaction":{{"message_id":"wamid.HBgM{number:06d}","emoji":"{said}"}}',
        "image": f'"image":{{"caption":"{said}","mime_type":"image/jpeg"}}',
    }[kind]
    return (
        '{"object":"whatsapp_business_account","entry":[{"id":"104820077","changes":[{"field":"messages","value":'
        f'{{"messaging_product":"whatsapp","messages":[{{"from":"***","id":"wamid.HBgL{number:06d}","type":"{kind}",'
        f"{body}}}]}}}}]}}]}}"
    )


def answered(number: int, took: int, suffix: str = " (grok-3)") -> tuple[Line, ...]:
    """What it prints when it works on a message and answers."""
    return (
        Line(8, "[Webhook] Processing 1 messages for workspace js7d0k2mw4, phones: 1"),
        Line(12, f"[ARI] Processing message for contact k57{number:05d} in workspace js7d0k2mw4"),
        Line(took - 100, f"[Grok] Response in {took - 140}ms, 212 tokens"),
        Line(took, f"[ARI] Response sent in {took}ms{suffix}"),
        Line(took + 20, f"[Webhook] Processed 1 messages in {took + 20}ms"),
    )


def receipt(at: int, number: int, random: Random) -> Exchange:
    """A delivery receipt, which is no message."""
    body = (
        '{"object":"whatsapp_business_account","entry":[{"id":"104820077","changes":[{"field":"messages","value":'
        f'{{"messaging_product":"whatsapp","statuses":[{{"id":"wamid.HBgR{number:06d}","status":"read"}}]}}}}]}}]}}'
    )
    lines = (Line(1, "[Webhook] Signature verified"), Line(2, f"[Webhook] Received payload (masked): {body}"))
    return Exchange(at, lines, request_id(at, random))


# ── python-telegram-bot ──────────────────────────────────────────────────────────────────────────────────────────────

PTB_HEAD = r"(?:[\d-]+ [\d:,]+ - )?"
PTB: Mapping[str, str] = {
    "signature_verification": "none",
    "event_delivery": PTB_HEAD + r"shop_bot - INFO - Received message from ",
    "event_processing": PTB_HEAD + r"shop_bot - INFO - Asking the model for ",
    "event_reply": PTB_HEAD + r"shop_bot - INFO - Replied to \d+ in (\d+) ms",
    "event_fallback_reply": PTB_HEAD + r"shop_bot - INFO - Replied to \d+ in \d+ ms with the fallback",
    "event_send_failure": PTB_HEAD + r"shop_bot - \w+ - Could not send to ",
    "event_processing_error": PTB_HEAD + r"telegram\.ext\.Application - ERROR - ",
    "event_contact": PTB_HEAD + r"shop_bot - INFO - Asking the model for (\d+)",
}


def logged(at: int, after: int, name: str, level: str, words: str) -> Line:
    """A line of Python's logging in the format of python-telegram-bot's examples, on stderr."""
    head = written(at + after, "%Y-%m-%d %H:%M:%S,%f")[:-3]
    short = {"WARNING": "warning", "ERROR": "error", "CRITICAL": "fatal"}.get(level, "info")
    return Line(after, f"{head} - {name} - {level} - {words}", short, stderr=True)


def http(at: int, after: int, method: str, answer: str = "200 OK") -> Line:
    """What httpx, below python-telegram-bot, says of each call; it holds the bot's token."""
    token = "7123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
    url = f"https://api.telegram.org/bot{token}/{method}"
    return logged(at, after, "httpx", "INFO", f'HTTP Request: POST {url} "HTTP/1.1 {answer}"')


def ptb(at: int, number: int, random: Random) -> Exchange:
    """A bot on python-telegram-bot that polls, with the logging of its examples."""
    took, chat = latency(random), 5_550_000 + number % 60
    lines = (
        http(at, 0, "getUpdates"),
        logged(at, 3, "shop_bot", "INFO", f"Received message from {chat}: {random.choice(TEXTS)}"),
        logged(at, 9, "shop_bot", "INFO", f"Asking the model for {chat}"),
        http(at, took - 20, "sendMessage"),
        logged(at, took, "shop_bot", "INFO", f"Replied to {chat} in {took} ms"),
    )
    return Exchange(at, lines, f"turn-{at}")


def ptb_beats(times: list[int]) -> list[Exchange]:
    """The polls in between, in which nothing came."""
    return [Exchange(at, (http(at, 0, "getUpdates"),), f"poll-{at}") for at in times]


# ── aiogram ──────────────────────────────────────────────────────────────────────────────────────────────────────────

AIOGRAM: Mapping[str, str] = {
    "signature_verification": "none",
    "event_delivery": r"(?:INFO:)?shop:message \d+ from ",
    "event_processing": r"(?:INFO:)?shop:message \d+ goes to the model",
    "event_reply": r"(?:INFO:)?aiogram\.event:Update id=\d+ is handled\. Duration (\d+) ms",
    "event_processing_error": r"(?:ERROR:)?aiogram\.event:Cause exception while process update",
    "event_send_failure": r"(?:\w+:)?shop:no answer could be sent",
    "event_fallback_reply": r"(?:INFO:)?shop:the fallback was sent",
}


def aiogram(at: int, number: int, random: Random) -> Exchange:
    """A bot on aiogram 3 with `logging.basicConfig(level=logging.INFO)`."""
    took, update = latency(random), 710_000 + number
    lines = (
        Line(1, f"INFO:shop:message {update} from 5550001", stderr=True),
        Line(4, f"INFO:shop:message {update} goes to the model", stderr=True),
        Line(took, f"INFO:aiogram.event:Update id={update} is handled. Duration {took} ms by bot id=7", stderr=True),
    )
    return Exchange(at, lines, f"turn-{at}")


# ── grammY and Telegraf: what their own programs print ───────────────────────────────────────────────────────────────

TELEGRAF: Mapping[str, str] = {
    "signature_verification": "none",
    "event_delivery": r"update \d+ from \d+",
    "event_processing": r"asking the model for update \d+",
    "event_reply": r"replied to \d+ in (\d+) ms",
    "event_processing_error": r"(?:Error in middleware while handling update|Unhandled error while processing)",
    "event_send_failure": "could not send",
    "event_fallback_reply": r"replied to \d+ in \d+ ms with the fallback",
}


def telegraf(at: int, number: int, random: Random) -> Exchange:
    """A bot on grammY or Telegraf with console.log."""
    took = latency(random)
    lines = (
        Line(1, f"update {710_000 + number} from 5550001"),
        Line(3, f"asking the model for update {710_000 + number}"),
        Line(took, f"replied to 5550001 in {took} ms"),
    )
    return Exchange(at, lines, f"turn-{at}")


# ── Slack Bolt for JavaScript, Twilio behind Flask ───────────────────────────────────────────────────────────────────

BOLT: Mapping[str, str] = {
    "webhook_path": "/slack/events",
    "event_delivery": r"(?:\[INFO\]\s+)?bolt-app message [\d.]+ from ",
    "event_processing": r"(?:\[INFO\]\s+)?bolt-app asking the model about ",
    "event_reply": r"(?:\[INFO\]\s+)?bolt-app answered [\d.]+ in (\d+) ms",
    "event_signature_verified": r"(?:\[DEBUG\]\s+)?bolt-app (?:request verified|message [\d.]+ from)",
    "event_signature_failure": r"(?:\[WARN\]\s+)?bolt-app Failed to parse and verify .*: signature mismatch",
    "event_processing_error": r"(?:\[ERROR\]\s+)?bolt-app UnknownError: ",
    "event_send_failure": r"(?:\[\w+\]\s+)?bolt-app could not answer",
    "event_fallback_reply": r"(?:\[INFO\]\s+)?bolt-app answered [\d.]+ in \d+ ms with the fallback",
}
"""Bolt says nothing of a signature that held. That a message came through is taken for it, by the same line."""


def bolt(at: int, number: int, random: Random) -> Exchange:
    """A bot on Slack Bolt for JavaScript with the logger that it brings."""
    took, stamp = latency(random), f"{at // 1000}.{number:06d}"
    lines = (
        Line(1, "[DEBUG]  bolt-app request verified", "debug"),
        Line(2, f"[INFO]  bolt-app message {stamp} from U02{number % 40:04d}"),
        Line(4, f"[INFO]  bolt-app asking the model about {stamp}"),
        Line(took, f"[INFO]  bolt-app answered {stamp} in {took} ms"),
    )
    return Exchange(at, lines, f"event-{at}", path="/slack/events")


TWILIO_HEAD = r"(?:[\d-]+ [\d:,]+ )?(?:INFO )?"
TWILIO: Mapping[str, str] = {
    "webhook_path": "/sms",
    "event_delivery": TWILIO_HEAD + r"sms message SM\w+ from ",
    "event_processing": TWILIO_HEAD + r"sms asking the model about SM\w+",
    "event_reply": TWILIO_HEAD + r"sms answered SM\w+ in (\d+) ms",
    "event_signature_verified": TWILIO_HEAD + r"sms signature of Twilio held",
    "event_signature_failure": r"(?:[\d-]+ [\d:,]+ )?(?:WARNING )?sms signature of Twilio did not hold",
    "event_processing_error": r"(?:[\d-]+ [\d:,]+ )?(?:ERROR )?sms Exception on /sms",
    "event_send_failure": r"(?:[\d-]+ [\d:,]+ )?(?:\w+ )?sms could not answer",
    "event_fallback_reply": TWILIO_HEAD + r"sms answered SM\w+ in \d+ ms with the fallback",
}


def twilio(at: int, number: int, random: Random) -> Exchange:
    """A bot behind Twilio's webhook, on Flask, with Python's logging: `%(asctime)s %(levelname)s %(name)s ...`."""
    took, sid = latency(random), f"SM{random.getrandbits(128):032x}"

    def line(after: int, name: str, words: str) -> Line:
        return Line(after, f"{written(at + after, '%Y-%m-%d %H:%M:%S,%f')[:-3]} INFO {name} {words}", stderr=True)

    access = f'10.0.0.7 - - [{written(at + took, "%d/%b/%Y %H:%M:%S")}] "POST /sms HTTP/1.1" 200 -'
    lines = (
        line(1, "sms", "signature of Twilio held"),
        line(2, "sms", f"message {sid} from +15005550006"),
        line(4, "sms", f"asking the model about {sid}"),
        line(took, "sms", f"answered {sid} in {took} ms"),
        line(took + 2, "werkzeug", access),
    )
    return Exchange(at, lines, f"call-{at}", path="/sms")
