"""A waiver: a person's decision that the failure of one criterion need not stop a soak, with the reason and an end."""

from dataclasses import dataclass
from datetime import UTC, datetime

from logparse.outcome import Outcome


@dataclass(frozen=True)
class Waiver:
    """A waiver as a person wrote it: for which criterion, why, by whom, and when it expires (UTC).

    ``place`` is its file and line.
    """

    criterion: str
    reason: str
    by: str
    until: datetime
    place: str = ""

    @property
    def words(self) -> str:
        """The waiver for display."""
        return f"waived by {self.by} until {self.until.astimezone(UTC):%Y-%m-%d %H:%M} UTC: {self.reason}"


@dataclass(frozen=True)
class Waived:
    """A failure that a waiver turned into a pass: its outcome and reason, and the waiver."""

    outcome: Outcome
    reason: str
    waiver: Waiver
