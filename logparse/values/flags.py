"""Red flags and kinds of error: what somebody should look at, beside the verdict. A flag never changes a verdict."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much a flag matters."""

    CRITICAL = "critical"
    WARNING = "warning"


NO_DELIVERIES = "No deliveries"
NOT_ANSWERING = "Bot not answering"
"""The labels of the flags that tell of a stretch of time; others tell of records in it."""


@dataclass(frozen=True)
class Place:
    """Where a record stands: a file and a line number, from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Flag:
    """One thing to look at: what, when, how much of it, the first message (masked), and a likely cause."""

    label: str
    severity: Severity
    first: datetime
    last: datetime
    records: int
    contacts: int | None = None
    message: str = ""
    place: Place | None = None
    cause: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The flag for verdict.json."""
        return _json(asdict(self))


@dataclass(frozen=True)
class ErrorKind:
    """Errors that differ only in ids and numbers, folded into one masked template."""

    kind: str
    count: int
    first: datetime
    last: datetime
    place: Place | None = None

    def as_dict(self) -> dict[str, Any]:
        """The kind for verdict.json."""
        return _json(asdict(self))


def _json(values: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value.astimezone(UTC).isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value
        for key, value in values.items()
    }
