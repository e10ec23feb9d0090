"""The effect of a changed setting on a verdict: whether it differs from its default, and whether it is looser."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from logparse.settings.checked import DEFAULTS, SETTINGS
from logparse.settings.declared import Role, Setting

NEVER = Fraction(10**9)
"""A missing limit: larger than any limit that can be written."""

_BY_NAME: Mapping[str, Setting] = {one.name: one for one in SETTINGS}


def role_of(name: str) -> Role:
    """Returns the role of a setting for a gate."""
    return _BY_NAME[name].role


def is_limit(name: str) -> bool:
    """Tells whether a setting is a limit, which can be loosened."""
    return role_of(name) not in (Role.FACT, Role.FREE)


def differs(name: str, text: str) -> bool:
    """Tells whether the text of a setting differs from its default, apart from spaces and blank lines."""
    return _lines(text) != _lines(DEFAULTS[name])


def differs_as_shown(name: str, text: str) -> bool:
    """Tells the same of a text as verdict.json holds it, with its lines joined to one."""
    return text.split() != DEFAULTS[name].split()


def loosened(name: str, text: str) -> bool:
    """Tells whether a limit lets more through than its default; true for one that cannot be parsed.

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
"""A comparison for each role of a limit: whether a text lets more through than the default."""
