"""The events that earlier soaks of the same bot saw: if the same settings matched before, the bot's words are known."""

from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path

from logparse.errors import UsageProblem
from logparse.values.course import SettingInForce
from logparse.verdicts.history import kept, newest
from logparse.verdicts.verdict import Verdict

COUNTED: Mapping[str, str] = {"delivery": "deliveries", "processing": "processed", "reply": "replies"}
"""The events that are looked up, each with the number that counts it."""

SAME_BOT = (
    "webhook_path",
    "webhook_method",
    "environment",
    "own_format",
    "vercel_project",
    "vercel_team",
    "kapso_number",
)
"""The settings that identify a bot, beside the folder of the reports."""

SAME_WORDS: Mapping[str, tuple[str, ...]] = {"delivery": ("event_delivery", "event_receipt")}
"""The settings of an event, if there are others than the one of its name."""

MOST = 50
"""The most verdicts of earlier soaks that are read, the newest first."""


def seen_before(folder: Path, start: datetime, settings: Collection[SettingInForce]) -> frozenset[str]:
    """Returns the events of COUNTED that soaks before ``start``, kept in ``folder``, saw with the same settings.

    Unreadable verdicts are skipped.
    """
    now = {setting.name: setting.value for setting in settings}
    earlier = [one for one in newest(kept(folder)) if one.start < start]
    found: set[str] = set()
    for one in sorted(earlier, key=lambda each: (each.start, each.hour), reverse=True)[:MOST]:
        try:
            found |= _seen(one.read(), now)
        except UsageProblem:
            continue
        if len(found) == len(COUNTED):
            break
    return frozenset(found)


def _seen(verdict: Verdict, now: Mapping[str, str]) -> set[str]:
    """Returns the events that a verdict saw with the current settings."""
    then = {setting.name: setting.value for setting in verdict.settings}
    return {
        event
        for event, number in COUNTED.items()
        if getattr(verdict.metrics, number)
        and all(name in then and then[name] == now.get(name) for name in _telling(event))
    }


def _telling(event: str) -> tuple[str, ...]:
    return (*SAME_BOT, *SAME_WORDS.get(event, (f"event_{event}",)))
