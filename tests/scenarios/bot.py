"""The bot's own words: what it prints while it handles a request, and the paths it is called by.

Beginnings that tests look for are constants, so that an edit finds a message by the same words that wrote it.
"""

import json
from typing import Any

WEBHOOK_PATH = "/api/webhook/kapso"
HEALTH_PATH = "/api/health"
LEADS_PATH = "/api/webhook/n8n"
CRON_PATH = "/api/cron/reminders"

WORKSPACE = "js7d0k2mw4"

SIGNATURE_VERIFIED = "[Webhook] Signature verified"
INVALID_SIGNATURE = "[Webhook] Invalid signature - rejecting request"
RECEIVED = "[Webhook] Received payload (masked): "
RULES_ENGINE = "[Webhook] Rules engine: "
PROCESSING = "[ARI] Processing message for contact "
PROCESSING_ERROR = "[ARI] Processing error: "
PROVIDER_ANSWERED = "[Grok] Response in "
MESSAGE_SENT = "Message sent to "
REPLY = "[ARI] Response sent in "
PROCESSED = "[Webhook] Processed 1 messages in "
SEND_FAILED = "[ARI] Kapso send failed: "

RATE_LIMITED = (
    "Error: Grok API error: 429 - rate limited\n"
    "    at GrokClient.complete (/var/task/.next/server/chunks/482.js:1:20391)"
)


def payload(message_id: str, text: str) -> str:
    """A user's message as the provider delivers it; the user's text stands in it, quoted as JSON."""
    return _delivered({"messages": [{"from": "***", "id": message_id, "type": "text", "text": {"body": text}}]})


def receipt(message_id: str, status: str) -> str:
    """A delivery receipt: it comes the same way as a message, but nobody wrote to the bot."""
    return _delivered({"statuses": [{"id": message_id, "status": status, "recipient_id": "***"}]})


def _delivered(value: dict[str, Any]) -> str:
    change = {"field": "messages", "value": {"messaging_product": "whatsapp", **value}}
    return _compact({"object": "whatsapp_business_account", "entry": [{"id": "104820077", "changes": [change]}]})


def lead(name: str) -> str:
    """What another webhook of the same application prints, in words that resemble a delivery's."""
    return "[n8n Webhook] Received lead data: " + _compact({"name": name, "source": "landing-page"})


def _compact(value: object) -> str:
    """JSON as the platform's JavaScript writes it: no spaces, letters of any language as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
