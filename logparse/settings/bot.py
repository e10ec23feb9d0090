"""The bot under test: its webhook, and the patterns that recognise its events and their causes."""

from collections.abc import Mapping

from logparse.settings.declared import Role, Setting, fact, patterns_by_name, settings_group
from logparse.settings.kinds import patterns, some_patterns, word
from logparse.values.patterns import Pattern


def _words(name: str, default: str, meaning: str) -> Setting:
    return Setting(name, default, patterns, Role.FACT, meaning)


def _needed(name: str, default: str, meaning: str) -> Setting:
    """Declares the patterns of an event that judging depends on; a bot may lack the others."""
    return Setting(name, default, some_patterns, Role.FACT, meaning)


EVENTS = (
    _needed(
        "event_delivery",
        "\\[Webhook\\] Received payload \\(masked\\): \\{\n\\[Kapso Webhook\\] Received payload \\(masked\\): \\{",
        "a message was delivered to the bot: `[Webhook] Received payload (masked): {`",
    ),
    _words(
        "event_receipt",
        '.*"statuses":\\s*\\[',
        "a delivery that is no message to the bot (a delivery receipt): counted beside the base of the rates",
    ),
    _words(
        "event_signature_verified",
        "\\[Webhook\\] Signature verified\n\\[Kapso Webhook\\] Signature verified",
        "a webhook's signature was checked and held: `[Webhook] Signature verified`",
    ),
    _needed(
        "event_signature_failure",
        "\\[Webhook\\] Invalid signature - rejecting request\n"
        "\\[Kapso Webhook\\] Invalid signature - rejecting request",
        "a webhook's signature did not hold: `[Webhook] Invalid signature - rejecting request`"
        " (HTTP 401 on the webhook path is one too)",
    ),
    _needed(
        "event_processing",
        "\\[ARI\\] Processing message for contact\\b",
        "the bot began to work on a message: `[ARI] Processing message for contact X in workspace Y`",
    ),
    _needed(
        "event_reply",
        "\\[ARI\\] Response sent in (\\d+)ms",
        "the bot answered: `[ARI] Response sent in 1834ms`; the first group of each pattern is the response time in"
        " milliseconds",
    ),
    _words(
        "event_fallback_reply",
        "\\[ARI\\] Response sent in \\d+ms \\(fallback\\)\\s*$",
        "a reply with the fallback text: `[ARI] Response sent in 1834ms (fallback)`",
    ),
    _words(
        "event_send_failure",
        "\\[ARI\\] Kapso API error\n\\[ARI\\] Kapso send failed\n\\[ARI\\] Failed to send message via Kapso",
        "an answer could not be handed to the provider: `[ARI] Kapso send failed`",
    ),
    _needed(
        "event_error",
        "\\[[^\\]]*\\] (?:Invalid|Failed|Unable|Could not|Cannot|Missing|Unauthorized|Timed? ?out|Rejected)\\b\n"
        "\\[ARI\\] Kapso send failed\n"
        "(?i)[^{]*?\\b(?:[1-9][0-9]* errors|\\w*error)\\b",
        "an error, in a message that has no level of its own",
    ),
    _words(
        "event_error_ignored",
        "\\(node:\\d+\\)",
        "never an error, whatever its level or words (Node's own warnings): `(node:4) [DEP0169] DeprecationWarning`",
    ),
    _needed(
        "event_processing_error",
        "\\[ARI\\] Processing error",
        "an error that is shown as a red flag of its own: the bot failed over a message, `[ARI] Processing error: ...`",
    ),
    _needed(
        "event_contact",
        "\\[ARI\\] Processing message for contact (\\S+)",
        "names the contact of a request, for a flag to say how many it touched; the first group is the contact",
    ),
    _words(
        "event_user_text",
        '.*"text":\\s*\\{\\s*"body":\\s*"((?:[^"\\\\]|\\\\.)*)"',
        "what a user wrote; the first group is the text. Looked for where there is no"
        " [transcript](docs/transcripts.md)",
    ),
    _words(
        "event_answer_text",
        "",
        "what the bot answered; the first group is the text. Empty for a bot that logs no answers",
    ),
    _words(
        "event_critical_error",
        "",
        "more words of a crash, beside what runtimes, systems and platforms print, which is known",
    ),
)

CAUSES = (
    _words(
        "cause_provider_key",
        "(?i).*(?:grok|x\\.ai|openai|anthropic|gemini|provider|ai api).*\\b(?:401|403|api key|unauthori[sz]ed)\\b",
        "named as a likely cause of a flag: the AI provider's key is wrong or expired",
    ),
    _words(
        "cause_provider_limit",
        "(?i).*(?:grok|x\\.ai|openai|anthropic|gemini|provider|ai api).*(?:\\b429\\b|rate.?limit|quota)",
        "named as a likely cause of a flag: the AI provider limits the rate",
    ),
    _words(
        "cause_database",
        "(?i).*(?:convex|postgres|database|sql|prisma|mongo|redis)",
        "named as a likely cause of a flag: the database",
    ),
    _words(
        "cause_network",
        "(?i).*(?:ECONN|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|EPIPE|fetch failed|socket hang up|network)",
        "named as a likely cause of a flag: the network",
    ),
)


def _path(setting: Setting, text: str) -> str:
    if not text.strip().startswith("/"):
        raise setting.problem(f"{text.strip()!r} is no path; write it like /api/webhook/kapso")
    return text.strip()


@settings_group
class Bot:
    """The patterns of the bot's events by name, and its webhook."""

    webhook_path: str = fact("webhook_path", "/api/webhook/kapso", _path, "the path that the provider delivers to")
    webhook_method: str = fact("webhook_method", "POST", word, "the HTTP method of a delivery")
    environment: str = fact(
        "environment", "production", word, "records of other environments are left out, and counted"
    )
    events: Mapping[str, tuple[Pattern, ...]] = patterns_by_name(EVENTS)
