"""The settings as checked values, made from what was written; the table of all of them is in table.py."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from logparse.errors import UsageProblem
from logparse.settings.table import CAUSE_SETTINGS, EVENT_SETTINGS, SETTINGS, Setting
from logparse.values.course import Origin
from logparse.values.patterns import Pattern
from logparse.values.quality_limits import QualityLimits
from logparse.values.ratings import CHECKED_HOURS
from logparse.values.schedule import QuietHours
from logparse.values.suspicions import SuspicionKind

LARGEST = 1_000_000
"""The largest number that a limit may be, in whatever unit it has."""

LONGEST_NUMBER = 12
"""Characters that a number may take; 1e1000000 is short, but no number to compute with."""

MAY_BE_EMPTY = frozenset(
    {"receipt", "fallback_reply", "send_failure", "error_ignored", "critical_error", "signature_verified"}
    | {"user_text", "answer_text"}
)
"""Events that a bot may not have at all; without a pattern for the others nothing could be judged."""


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
class TrendLimits:
    """From which size on a change to the worse is large: of a rate in percentage points, of a mean time in percent."""

    rate_points: Fraction
    time_percent: Fraction


@dataclass(frozen=True)
class Bot:
    """What the bot writes and where it listens: the patterns of its events by name, and its webhook."""

    events: Mapping[str, tuple[Pattern, ...]]
    webhook_path: str
    webhook_method: str
    environment: str


@dataclass(frozen=True)
class Collecting:
    """How logs are fetched; what a source needs to know beside its secrets, which come from the environment alone."""

    source: str
    settle: timedelta
    timeout: float
    vercel_project: str
    vercel_team: str
    vercel_api: str
    vercel_retention: timedelta
    convex_logs: tuple[str, ...]
    command: str
    own_format: str
    own_format_time: str
    kapso_api: str
    kapso_number: str


@dataclass(frozen=True)
class Settings:
    """All settings, checked; ``written`` are their texts by name, of those that nobody wrote the defaults; ``origins``
    tells of each where it was written.
    """

    logs: tuple[str, ...]
    monitoring_log: str
    reports: str
    waivers: str
    title: str
    limits: Limits
    trend: TrendLimits
    bot: Bot
    causes: Mapping[str, tuple[Pattern, ...]]
    verifies_signatures: bool
    deployment_change: str
    max_age_hours: Fraction | None
    quality_required: bool
    quality_checks: tuple[int, ...]
    inbox_url: str
    quality: QualityLimits
    quiet_hours: QuietHours | None
    timezone: ZoneInfo
    own_format: str
    own_format_time: str
    memory_limit: str
    mask: tuple[Pattern, ...]
    collecting: Collecting
    written: Mapping[str, str]
    origins: Mapping[str, Origin]


def parse(written: Mapping[str, str] | None = None, origins: Mapping[str, Origin] | None = None) -> Settings:
    """The settings from their texts by name, defaults for names that are missing; UsageProblem says what is wrong.

    ``origins``: where each text was written; one of which nothing is told counts as one of the command line.
    """
    texts = {setting.name: setting.default for setting in SETTINGS} | dict(written or {})
    told = dict.fromkeys(written or {}, Origin.COMMAND_LINE) | dict(origins or {})
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
    _check_bot(bot)
    zone = _zone(values["timezone"])
    return Settings(
        logs=values["logs"],
        monitoring_log=values["monitoring_log"],
        reports=values["reports"],
        waivers=values["waivers"],
        title=values["title"],
        limits=limits,
        trend=TrendLimits(values["trend_rate_change"], values["trend_time_change"]),
        bot=bot,
        causes={setting.name.removeprefix("cause_"): values[setting.name] for setting in CAUSE_SETTINGS},
        verifies_signatures=values["signature_verification"] == "required",
        deployment_change=values["deployment_change"],
        max_age_hours=values["max_age_hours"],
        quality_required=values["quality_required"] == "yes",
        quality_checks=_quality_checks(values["quality_checks"]),
        inbox_url=_inbox_url(values["inbox_url"]),
        quality=QualityLimits(
            unanswered_minutes=values["answering_limit"],
            fail_above=values["quality_fail"],
            greetings=values["quality_greetings"],
            fallbacks=values["quality_fallbacks"],
        ),
        quiet_hours=_quiet_hours(values["quiet_hours"], zone),
        timezone=zone,
        own_format=values["own_format"],
        own_format_time=values["own_format_time"],
        memory_limit=values["memory_limit"],
        mask=values["mask"],
        collecting=Collecting(
            source=values["collect_source"],
            settle=timedelta(seconds=values["settle_seconds"]),
            timeout=_seconds("collect_timeout", values["collect_timeout"]),
            vercel_project=values["vercel_project"],
            vercel_team=values["vercel_team"],
            vercel_api=values["vercel_api"],
            vercel_retention=timedelta(hours=float(values["vercel_retention"])),
            convex_logs=values["convex_logs"],
            command=values["collect_command"],
            own_format=values["own_format"],
            own_format_time=values["own_format_time"],
            kapso_api=values["kapso_api"],
            kapso_number=values["kapso_number"],
        ),
        written=texts,
        origins=dict.fromkeys(texts, Origin.DEFAULT) | told,
    )


def _check_bot(bot: Bot) -> None:
    """UsageProblem for values of the bot with which nothing would ever be found."""
    for name, patterns in bot.events.items():
        if not patterns and name not in MAY_BE_EMPTY:
            raise UsageProblem(f"setting event_{name}: it needs at least one pattern")
    if not bot.webhook_path.startswith("/"):
        raise UsageProblem(f"setting webhook_path: {bot.webhook_path!r} is no path; write it like /api/webhook/kapso")
    for name, value in (("webhook_method", bot.webhook_method), ("environment", bot.environment)):
        if not value:
            raise UsageProblem(f"setting {name}: it is empty")


def _text(setting: Setting, text: str) -> str:
    return text.strip()


def _lines(setting: Setting, text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _number(setting: Setting, text: str) -> Fraction:
    try:
        number = Fraction(text.strip()) if len(text.strip()) <= LONGEST_NUMBER else Fraction(LARGEST + 1)
    except (ValueError, ZeroDivisionError):
        raise UsageProblem(
            f"setting {setting.name}: {text!r} is no number; the default is {setting.default or 'none'}"
        ) from None
    if number > LARGEST:
        raise UsageProblem(
            f"setting {setting.name}: {text[:20]!r} is too large; the default is {setting.default or 'none'}"
        )
    if number < 0:
        raise UsageProblem(f"setting {setting.name}: {text!r} is negative; the default is {setting.default or 'none'}")
    return number


def _seconds(name: str, number: Fraction) -> float:
    """Seconds that something may take; UsageProblem where that is none at all."""
    if not number:
        raise UsageProblem(f"setting {name}: 0 leaves no time at all; the default is 300")
    return float(number)


def _optional(setting: Setting, text: str) -> Fraction | None:
    return _number(setting, text) if text.strip() else None


def _whole(setting: Setting, text: str) -> int:
    number = _number(setting, text)
    if number.denominator != 1:
        raise UsageProblem(
            f"setting {setting.name}: {text!r} is no whole number; the default is {setting.default or 'none'}"
        )
    return int(number)


def _choice(setting: Setting, text: str) -> str:
    if text.strip() not in setting.choices:
        raise UsageProblem(f"setting {setting.name}: {text!r} is not one of {', '.join(setting.choices)}")
    return text.strip()


def _patterns(setting: Setting, text: str) -> tuple[Pattern, ...]:
    # Spaces around a pattern are the file's, not its own: one that ends in a space has to write it as \s.
    return tuple(
        Pattern(line, f"setting {setting.name}, pattern {number}")
        for number, line in enumerate((line.strip() for line in text.split("\n") if line.strip()), start=1)
    )


def _rates(setting: Setting, text: str) -> Mapping[SuspicionKind, Fraction]:
    """Lines like ``repeated_reply: 5``: a kind of finding, and the rate in percent above which it fails."""
    found: dict[SuspicionKind, Fraction] = {}
    for line in _lines(setting, text):
        name, colon, limit = line.partition(":")
        if not colon or name.strip() not in list(SuspicionKind):
            raise UsageProblem(
                f"setting {setting.name}: {line!r} is no finding with its rate; write it like repeated_reply: 5;"
                f" the findings are {', '.join(SuspicionKind)}"
            )
        found[SuspicionKind(name.strip())] = _number(setting, limit)
    return found


_READERS: Mapping[str, Callable[[Setting, str], Any]] = {
    "text": _text,
    "lines": _lines,
    "number": _number,
    "optional": _optional,
    "whole": _whole,
    "choice": _choice,
    "patterns": _patterns,
    "rates": _rates,
}


def _quality_checks(text: str) -> tuple[int, ...]:
    """Hours of checks; only those that the document has a section for."""
    written = text.replace(",", " ").split()
    known = {str(hour): hour for hour in CHECKED_HOURS}
    for hour in written:
        if hour not in known:
            raise UsageProblem(
                f"setting quality_checks: {hour[:20]!r} is none of {', '.join(known)}, for which the document "
                "has a section"
            )
    if not written:
        raise UsageProblem("setting quality_checks: it is empty; the default is 4, 12, 24")
    return tuple(sorted({known[hour] for hour in written}))


_SIGN = r"[^\s<>\"'`{}\\]"
_INBOX = re.compile(rf"https?://[^\s<>\"'`{{}}\\/@?#]+/{_SIGN}*(?:\{{(?:conversation|key)\}}{_SIGN}*)+")
"""An address of http or https, with its placeholders behind the host, and with no sign that would end a link."""


def _inbox_url(text: str) -> str:
    """A template of an address; UsageProblem for one that leads nowhere, or to the same place for each conversation."""
    if not text:
        return ""
    if not _INBOX.fullmatch(text):
        raise UsageProblem(
            f"setting inbox_url: {text[:80]!r} is no address of a conversation; write it like "
            "https://inbox.example.com/conversations/{conversation}"
        )
    return text


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
