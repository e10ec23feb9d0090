"""Every setting: its name, default and meaning in one table, and the checked values made from what was written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from logparse.errors import UsageProblem
from logparse.patterns import Pattern
from logparse.schedule import QuietHours


@dataclass(frozen=True)
class Setting:
    """One setting of pytest.ini: how its text is read (``kind``), and what it means, in a sentence."""

    name: str
    kind: str
    default: str
    meaning: str
    choices: tuple[str, ...] = ()


EVENT_SETTINGS: tuple[Setting, ...] = (
    Setting(
        "event_delivery",
        "patterns",
        "\\[Webhook\\] Received payload \\(masked\\): \\{\n\\[Kapso Webhook\\] Received payload \\(masked\\): \\{",
        "a message was delivered to the bot",
    ),
    Setting(
        "event_receipt",
        "patterns",
        '.*"statuses":\\s*\\[',
        "a delivery that is no message to the bot (a delivery receipt): counted beside the base of the rates",
    ),
    Setting(
        "event_signature_verified",
        "patterns",
        "\\[Webhook\\] Signature verified\n\\[Kapso Webhook\\] Signature verified",
        "a webhook's signature was checked and held",
    ),
    Setting(
        "event_signature_failure",
        "patterns",
        "\\[Webhook\\] Invalid signature - rejecting request\n"
        "\\[Kapso Webhook\\] Invalid signature - rejecting request",
        "a webhook's signature did not hold (HTTP 401 on the webhook path is one too)",
    ),
    Setting(
        "event_processing",
        "patterns",
        "\\[ARI\\] Processing message for contact ",
        "the bot began to work on a message",
    ),
    Setting(
        "event_reply",
        "patterns",
        "\\[ARI\\] Response sent in (\\d+)ms",
        "the bot answered; the first group of each pattern is the response time in milliseconds",
    ),
    Setting(
        "event_fallback_reply",
        "patterns",
        "\\[ARI\\] Response sent in \\d+ms \\(fallback\\)\\s*$",
        "a reply with the fallback text",
    ),
    Setting(
        "event_send_failure",
        "patterns",
        "\\[ARI\\] Kapso API error\n\\[ARI\\] Kapso send failed\n\\[ARI\\] Failed to send message via Kapso",
        "an answer could not be handed to the provider",
    ),
    Setting(
        "event_error",
        "patterns",
        "\\[[^\\]]*\\] (?:Invalid|Failed|Unable|Could not|Cannot|Missing|Unauthorized|Timed? ?out|Rejected)\\b\n"
        "\\[ARI\\] Kapso send failed\n"
        "(?i)[^{]*?\\b(?:[1-9][0-9]* errors|\\w*error)\\b",
        "an error, in a message that has no level of its own",
    ),
    Setting(
        "event_error_ignored",
        "patterns",
        "\\(node:\\d+\\) ",
        "never an error, whatever its level or words (Node's own warnings)",
    ),
    Setting(
        "event_processing_error",
        "patterns",
        "\\[ARI\\] Processing error",
        "an error that is shown as a red flag of its own: the bot failed over a message",
    ),
    Setting(
        "event_contact",
        "patterns",
        "\\[ARI\\] Processing message for contact (\\S+)",
        "names the contact of a request; the first group is the contact",
    ),
    Setting(
        "event_critical_error",
        "patterns",
        "(?i)\\[?unhandled ?(?:promise ?)?rejection\n"
        "(?i)uncaught ?(?:exception|\\w*error)\n"
        "(?:Vercel Runtime Timeout Error|Task timed out after )\n"
        "(?:RequestId: \\S+ )?(?:Error: )?(?:Runtime exited|Process exited (?:before|with))\n"
        "FATAL ERROR: \n"
        "FUNCTION_INVOCATION_(?:TIMEOUT|FAILED)",
        "a crash or timeout of the function, an uncaught exception, an unhandled rejection",
    ),
)

CAUSE_SETTINGS: tuple[Setting, ...] = (
    Setting(
        "cause_provider_key",
        "patterns",
        "(?i).*(?:grok|x\\.ai|openai|anthropic|gemini|provider|ai api).*\\b(?:401|403|api key|unauthori[sz]ed)\\b",
        "named as a likely cause: the AI provider's key is wrong or expired",
    ),
    Setting(
        "cause_provider_limit",
        "patterns",
        "(?i).*(?:grok|x\\.ai|openai|anthropic|gemini|provider|ai api).*(?:\\b429\\b|rate.?limit|quota)",
        "named as a likely cause: the AI provider limits the rate",
    ),
    Setting(
        "cause_database",
        "patterns",
        "(?i).*(?:convex|postgres|database|sql|prisma|mongo|redis)",
        "named as a likely cause: the database",
    ),
    Setting(
        "cause_network",
        "patterns",
        "(?i).*(?:ECONN|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|EPIPE|fetch failed|socket hang up|network)",
        "named as a likely cause: the network",
    ),
)

SETTINGS: tuple[Setting, ...] = (
    Setting("logs", "lines", "logs/", "where the collected logs are: files, folders or globs, one a line"),
    Setting("monitoring_log", "text", "MONITORING-LOG.md", "the document that people and the suite write together"),
    Setting("reports", "text", "reports", "the folder for the reports and verdict.json"),
    Setting("title", "text", "24-Hour Monitoring Log", "the title of a new document"),
    Setting("success_rate_limit", "number", "95", "percent of deliveries that must be processed, at least"),
    Setting("signature_failures_limit", "whole", "0", "signature failures that are allowed"),
    Setting("response_time_limit", "number", "10", "seconds; the mean over all replies must be under it"),
    Setting("error_rate_limit", "number", "5", "percent; errors over deliveries must be under it"),
    Setting("critical_errors_limit", "whole", "0", "critical errors that are allowed"),
    Setting("silence_limit", "number", "60", "minutes between two deliveries, at most"),
    Setting("answering_limit", "number", "10", "minutes that deliveries may go on without any reply, at most"),
    Setting("answering_deliveries", "whole", "3", "how many unanswered deliveries make a stretch count"),
    Setting("delivery_failures_limit", "whole", "0", "deliveries answered with HTTP 400 or more that are allowed"),
    Setting("send_failures_limit", "number", "5", "percent of replies; more send failures give WARN"),
    Setting("fallback_replies_limit", "number", "5", "percent of replies; more fallback replies give WARN"),
    Setting("hole_limit", "number", "60", "minutes without any record in any file, at most, before it is a hole"),
    Setting("rejected_limit", "number", "1", "percent of lines that may be unreadable, at most"),
    Setting(
        "signature_verification",
        "choice",
        "required",
        "'none' for a bot that verifies no signatures: the criterion is then NOT MEASURED",
        ("required", "none"),
    ),
    Setting(
        "deployment_change",
        "choice",
        "warn",
        "what more than one deployment in the soak does to the evidence: 'warn', or 'fail' (NOT JUDGED)",
        ("warn", "fail"),
    ),
    Setting("quality_required", "choice", "no", "'yes' makes response quality a required criterion", ("yes", "no")),
    Setting("quiet_hours", "text", "", "local hours without deliveries, like 22:00-06:00; empty for none"),
    Setting("timezone", "text", "UTC", "IANA time zone of the quiet hours, and of log times that name no zone"),
    Setting("webhook_path", "text", "/api/webhook/kapso", "the path that the provider delivers to"),
    Setting("webhook_method", "text", "POST", "the HTTP method of a delivery"),
    Setting("environment", "text", "production", "records of other environments are left out, and counted"),
    Setting("memory_limit", "text", "1GB", "memory that counting may take; beyond it, it spills to disk"),
    Setting("mask", "patterns", "", "more personal data to mask in all that is written, beside the built-in kinds"),
    *EVENT_SETTINGS,
    *CAUSE_SETTINGS,
)


@dataclass(frozen=True)
class Limits:
    """The limits in force, exact: rates in percent, times in the unit their setting has."""

    success_rate: Fraction
    signature_failures: int
    response_seconds: Fraction
    error_rate: Fraction
    critical_errors: int
    silence_minutes: Fraction
    answering_minutes: Fraction
    answering_deliveries: int
    delivery_failures: int
    send_failures: Fraction
    fallback_replies: Fraction
    hole_minutes: Fraction
    rejected: Fraction


@dataclass(frozen=True)
class Bot:
    """What the bot writes and where it listens: the patterns of its events by name, and its webhook."""

    events: Mapping[str, tuple[Pattern, ...]]
    webhook_path: str
    webhook_method: str
    environment: str


@dataclass(frozen=True)
class Settings:
    """All settings, checked."""

    logs: tuple[str, ...]
    monitoring_log: str
    reports: str
    title: str
    limits: Limits
    bot: Bot
    causes: Mapping[str, tuple[Pattern, ...]]
    verifies_signatures: bool
    deployment_change: str
    quality_required: bool
    quiet_hours: QuietHours | None
    timezone: ZoneInfo
    memory_limit: str
    mask: tuple[Pattern, ...]


def parse(written: Mapping[str, str] | None = None) -> Settings:
    """The settings from their texts by name, defaults for names that are missing; UsageProblem says what is wrong."""
    texts = {setting.name: setting.default for setting in SETTINGS} | dict(written or {})
    unknown = sorted(set(texts) - {setting.name for setting in SETTINGS})
    if unknown:
        raise UsageProblem(f"setting {unknown[0]}: there is no such setting; pytest.ini lists them all")
    values = {setting.name: _READERS[setting.kind](setting, texts[setting.name]) for setting in SETTINGS}
    limits = Limits(
        success_rate=values["success_rate_limit"],
        signature_failures=values["signature_failures_limit"],
        response_seconds=values["response_time_limit"],
        error_rate=values["error_rate_limit"],
        critical_errors=values["critical_errors_limit"],
        silence_minutes=values["silence_limit"],
        answering_minutes=values["answering_limit"],
        answering_deliveries=values["answering_deliveries"],
        delivery_failures=values["delivery_failures_limit"],
        send_failures=values["send_failures_limit"],
        fallback_replies=values["fallback_replies_limit"],
        hole_minutes=values["hole_limit"],
        rejected=values["rejected_limit"],
    )
    bot = Bot(
        events={setting.name.removeprefix("event_"): values[setting.name] for setting in EVENT_SETTINGS},
        webhook_path=values["webhook_path"],
        webhook_method=values["webhook_method"],
        environment=values["environment"],
    )
    zone = _zone(values["timezone"])
    return Settings(
        logs=values["logs"],
        monitoring_log=values["monitoring_log"],
        reports=values["reports"],
        title=values["title"],
        limits=limits,
        bot=bot,
        causes={setting.name.removeprefix("cause_"): values[setting.name] for setting in CAUSE_SETTINGS},
        verifies_signatures=values["signature_verification"] == "required",
        deployment_change=values["deployment_change"],
        quality_required=values["quality_required"] == "yes",
        quiet_hours=_quiet_hours(values["quiet_hours"], zone),
        timezone=zone,
        memory_limit=values["memory_limit"],
        mask=values["mask"],
    )


def _text(setting: Setting, text: str) -> str:
    return text.strip()


def _lines(setting: Setting, text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _number(setting: Setting, text: str) -> Fraction:
    try:
        number = Fraction(text.strip())
    except (ValueError, ZeroDivisionError):
        raise UsageProblem(f"setting {setting.name}: {text!r} is no number; the default is {setting.default}") from None
    if number < 0:
        raise UsageProblem(f"setting {setting.name}: {text!r} is negative; the default is {setting.default}")
    return number


def _whole(setting: Setting, text: str) -> int:
    number = _number(setting, text)
    if number.denominator != 1:
        raise UsageProblem(f"setting {setting.name}: {text!r} is no whole number; the default is {setting.default}")
    return int(number)


def _choice(setting: Setting, text: str) -> str:
    if text.strip() not in setting.choices:
        raise UsageProblem(f"setting {setting.name}: {text!r} is not one of {', '.join(setting.choices)}")
    return text.strip()


def _patterns(setting: Setting, text: str) -> tuple[Pattern, ...]:
    # A pattern may end in a space that matters, so only the indentation of pytest.ini is taken off.
    return tuple(
        Pattern(line, f"setting {setting.name}, pattern {number}")
        for number, line in enumerate((line.lstrip() for line in text.split("\n") if line.strip()), start=1)
    )


_READERS: Mapping[str, Callable[[Setting, str], Any]] = {
    "text": _text,
    "lines": _lines,
    "number": _number,
    "whole": _whole,
    "choice": _choice,
    "patterns": _patterns,
}


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageProblem(f"setting timezone: {name!r} is no IANA time zone; write it like Asia/Jakarta") from None


def _quiet_hours(text: str, zone: ZoneInfo) -> QuietHours | None:
    if not text:
        return None
    try:
        start, end = (time.fromisoformat(part.strip()) for part in text.split("-"))
    except ValueError:
        raise UsageProblem(f"setting quiet_hours: {text!r} is no stretch of hours; write it like 22:00-06:00") from None
    if start.tzinfo or end.tzinfo or start == end:
        raise UsageProblem(f"setting quiet_hours: {text!r} must be two different local times, like 22:00-06:00")
    return QuietHours(start, end, zone)
