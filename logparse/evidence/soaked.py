"""The deployments of a soak, by the records and by what hour 0 named: compared unmasked, displayed masked."""

from dataclasses import dataclass

from logparse.counting import numbers
from logparse.evidence.collected import Demanded
from logparse.reading.workplace import Workplace
from logparse.values.metrics import Metrics
from logparse.values.schedule import Span


@dataclass(frozen=True)
class Soaked:
    """The counted records of a span, asked for their deployments and projects."""

    work: Workplace
    span: Span

    def names_of(self, what: str) -> tuple[str, ...]:
        """Returns the ids of what the records name, a deployment or a project, for display."""
        return tuple(map(self.shown, numbers.names_of(what, self.work.connection, self.span)))

    def shown(self, deployment: str) -> str:
        """Masks and cuts an id, because a log may hold anything there."""
        return self.work.mask(deployment)[:80]

    def unnamed(self, whole: Metrics) -> int:
        """Counts the records that name no deployment. ``whole`` are the numbers of the span."""
        named = numbers.records_of_deployments(self.work.connection, self.span)
        return whole.records - whole.left_out - named

    def demanded(self, deployment: str, named: str, whole: Metrics) -> Demanded | None:
        """Compares the logs with the deployment that was asked for; None if any will do.

        The one ``named`` at hour 0 is assumed for records that name none, and only for those.
        """
        if not deployment:
            return None
        seen = numbers.names_of("deployment", self.work.connection, self.span)
        vouched = named == deployment
        alone = seen == (deployment,) or (vouched and {*seen} <= {deployment, ""})
        unnamed = 0 if vouched else self.unnamed(whole)
        return Demanded(self.shown(deployment), alone, unnamed, "" if vouched else self.shown(named))
