"""The input of the evidence, the facts of a collection, and its output, findings."""

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
    """One defect of the evidence: its weight, the reason, and the remedy."""

    outcome: Outcome
    reason: str
    mend: str = ""


@dataclass(frozen=True)
class Demanded:
    """The deployment that the soak was asked to be of: its id for display, whether it alone was seen, how many records
    name none, and which other one hour 0 named (for display, empty if it named this one or none).
    """

    shown: str
    alone: bool
    unnamed: int
    begun_for: str = ""


@dataclass(frozen=True)
class Collected:
    """The collection as the evidence examines it: the case, and what was counted in its files.

    ``lines`` are the lines of each reading by class; ``whole`` the numbers since the start, ``windows`` those of each
    due window; ``untimed`` is the number of records without a time; ``deployments`` and ``projects`` are those seen,
    ``demanded`` the deployment that was asked for, if any; ``told`` are words of records with their counts, the most
    frequent first, such as 'unknown_level' and 'environment' (of those left out). ``spoken`` samples the bot's messages
    if its words are unknown, ``overlaps`` are events that match the same lines, ``known_before`` the events that
    earlier soaks saw with the same settings.
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
