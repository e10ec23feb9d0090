"""What evidence is made from, and what it finds: the facts of a collection, and one thing that it lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from logparse.evidence.case import Case
from logparse.outcome import Outcome
from logparse.values.metrics import Metrics
from logparse.values.schedule import Span
from logparse.values.spoken import Overlap, Spoken
from logparse.values.timeline import Timeline


@dataclass(frozen=True)
class Finding:
    """One thing that the evidence lacks: how much it weighs, why, and what mends it."""

    outcome: Outcome
    reason: str
    mend: str = ""


@dataclass(frozen=True)
class Demanded:
    """The deployment that the soak was to be of: as it is shown, whether it alone was seen, how many records name none
    at all, and which other one hour 0 named (as it is shown, empty where it named this one or none).
    """

    shown: str
    alone: bool
    unnamed: int
    begun_for: str = ""


@dataclass(frozen=True)
class Collected:
    """What was collected, as evidence looks at it: the case, and what was counted of its files.

    ``lines`` are the classes of lines of each reading; ``whole`` the numbers since the start, ``windows`` those of each
    due window; ``untimed`` counts the records without any time; ``deployments`` and ``projects`` are those that were
    seen, ``demanded`` is the deployment that the soak was to be of, where one was asked for; ``told``: words of records
    with their counts, the most frequent first, as 'unknown_level' and 'environment' (of those left out).
    ``spoken`` is what the bot says where its words are not known, ``overlaps`` are events that claim the same lines,
    ``known_before`` the events that earlier soaks saw by the same settings.
    """

    case: Case
    lines: Sequence[Mapping[str, int]]
    recorded: Span | None
    timeline: Timeline
    windows: Mapping[int, Metrics]
    whole: Metrics
    untimed: int = 0
    deployments: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    demanded: Demanded | None = None
    told: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    reply_bins: Mapping[int, int] = field(default_factory=dict)
    spoken: Spoken | None = None
    overlaps: tuple[Overlap, ...] = ()
    known_before: frozenset[str] = frozenset()
