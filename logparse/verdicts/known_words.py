"""Which events earlier soaks of the same bot saw: what was seen once by the same settings is known by its words."""

from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path

from logparse.errors import UsageProblem
from logparse.values.course import SettingInForce
from logparse.verdicts.history import kept, newest
from logparse.verdicts.verdict import Verdict

COUNTED: Mapping[str, str] = {"delivery": "deliveries", "processing": "processed", "reply": "replies"}
"""The events that are asked for, each with the number that counts it."""

SAME_BOT = (
    "webhook_path",
    "webhook_method",
    "environment",
    "own_format",
    "vercel_project",
    "vercel_team",
    "kapso_number",
)
"""The settings that tell one bot from another, beside the folder of the reports."""

SAME_WORDS: Mapping[str, tuple[str, ...]] = {"delivery": ("event_delivery", "event_receipt")}
"""The settings of an event, where they are others than the one of its name."""

MOST = 50
"""Verdicts of earlier soaks that are read, the newest first."""


def seen_before(folder: Path, start: datetime, settings: Collection[SettingInForce]) -> frozenset[str]:
    """The events of COUNTED that a soak before ``start`` saw whose verdict is kept in ``folder``, by the same settings.

    A verdict that cannot be read tells nothing.
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
    """The events that a verdict saw by settings that hold now."""
    then = {setting.name: setting.value for setting in verdict.settings}
    return {
        event
        for event, number in COUNTED.items()
        if getattr(verdict.metrics, number)
        and all(name in then and then[name] == now.get(name) for name in _telling(event))
    }


def _telling(event: str) -> tuple[str, ...]:
    return (*SAME_BOT, *SAME_WORDS.get(event, (f"event_{event}",)))
