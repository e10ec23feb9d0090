"""The request logs of a project on Vercel as a source, whichever way they are fetched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from logparse.collect.source import Source, without_repeats
from logparse.collect.vercel.project import VercelProject
from logparse.collect.vercel.row import request_id

ENVIRONMENT = "production"

EDGE = timedelta(minutes=5)
"""The margin at the end of the retention, where rows may disappear during the fetch."""


@dataclass(frozen=True)
class RequestLogs(Source):
    """The request logs of a project, and how long its plan keeps them."""

    project: VercelProject
    retention: timedelta

    def available_from(self, now: datetime) -> datetime:
        """Returns the time before which rows may be lost."""
        return now - self.retention + EDGE

    @property
    def subject(self) -> str:
        """The project and its environment, as configured."""
        return f"{self.project.named}, {ENVIRONMENT}"

    def merged(self, before: Sequence[str], new: Sequence[str]) -> list[str]:
        """Merges requests by id."""
        return without_repeats([*before, *new], request_id)
