"""Evidence: was each window really and wholly collected? Nothing collected must never look like nothing wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from logparse.formats.noise import COLLECT_AGAIN, WORKING_COMMAND
from logparse.metrics import Metrics
from logparse.numbers import MOST_DEPLOYMENTS
from logparse.outcome import Outcome
from logparse.reading import Reading
from logparse.schedule import Soak, Span, StartSource
from logparse.settings import Settings
from logparse.timeline import Timeline, holes
from logparse.wording import duration, exact, hours, plural

NAMED = 10
"""How many of several things a reason names."""


@dataclass(frozen=True)
class Finding:
    """One thing that the evidence lacks: how much it weighs, why, and what mends it."""

    outcome: Outcome
    reason: str
    mend: str = ""


@dataclass(frozen=True)
class Evidence:
    """What shows that the judged time was collected: the findings, the holes in it, and the hours that were read.

    ``seen`` is the judged time up to the clock; ``unjudged`` names the due windows that hold no record, or end after
    the clock.
    """

    findings: tuple[Finding, ...]
    holes: tuple[Span, ...]
    judged: Span
    seen: Span
    unjudged: Mapping[int, str]

    @property
    def hours_read(self) -> float:
        """The judged time up to the clock, without its holes, in hours."""
        read = self.seen.length - sum((hole.length for hole in self.holes), timedelta(0))
        return read / timedelta(hours=1)


@dataclass(frozen=True)
class Collected:
    """What was collected, as evidence looks at it: facts about the files and the counts, and the clock."""

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


def examine(collected: Collected, settings: Settings) -> Evidence:
    """Looks for every way in which the collection may be incomplete."""
    judged = collected.soak.judged(collected.hour)
    seen = Span(judged.start, max(judged.start, min(judged.end, collected.now)))
    limit = timedelta(minutes=float(settings.limits.hole_minutes))
    found_holes = holes(collected.timeline, seen, limit)
    empty = _empty_windows(collected)
    unjudged = _unreached_windows(collected) | empty
    findings = [
        *_of_clock(collected),
        *_of_files(collected, bool(found_holes or unjudged)),
        *_of_place(collected),
        *_of_windows(empty),
        *_of_holes(found_holes, unjudged, collected.soak),
        *_of_rejected(collected, settings.limits.rejected),
        *_of_balance(collected.whole),
        *_of_start(collected),
        *_of_deployments(collected, settings),
        *_of_proof(unjudged, collected),
    ]
    findings.sort(key=lambda finding: -finding.outcome.rank)
    return Evidence(tuple(findings), found_holes, judged, seen, unjudged)


def _unreached_windows(collected: Collected) -> dict[int, str]:
    """The due windows that end after the clock."""
    ends = {hour: collected.soak.window(hour).end for hour in collected.soak.due(collected.hour)}
    return {hour: f"ends at {exact(end)}, after the clock" for hour, end in ends.items() if end > collected.now}


def _empty_windows(collected: Collected) -> dict[int, str]:
    """The due windows that could have been collected, but hold no record."""
    due = collected.soak.due(collected.hour)
    if collected.start_source is StartSource.UNKNOWN:
        return dict.fromkeys(due, "no record was read, so it is not known when the soak started")
    return {
        hour: f"window {hour} ({exact(window.start)} to {exact(window.end)}) holds no record"
        for hour in due
        if (window := collected.soak.window(hour)).end <= collected.now and not collected.windows[hour].records
    }


def _of_clock(collected: Collected) -> list[Finding]:
    end = collected.soak.checkpoint(collected.hour)
    if end <= collected.now:
        return []
    wait = f"wait for {duration(end - collected.now)}, collect, and run again"
    return [
        Finding(Outcome.NOT_JUDGED, f"hour {collected.hour} is at {exact(end)}, which the clock has not reached", wait)
    ]


def _of_files(collected: Collected, incomplete: bool) -> list[Finding]:
    """Files that brought less than they were to bring.

    A file that brought nothing matters only where what it was to bring is nowhere else: where the judged time is
    complete without it, it is worth a look, no more.
    """
    if not collected.readings:
        places = ", ".join(collected.places)
        return [Finding(Outcome.NOT_JUDGED, f"no log file was found under {places}", COLLECT_AGAIN)]
    findings = []
    for reading in collected.readings:
        for problem in reading.problems:
            replaceable = problem.kind in ("empty", "tool") and not incomplete
            outcome = Outcome.WARN if replaceable else Outcome.NOT_JUDGED
            tail = " (the other files cover the whole time)" if replaceable else ""
            findings.append(Finding(outcome, problem.text + tail, problem.mend))
    return findings


def _of_place(collected: Collected) -> list[Finding]:
    recorded, soak = collected.recorded, collected.soak
    if recorded is None or (recorded.start < soak.span.end and recorded.end >= soak.start):
        return []
    reason = (
        f"all the log's times ({exact(recorded.start)} to {exact(recorded.end)}) lie outside the soak "
        f"({exact(soak.start)} to {exact(soak.span.end)})"
    )
    return [Finding(Outcome.NOT_JUDGED, reason, "give --logs=PATH the logs of this soak, or --start=TIME its start")]


def _of_windows(empty: Mapping[int, str]) -> list[Finding]:
    return [Finding(Outcome.NOT_JUDGED, reason, COLLECT_AGAIN) for reason in dict.fromkeys(empty.values())]


def _of_holes(found: Sequence[Span], unjudged: Mapping[int, str], soak: Soak) -> list[Finding]:
    """The holes, without those that a window without any record already tells of."""
    told = [soak.window(hour) for hour in unjudged]
    untold = [hole for hole in found if not any(window.overlaps(hole) for window in told)]
    return [
        Finding(
            Outcome.NOT_JUDGED,
            f"a hole: no file holds any record from {exact(hole.start)} to {exact(hole.end)} ({duration(hole.length)})",
            f"collect that time again: {WORKING_COMMAND}",
        )
        for hole in untold
    ]


def _of_rejected(collected: Collected, limit: Fraction) -> list[Finding]:
    """More unreadable lines than allowed in a file; files that were not read at all are told of already."""
    findings = []
    for reading, lines in zip(collected.readings, collected.lines, strict=True):
        if reading.tally is None:
            continue
        rejected, total = lines.get("rejected", 0), sum(lines.values())
        if Fraction(100 * rejected) > limit * total:
            reason = (
                f"{reading.shown}: {rejected:,} of {plural(total, 'line')} could not be read ({_format_name(reading)})"
            )
            findings.append(Finding(Outcome.NOT_JUDGED, reason, "collect that file again, in one format"))
    return findings


def _format_name(reading: Reading) -> str:
    return f"read as {reading.format.title}" if reading.format else "no known format"


def _of_balance(whole: Metrics) -> list[Finding]:
    """A message cannot be processed that was never delivered: far more processed than delivered means lost lines."""
    surplus = whole.processed - whole.deliveries
    if surplus <= max(Fraction(3), Fraction(whole.deliveries, 100)):
        return []
    reason = (
        f"{whole.processed:,} messages were processed but only {plural(whole.deliveries, 'delivery', 'deliveries')} "
        "seen: the logs are partial"
    )
    return [Finding(Outcome.NOT_JUDGED, reason, COLLECT_AGAIN)]


def _of_start(collected: Collected) -> list[Finding]:
    if collected.start_source is not StartSource.FIRST_RECORD:
        return []
    reason = f"the start ({exact(collected.soak.start)}) was derived from the first record"
    return [Finding(Outcome.WARN, reason, "start a soak with pytest --hour=0, or give --start=TIME")]


def _of_deployments(collected: Collected, settings: Settings) -> list[Finding]:
    if len(collected.deployments) < 2:
        return []
    outcome = Outcome.NOT_JUDGED if settings.deployment_change == "fail" else Outcome.WARN
    number = len(collected.deployments)
    more = " or more" if number == MOST_DEPLOYMENTS else ""
    named = ", ".join(collected.deployments[:NAMED]) + (", ..." if number > NAMED else "")
    reason = f"{number}{more} deployments were seen in the soak: {named}"
    return [Finding(outcome, reason, "soak one deployment: pytest --hour=0 --restart")]


def _of_proof(unjudged: Mapping[int, str], collected: Collected) -> list[Finding]:
    due = [hour for hour in collected.soak.due(collected.hour) if hour not in unjudged]
    if not due:
        return []
    names = ", ".join(map(str, due))
    plural = "windows" if len(due) > 1 else "window"
    return [Finding(Outcome.WARN, f"{plural} {names}: not proven whole, no manifest of a collection was found")]


def coverage(evidence: Evidence) -> str:
    """Over how many hours a number was read, where that is less than the judged time; empty where it is all."""
    judged = evidence.judged.length / timedelta(hours=1)
    return "" if evidence.hours_read >= judged else f" (over {hours(evidence.hours_read)} of {hours(judged)})"
