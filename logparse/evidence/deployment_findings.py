"""Findings about deployments (several in one soak, or others than asked for) and about several projects."""

from collections.abc import Sequence

from logparse.counting.numbers import MOST_DEPLOYMENTS
from logparse.evidence.collected import Collected, Demanded, Finding
from logparse.outcome import Outcome
from logparse.text.wording import plural

NAMED = 10
"""The most deployments or projects that a reason names."""

SOAK_IT = "soak the deployment itself: pytest --hour=0 --restart once it alone is live"
COLLECT_NAMES = (
    "judge logs that name the deployment of each record, as rows of Vercel do; where none do, name it when the soak "
    "begins, with --hour=0 --deployment=ID, or say --deployment=any"
)


def of_deployments(collected: Collected, change_fails: bool) -> list[Finding]:
    """Returns findings about the deployments seen in the soak, and about the one asked for."""
    if collected.demanded is not None:
        return _of_demanded(collected.demanded, collected.deployments)
    reason = f"{_number(collected.deployments)} deployments were seen in the soak"
    return _of_several(collected.deployments, reason, "soak one deployment: pytest --hour=0 --restart", change_fails)


def of_projects(collected: Collected, change_fails: bool) -> list[Finding]:
    """Returns a finding if records are of several projects: another bot's logs were collected too."""
    reason = f"records of {_number(collected.projects)} projects were seen in the soak"
    mend = "collect the logs of the bot's own project alone, and move the other files away"
    return _of_several(collected.projects, reason, mend, change_fails)


def _of_several(seen: Sequence[str], reason: str, mend: str, fails: bool) -> list[Finding]:
    outcome = Outcome.NOT_JUDGED if fails else Outcome.WARN
    return [Finding(outcome, f"{reason}: {_names(seen)}", mend)] if len(seen) > 1 else []


def _of_demanded(demanded: Demanded, deployments: Sequence[str]) -> list[Finding]:
    wanted = f"deployment {demanded.shown} was to be soaked"
    if demanded.begun_for:
        return [Finding(Outcome.NOT_JUDGED, f"{wanted}, but hour 0 named {demanded.begun_for}", SOAK_IT)]
    if demanded.alone and not demanded.unnamed:
        return []
    if not deployments:
        return [Finding(Outcome.NOT_JUDGED, f"{wanted}, but no record names its deployment", COLLECT_NAMES)]
    if not demanded.alone:
        number = "" if len(deployments) == 1 else f"{_number(deployments)}: "
        return [Finding(Outcome.NOT_JUDGED, f"{wanted}, but the logs are of {number}{_names(deployments)}", SOAK_IT)]
    unnamed = plural(demanded.unnamed, "record names", "records name")
    return [Finding(Outcome.NOT_JUDGED, f"{wanted}, but {unnamed} no deployment", COLLECT_NAMES)]


def _number(seen: Sequence[str]) -> str:
    return f"{len(seen)} or more" if len(seen) == MOST_DEPLOYMENTS else str(len(seen))


def _names(seen: Sequence[str]) -> str:
    names = [name or "(one without a name)" for name in seen]
    return ", ".join(names[:NAMED]) + (", ..." if len(names) > NAMED else "")
