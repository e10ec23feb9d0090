"""One case from its readings to its verdict: facts, criteria, flags, windows, the account of lines."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from logparse.counting import numbers
from logparse.counting.course import lines_by_window, reply_bins, response_times_of, slots_of
from logparse.evidence.collected import Collected, Demanded
from logparse.evidence.cut_back import up_to
from logparse.evidence.examine import examine
from logparse.evidence.proof import Proof
from logparse.evidence.soaked import Soaked
from logparse.evidence.word_findings import doubt_of
from logparse.judging import criteria
from logparse.judging.budgets import budgets
from logparse.judging.facts import Facts
from logparse.judging.rates import broken_limits
from logparse.judging.red_flags import KINDS, Surroundings, flags_of
from logparse.judging.what_would_change import Standing, would_change
from logparse.outcome import Outcome, state_of
from logparse.reading.accounts import file_accounts, sum_of_lines
from logparse.reading.contacts import contacts_of
from logparse.reading.locate import places_of
from logparse.reading.log_file import Reading
from logparse.reading.merge import Account, Merged, accounts
from logparse.reading.spoken import overlaps, spoken
from logparse.reading.workplace import Workplace
from logparse.settings.checked import Settings
from logparse.settings.in_force import own_words, settings_in_force
from logparse.storage.witness import Witness
from logparse.text.wording import plural
from logparse.transcripts.reading import Transcript
from logparse.values.conversation import Direction
from logparse.values.course import Checkpoint
from logparse.values.flags import ErrorKind
from logparse.values.judgement import Judgement
from logparse.values.metrics import Metrics
from logparse.values.ratings import Check
from logparse.values.schedule import Soak, StartSource
from logparse.values.suspicions import Examined
from logparse.values.waiver import Waiver
from logparse.verdicts.known_words import seen_before
from logparse.verdicts.verdict import Verdict, WindowResult, waivers_of


@dataclass(frozen=True)
class Case:
    """All that one judgement is made from, so that its steps can be read one by one.

    ``deployment`` is the one that the soak was to be of, empty where any will do; ``named`` the one that hour 0 named.
    ``rehearsal``: the clock was set. ``history``: the folder with the verdicts of earlier soaks, if there is one.
    ``left_out`` are folders of soaks that began in the same minute, where no log was found.
    """

    hour: int
    places: tuple[str, ...]
    now: datetime
    settings: Settings
    work: Workplace
    readings: Sequence[Reading]
    soak: Soak
    source: StartSource
    merged: Merged
    proof: Proof
    witness: Witness = field(default_factory=Witness)
    witness_proof: Proof = field(default_factory=Proof)
    checks: tuple[Check, ...] = ()
    deployment: str = ""
    named: str = ""
    transcript: Transcript = field(default_factory=Transcript)
    waivers: tuple[Waiver, ...] = ()
    rehearsal: bool = False
    history: Path | None = None
    left_out: tuple[str, ...] = ()


def conclude(case: Case) -> Verdict:
    """The verdict of a case."""
    soak = case.soak
    lines = accounts(case.readings, soak, case.hour, case.work)
    collected = _collected(case, lines)
    facts = _facts(case, collected)
    judgements = _with_waivers(criteria.judge(facts), case.waivers)
    required = [judgement for judgement in judgements if judgement.required]
    state = state_of(judgement.outcome for judgement in required)
    flags = flags_of(facts, _surroundings(case, facts))
    limits, connection, judged = case.settings.limits, case.work.connection, facts.evidence.judged
    return Verdict(
        hour=case.hour,
        state=state,
        start=soak.start,
        start_source=case.source,
        criteria=judgements,
        metrics=facts.metrics,
        windows=tuple(_window(case, facts, hour) for hour in soak.due(case.hour)),
        deployment=_soaked(case).shown(case.named),
        rehearsal=case.rehearsal,
        deployments=_soaked(case).deployments(),
        unnamed_records=_soaked(case).unnamed(collected.whole),
        files=file_accounts(case.readings, lines, case.work),
        lines=sum_of_lines(lines),
        flags=flags,
        error_kinds=_error_kinds(case),
        quality=facts.examined,
        reason=_reason(required, _waived(judgements)),
        mend=next((j.mend for j in required if j.mend and j.outcome is Outcome.NOT_JUDGED), ""),
        judged_at=case.now,
        quality_checks=tuple(check.result for check in facts.checks),
        would_change=would_change(Standing(case.hour, state, judgements, facts.metrics, limits)),
        budgets=budgets(judgements, limits),
        earlier=_earlier(case, collected),
        slots=slots_of(connection, judged),
        response_times=response_times_of(connection, judged, int(1000 * limits.response_seconds)),
        holes=facts.evidence.holes,
        collecting=facts.evidence.command,
        settings=settings_in_force(case.settings, case.work.mask),
    )


def _collected(case: Case, lines: Sequence[Account]) -> Collected:
    soak, connection = case.soak, case.work.connection
    windows = {hour: numbers.metrics_of(connection, soak.window(hour)) for hour in soak.due(case.hour)}
    judged = soak.judged(case.hour)
    whole = numbers.metrics_of(connection, judged, untimed=True)
    return Collected(
        soak=soak,
        hour=case.hour,
        start_source=case.source,
        now=case.now,
        rehearsal=case.rehearsal,
        readings=case.readings,
        lines=[account.lines for account in lines],
        recorded=numbers.recorded_span(connection),
        timeline=numbers.timeline_of(connection, judged),
        windows=windows,
        whole=whole,
        untimed=numbers.untimed_of(connection),
        doubled=case.merged.doubled,
        pairs=case.merged.pairs,
        proof=case.proof,
        witness=case.witness,
        witness_proof=case.witness_proof,
        deployments=_soaked(case).deployments(),
        projects=_soaked(case).projects(),
        places=case.places,
        left_out=case.left_out,
        demanded=_demanded(case, whole),
        told=_told(case),
        reply_bins=reply_bins(connection, judged),
        spoken=spoken(case.readings, judged, case.settings.bot.events, case.work) if doubt_of(whole) else None,
        overlaps=overlaps(judged, case.work),
        known_before=_known_before(case, whole),
    )


def _told(case: Case) -> dict[str, dict[str, int]]:
    """What records tell of themselves by the hour of a case, as it is shown, see Collected."""
    told = numbers.told_of(case.work.connection, case.soak.judged(case.hour))
    return {name: {case.work.mask(word): count for word, count in words.items()} for name, words in told.items()}


def _known_before(case: Case, whole: Metrics) -> frozenset[str]:
    """The events that earlier soaks saw; asked for only where this one lacks some, because it reads files."""
    if case.history is None or (whole.deliveries and whole.processed and whole.replies):
        return frozenset()
    return seen_before(case.history, case.soak.start, settings_in_force(case.settings, case.work.mask))


def _earlier(case: Case, collected: Collected) -> tuple[Checkpoint, ...]:
    """How the checkpoints before this one come out by the same logs, each as if it were judged now by itself."""
    soak, connection = case.soak, case.work.connection
    hours = soak.due(case.hour)[:-1]
    lines = lines_by_window(connection, soak, case.hour) if hours else {}
    found = []
    for hour in hours:
        before = replace(case, hour=hour)
        whole = numbers.metrics_of(connection, soak.judged(hour), untimed=True)
        known = up_to(
            hour, collected, whole, lines, _soaked(before).deployments(), overlaps(soak.judged(hour), case.work)
        )
        bins = reply_bins(connection, soak.judged(hour))
        known = replace(known, demanded=_demanded(before, whole), told=_told(before), reply_bins=bins)
        known = replace(known, projects=_soaked(before).projects())
        facts = _facts(before, replace(known, known_before=_known_before(before, whole)))
        judgements = _with_waivers(criteria.judge(facts), case.waivers)
        outcomes = {judgement.name: judgement.outcome for judgement in judgements}
        state = state_of(judgement.outcome for judgement in judgements if judgement.required)
        found.append(Checkpoint(hour, state, outcomes))
    return tuple(found)


def _facts(case: Case, collected: Collected) -> Facts:
    settings = case.settings
    with_records = [
        reading for reading, lines in zip(case.readings, collected.lines, strict=True) if lines.get("records")
    ]
    return Facts(
        soak=case.soak,
        metrics=collected.whole,
        windows=collected.windows,
        timeline=collected.timeline,
        evidence=examine(collected, settings),
        limits=settings.limits,
        quiet_hours=settings.quiet_hours,
        verifies_signatures=settings.verifies_signatures,
        quality_required=settings.quality_required,
        quality_checks=settings.quality_checks,
        checks=_checks(case),
        untimed=collected.untimed,
        witness=case.witness,
        witnessed=case.witness_proof.covered,
        carries_status=sum(reading.format.carries_status for reading in with_records if reading.format),
        files=len(with_records),
        examined=_examined(case, collected.whole.replies),
        quality=settings.quality,
        known_before=collected.known_before,
        own_words=own_words(settings),
    )


def _checks(case: Case) -> tuple[Check, ...]:
    """The quality checks that count at this hour: those that are asked for, and those that somebody made unasked."""
    due = [check for check in case.checks if check.hour <= case.hour]
    asked = [one for one in due if one.hour in case.settings.quality_checks or one.ratings or one.slips]
    return tuple(check.masked(case.work.mask) for check in asked)


def _examined(case: Case, replies: int) -> Examined:
    """What the machine finds in the conversations; one that tells too few replies is said to lack them."""
    transcript, until = case.transcript, min(case.now, case.soak.checkpoint(case.hour))
    told = sum(message.direction is Direction.BOT for talk in transcript.conversations for message in talk.messages)
    problems = list(transcript.problems)
    if transcript.files and told < LEAST_TOLD * replies:
        problems.append(f"the transcript holds {plural(told, 'reply', 'replies')}, the logs tell of {replies:,}")
    if not transcript.conversations:
        return Examined(problems=tuple(problems))
    # Imported here, because few runs have a transcript, and what compares texts takes time to load.
    from logparse.quality.examine import examine as examine_quality  # noqa: PLC0415

    return examine_quality(transcript.conversations, case.settings.quality, until, case.work.mask, problems)


LEAST_TOLD = 0.9
"""The share of the replies in the logs that a transcript holds at least; messages may be deleted, but not so many."""


def _soaked(case: Case) -> Soaked:
    return Soaked(case.work, case.soak.judged(case.hour))


def _demanded(case: Case, whole: Metrics) -> Demanded | None:
    return _soaked(case).demanded(case.deployment, case.named, whole)


def _surroundings(case: Case, facts: Facts) -> Surroundings:
    events = case.settings.bot.events
    metrics = facts.metrics
    anything = (
        metrics.errors
        + metrics.signature_failures
        + metrics.critical_errors
        + metrics.delivery_failures
        + metrics.send_failures
        + metrics.slow_replies
    )
    labels = [kind.label for kind in KINDS]
    contacts = contacts_of(case.readings, facts.evidence.judged, labels, events, case.work) if anything else {}
    return Surroundings(
        case.work.connection,
        case.readings,
        case.work.mask,
        case.settings.causes,
        events["processing_error"],
        contacts,
        case.work.cache,
        case.work.elsewhere,
    )


def _window(case: Case, facts: Facts, hour: int) -> WindowResult:
    span = case.soak.window(hour)
    metrics = facts.windows[hour]
    missing = [hole for hole in facts.evidence.holes if hole.overlaps(span)]
    unjudged = facts.evidence.unjudged.get(hour, "a hole in the logs" if missing else "")
    broken = "" if facts.evidence.doubt else ", ".join(broken_limits(metrics, facts.limits))
    reason = "; ".join(part for part in (unjudged, broken) if part)
    kinds = numbers.error_kinds_of(case.work.connection, span, case.work.mask)
    return WindowResult(hour, span, not unjudged, metrics, reason, kinds)


def _error_kinds(case: Case) -> tuple[ErrorKind, ...]:
    """The kinds of error since the start, masked, with the place of the first of the most frequent ones."""
    judged = case.soak.judged(case.hour)
    examples = numbers.error_examples_of(case.work.connection, judged)
    records = [(message, request) for _, message, request in examples[:SHOWN_PLACES]]
    places = places_of(records, case.readings, case.work.cache, case.work.elsewhere)
    places += [None] * (len(examples) - len(records))
    return tuple(
        replace(kind, kind=numbers.masked_kind(kind.kind, message, case.work.mask), place=place)
        for (kind, message, _), place in zip(examples, places, strict=True)
    )


SHOWN_PLACES = 20
"""For how many kinds of error the place of the first is looked up."""


def _with_waivers(judgements: Sequence[Judgement], waivers: Sequence[Waiver]) -> tuple[Judgement, ...]:
    """The judgements with the waivers that are in force; each is about one criterion."""
    by_name = {waiver.criterion: waiver for waiver in waivers}
    return tuple(one.after(by_name[one.name]) if one.name in by_name else one for one in judgements)


def _waived(judgements: Sequence[Judgement]) -> str:
    """What is added to the sentence for what only waivers let pass."""
    told = "; ".join(f"{one.title}: {one.reason}" for one in judgements if one.waived)
    return f"; with {waivers_of(sum(one.waived is not None for one in judgements))}: {told}" if told else ""


def _reason(required: Sequence[Judgement], waived: str) -> str:
    """The sentence that explains the verdict: what counts most, first."""
    rank = max((judgement.outcome.rank for judgement in required), default=0)
    counting = "; ".join(f"{j.title}: {j.reason}" for j in required if j.outcome.rank == rank)
    if rank > Outcome.WARN.rank:
        return counting + waived
    return f"every required criterion is met{waived}" + (f"; look at {counting}" if rank else "")
