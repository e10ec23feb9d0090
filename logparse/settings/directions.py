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


class Kind(StrEnum):
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

KINDS: Mapping[str, Kind] = {
    "success_rate_limit": Kind.LOWER,
    "signature_failures_limit": Kind.HIGHER,
    "response_time_limit": Kind.HIGHER,
    "error_rate_limit": Kind.HIGHER,
    "critical_errors_limit": Kind.HIGHER,
    "silence_limit": Kind.HIGHER,
    "answering_limit": Kind.HIGHER,
    "answering_deliveries": Kind.HIGHER,
    "delivery_failures_limit": Kind.HIGHER,
    "send_failures_limit": Kind.HIGHER,
    "fallback_replies_limit": Kind.HIGHER,
    "hole_limit": Kind.HIGHER,
    "rejected_limit": Kind.HIGHER,
    "max_age_hours": Kind.OPTIONAL,
    "quality_required": Kind.DEMAND,
    "deployment_change": Kind.DEMAND,
    "quality_checks": Kind.HOURS,
    "quality_fail": Kind.RATES,
    "signature_verification": Kind.FACT,
    "quality_greetings": Kind.FACT,
    "quality_fallbacks": Kind.FACT,
    "quiet_hours": Kind.FACT,
    "timezone": Kind.FACT,
    "webhook_path": Kind.FACT,
    "webhook_method": Kind.FACT,
    "environment": Kind.FACT,
    "own_format": Kind.FACT,
    "own_format_time": Kind.FACT,
    # How soon a source has all its rows: too small a number lets a manifest prove what is still to come.
    "settle_seconds": Kind.FACT,
    "event_delivery": Kind.FACT,
    "event_receipt": Kind.FACT,
    "event_signature_verified": Kind.FACT,
    "event_signature_failure": Kind.FACT,
    "event_processing": Kind.FACT,
    "event_reply": Kind.FACT,
    "event_fallback_reply": Kind.FACT,
    "event_send_failure": Kind.FACT,
    "event_error": Kind.FACT,
    "event_error_ignored": Kind.FACT,
    "event_processing_error": Kind.FACT,
    "event_contact": Kind.FACT,
    "event_user_text": Kind.FACT,
    "event_answer_text": Kind.FACT,
    "event_critical_error": Kind.FACT,
    "cause_provider_key": Kind.FACT,
    "cause_provider_limit": Kind.FACT,
    "cause_database": Kind.FACT,
    "cause_network": Kind.FACT,
    "logs": Kind.FREE,
    "monitoring_log": Kind.FREE,
    "reports": Kind.FREE,
    # Each waiver that let a failure pass stands in the verdict by itself, and a gate names it.
    "waivers": Kind.FREE,
    "title": Kind.FREE,
    "inbox_url": Kind.FREE,
    "memory_limit": Kind.FREE,
    "mask": Kind.FREE,
    # They only warn, and only beside an earlier soak.
    "trend_rate_change": Kind.FREE,
    "trend_time_change": Kind.FREE,
    "collect_source": Kind.FREE,
    "collect_timeout": Kind.FREE,
    "vercel_project": Kind.FREE,
    "vercel_team": Kind.FREE,
    "vercel_api": Kind.FREE,
    "vercel_retention": Kind.FREE,
    "convex_logs": Kind.FREE,
    "collect_command": Kind.FREE,
    "kapso_api": Kind.FREE,
    "kapso_number": Kind.FREE,
}
"""Every setting; a test holds that none is forgotten."""

DEFAULTS: Mapping[str, str] = {setting.name: setting.default for setting in SETTINGS}


def is_limit(name: str) -> bool:
    """Whether a setting is a limit, which can be loosened."""
    return KINDS[name] not in (Kind.FACT, Kind.FREE)


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


_LOOSER: Mapping[Kind, Callable[[str, str], bool]] = {
    Kind.LOWER: lambda name, text: Fraction(text.strip()) < Fraction(DEFAULTS[name]),
    Kind.HIGHER: lambda name, text: Fraction(text.strip()) > Fraction(DEFAULTS[name]),
    Kind.OPTIONAL: lambda name, text: _optional(text) > _optional(DEFAULTS[name]),
    Kind.DEMAND: lambda name, text: DEFAULTS[name] == _STRICT[name],
    Kind.HOURS: lambda name, text: bool(_hours(DEFAULTS[name]) - _hours(text)),
    Kind.RATES: _fewer_rates,
    Kind.FACT: lambda name, text: False,
    Kind.FREE: lambda name, text: False,
}
