"""What the findings are held against: the settings on quality as values, and which of them are broken."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from logparse.values.suspicions import TITLES, Examined, SuspicionKind


@dataclass(frozen=True)
class QualityLimits:
    """The settings that findings need.

    ``unanswered_minutes``: how long a question may wait. ``fail_above``: the rate in percent above which a kind fails;
    one that is not named only warns. ``greetings`` begin a greeting, ``fallbacks`` are found anywhere in a text that
    stands in for an answer; both in words, whatever their case and signs.
    """

    unanswered_minutes: Fraction = Fraction(10)
    fail_above: Mapping[SuspicionKind, Fraction] = field(default_factory=dict)
    greetings: tuple[str, ...] = ()
    fallbacks: tuple[str, ...] = ()


def broken(examined: Examined, limits: QualityLimits) -> tuple[str, ...]:
    """The limits that were broken, each in a sentence; empty where none is, or where no kind may fail.

    Rates are compared exactly, not as they are rounded for display.
    """
    found = []
    for rate in examined.rates:
        limit = limits.fail_above.get(SuspicionKind(rate.kind))
        if limit is not None and rate.of and Fraction(100 * rate.count, rate.of) > limit:
            counts = f"{100 * rate.count / rate.of:.1f} % ({rate.count:,} of {rate.of:,} {rate.unit})"
            found.append(f"{TITLES[SuspicionKind(rate.kind)]}: {counts}, over {float(limit):g} %")
    return tuple(found)


def unmeasured(examined: Examined, limits: QualityLimits) -> tuple[str, ...]:
    """The kinds that may fail by the setting and that could not be looked for, each in a sentence with the reason."""
    measured = {rate.kind for rate in examined.rates if rate.of}
    return tuple(
        f"{TITLES[kind]}: {examined.not_looked_for.get(kind) or 'there was nothing to look at'}"
        for kind in limits.fail_above
        if kind not in measured
    )
