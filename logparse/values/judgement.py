"""The judgement of one criterion."""

from dataclasses import dataclass, replace

from logparse.outcome import Outcome
from logparse.values.criteria import criterion_of
from logparse.values.criterion import Criterion, Rule
from logparse.values.waiver import Waived, Waiver


@dataclass(frozen=True)
class Judgement:
    """The result of one criterion: value and limit in ``unit``, the counts behind a rate, its interval in percent.

    ``waived`` holds the failure that a waiver turned into this PASS.
    """

    name: str
    title: str
    outcome: Outcome
    reason: str
    required: bool = True
    value: float | int | None = None
    unit: str = ""
    limit: float | int | None = None
    count: int | None = None
    of: int | None = None
    interval: tuple[float, float] | None = None
    mend: str = ""
    waived: Waived | None = None

    @property
    def criterion(self) -> Criterion:
        """The criterion with its properties."""
        return criterion_of(self.name)

    @property
    def shown(self) -> str:
        """The outcome for display."""
        return f"{self.outcome} with 1 waiver" if self.waived else str(self.outcome)

    def after(self, waiver: Waiver) -> "Judgement":
        """Applies a waiver: a FAIL becomes a PASS that describes it; other judgements stay the same."""
        if self.outcome is not Outcome.FAIL or not self.criterion.waivable or self.name != waiver.criterion:
            return self
        reason = f"{waiver.words}; judged {self.outcome}: {self.reason}"
        waived = Waived(self.outcome, self.reason, waiver)
        return replace(self, outcome=Outcome.PASS, reason=reason, waived=waived)


def unjudged(criterion: Criterion) -> Judgement:
    """Returns the judgement of a criterion before it is judged: NOT JUDGED, without numbers."""
    required = criterion.required.rule not in (Rule.NEVER, Rule.WHERE_DEMANDED)
    return Judgement(criterion.name, criterion.title, Outcome.NOT_JUDGED, "", required, unit=criterion.unit)
