"""The limits of findings: which of them are broken, and which could not be measured."""

from fractions import Fraction

from logparse.settings.quality import QualityLimits
from logparse.values.suspicions import TITLES, Examined, SuspicionKind


def broken(examined: Examined, limits: QualityLimits) -> tuple[str, ...]:
    """Returns the broken limits, a sentence each; empty if none is broken, or no kind may fail.

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
    """Returns the kinds that may fail by the setting but could not be looked for, a sentence each with the reason."""
    measured = {rate.kind for rate in examined.rates if rate.of}
    return tuple(
        f"{TITLES[kind]}: {examined.not_looked_for.get(kind) or 'there was nothing to look at'}"
        for kind in limits.fail_above
        if kind not in measured
    )
