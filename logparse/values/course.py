"""The course of a soak: what came when, how long replies took, how each checkpoint came out, how much of an error
budget is used. All of it is small, whatever the size of the logs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from logparse.outcome import Outcome, State

SLOT = timedelta(minutes=15)
"""The time of one slot; a window has sixteen of them, so checkpoints lie between two."""


@dataclass(frozen=True)
class Slot:
    """What came in a quarter of an hour, ``[start, end)``; response times in milliseconds, None without a reply.

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
    """How many replies took from ``from_ms`` to under ``to_ms`` (None: and longer), told to 1 % at the edges."""

    from_ms: int
    to_ms: int | None
    count: int


@dataclass(frozen=True)
class Checkpoint:
    """How the time from the start to an hour comes out, by the logs that are there now: each criterion by its name."""

    hour: int
    verdict: State
    outcomes: Mapping[str, Outcome]


@dataclass(frozen=True)
class Budget:
    """How many failures a criterion allows at the traffic so far, and how many there were; the rest is left."""

    criterion: str
    allowed: int
    used: int

    @property
    def left(self) -> int:
        """How many more are allowed; below zero where the budget is overdrawn."""
        return self.allowed - self.used


class Origin(StrEnum):
    """Where a setting was written."""

    DEFAULT = "default"
    FILE = "file"
    COMMAND_LINE = "command line"
    ENVIRONMENT = "environment"


@dataclass(frozen=True)
class SettingInForce:
    """A setting as it was in this run, masked; ``changed``: it differs from its default; ``origin``: where it was
    written last.
    """

    name: str
    value: str
    changed: bool
    origin: Origin = Origin.DEFAULT
