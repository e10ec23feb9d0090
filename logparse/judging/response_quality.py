"""The criterion that people judge: their ratings, the missing ones, and the machine's findings with their limits."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from logparse.judging.facts import Facts
from logparse.outcome import Outcome
from logparse.settings.quality import QualityLimits
from logparse.text.wording import plural
from logparse.values.criteria import RESPONSE_QUALITY
from logparse.values.judgement import Judgement, unjudged
from logparse.values.ratings import CHECKED_HOURS, Check, Quality
from logparse.values.schedule import CHECKPOINTS
from logparse.values.suspicions import TITLES, Examined, SuspicionKind, SuspicionRate

LOOK = "put a transcript beside the logs (docs/transcripts.md), or take the finding out of quality_fail"
"""The remedy for a limit of findings that could not be measured."""

MOST_NAMED = 5
"""The most conversations that a reason names; the document has them all."""


def response_quality(facts: Facts) -> Judgement:
    """Judges whether people rated the answers, and found them appropriate."""
    checks = _checks(facts)
    rated = sum(check.rated for check in checks)
    poor = sum(check.count(Quality.NEEDS_IMPROVEMENT) for check in checks)
    over = broken(facts.examined, facts.settings.quality)
    late, open_ = _lacking(checks, facts)
    unlooked = [
        f"not looked for, though quality_fail limits it: {kind}"
        for kind in unmeasured(facts.examined, facts.settings.quality)
    ]
    found = _found(facts.examined)
    judgement = replace(
        unjudged(RESPONSE_QUALITY),
        outcome=Outcome.NOT_MEASURED,
        reason="no check is due yet",
        value=poor if rated or poor else None,
        limit=0,
        count=poor if rated or poor else None,
        of=max(rated, poor) if rated or poor else None,
        mend=_mend(late, checks, facts),
    )
    fine = f"{rated - poor} of {plural(rated, 'rated conversation')} appropriate" if rated > poor else ""
    if poor or over:
        said = [*_poor(checks), *over, *unlooked, *late, *found]
        return replace(judgement, outcome=Outcome.FAIL, required=True, reason="; ".join(said))
    if unlooked:
        # A limit was set, but nothing could be measured against it: like missing deliveries, that is no pass.
        said = [*unlooked, *late, *found, *([fine] if fine else []), *open_]
        return replace(
            judgement, outcome=Outcome.NOT_JUDGED, required=True, reason="; ".join(said), mend=judgement.mend or LOOK
        )
    if late:
        outcome = Outcome.NOT_JUDGED if facts.settings.quality_required else Outcome.WARN
    elif found:
        outcome = Outcome.WARN
    elif any(not check.missing for check in checks):
        outcome = Outcome.PASS
    else:
        return replace(judgement, reason="; ".join(["no check is due yet", *open_]))
    said = [*late, *found, *([fine] if fine else []), *open_]
    return replace(judgement, outcome=outcome, required=facts.settings.quality_required, reason="; ".join(said))


def overdue(check_hour: int, hour: int) -> bool:
    """Tells whether a check should have been made: from the next checkpoint on, and for the last one at once."""
    return hour >= min((later for later in CHECKPOINTS if later > check_hour), default=CHECKPOINTS[-1])


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


def _checks(facts: Facts) -> list[Check]:
    """Returns the checks up to this hour, empty ones if nothing is known of them."""
    known = {check.hour: check for check in facts.checks}
    asked = [(number, hour) for number, hour in enumerate(CHECKED_HOURS, start=1) if hour <= facts.case.hour]
    return [known.get(hour, Check(number, hour)) for number, hour in asked]


def _lacking(checks: Sequence[Check], facts: Facts) -> tuple[list[str], list[str]]:
    """Returns what is missing and overdue, and what still has time; an unreadable rating is always overdue.

    A check that was not asked for is never missing, but its ratings count.
    """
    late, open_ = [], []
    for check in checks:
        slips = [slip.text for slip in check.all_slips()]
        if check.hour in facts.settings.quality_checks and check.missing and overdue(check.hour, facts.case.hour):
            late.append(check.missing + _beside(check))
        elif slips:
            late.append(f"{check.title}: {'; '.join(slips)}")
        elif check.hour in facts.settings.quality_checks and check.missing:
            open_.append(f"{check.missing}, for which there is time until the next checkpoint")
    return late, open_


def _beside(check: Check) -> str:
    """Describes the slips that are not part of what the check lacks."""
    return "".join(f"; {slip.text}" for slip in check.all_slips() if not slip.doubtful)


def _poor(checks: Sequence[Check]) -> Iterator[str]:
    """Describes for each check how many conversations need improvement, and which."""
    for check in checks:
        poor = [rating for rating in check.ratings if rating.quality is Quality.NEEDS_IMPROVEMENT]
        if not poor:
            continue
        names = [rating.conversation or "one that is not named" for rating in poor[:MOST_NAMED]]
        names += ["more"] if len(poor) > MOST_NAMED else []
        tags = ", ".join(f"{tag} {count}" for tag, count in check.tags.items())
        of = plural(max(check.rated, len(poor)), "rated conversation")
        yield f"{check.title}: {len(poor)} of {of} rated needs-improvement ({'; '.join(names)})" + (
            f", tagged {tags}" if tags else ""
        )


def _found(examined: Examined) -> list[str]:
    """Describes the machine's findings by kind, and what it could not read."""
    kinds = [_rate(rate) for rate in examined.rates if rate.count]
    if not kinds and examined.suspicions:
        kinds = [plural(len(examined.suspicions), "suspicion")]
    found = [f"the machine found {', '.join(kinds)}"] if kinds else []
    return [*found, *examined.problems]


def _rate(rate: SuspicionRate) -> str:
    return f"{TITLES[SuspicionKind(rate.kind)]}: {rate.count:,} of {rate.of:,} {rate.unit}"


def _mend(late: Sequence[str], checks: Sequence[Check], facts: Facts) -> str:
    """Returns the command for the first missing check, or the advice to correct the ratings by hand."""
    if not late:
        return ""
    lacking = [
        one
        for one in checks
        if one.hour in facts.settings.quality_checks and one.missing and overdue(one.hour, facts.case.hour)
    ]
    command = f"python -m logparse review --hour={lacking[0].hour}, or " if lacking else ""
    return f"{command}fill in the quality checks of MONITORING-LOG.md by hand"
