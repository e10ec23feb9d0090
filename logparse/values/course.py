"""The course of a soak: traffic and response times over time, outcomes of checkpoints, error budgets. All of it is
small, whatever the size of the logs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from logparse.outcome import Outcome, State

SLOT = timedelta(minutes=15)
"""The length of one slot; a window has sixteen of them, so checkpoints are at their edges."""


@dataclass(frozen=True)
class Slot:
    """The traffic of a quarter of an hour, ``[start, end)``; response times in milliseconds, None without a reply.

    The percentiles are the upper edges of 1 % bins, the maximum is exact.
    """

    start: datetime
    end: datetime
    deliveries: int = 0
    processed: int = 0
    errors: int = 0
    replies: int = 0
    response_ms_p50: float | None = None
    response_ms_p95: float | None = None
    response_ms_max: int | None = None


@dataclass(frozen=True)
class Bar:
    """The number of replies that took from ``from_ms`` to under ``to_ms`` (None: no end), exact to 1 % at the edges."""

    from_ms: int
    to_ms: int | None
    count: int


@dataclass(frozen=True)
class Checkpoint:
    """The result of the time from the start to an hour, by the current logs: the outcome of each criterion by name."""

    hour: int
    verdict: State
    outcomes: Mapping[str, Outcome]


@dataclass(frozen=True)
class Budget:
    """The failures that a criterion allows at the traffic so far, and those that happened."""

    criterion: str
    allowed: int
    used: int

    @property
    def left(self) -> int:
        """The failures that are still allowed; negative if the budget is overdrawn."""
        return self.allowed - self.used


class Origin(StrEnum):
    """The place where a setting was written."""

    DEFAULT = "default"
    FILE = "file"
    COMMAND_LINE = "command line"
    ENVIRONMENT = "environment"


@dataclass(frozen=True)
class SettingInForce:
    """A setting of a run, masked; ``changed``: it differs from its default; ``origin``: where it was written last."""

    name: str
    value: str
    changed: bool
    origin: Origin = Origin.DEFAULT
