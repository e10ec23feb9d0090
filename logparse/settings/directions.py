"""What a change of each setting does to a verdict: whether it lies where a limit lets more through, and whether it
differs from the default at all.
"""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from logparse.settings.checked import DEFAULTS, SETTINGS
from logparse.settings.declared import Role, Setting

NEVER = Fraction(10**9)
"""A limit that is not there: beyond every one that can be written."""

_BY_NAME: Mapping[str, Setting] = {one.name: one for one in SETTINGS}


def role_of(name: str) -> Role:
    """What a setting is to a gate."""
    return _BY_NAME[name].role


def is_limit(name: str) -> bool:
    """Whether a setting is a limit, which can be loosened."""
    return role_of(name) not in (Role.FACT, Role.FREE)


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
    if not is_limit(name) or not differs_as_shown(name, text):
        return False
    try:
        return _LOOSER[role_of(name)](_BY_NAME[name], text)
    except (ValueError, ZeroDivisionError):
        return True


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _rates(text: str) -> dict[str, Fraction]:
    return {name: Fraction(rate) for name, rate in re.findall(r"(\w+)\s*:\s*(\S+)", text)}


def _fewer_rates(setting: Setting, text: str) -> bool:
    now = _rates(text)
    return any(now.get(kind, NEVER) > rate for kind, rate in _rates(setting.default).items())


def _hours(text: str) -> set[int]:
    return {int(hour) for hour in text.replace(",", " ").split()}


def _optional(text: str) -> Fraction:
    return Fraction(text.strip()) if text.strip() else NEVER


_LOOSER: Mapping[Role, Callable[[Setting, str], bool]] = {
    Role.LOWER: lambda setting, text: Fraction(text.strip()) < Fraction(setting.default),
    Role.HIGHER: lambda setting, text: Fraction(text.strip()) > Fraction(setting.default),
    Role.OPTIONAL: lambda setting, text: _optional(text) > _optional(setting.default),
    Role.DEMAND: lambda setting, text: bool(setting.value_of(setting.default)),
    Role.HOURS: lambda setting, text: bool(_hours(setting.default) - _hours(text)),
    Role.RATES: _fewer_rates,
}
"""Of each role of a limit whether a text lets more through than the default."""
