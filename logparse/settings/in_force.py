"""The settings of a run for display: masked, and marked if they differ from their default."""

from collections.abc import Callable

from logparse.settings.bot import EVENTS
from logparse.settings.checked import SETTINGS, Settings
from logparse.settings.directions import differs
from logparse.values.course import SettingInForce


def settings_in_force(settings: Settings, mask: Callable[[str], str]) -> tuple[SettingInForce, ...]:
    """Returns every setting, in the order of their table.

    The patterns of ``mask`` are only counted: they may hold the very words to be masked.
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
    """Returns the names of the event settings that were changed to a bot's own words."""
    return frozenset(one.name for one in EVENTS if differs(one.name, settings.written[one.name]))
