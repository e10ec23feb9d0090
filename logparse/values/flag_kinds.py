"""The red flags with all their properties, by label, and the likely causes that they may name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from logparse.values import criteria
from logparse.values.criterion import Area, Criterion, Remedy
from logparse.values.flags import Flag, Severity


class CauseBy(StrEnum):
    """The way in which the likely cause of a flag is found."""

    MESSAGE = "by the patterns of the settings, in its first message"
    VERIFICATION = "by whether signatures held again after it"


@dataclass(frozen=True)
class ByRecords:
    """The records that raise a flag: those with this name in the tally, and, if ``matching`` is set, with a message
    that matches that pattern of the bot.
    """

    name: str
    matching: str
    cause: CauseBy


@dataclass(frozen=True)
class Band:
    """The look of a stretch of time over the traffic: its style and its words in the legend, for one and several."""

    css: str
    legend: str
    one: str
    several: str


@dataclass(frozen=True)
class ByStretch:
    """A stretch of time that raises a flag without a first message; it may be drawn as a band."""

    drawn: Band | None


@dataclass(frozen=True)
class FlagKind:
    """A kind of red flag: its label in every output, its severity, what raises it, and the change that it asks for:
    that of a criterion, or one of its own. If neither records nor a stretch of time raise it, a message is made for it.
    """

    label: str
    severity: Severity
    raised_by: ByRecords | ByStretch | None
    asks: Criterion | Remedy

    @property
    def change(self) -> Remedy:
        """The change that it asks for."""
        return self.asks.change if isinstance(self.asks, Criterion) else self.asks

    def flag(
        self, first: datetime, last: datetime, records: int, contacts: int | None = None, message: str = ""
    ) -> Flag:
        """Builds a flag of this kind."""
        return Flag(self.label, self.severity, first, last, records, contacts, message)


CRITICAL, WARNING = Severity.CRITICAL, Severity.WARNING

NO_DELIVERIES = FlagKind(
    "No deliveries",
    CRITICAL,
    ByStretch(Band("silence", "no deliveries (silence)", "silence", "silences")),
    criteria.SILENCE,
)
NOT_ANSWERING = FlagKind(
    "Bot not answering",
    CRITICAL,
    ByStretch(Band("unanswered", "deliveries, no reply", "unanswered stretch", "unanswered stretches")),
    criteria.ANSWERING,
)
VERIFICATION_OFF = FlagKind(
    "Signature verification switched off",
    WARNING,
    ByStretch(None),
    Remedy(Area.CONFIGURATION, "switch signature verification on"),
)
HIGH_ERROR_RATE = FlagKind("High error rate", WARNING, None, criteria.ERROR_RATE)
INAPPROPRIATE = FlagKind(
    "Inappropriate replies",
    CRITICAL,
    None,
    Remedy(Area.CONFIGURATION, "revise the bot's instructions, and have such replies blocked"),
)
OFF_TOPIC = FlagKind(
    "Off-topic replies", WARNING, None, Remedy(Area.CONFIGURATION, "narrow the bot's instructions to its subject")
)
REPEATED_GREETINGS = FlagKind(
    "Repeated greetings", WARNING, None, Remedy(Area.CONFIGURATION, "tell the bot to greet once in a conversation")
)

KINDS = (
    FlagKind(
        "Signature failures (401)",
        CRITICAL,
        ByRecords("signature_failure", "", CauseBy.VERIFICATION),
        criteria.SIGNATURE_FAILURES,
    ),
    FlagKind("Critical errors", CRITICAL, ByRecords("critical_error", "", CauseBy.MESSAGE), criteria.CRITICAL_ERRORS),
    # NOTE: what the bot handled is an error, not a critical one; those have a flag of their own.
    FlagKind(
        "ARI processing errors",
        WARNING,
        ByRecords("error", "processing_error", CauseBy.MESSAGE),
        Remedy(Area.ERROR_HANDLING, "look into the first message, and mend what it tells of"),
    ),
    FlagKind(
        "Delivery failures", CRITICAL, ByRecords("delivery_failure", "", CauseBy.MESSAGE), criteria.DELIVERY_FAILURES
    ),
    FlagKind("Send failures", WARNING, ByRecords("send_failure", "", CauseBy.MESSAGE), criteria.SEND_FAILURES),
    FlagKind(
        "Slow replies",
        WARNING,
        ByRecords("slow_reply", "", CauseBy.MESSAGE),
        Remedy(Area.PERFORMANCE, "look at the slowest replies"),
    ),
    NO_DELIVERIES,
    NOT_ANSWERING,
    VERIFICATION_OFF,
    HIGH_ERROR_RATE,
    INAPPROPRIATE,
    OFF_TOPIC,
    REPEATED_GREETINGS,
)
"""All kinds: by their labels the document tells the suite's flags from people's similar lines."""


def kind_of(label: str) -> FlagKind | None:
    """Returns the kind with a label; None for one of another version of this suite."""
    return next((kind for kind in KINDS if kind.label == label), None)


def raised_by_records() -> Iterator[tuple[FlagKind, ByRecords]]:
    """Yields the kinds that records raise, in order, with those records."""
    for kind in KINDS:
        if isinstance(kind.raised_by, ByRecords):
            yield kind, kind.raised_by


def bands() -> Iterator[tuple[FlagKind, Band]]:
    """Yields the kinds that are drawn over the traffic, in order, with their look."""
    for kind in KINDS:
        if isinstance(kind.raised_by, ByStretch) and kind.raised_by.drawn:
            yield kind, kind.raised_by.drawn


@dataclass(frozen=True)
class Cause:
    """A likely cause: its words, and the area of its remedy."""

    words: str
    area: Area


CAUSES: Mapping[str, Cause] = {
    "provider_key": Cause("the AI provider's key is wrong or expired", Area.CONFIGURATION),
    "provider_limit": Cause("the AI provider limits the rate", Area.ERROR_HANDLING),
    "database": Cause("database errors", Area.ERROR_HANDLING),
    "network": Cause("network errors", Area.ERROR_HANDLING),
    "strangers": Cause("single requests with a wrong signature: strangers, or a second sender", Area.ERROR_HANDLING),
    "secret": Cause("webhook secret mismatch: from the first failure on, no signature held", Area.CONFIGURATION),
}
"""All likely causes that a flag may name; the first four by the patterns of settings with that name."""


def area_of(cause: str) -> Area:
    """Returns the area of a cause's remedy, by its words; error handling for a cause of another version."""
    return next((known.area for known in CAUSES.values() if known.words == cause), Area.ERROR_HANDLING)
