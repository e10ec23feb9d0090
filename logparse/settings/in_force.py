"""The settings of a run as they are shown: masked, and those that differ from their default marked."""

from collections.abc import Callable

from logparse.settings.bot import EVENTS
from logparse.settings.checked import SETTINGS, Settings
from logparse.settings.directions import differs
from logparse.values.course import SettingInForce


def settings_in_force(settings: Settings, mask: Callable[[str], str]) -> tuple[SettingInForce, ...]:
    """Every setting by its name, in the order of their table.

    The patterns of ``mask`` are only counted: they may hold the very words that nobody is to read.
    """
    found = []
    for setting in SETTINGS:
        text = settings.written[setting.name]
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        shown = mask("\n".join(lines))
        if setting.name == "mask" and lines:
            shown = f"{len(lines)} (not shown)"
        found.append(SettingInForce(setting.name, shown, differs(setting.name, text), settings.origins[setting.name]))
    return tuple(found)


def own_words(settings: Settings) -> frozenset[str]:
    """The settings of events that somebody set to the words of a bot of their own."""
    return frozenset(one.name for one in EVENTS if differs(one.name, settings.written[one.name]))
