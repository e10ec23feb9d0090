"""What is known of a criterion by its name; criteria.py has them all, and what judges is joined to them elsewhere.

No field has a default: whoever adds a criterion is asked for all of it.
"""

from dataclasses import dataclass
from enum import StrEnum

from logparse.values.metrics import Metrics


class Side(StrEnum):
    """On which side of its limit a number must be, in words."""

    AT_LEAST = "at least"
    UNDER = "under"
    AT_MOST = "at most"


class Area(StrEnum):
    """What of a bot or its surroundings a recommendation is about, in the order of the document."""

    CONFIGURATION = "Configuration"
    PERFORMANCE = "Performance"
    ERROR_HANDLING = "Error handling"
    MONITORING = "Monitoring"


@dataclass(frozen=True)
class Change:
    """A change that is asked for: its area, and what to do."""

    area: Area
    text: str


class Rule(StrEnum):
    """When a criterion must be met, and when it may be NOT MEASURED."""

    ALWAYS = "it must be met, and is always measured"
    UNLESS_SWITCHED_OFF = "it must be met; it is not measured where a setting says that the bot does nothing of it"
    WHERE_MEASURED = "it must be met where the logs tell of it"
    WHERE_DEMANDED = "it must be met where a setting demands it, and when it fails"
    NEVER = "it only warns, and is always measured"


@dataclass(frozen=True)
class Required:
    """When a criterion must be met; ``setting`` and ``text``: the setting that the rule speaks of, and what it says."""

    rule: Rule
    setting: str = ""
    text: str = ""


ALWAYS, WHERE_MEASURED, NEVER = Required(Rule.ALWAYS), Required(Rule.WHERE_MEASURED), Required(Rule.NEVER)


class Basis(StrEnum):
    """What a judgement rests on, and so whether it holds where the bot's words are not known, or nothing was read."""

    WORDS = "records, by the bot's own words"
    STATUS = "records that tell without the bot's words"
    PROVIDER = "records that tell without the bot's words, or the provider's list: a failure needs no record"
    SILENCE = "records, by the bot's own words: a failure holds where there was no record at all"
    NO_RECORD = "no record"


@dataclass(frozen=True)
class Count:
    """A number of failures, of which each stays; ``one`` is what a single one is called.

    The number in Metrics and the limit in Limits have the name of the criterion.
    """

    one: str


@dataclass(frozen=True)
class Share:
    """A share that what comes later can bring back: two numbers of Metrics, and what one of the base, one failure and
    several failures are called.
    """

    part: str
    base: str
    base_one: str
    one: str
    several: str


class Measure(StrEnum):
    """Other numbers that are judged."""

    MEAN = "a mean, which what comes later can bring back"
    LONGEST = "the longest stretch of time"
    WHOLENESS = "how much was collected, of all that should be"
    RATINGS = "what people said"


@dataclass(frozen=True)
class Criterion:
    """A criterion, by the ``name`` that it has in every output and as a test; ``rule`` says it in one sentence.

    ``unit`` is that of its value and limit, ``side`` where the value must be, ``in_force`` the limit in words, with the
    names of the limits in braces (empty for one that the header of a run does not tell). A failure that ``stops`` ends
    the soak at any hour. ``change`` is what is recommended, ``look_at`` where the page shows more: anchors, and words.
    """

    name: str
    rule: str
    unit: str
    side: Side
    in_force: str
    measure: Count | Share | Measure
    basis: Basis
    required: Required
    stops: bool
    waivable: bool
    change: Change
    look_at: tuple[tuple[str, str], ...]

    @property
    def title(self) -> str:
        """The name as people read it."""
        return self.name.replace("_", " ").capitalize()

    @property
    def mendable(self) -> bool:
        """Whether what comes later can bring it back; of the others a failure stays one."""
        return isinstance(self.measure, Share) or self.measure is Measure.MEAN

    def share(self, metrics: Metrics) -> tuple[int, int]:
        """The part that is judged, and what it is a part of; TypeError for a criterion that judges no share."""
        if not isinstance(self.measure, Share):
            raise TypeError(f"{self.name} is no share")
        return getattr(metrics, self.measure.part), getattr(metrics, self.measure.base)
