"""Settings as fields of a frozen class, each with its name, default and meaning, and how its text is parsed.

``settings_group`` makes such a class; each field is a setting, takes the value of one that another class declares, or
holds more settings: a class of its own, or patterns by name.
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
    """The role of a setting for a gate."""

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

    ``kind`` parses its text, or raises UsageProblem with the setting's name; ``meaning`` is a clause in Markdown, for
    the README's table and the comment in pytest.ini.
    """

    name: str
    default: str
    kind: "Callable[[Setting, str], Any]"
    role: Role
    meaning: str

    def problem(self, told: str) -> UsageProblem:
        """Returns a UsageProblem about its text, in one line that names the setting."""
        return UsageProblem(f"setting {self.name}: {told}")

    def value_of(self, text: str) -> Any:
        """Parses a text; raises UsageProblem if it is wrong."""
        return self.kind(self, text)

    @property
    def plain_meaning(self) -> str:
        """The meaning without links."""
        return re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", self.meaning)


def setting(name: str, default: str, kind: Callable[[Setting, str], T], role: Role, meaning: str) -> T:
    """Declares a field that is a setting, with the value that its kind parses from its text."""
    return cast("T", _field(lambda values: values[name], Setting(name, default, kind, role, meaning)))


def upper_limit(name: str, default: str, kind: Callable[[Setting, str], T], meaning: str) -> T:
    """Declares a limit that lets more through if it is higher."""
    return setting(name, default, kind, Role.HIGHER, meaning)


def fact(name: str, default: str, kind: Callable[[Setting, str], T], meaning: str) -> T:
    """Declares a fact about the bot or the source."""
    return setting(name, default, kind, Role.FACT, meaning)


def free(name: str, default: str, kind: Callable[[Setting, str], T], meaning: str) -> T:
    """Declares a setting that does not change what a verdict says about the bot."""
    return setting(name, default, kind, Role.FREE, meaning)


def same_as(name: str) -> Any:
    """Declares a field with the value of a setting that another class declares."""
    return _field(lambda values: values[name])


def patterns_by_name(settings: Sequence[Setting]) -> Mapping[str, tuple[Pattern, ...]]:
    """Declares a field with the values of settings, keyed by their names after the first ``_``."""
    made = _field(lambda values: {one.name.partition("_")[2]: values[one.name] for one in settings})
    return cast("Mapping[str, tuple[Pattern, ...]]", made)


def part(group: type[T]) -> T:
    """Declares a field that is a class of settings itself."""
    return cast("T", _field(lambda values: build_group(group, values), *declared_in(group)))


@dataclass_transform(
    frozen_default=True,
    kw_only_default=True,
    field_specifiers=(setting, upper_limit, fact, free, same_as, patterns_by_name, part, field),
)
def settings_group(group: type[T]) -> type[T]:
    """Makes a class of settings a frozen dataclass with keyword-only fields."""
    return dataclass(frozen=True, kw_only=True)(group)


def declared_in(group: type) -> tuple[Setting, ...]:
    """Returns the settings that a class declares, in the order of its fields."""
    return tuple(one for each in fields(group) for one in each.metadata.get("settings", ()))


def build_group(group: type[T], values: Mapping[str, Any], **others: Any) -> T:
    """Builds a class of settings from the values of settings by name, and from the values of its other fields."""
    taken = {one.name: one.metadata["take"](values) for one in fields(cast("Any", group)) if one.metadata}
    return group(**taken, **others)


def _field(take: Callable[[Mapping[str, Any]], Any], *settings: Setting) -> Any:
    return field(metadata={"take": take, "settings": settings})
