"""Red flags and kinds of error: what somebody should look at, beside the verdict. A flag never changes a verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Severity(StrEnum):
    """How much a flag matters."""

    CRITICAL = "critical"
    WARNING = "warning"


SIGNATURE_FAILURES = "Signature failures (401)"
CRITICAL_ERRORS = "Critical errors"
PROCESSING_ERRORS = "ARI processing errors"
DELIVERY_FAILURES = "Delivery failures"
SEND_FAILURES = "Send failures"
SLOW_REPLIES = "Slow replies"
NO_DELIVERIES = "No deliveries"
NOT_ANSWERING = "Bot not answering"
HIGH_ERROR_RATE = "High error rate"
VERIFICATION_OFF = "Signature verification switched off"
INAPPROPRIATE = "Inappropriate replies"
OFF_TOPIC = "Off-topic replies"
REPEATED_GREETINGS = "Repeated greetings"

OF_STRETCHES = (NO_DELIVERIES, NOT_ANSWERING, VERIFICATION_OFF)
"""The labels of flags that tell of a stretch of time and have no first message; others tell of records in it."""

LABELS = (
    *(SIGNATURE_FAILURES, CRITICAL_ERRORS, PROCESSING_ERRORS, DELIVERY_FAILURES, SEND_FAILURES, SLOW_REPLIES),
    *OF_STRETCHES,
    *(HIGH_ERROR_RATE, INAPPROPRIATE, OFF_TOPIC, REPEATED_GREETINGS),
)
"""Every label that a flag may have: by it the document tells the suite's flags from what people wrote like one."""

CAUSES: Mapping[str, str] = {
    "provider_key": "the AI provider's key is wrong or expired",
    "provider_limit": "the AI provider limits the rate",
    "database": "database errors",
    "network": "network errors",
    "strangers": "single requests with a wrong signature: strangers, or a second sender",
    "secret": "webhook secret mismatch: from the first failure on, no signature held",
}
"""Every likely cause that a flag may name; the first four by patterns of settings of that name."""


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


@dataclass(frozen=True)
class ErrorKind:
    """Errors that differ only in ids and numbers, folded into one masked template."""

    kind: str
    count: int
    first: datetime
    last: datetime
    place: Place | None = None
