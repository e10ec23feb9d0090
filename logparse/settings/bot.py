"""The bot under test: its webhook, and the patterns that recognise its events and their causes."""

from collections.abc import Mapping

from logparse.settings.declared import Role, Setting, fact, patterns_by_name, settings_group
from logparse.settings.kinds import patterns, some_patterns, word
from logparse.tables import table
from logparse.values.patterns import Pattern


def _patterns_of(group: str) -> tuple[Setting, ...]:
    """Declares the patterns of a group; those of an event that judging depends on are needed, a bot may lack others."""
    return tuple(
        Setting(
            f"{group}_{name}",
            "\n".join(row["patterns"]),
            some_patterns if row.get("needed") else patterns,
            Role.FACT,
            row["meaning"],
        )
        for name, row in table("settings/bot")[group].items()
    )


EVENTS = _patterns_of("event")
CAUSE_PATTERNS = _patterns_of("cause")


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
