"""The judgement of one criterion."""

from dataclasses import asdict, dataclass
from typing import Any

from logparse.outcome import Outcome


@dataclass(frozen=True)
class Judgement:
    """How one criterion came out: value and limit in ``unit``, the counts behind a rate, its interval in percent."""

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

    def as_dict(self) -> dict[str, Any]:
        """The judgement for verdict.json."""
        values = asdict(self)
        values["outcome"] = str(self.outcome)
        values["interval"] = list(self.interval) if self.interval else None
        return values
