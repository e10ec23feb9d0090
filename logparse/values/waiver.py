"""A waiver: somebody's word that the failure of one criterion need not stop a soak, with the reason and an end."""

from dataclasses import dataclass
from datetime import UTC, datetime

from logparse.outcome import Outcome


@dataclass(frozen=True)
class Waiver:
    """What a person wrote: for which criterion, why, who, and until when (a time, UTC, from which on it is void).

    ``place`` is where it stands, as file and line.
    """

    criterion: str
    reason: str
    by: str
    until: datetime
    place: str = ""

    @property
    def words(self) -> str:
        """The waiver as people read it."""
        return f"waived by {self.by} until {self.until.astimezone(UTC):%Y-%m-%d %H:%M} UTC: {self.reason}"


@dataclass(frozen=True)
class Waived:
    """A failure that a waiver turned into a pass: outcome and reason as they were judged, and the waiver."""

    outcome: Outcome
    reason: str
    waiver: Waiver
