"""Which deployment was soaked, by the records and by the word of hour 0: ids as they came are compared, and masked."""

from dataclasses import dataclass

from logparse.counting import numbers
from logparse.evidence.collected import Demanded
from logparse.reading.workplace import Workplace
from logparse.values.metrics import Metrics
from logparse.values.schedule import Span


@dataclass(frozen=True)
class Soaked:
    """What tells which deployment it was: the counted records of a stretch of time."""

    work: Workplace
    span: Span

    def deployments(self) -> tuple[str, ...]:
        """The deployments by their ids, as they are shown."""
        return tuple(map(self.shown, numbers.deployments_of(self.work.connection, self.span)))

    def projects(self) -> tuple[str, ...]:
        """The projects by their ids, as they are shown."""
        return tuple(map(self.shown, numbers.projects_of(self.work.connection, self.span)))

    def shown(self, deployment: str) -> str:
        """The id of a deployment, masked and on one line, because a log may say anything there."""
        return self.work.mask(deployment)[:80]

    def unnamed(self, whole: Metrics) -> int:
        """How many records name no deployment: they may be of any. ``whole`` are the numbers of the stretch."""
        named = numbers.records_of_deployments(self.work.connection, self.span)
        return whole.records - whole.left_out - named

    def demanded(self, deployment: str, named: str, whole: Metrics) -> Demanded | None:
        """What the logs tell of the deployment that was asked for; None where any will do.

        What hour 0 ``named`` stands for the records that name none, and for no other deployment.
        """
        if not deployment:
            return None
        seen = numbers.deployments_of(self.work.connection, self.span)
        vouched = named == deployment
        alone = seen == (deployment,) or (vouched and {*seen} <= {deployment, ""})
        unnamed = 0 if vouched else self.unnamed(whole)
        return Demanded(self.shown(deployment), alone, unnamed, "" if vouched else self.shown(named))
