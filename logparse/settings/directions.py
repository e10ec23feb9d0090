"""What a change of each setting does to a verdict: the direction in which a limit lets more through, a fact about the
bot that nobody may slip in, or nothing that a gate asks for.
"""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from fractions import Fraction

from logparse.settings.table import SETTINGS

NEVER = Fraction(10**9)
"""A limit that is not there: beyond every one that can be written."""


class Role(StrEnum):
    """What a setting is to a gate."""

    LOWER = "a limit that lets more through where it is lower"
    HIGHER = "a limit that lets more through where it is higher"
    OPTIONAL = "a limit that lets most through where there is none, else where it is higher"
    DEMAND = "a demand that lets more through where it is not made"
    HOURS = "hours at which something is asked; the fewer, the more is let through"
    RATES = "rates by name; the higher, or the fewer, the more is let through"
    FACT = "a fact about the bot or the source: right or wrong, and for whoever keeps the file to say"
    FREE = "places, sizes and words that change nothing of what a verdict says of the bot"


_STRICT = {"quality_required": "yes", "deployment_change": "fail"}
"""Of each demand the word that makes it."""

KINDS: Mapping[str, Role] = {
    "success_rate_limit": Role.LOWER,
    "signature_failures_limit": Role.HIGHER,
    "response_time_limit": Role.HIGHER,
    "error_rate_limit": Role.HIGHER,
    "critical_errors_limit": Role.HIGHER,
    "silence_limit": Role.HIGHER,
    "answering_limit": Role.HIGHER,
    "answering_deliveries": Role.HIGHER,
    "delivery_failures_limit": Role.HIGHER,
    "send_failures_limit": Role.HIGHER,
    "fallback_replies_limit": Role.HIGHER,
    "hole_limit": Role.HIGHER,
    "rejected_limit": Role.HIGHER,
    "max_age_hours": Role.OPTIONAL,
    "quality_required": Role.DEMAND,
    "deployment_change": Role.DEMAND,
    "quality_checks": Role.HOURS,
    "quality_fail": Role.RATES,
    "signature_verification": Role.FACT,
    "quality_greetings": Role.FACT,
    "quality_fallbacks": Role.FACT,
    "quiet_hours": Role.FACT,
    "timezone": Role.FACT,
    "webhook_path": Role.FACT,
    "webhook_method": Role.FACT,
    "environment": Role.FACT,
    "own_format": Role.FACT,
    "own_format_time": Role.FACT,
    # How soon a source has all its rows: too small a number lets a manifest prove what is still to come.
    "settle_seconds": Role.FACT,
    "event_delivery": Role.FACT,
    "event_receipt": Role.FACT,
    "event_signature_verified": Role.FACT,
    "event_signature_failure": Role.FACT,
    "event_processing": Role.FACT,
    "event_reply": Role.FACT,
    "event_fallback_reply": Role.FACT,
    "event_send_failure": Role.FACT,
    "event_error": Role.FACT,
    "event_error_ignored": Role.FACT,
    "event_processing_error": Role.FACT,
    "event_contact": Role.FACT,
    "event_user_text": Role.FACT,
    "event_answer_text": Role.FACT,
    "event_critical_error": Role.FACT,
    "cause_provider_key": Role.FACT,
    "cause_provider_limit": Role.FACT,
    "cause_database": Role.FACT,
    "cause_network": Role.FACT,
    "logs": Role.FREE,
    "monitoring_log": Role.FREE,
    "reports": Role.FREE,
    # Each waiver that let a failure pass stands in the verdict by itself, and a gate names it.
    "waivers": Role.FREE,
    "title": Role.FREE,
    "inbox_url": Role.FREE,
    "memory_limit": Role.FREE,
    "mask": Role.FREE,
    # They only warn, and only beside an earlier soak.
    "trend_rate_change": Role.FREE,
    "trend_time_change": Role.FREE,
    "collect_source": Role.FREE,
    "collect_timeout": Role.FREE,
    "vercel_project": Role.FREE,
    "vercel_team": Role.FREE,
    "vercel_api": Role.FREE,
    "vercel_retention": Role.FREE,
    "convex_logs": Role.FREE,
    "collect_command": Role.FREE,
    "kapso_api": Role.FREE,
    "kapso_number": Role.FREE,
}
"""Every setting; a test holds that none is forgotten."""

DEFAULTS: Mapping[str, str] = {setting.name: setting.default for setting in SETTINGS}


def is_limit(name: str) -> bool:
    """Whether a setting is a limit, which can be loosened."""
    return KINDS[name] not in (Role.FACT, Role.FREE)


def differs(name: str, text: str) -> bool:
    """Whether the text of a setting says something else than its default; spaces and blank lines say nothing."""
    return _lines(text) != _lines(DEFAULTS[name])


def differs_as_shown(name: str, text: str) -> bool:
    """The same of a text as verdict.json holds it, where its lines have become one."""
    return text.split() != DEFAULTS[name].split()


def loosened(name: str, text: str) -> bool:
    """Whether a limit lies further than its default where it lets more through; one that cannot be read does.

    ``text`` may be as verdict.json holds it.
    """
    if not differs_as_shown(name, text):
        return False
    try:
        return _LOOSER[KINDS[name]](name, text)
    except (ValueError, ZeroDivisionError):
        return True


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _rates(text: str) -> dict[str, Fraction]:
    return {name: Fraction(rate) for name, rate in re.findall(r"(\w+)\s*:\s*(\S+)", text)}


def _fewer_rates(name: str, text: str) -> bool:
    now = _rates(text)
    return any(now.get(kind, NEVER) > rate for kind, rate in _rates(DEFAULTS[name]).items())


def _hours(text: str) -> set[int]:
    return {int(hour) for hour in text.replace(",", " ").split()}


def _optional(text: str) -> Fraction:
    return Fraction(text.strip()) if text.strip() else NEVER


_LOOSER: Mapping[Role, Callable[[str, str], bool]] = {
    Role.LOWER: lambda name, text: Fraction(text.strip()) < Fraction(DEFAULTS[name]),
    Role.HIGHER: lambda name, text: Fraction(text.strip()) > Fraction(DEFAULTS[name]),
    Role.OPTIONAL: lambda name, text: _optional(text) > _optional(DEFAULTS[name]),
    Role.DEMAND: lambda name, text: DEFAULTS[name] == _STRICT[name],
    Role.HOURS: lambda name, text: bool(_hours(DEFAULTS[name]) - _hours(text)),
    Role.RATES: _fewer_rates,
    Role.FACT: lambda name, text: False,
    Role.FREE: lambda name, text: False,
}
