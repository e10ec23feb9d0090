"""What the criteria are judged from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from logparse.evidence.examine import Evidence
from logparse.settings.limits import Limits
from logparse.settings.quality import QualityLimits
from logparse.storage.witness import Witness
from logparse.values.metrics import Metrics
from logparse.values.ratings import Check
from logparse.values.schedule import QuietHours, Soak, Span
from logparse.values.suspicions import Examined
from logparse.values.timeline import Timeline


@dataclass(frozen=True)
class Facts:
    """What the criteria are judged from: the numbers since the start and of each due window, the timeline, the limits.

    ``carries_status``: the files with the HTTP status of requests, out of ``files`` with records in the judged time.
    ``untimed``: how many records have no time at all. ``witness`` is what the provider tells of its deliveries,
    ``witnessed`` the time for which its list is proven whole. ``examined`` is what the machine found in the
    conversations, ``quality`` what the settings hold against it; ``checks`` are what people
    rated, ``quality_checks`` the hours at which they are asked to. ``known_before`` are the events that earlier soaks
    of this bot saw by the same settings; ``own_words`` the settings of events that are not those of the table.
    """

    soak: Soak
    metrics: Metrics
    windows: Mapping[int, Metrics]
    timeline: Timeline
    evidence: Evidence
    limits: Limits
    quiet_hours: QuietHours | None
    verifies_signatures: bool
    quality_required: bool
    quality: QualityLimits
    carries_status: int
    files: int
    quality_checks: tuple[int, ...] = ()
    checks: tuple[Check, ...] = ()
    untimed: int = 0
    witness: Witness = field(default_factory=Witness)
    witnessed: tuple[Span, ...] = ()
    known_before: frozenset[str] = frozenset()
    own_words: frozenset[str] = frozenset()

    @property
    def hour(self) -> int:
        """The checkpoint at which the soak is judged."""
        return round((self.evidence.judged.end - self.soak.start) / timedelta(hours=1))

    examined: Examined = field(default_factory=Examined)
