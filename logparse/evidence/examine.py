"""The evidence: was each window really and wholly collected? Nothing collected must never look like nothing wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction

from logparse.evidence.case import Case
from logparse.evidence.collected import Collected, Finding
from logparse.evidence.deployment_findings import of_deployments, of_projects
from logparse.evidence.file_findings import of_files
from logparse.evidence.proof import Proof, doubt, lacking, lacks
from logparse.evidence.record_findings import of_records, of_zone
from logparse.evidence.witness_findings import of_witness
from logparse.evidence.word_findings import doubt_of, of_words
from logparse.formats.collecting_commands import AGAIN, COMMAND, GENERAL_WAY, THERE_AGAIN, told
from logparse.outcome import Outcome
from logparse.reading.collected_by import command_of, command_of_all
from logparse.storage.manifest import joined
from logparse.text.wording import duration, exact, hours
from logparse.values.repeated import read_as_the_other
from logparse.values.schedule import CLOCK_SKEW, Soak, Span, StartSource, subtract
from logparse.values.timeline import gaps, holes


@dataclass(frozen=True)
class Evidence:
    """The result of examining a collection: the findings, its holes, and the hours that were read.

    ``seen`` is the judged time up to the clock; ``unjudged`` names the due windows that hold no record, or end after
    the clock. ``command`` is how the logs are collected, if known. ``unsure`` are spans without records, however short,
    that may not have been empty: they were not fetched, or came back empty from a source that does not know its end.
    ``doubt`` is why counts by the bot's words cannot be trusted, empty if they can. ``repeated`` are spans of an hour
    that the clock repeats whose records were read as of the other showing.
    """

    findings: tuple[Finding, ...]
    holes: tuple[Span, ...]
    judged: Span
    seen: Span
    unjudged: Mapping[int, str]
    command: str = GENERAL_WAY
    unsure: tuple[Span, ...] = ()
    doubt: str = ""
    repeated: tuple[Span, ...] = ()

    @property
    def hours_read(self) -> float:
        """The judged time up to the clock, without its holes, in hours."""
        read = self.seen.length - sum((hole.length for hole in self.holes), timedelta(0))
        return read / timedelta(hours=1)


def examine(collected: Collected) -> Evidence:
    """Searches for every way in which the collection may be incomplete."""
    case = collected.case
    judged, settings = case.judged, case.settings
    seen = Span(judged.start, max(judged.start, min(judged.end, case.now)))
    limit = timedelta(minutes=float(settings.limits.hole_minutes))
    repeated: tuple[Span, ...] = ()
    if collected.whole.ambiguous_times:
        repeated = read_as_the_other(collected.timeline.records, seen, settings.timezone, limit)
    found_holes = holes(collected.timeline, seen, limit, (*case.proof.covered, *repeated))
    empty = _empty_windows(collected)
    command = command_of_all(case.readings, case.proof.sources, settings.collecting)
    unjudged = _unreached_windows(case) | empty
    findings = [
        *_of_clock(case),
        *of_zone(collected, str(settings.timezone)),
        *_of_future(collected),
        *of_files(
            collected,
            bool(found_holes or unjudged),
            settings.limits.rejected,
            lambda reading: command_of(reading, command, settings.collecting),
        ),
        *of_records(collected, settings.bot.environment),
        *_of_place(collected),
        *(Finding(Outcome.NOT_JUDGED, reason, AGAIN) for reason in dict.fromkeys(empty.values())),
        *_of_holes(found_holes, unjudged, case.soak),
        *of_words(collected),
        *_of_start(case),
        *of_deployments(collected, settings.one_deployment),
        *of_projects(collected, settings.one_deployment),
        *_of_age(case, settings.max_age_hours),
        *_of_collection(case, seen),
        *_of_proof(unjudged, case),
        *of_witness(collected, seen),
    ]
    findings = [replace(finding, mend=told(finding.mend, command)) for finding in findings]
    findings.sort(key=lambda finding: -finding.outcome.rank)
    unsure = _unsure(collected, seen, empty)
    doubt = doubt_of(collected.whole)
    return Evidence(tuple(findings), found_holes, judged, seen, unjudged, command, unsure, doubt, repeated)


def _unsure(collected: Collected, seen: Span, empty: Mapping[int, str]) -> tuple[Span, ...]:
    """Returns the spans that may not have been empty, see Evidence."""
    proof = collected.case.proof
    windows = [collected.case.soak.window(hour) for hour in empty]
    doubtful = [*lacks(proof, seen), *(left for one in proof.empty for left in subtract(one, proof.covered)), *windows]
    silent = gaps(collected.timeline.records, seen)
    within = (gap.clip(span) for gap in silent for span in doubtful if gap.overlaps(span))
    return joined(within)


def _unreached_windows(case: Case) -> dict[int, str]:
    """Returns the due windows that end after the clock, with the reason."""
    ends = {hour: case.soak.window(hour).end for hour in case.soak.due(case.hour)}
    return {hour: f"ends at {exact(end)}, after the clock" for hour, end in ends.items() if end > case.now}


def _empty_windows(collected: Collected) -> dict[int, str]:
    """Returns the due windows before the clock without records, with the reason."""
    case = collected.case
    due = case.soak.due(case.hour)
    if case.request.start_source is StartSource.UNKNOWN:
        return dict.fromkeys(due, "no record was read, so it is not known when the soak started")
    return {
        hour: _empty(hour, window, case.proof)
        for hour in due
        if (window := case.soak.window(hour)).end <= case.now
        and not collected.windows[hour].records
        and not _is_proven(window, case.proof)
    }


def _empty(hour: int, window: Span, proof: Proof) -> str:
    why = doubt(proof, window)
    return f"window {hour} ({exact(window.start)} to {exact(window.end)}) holds no record" + (f": {why}" if why else "")


def _is_proven(window: Span, proof: Proof) -> bool:
    """Tells whether manifests show that the whole window was fetched."""
    return not list(subtract(window, proof.covered))


def _of_clock(case: Case) -> list[Finding]:
    end = case.soak.checkpoint(case.hour)
    if end <= case.now:
        return []
    wait = f"wait for {duration(end - case.now)}, collect, and run again"
    return [Finding(Outcome.NOT_JUDGED, f"hour {case.hour} is at {exact(end)}, which the clock has not reached", wait)]


def _of_age(case: Case, most_hours: Fraction | None) -> list[Finding]:
    """Returns a finding if the judged time ended too long ago to describe the bot now."""
    end = case.soak.checkpoint(case.hour)
    if most_hours is None or case.now - end <= timedelta(hours=float(most_hours)):
        return []
    again = "soak again: pytest --hour=0 --restart"
    age = f"{duration(case.now - end)} ago, over max_age_hours ({hours(float(most_hours))})"
    return [Finding(Outcome.NOT_JUDGED, f"hour {case.hour} was at {exact(end)}, {age}", again)]


def _of_future(collected: Collected) -> list[Finding]:
    """Returns a finding if records are from the future: a clock or a time zone is wrong, and so is every window.

    With a set clock, for rehearsing with old logs, such records are only later than the checkpoint.
    """
    case, recorded = collected.case, collected.recorded
    if recorded is None or case.request.sought.rehearsal or recorded.end <= case.now + CLOCK_SKEW:
        return []
    reason = f"the last record is of {exact(recorded.end)}, which the clock ({exact(case.now)}) has not reached"
    mend = "compare the setting timezone, and the clocks of this machine and of the bot, with the times in the logs"
    return [Finding(Outcome.NOT_JUDGED, reason, mend)]


def _of_place(collected: Collected) -> list[Finding]:
    recorded, soak = collected.recorded, collected.case.soak
    if recorded is None or (recorded.start < soak.span.end and recorded.end >= soak.start):
        return []
    reason = (
        f"all the log's times ({exact(recorded.start)} to {exact(recorded.end)}) lie outside the soak "
        f"({exact(soak.start)} to {exact(soak.span.end)})"
    )
    return [Finding(Outcome.NOT_JUDGED, reason, "give --logs=PATH the logs of this soak, or --start=TIME its start")]


def _of_holes(found: Sequence[Span], unjudged: Mapping[int, str], soak: Soak) -> list[Finding]:
    """Returns the holes, except those inside windows that are reported as empty."""
    told = [soak.window(hour) for hour in unjudged]
    untold = [hole for hole in found if not any(window.overlaps(hole) for window in told)]
    return [
        Finding(
            Outcome.NOT_JUDGED,
            f"a hole: no file holds any record from {exact(hole.start)} to {exact(hole.end)} ({duration(hole.length)})",
            THERE_AGAIN,
        )
        for hole in untold
    ]


def _of_start(case: Case) -> list[Finding]:
    if case.request.start_source is not StartSource.FIRST_RECORD:
        return []
    reason = f"the start ({exact(case.soak.start)}) was derived from the first record"
    return [Finding(Outcome.WARN, reason, "start a soak with pytest --hour=0, or give --start=TIME")]


def _of_collection(case: Case, seen: Span) -> list[Finding]:
    """Returns findings about untrustworthy manifests, and windows that were collected in part."""
    findings = [Finding(Outcome.NOT_JUDGED, problem.text, problem.mend) for problem in case.proof.problems]
    if missing := lacking(case.proof, seen):
        findings.append(Finding(Outcome.NOT_JUDGED, missing, f"collect what is missing: {COMMAND}"))
    findings += [Finding(Outcome.WARN, told, "move those of another bot away") for told in case.proof.others]
    return findings


def _of_proof(unjudged: Mapping[int, str], case: Case) -> list[Finding]:
    """Returns a finding about windows that hold records, but that no manifest proves whole."""
    due = [
        hour
        for hour in case.soak.due(case.hour)
        if hour not in unjudged and not _is_proven(case.soak.window(hour), case.proof)
    ]
    if not due:
        return []
    by_reason: dict[str, list[int]] = {}
    for hour in due:
        why = doubt(case.proof, case.soak.window(hour))
        by_reason.setdefault(f": {why}" if why else ", no manifest of a collection was found", []).append(hour)
    return [
        Finding(Outcome.WARN, f"{_windows(numbers)}: not proven whole{reason}") for reason, numbers in by_reason.items()
    ]


def _windows(numbers: Sequence[int]) -> str:
    return f"window{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"


def coverage(evidence: Evidence) -> str:
    """Describes how many hours were read if fewer than were judged; else empty."""
    judged = evidence.judged.length / timedelta(hours=1)
    return "" if evidence.hours_read >= judged else f" (over {hours(evidence.hours_read)} of {hours(judged)})"
