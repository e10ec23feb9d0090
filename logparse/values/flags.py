"""Red flags and kinds of error: what somebody should look at, beside the verdict. A flag never changes a verdict."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Severity(StrEnum):
    """The severity of a flag."""

    CRITICAL = "critical"
    WARNING = "warning"


@dataclass(frozen=True)
class Place:
    """The place of a record: a file and a line number, from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Flag:
    """A red flag: its label, time, number of records, first message (masked), and likely cause."""

    label: str
    severity: Severity
    first: datetime
    last: datetime
    records: int
    contacts: int | None = None
    message: str = ""
    place: Place | None = None
    cause: str = ""


@dataclass(frozen=True)
class ErrorKind:
    """Errors that differ only in ids and numbers, merged into one masked template."""

    kind: str
    count: int
    first: datetime
    last: datetime
    place: Place | None = None
