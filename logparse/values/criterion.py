"""The class of a criterion: all its properties but the function that judges, which is assigned elsewhere.

No field has a default, so that whoever adds a criterion decides on all of them.
"""

from dataclasses import dataclass
from enum import StrEnum

from logparse.values.metrics import Metrics


class Side(StrEnum):
    """The side of its limit on which a number must be, in words."""

    AT_LEAST = "at least"
    UNDER = "under"
    AT_MOST = "at most"


class Area(StrEnum):
    """The area of a recommendation, in the order of the document."""

    CONFIGURATION = "Configuration"
    PERFORMANCE = "Performance"
    ERROR_HANDLING = "Error handling"
    MONITORING = "Monitoring"


@dataclass(frozen=True)
class Remedy:
    """A recommended change: its area, and what to do."""

    area: Area
    text: str


class Rule(StrEnum):
    """The rules on when a criterion must be met, and when it may be NOT MEASURED."""

    ALWAYS = "it must be met, and is always measured"
    UNLESS_SWITCHED_OFF = "it must be met; it is not measured where a setting says that the bot does nothing of it"
    WHERE_MEASURED = "it must be met where the logs tell of it"
    WHERE_DEMANDED = "it must be met where a setting demands it, and when it fails"
    NEVER = "it only warns, and is always measured"


@dataclass(frozen=True)
class Required:
    """The rule of a criterion on when it must be met; ``setting`` and ``text``: a setting and its value that decide."""

    rule: Rule
    setting: str = ""
    text: str = ""


ALWAYS, WHERE_MEASURED, NEVER = Required(Rule.ALWAYS), Required(Rule.WHERE_MEASURED), Required(Rule.NEVER)


class Basis(StrEnum):
    """The basis of a judgement, which decides whether it holds with unknown words of the bot, or without records."""

    WORDS = "records, by the bot's own words"
    STATUS = "records that tell without the bot's words"
    PROVIDER = "records that tell without the bot's words, or the provider's list: a failure needs no record"
    SILENCE = "records, by the bot's own words: a failure holds where there was no record at all"
    NO_RECORD = "no record"


@dataclass(frozen=True)
class Count:
    """A number of failures, each of them final; ``one`` is the word for a single one.

    The number in Metrics and the limit in Limits have the name of the criterion.
    """

    one: str


@dataclass(frozen=True)
class Share:
    """A share that later traffic can bring back: two numbers of Metrics, and the words for one of the base, one failure
    and several failures.
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
    """A criterion; ``name`` is its name in every output and of its test; ``rule`` describes it in one sentence.

    ``unit`` is that of its value and limit, ``side`` where the value must be, ``in_force`` the limit in words, with the
    names of the limits in braces (empty if the header of a run leaves it out). A failure that ``stops`` ends the soak
    at any hour. ``change`` is the recommendation, ``look_at`` links to more on the page: anchors, and words.
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
    change: Remedy
    look_at: tuple[tuple[str, str], ...]

    @property
    def title(self) -> str:
        """The name for display."""
        return self.name.replace("_", " ").capitalize()

    @property
    def mendable(self) -> bool:
        """Whether later traffic can bring it back; other failures are final."""
        return isinstance(self.measure, Share) or self.measure is Measure.MEAN

    def share(self, metrics: Metrics) -> tuple[int, int]:
        """Returns the part that is judged, and its base; raises TypeError if the criterion judges no share."""
        if not isinstance(self.measure, Share):
            raise TypeError(f"{self.name} is no share")
        return getattr(metrics, self.measure.part), getattr(metrics, self.measure.base)
