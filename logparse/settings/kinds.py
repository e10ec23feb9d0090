"""The kinds of settings: a function each, from a text to its value; UsageProblem, in one line, if it is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Generic, TypeVar

from logparse.settings.declared import Setting
from logparse.values.patterns import Pattern
from logparse.values.suspicions import SuspicionKind

T = TypeVar("T")

LARGEST = 1_000_000
"""The largest number that a limit may be, in whatever unit it has."""

LONGEST_NUMBER = 12
"""The most characters of a number; 1e1000000 is short, but too large to compute with."""


def line(setting: Setting, text: str) -> str:
    """Reads a text, stripped."""
    return text.strip()


def word(setting: Setting, text: str) -> str:
    """Reads a text that must not be empty."""
    if not text.strip():
        raise setting.problem("it is empty")
    return text.strip()


def lines(setting: Setting, text: str) -> tuple[str, ...]:
    """Reads texts, one a line."""
    return tuple(each.strip() for each in text.splitlines() if each.strip())


def number(setting: Setting, text: str) -> Fraction:
    """Parses a number, exact and not negative, like 99.9 or 1/3."""
    default = setting.default or "none"
    try:
        read = Fraction(text.strip()) if len(text.strip()) <= LONGEST_NUMBER else Fraction(LARGEST + 1)
    except (ValueError, ZeroDivisionError):
        raise setting.problem(f"{text!r} is no number; the default is {default}") from None
    if read > LARGEST:
        raise setting.problem(f"{text[:20]!r} is too large; the default is {default}")
    if read < 0:
        raise setting.problem(f"{text!r} is negative; the default is {default}")
    return read


def number_or_none(setting: Setting, text: str) -> Fraction | None:
    """Parses a number, or None if the text is empty."""
    return number(setting, text) if text.strip() else None


def whole(setting: Setting, text: str) -> int:
    """Parses a whole number."""
    read = number(setting, text)
    if read.denominator != 1:
        default = setting.default or "none"
        raise setting.problem(f"{text!r} is no whole number; the default is {default}")
    return int(read)


def whole_seconds(setting: Setting, text: str) -> timedelta:
    """Parses a duration in whole seconds."""
    return timedelta(seconds=whole(setting, text))


def hours(setting: Setting, text: str) -> timedelta:
    """Parses a duration in hours."""
    return timedelta(hours=float(number(setting, text)))


def some_seconds(setting: Setting, text: str) -> float:
    """Parses a number of seconds other than 0."""
    read = number(setting, text)
    if not read:
        raise setting.problem(f"0 leaves no time at all; the default is {setting.default}")
    return float(read)


@dataclass(frozen=True)
class Choice(Generic[T]):
    """A kind that accepts a few words, each with its value."""

    words: Mapping[str, T]

    def __call__(self, setting: Setting, text: str) -> T:
        """Returns the value of one of the words."""
        if text.strip() not in self.words:
            raise setting.problem(f"{text!r} is not one of {', '.join(self.words)}")
        return self.words[text.strip()]


def patterns(setting: Setting, text: str) -> tuple[Pattern, ...]:
    """Reads regular expressions, one a line; the database engine checks later whether they compile."""
    # Spaces around a pattern are the file's, not its own: one that ends in a space has to write it as \s.
    written = [each.strip() for each in text.split("\n") if each.strip()]
    return tuple(Pattern(each, f"setting {setting.name}, pattern {at}") for at, each in enumerate(written, start=1))


def some_patterns(setting: Setting, text: str) -> tuple[Pattern, ...]:
    """Reads regular expressions, at least one."""
    read = patterns(setting, text)
    if not read:
        raise setting.problem("it needs at least one pattern")
    return read


def rates(setting: Setting, text: str) -> Mapping[SuspicionKind, Fraction]:
    """Parses lines like ``repeated_reply: 5``: a kind of finding, and the rate in percent above which it fails."""
    found: dict[SuspicionKind, Fraction] = {}
    for each in lines(setting, text):
        name, colon, limit = each.partition(":")
        if not colon or name.strip() not in list(SuspicionKind):
            raise setting.problem(
                f"{each!r} is no finding with its rate; write it like repeated_reply: 5;"
                f" the findings are {', '.join(SuspicionKind)}"
            )
        found[SuspicionKind(name.strip())] = number(setting, limit)
    return found
