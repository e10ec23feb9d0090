"""What evidence is made from, and what it finds: the facts of a collection, and one thing that it lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from logparse.counting.instances import FilePair
from logparse.evidence.proof import Proof
from logparse.outcome import Outcome
from logparse.reading.log_file import Reading
from logparse.storage.witness import Witness
from logparse.values.metrics import Metrics
from logparse.values.schedule import Soak, Span, StartSource
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
    """What was collected, as evidence looks at it: facts about the files and the counts, and the clock.

    ``demanded`` is the deployment that the soak was to be of, where one was asked for; ``rehearsal``: the clock was
    set.
    ``lines`` are the classes of lines of each reading; ``untimed`` counts the records without any time, ``doubled`` the
    deliveries that stand in files of several formats, ``pairs`` the files of which lines count once, though they may be
    of two instances; ``proof`` is what manifests prove; ``witness`` is
    what the provider tells of its deliveries, and ``witness_proof`` for which time; ``told``: words of
    records with their counts, the most frequent first, as 'unknown_level' and 'environment' (of those left out).
    ``spoken`` is what the bot says where its words are not known, ``overlaps`` are events that claim the same lines,
    ``known_before`` the events that earlier soaks saw by the same settings. ``left_out``: folders that may hold the
    logs of this soak under another identity, where no log was found. ``projects`` are those that were seen.
    """

    soak: Soak
    hour: int
    start_source: StartSource
    now: datetime
    readings: Sequence[Reading]
    lines: Sequence[Mapping[str, int]]
    recorded: Span | None
    timeline: Timeline
    windows: Mapping[int, Metrics]
    whole: Metrics
    deployments: tuple[str, ...]
    places: tuple[str, ...]
    demanded: Demanded | None = None
    rehearsal: bool = False
    untimed: int = 0
    doubled: int = 0
    pairs: tuple[FilePair, ...] = ()
    proof: Proof = field(default_factory=Proof)
    witness: Witness = field(default_factory=Witness)
    witness_proof: Proof = field(default_factory=Proof)
    told: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    reply_bins: Mapping[int, int] = field(default_factory=dict)
    spoken: Spoken | None = None
    overlaps: tuple[Overlap, ...] = ()
    known_before: frozenset[str] = frozenset()
    left_out: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
