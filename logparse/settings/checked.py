"""The checked settings of a run, parsed from texts; each setting is a field, here or in a part."""

import re
from collections.abc import Mapping
from dataclasses import field
from datetime import time
from fractions import Fraction
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from logparse.errors import UsageProblem
from logparse.settings.bot import CAUSE_PATTERNS, EVENTS, Bot
from logparse.settings.collecting import Collecting
from logparse.settings.declared import (
    Role,
    Setting,
    build_group,
    declared_in,
    fact,
    free,
    part,
    patterns_by_name,
    setting,
    settings_group,
)
from logparse.settings.kinds import Choice, line, lines, number_or_none, patterns
from logparse.settings.limits import Limits, TrendLimits
from logparse.settings.quality import QualityLimits
from logparse.values.course import Origin
from logparse.values.patterns import Pattern
from logparse.values.ratings import CHECKED_HOURS
from logparse.values.schedule import QuietHours


def _check_hours(setting: Setting, text: str) -> tuple[int, ...]:
    """Parses hours of checks; only those that the document has a section for."""
    written = text.replace(",", " ").split()
    known = {str(hour): hour for hour in CHECKED_HOURS}
    for hour in written:
        if hour not in known:
            raise setting.problem(f"{hour[:20]!r} is none of {', '.join(known)}, for which the document has a section")
    if not written:
        raise setting.problem(f"it is empty; the default is {setting.default}")
    return tuple(sorted({known[hour] for hour in written}))


_SIGN = r"[^\s<>\"'`{}\\]"
_INBOX = re.compile(rf"https?://[^\s<>\"'`{{}}\\/@?#]+/{_SIGN}*(?:\{{(?:conversation|key)\}}{_SIGN}*)+")
"""An address of http or https, with its placeholders behind the host, and without characters that would end a link."""


def _inbox(setting: Setting, text: str) -> str:
    """Parses a template of an address that differs for each conversation; empty for none."""
    if text.strip() and not _INBOX.fullmatch(text.strip()):
        raise setting.problem(
            f"{text.strip()[:80]!r} is no address of a conversation; write it like "
            "https://inbox.example.com/conversations/{conversation}"
        )
    return text.strip()


def _zone(setting: Setting, text: str) -> ZoneInfo:
    name = text.strip()
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise setting.problem(f"{name!r} is no IANA time zone; write it like Asia/Jakarta") from None


def _local_hours(setting: Setting, text: str) -> tuple[time, time] | None:
    """Parses a range of local hours, like 22:00-06:00; None for none."""
    written = text.strip()
    if not written:
        return None
    try:
        start, end = (time.fromisoformat(one.strip()) for one in written.split("-"))
    except ValueError:
        raise setting.problem(f"{written!r} is no stretch of hours; write it like 22:00-06:00") from None
    if start.tzinfo or end.tzinfo or start == end:
        raise setting.problem(f"{written!r} must be two different local times, like 22:00-06:00")
    return start, end


@settings_group
class Settings:
    """The settings of a run, checked; ``written`` are their texts by name, ``origins`` where each text came from."""

    logs: tuple[str, ...] = free(
        "logs", "logs/", lines, "where the collected logs are: files, folders or globs, one a line"
    )
    monitoring_log: str = free(
        "monitoring_log", "MONITORING-LOG.md", line, "the document that people and the suite write together"
    )
    reports: str = free("reports", "reports", line, "the folder for the reports and verdict.json")
    # FREE, because the verdict itself lists each waiver that let a failure pass, and a gate names it.
    waivers: str = free(
        "waivers",
        "waivers.toml",
        line,
        "the file of [waivers](docs/waivers-and-trend.md); empty for none, and none need be there",
    )
    title: str = free("title", "24-Hour Monitoring Log", line, "the title of a new document")
    limits: Limits = part(Limits)
    verifies_signatures: bool = fact(
        "signature_verification",
        "required",
        Choice({"required": True, "none": False}),
        "`none` for a bot that verifies no signatures: the criterion is then NOT MEASURED",
    )
    one_deployment: bool = setting(
        "deployment_change",
        "warn",
        Choice({"warn": False, "fail": True}),
        Role.DEMAND,
        "what more than one deployment in the soak does to the evidence: `warn`, or `fail` (NOT JUDGED)",
    )
    max_age_hours: Fraction | None = setting(
        "max_age_hours",
        "",
        number_or_none,
        Role.OPTIONAL,
        "hours after which a soak that has ended is too old to be judged (NOT JUDGED); empty for never",
    )
    quality_required: bool = setting(
        "quality_required",
        "no",
        Choice({"yes": True, "no": False}),
        Role.DEMAND,
        "`yes` makes response quality a required criterion",
    )
    quality_checks: tuple[int, ...] = setting(
        "quality_checks",
        "4, 12, 24",
        _check_hours,
        Role.HOURS,
        "the hours at which people rate conversations: any of 4, 12 and 24, for which the document has sections",
    )
    inbox_url: str = free(
        "inbox_url",
        "",
        _inbox,
        "where a conversation can be read in full, with `{conversation}` for what the source calls it, like"
        " `https://inbox.example.com/conversations/{conversation}`; empty for nowhere",
    )
    quality: QualityLimits = part(QualityLimits)
    quiet_times: tuple[time, time] | None = fact(
        "quiet_hours", "", _local_hours, "local hours without deliveries, like `22:00-06:00`; empty for none"
    )
    timezone: ZoneInfo = fact(
        "timezone", "UTC", _zone, "IANA time zone of the quiet hours, and of log times that name no zone"
    )
    bot: Bot = part(Bot)
    own_format: str = fact(
        "own_format",
        "",
        line,
        "a log format of [your own](#a-format-of-your-own): a regular expression (RE2), matched at the start of a"
        " line, with the groups `(?P<time>...)`, `(?P<level>...)`, `(?P<message>...)`, `(?P<request>...)`, of which"
        " only the message is needed",
    )
    own_format_time: str = fact(
        "own_format_time",
        "",
        line,
        "how the time in `own_format` is written, like `%d/%m/%Y %H:%M:%S`; empty for ISO 8601 or seconds since 1970",
    )
    memory_limit: str = free("memory_limit", "1GB", line, "memory that counting may take; beyond it, it spills to disk")
    mask: tuple[Pattern, ...] = free(
        "mask",
        "",
        patterns,
        "patterns (RE2, found anywhere in a text) of more personal data to mask in all that is written, beside the"
        " built-in kinds",
    )
    trend: TrendLimits = part(TrendLimits)
    collecting: Collecting = part(Collecting)
    causes: Mapping[str, tuple[Pattern, ...]] = patterns_by_name(CAUSE_PATTERNS)
    written: Mapping[str, str] = field()
    origins: Mapping[str, Origin] = field()

    @property
    def quiet_hours(self) -> QuietHours | None:
        """The part of each local day in which no deliveries are expected; None if there is none."""
        return QuietHours(*self.quiet_times, self.timezone) if self.quiet_times else None


FIELDS = declared_in(Settings)
"""The settings that are fields, in the order of the fields."""

WORDS = (*EVENTS, *CAUSE_PATTERNS)
"""The settings that are patterns by name, which come last wherever settings are listed."""

SETTINGS = (*FIELDS, *WORDS)
"""All settings, in the order in which all outputs list them."""

DEFAULTS = {one.name: one.default for one in SETTINGS}


def parse(written: Mapping[str, str] | None = None, origins: Mapping[str, Origin] | None = None) -> Settings:
    """Parses settings from their texts by name, with defaults for missing names; raises UsageProblem if one is wrong.

    ``origins``: where each text was written; the command line if missing.
    """
    texts = DEFAULTS | dict(written or {})
    told = dict.fromkeys(written or {}, Origin.COMMAND_LINE) | dict(origins or {})
    unknown = sorted(set(texts) - set(DEFAULTS))
    if unknown:
        raise UsageProblem(f"setting {unknown[0]}: there is no such setting; pytest.ini lists them all")
    values = {one.name: one.value_of(texts[one.name]) for one in SETTINGS}
    return build_group(Settings, values, written=texts, origins=dict.fromkeys(texts, Origin.DEFAULT) | told)
