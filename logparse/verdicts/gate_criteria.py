"""The second check of READY, from the criteria of a verdict: it must have all that this version knows, by its rules."""

from collections.abc import Mapping
from typing import Any

from logparse.outcome import Outcome, State, state_of
from logparse.values.criteria import CRITERIA, criterion_of
from logparse.values.criterion import Rule
from logparse.verdicts.told import Untold, key_of, objects_of

NAMES = tuple(criterion.name for criterion in CRITERIA)


def check_criteria(document: Mapping[str, Any], settings: Mapping[str, str]) -> None:
    """Raises Untold if READY does not follow from the criteria: one missing, doubled, unknown, or against the rules.

    ``settings``: the texts of the settings by name; they decide what may be left unmeasured.
    """
    criteria = objects_of(document, "criteria")
    names = [one.get("name") for one in criteria]
    if missing := [name for name in NAMES if name not in names]:
        raise Untold(f"it says READY, and tells nothing of {', '.join(missing)}")
    if sorted(map(str, names)) != sorted(NAMES):
        strange = next(name for at, name in enumerate(names) if name not in NAMES or name in names[:at])
        raise Untold(f"it says READY, and its criterion {str(strange)[:80]!r} is unknown here, or stands there twice")
    outcomes = [(key_of(one, "name", str), _outcome(one), key_of(one, "required", bool)) for one in criteria]
    for name, outcome, required in outcomes:
        if required in _never_so(name, outcome, settings):
            told = "to be required, which it is not" if required else "not to be required, which it is"
            raise Untold(f"it says READY, and its criterion {name} is said {told}")
        if outcome is Outcome.NOT_MEASURED and not _may_be_unmeasured(name, settings):
            raise Untold(f"it says READY, but its criteria do not: {name} was not measured")
    not_met = [f"{name} is {outcome}" for name, outcome, required in outcomes if _counts(outcome, required=required)]
    if not_met or state_of(outcome for _, outcome, required in outcomes if required) is not State.READY:
        raise Untold(f"it says READY, but its criteria do not: {', '.join(not_met)}")


def _counts(outcome: Outcome, *, required: bool) -> bool:
    """Tells whether an outcome rules out READY; FAIL does, required or not."""
    return outcome is Outcome.FAIL or (required and outcome is Outcome.NOT_JUDGED)


def _outcome(criterion: Mapping[str, Any]) -> Outcome:
    try:
        return Outcome(key_of(criterion, "outcome", str))
    except ValueError:
        raise Untold(f"it says READY, but its criteria do not: an outcome of {criterion['name']} is unknown") from None


def _never_so(name: str, outcome: Outcome, settings: Mapping[str, str]) -> tuple[bool, ...]:
    """Returns the values that the key ``required`` of a criterion cannot have by the rules."""
    required = criterion_of(name).required
    if required.rule is Rule.NEVER:
        return (True,)
    if outcome is Outcome.NOT_MEASURED and required.rule in (Rule.WHERE_MEASURED, Rule.WHERE_DEMANDED):
        return (True,)
    if required.rule is Rule.WHERE_DEMANDED and settings[required.setting].strip() != required.text:
        # A failure that a waiver lets pass stays required.
        return ()
    return (False,)


def _may_be_unmeasured(name: str, settings: Mapping[str, str]) -> bool:
    """Tells whether the rules allow that a criterion could not be measured, without a fault of the logs."""
    required = criterion_of(name).required
    if required.rule is Rule.UNLESS_SWITCHED_OFF:
        return settings[required.setting].strip() == required.text
    return required.rule in (Rule.WHERE_MEASURED, Rule.WHERE_DEMANDED)
