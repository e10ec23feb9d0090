"""A setting as a field of a frozen class, with its own name, default and meaning, and how its value is made of texts.

A class of settings is made by ``settings_group``; each of its fields is a setting, takes the value of one that another
class declares, or holds more settings: a class of its own, or patterns by name.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, TypeVar, cast, dataclass_transform

from logparse.errors import UsageProblem
from logparse.values.patterns import Pattern

T = TypeVar("T")


class Role(StrEnum):
    """What a setting is to a gate."""

    LOWER = "a limit that lets more through where it is lower"
    HIGHER = "a limit that lets more through where it is higher"
    OPTIONAL = "a limit that lets most through where there is none, else where it is higher"
    DEMAND = "a demand that lets more through where it is not made"
    HOURS = "hours at which something is asked; the fewer, the more is let through"
    RATES = "rates by name; the higher, or the fewer, the more is let through"
    FACT = "a fact about the bot or the source: right or wrong, and for whoever keeps the file to say"
    FREE = "places, sizes and words that change nothing of what a verdict says of the bot"


@dataclass(frozen=True)
class Setting:
    """One setting of pytest.ini.

    ``kind`` makes the value of a text, or raises UsageProblem with the setting's name; ``meaning`` is a clause in
    Markdown, for the README's table and the comment in pytest.ini.
    """

    name: str
    default: str
    kind: "Callable[[Setting, str], Any]"
    role: Role
    meaning: str

    def problem(self, told: str) -> UsageProblem:
        """Returns what is wrong with a text, in one line that names the setting."""
        return UsageProblem(f"setting {self.name}: {told}")

    def value_of(self, text: str) -> Any:
        """Returns the value that a text stands for; UsageProblem where it stands for none."""
        return self.kind(self, text)

    @property
    def plain_meaning(self) -> str:
        """The meaning where nobody can follow a link."""
        return re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", self.meaning)


def setting(name: str, default: str, kind: Callable[[Setting, str], T], role: Role, meaning: str) -> T:
    """Declares a field that is a setting, with the value that its kind makes of its text."""
    return cast("T", _field(lambda values: values[name], Setting(name, default, kind, role, meaning)))


def upper_limit(name: str, default: str, kind: Callable[[Setting, str], T], meaning: str) -> T:
    """Declares a limit that lets more through where it is higher."""
    return setting(name, default, kind, Role.HIGHER, meaning)


def fact(name: str, default: str, kind: Callable[[Setting, str], T], meaning: str) -> T:
    """Declares a fact about the bot or the source."""
    return setting(name, default, kind, Role.FACT, meaning)


def free(name: str, default: str, kind: Callable[[Setting, str], T], meaning: str) -> T:
    """Declares what changes nothing of what a verdict says of the bot."""
    return setting(name, default, kind, Role.FREE, meaning)


def same_as(name: str) -> Any:
    """Declares a field that has the value of a setting which another class declares."""
    return _field(lambda values: values[name])


def patterns_by_name(settings: Sequence[Setting]) -> Mapping[str, tuple[Pattern, ...]]:
    """Declares a field that holds the values of settings by what follows the first ``_`` of their names."""
    made = _field(lambda values: {one.name.partition("_")[2]: values[one.name] for one in settings})
    return cast("Mapping[str, tuple[Pattern, ...]]", made)


def part(group: type[T]) -> T:
    """Declares a field that is a class of settings itself."""
    return cast("T", _field(lambda values: filled(group, values), *declared_in(group)))


@dataclass_transform(
    frozen_default=True,
    kw_only_default=True,
    field_specifiers=(setting, upper_limit, fact, free, same_as, patterns_by_name, part, field),
)
def settings_group(group: type[T]) -> type[T]:
    """Makes a class of settings a frozen dataclass whose fields are given by name."""
    return dataclass(frozen=True, kw_only=True)(group)


def declared_in(group: type) -> tuple[Setting, ...]:
    """Returns the settings that a class declares, in the order of its fields."""
    return tuple(one for each in fields(group) for one in each.metadata.get("settings", ()))


def filled(group: type[T], values: Mapping[str, Any], **others: Any) -> T:
    """Makes a class of settings of the values by the names of the settings, and of what its other fields hold."""
    taken = {one.name: one.metadata["take"](values) for one in fields(cast("Any", group)) if one.metadata}
    return group(**taken, **others)


def _field(take: Callable[[Mapping[str, Any]], Any], *settings: Setting) -> Any:
    return field(metadata={"take": take, "settings": settings})
