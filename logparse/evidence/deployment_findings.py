"""What evidence finds about deployments: several in one soak, or others than the one that was to be soaked."""

from logparse.counting.numbers import MOST_DEPLOYMENTS
from logparse.evidence.findings import Collected, Finding
from logparse.outcome import Outcome
from logparse.text.wording import plural

NAMED = 10
"""How many deployments a reason names."""

SOAK_IT = "soak the deployment itself: pytest --hour=0 --restart once it alone is live"
COLLECT_NAMES = (
    "judge logs that name the deployment of each record, as rows of Vercel do; where none do, name it when the soak "
    "begins, with --hour=0 --deployment=ID, or say --deployment=any"
)


def of_deployments(collected: Collected, change_fails: bool) -> list[Finding]:
    """Findings on the deployments that were seen in the soak, and on the one that it was to be of."""
    if collected.demanded is not None:
        return _of_demanded(collected)
    if len(collected.deployments) < 2:
        return []
    outcome = Outcome.NOT_JUDGED if change_fails else Outcome.WARN
    reason = f"{_number(collected)} deployments were seen in the soak: {_names(collected)}"
    return [Finding(outcome, reason, "soak one deployment: pytest --hour=0 --restart")]


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
        seen = _names(collected) if len(collected.deployments) == 1 else f"{_number(collected)}: {_names(collected)}"
        return [Finding(Outcome.NOT_JUDGED, f"{wanted}, but the logs are of {seen}", SOAK_IT)]
    unnamed = plural(demanded.unnamed, "record names", "records name")
    return [Finding(Outcome.NOT_JUDGED, f"{wanted}, but {unnamed} no deployment", COLLECT_NAMES)]


def _number(collected: Collected) -> str:
    number = len(collected.deployments)
    return f"{number} or more" if number == MOST_DEPLOYMENTS else str(number)


def _names(collected: Collected) -> str:
    names = [name or "(one without a name)" for name in collected.deployments]
    return ", ".join(names[:NAMED]) + (", ..." if len(names) > NAMED else "")
