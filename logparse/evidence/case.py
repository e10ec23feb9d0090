"""The case: the request of a run and its files, before anything is counted."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from logparse.counting import numbers
from logparse.evidence.proof import Proof, prove
from logparse.reading.merge import Merged, merge
from logparse.reading.reading import Reading
from logparse.reading.sought import Sought
from logparse.reading.workplace import Workplace
from logparse.settings.checked import Settings
from logparse.storage.manifest import log_path
from logparse.storage.places import find_logs, find_manifests, of_same_start
from logparse.storage.witness import Witness, is_witness, read_witness
from logparse.values.conversation import Transcript
from logparse.values.ratings import Check
from logparse.values.schedule import Soak, Span, StartSource
from logparse.values.waiver import Waiver


@dataclass(frozen=True)
class Request:
    """The request to judge: where the logs are, the checkpoint, and where the start, if known, was taken from.

    ``waivers`` are those in force; ``deployment`` is the one that was asked for, empty for any; ``named`` the one that
    hour 0 named, empty if none; ``checks`` are people's ratings; ``history`` is the folder with the verdicts of earlier
    soaks, if there is one.
    """

    sought: Sought
    hour: int
    start_source: StartSource
    checks: tuple[Check, ...] = ()
    deployment: str = ""
    named: str = ""
    waivers: tuple[Waiver, ...] = ()
    history: Path | None = None


@dataclass(frozen=True)
class Case:
    """The input of one judgement: the request, with the final source of the start, and the content of the files.

    ``proof`` is what manifests prove; ``witness`` the provider's list of deliveries, and ``witness_proof`` the time
    that it covers. ``left_out`` are folders without logs, of soaks that began in the same minute.
    """

    request: Request
    settings: Settings
    soak: Soak
    readings: Sequence[Reading] = ()
    merged: Merged = field(default_factory=Merged)
    proof: Proof = field(default_factory=Proof)
    witness: Witness = field(default_factory=Witness)
    witness_proof: Proof = field(default_factory=Proof)
    left_out: tuple[str, ...] = ()
    transcript: Transcript = field(default_factory=Transcript)

    @property
    def hour(self) -> int:
        """The checkpoint at which the soak is judged."""
        return self.request.hour

    @property
    def now(self) -> datetime:
        """The clock of the run."""
        return self.request.sought.now

    @property
    def judged(self) -> Span:
        """The whole time that is judged."""
        return self.soak.judged(self.hour)

    def at(self, hour: int) -> "Case":
        """Returns the same files judged at another checkpoint."""
        return replace(self, request=replace(self.request, hour=hour))


def case_of(request: Request, settings: Settings, readings: Sequence[Reading], work: Workplace) -> Case:
    """Merges the tallies of the log files, and reads the files beside them, except transcripts."""
    sought = request.sought
    logs, witnesses = _manifests(sought)
    readings, proof = prove(readings, logs, sought.rehearsal)
    merged = merge(readings, work)
    soak, source = _soak(request, work)
    found = [(path, sought.shown(path)) for path in find_logs(*sought.where) if is_witness(path)]
    return Case(
        request=replace(request, start_source=source),
        settings=settings,
        soak=soak,
        readings=readings,
        merged=merged,
        proof=proof,
        witness=read_witness(found, work.mask),
        witness_proof=prove((), witnesses, sought.rehearsal)[1],
        left_out=() if readings else of_same_start(*sought.where),
    )


def _manifests(sought: Sought) -> tuple[list[tuple[Path, str]], list[tuple[Path, str]]]:
    """Returns the manifests of logs, and those of the witness, which prove nothing about logs."""
    logs: list[tuple[Path, str]] = []
    witnesses: list[tuple[Path, str]] = []
    for path in find_manifests(*sought.where):
        kind = witnesses if is_witness(log_path(path)) else logs
        kind.append((path, sought.shown(path)))
    return logs, witnesses


def _soak(request: Request, work: Workplace) -> tuple[Soak, StartSource]:
    """Returns the soak from its known start, else from the minute of the first record, else one that ends now."""
    sought = request.sought
    if sought.start is not None:
        return Soak(sought.start), request.start_source
    recorded = numbers.recorded_span(work.connection)
    if recorded is None:
        now = sought.now.replace(second=0, microsecond=0)
        return Soak(now - timedelta(hours=request.hour)), StartSource.UNKNOWN
    return Soak(recorded.start.replace(second=0, microsecond=0)), StartSource.FIRST_RECORD
