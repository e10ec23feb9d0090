"""The facts that the criteria are judged from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from logparse.evidence.case import Case
from logparse.evidence.collected import Collected
from logparse.evidence.examine import Evidence
from logparse.reading.reading import Reading
from logparse.settings.checked import Settings
from logparse.settings.limits import Limits
from logparse.values.metrics import Metrics
from logparse.values.ratings import Check
from logparse.values.suspicions import Examined

EVIDENCE_FIRST = "mend the evidence first"
"""The remedy of criteria that only wait for the evidence."""


@dataclass(frozen=True)
class Facts:
    """The facts that the criteria are judged from: the collection, and its evidence.

    ``checks`` are people's ratings up to this hour; ``examined`` are the machine's findings in the conversations.
    """

    collected: Collected
    evidence: Evidence
    checks: tuple[Check, ...] = ()
    examined: Examined = field(default_factory=Examined)

    @property
    def case(self) -> Case:
        """The request and its files."""
        return self.collected.case

    @property
    def settings(self) -> Settings:
        """The settings of the run."""
        return self.case.settings

    @property
    def limits(self) -> Limits:
        """The limits of the criteria."""
        return self.settings.limits

    @property
    def metrics(self) -> Metrics:
        """The numbers since the start."""
        return self.collected.whole

    @property
    def windows(self) -> Mapping[int, Metrics]:
        """The numbers of each due window."""
        return self.collected.windows

    @property
    def with_records(self) -> list[Reading]:
        """The files with records in the judged time."""
        pairs = zip(self.case.readings, self.collected.lines, strict=True)
        return [reading for reading, lines in pairs if lines.get("records")]
