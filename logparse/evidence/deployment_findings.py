"""Findings about deployments (several in one soak, or others than asked for) and about several projects."""

from collections.abc import Sequence

from logparse.counting.numbers import MOST_DEPLOYMENTS
from logparse.evidence.collected import Collected, Finding
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
        return _of_demanded(collected)
    if len(collected.deployments) < 2:
        return []
    outcome = Outcome.NOT_JUDGED if change_fails else Outcome.WARN
    reason = f"{_number(collected.deployments)} deployments were seen in the soak: {_names(collected.deployments)}"
    return [Finding(outcome, reason, "soak one deployment: pytest --hour=0 --restart")]


def of_projects(collected: Collected, change_fails: bool) -> list[Finding]:
    """Returns a finding if records are of several projects: another bot's logs were collected too."""
    if len(collected.projects) < 2:
        return []
    outcome = Outcome.NOT_JUDGED if change_fails else Outcome.WARN
    reason = f"records of {_number(collected.projects)} projects were seen in the soak: {_names(collected.projects)}"
    return [Finding(outcome, reason, "collect the logs of the bot's own project alone, and move the other files away")]


def _of_demanded(collected: Collected) -> list[Finding]:
    demanded = collected.demanded
    if demanded is None:
        return []
    wanted = f"deployment {demanded.shown} was to be soaked"
    if demanded.begun_for:
        return [Finding(Outcome.NOT_JUDGED, f"{wanted}, but hour 0 named {demanded.begun_for}", SOAK_IT)]
    if demanded.alone and not demanded.unnamed:
        return []
    if not collected.deployments:
        return [Finding(Outcome.NOT_JUDGED, f"{wanted}, but no record names its deployment", COLLECT_NAMES)]
    if not demanded.alone:
        seen = (
            _names(collected.deployments)
            if len(collected.deployments) == 1
            else f"{_number(collected.deployments)}: {_names(collected.deployments)}"
        )
        return [Finding(Outcome.NOT_JUDGED, f"{wanted}, but the logs are of {seen}", SOAK_IT)]
    unnamed = plural(demanded.unnamed, "record names", "records name")
    return [Finding(Outcome.NOT_JUDGED, f"{wanted}, but {unnamed} no deployment", COLLECT_NAMES)]


def _number(seen: Sequence[str]) -> str:
    return f"{len(seen)} or more" if len(seen) == MOST_DEPLOYMENTS else str(len(seen))


def _names(seen: Sequence[str]) -> str:
    names = [name or "(one without a name)" for name in seen]
    return ", ".join(names[:NAMED]) + (", ..." if len(names) > NAMED else "")
