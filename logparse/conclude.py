"""The conclusion of a case, from readings to verdict: facts, criteria, flags, windows, the account of lines."""

from collections.abc import Sequence
from dataclasses import replace

from logparse.counting import numbers
from logparse.counting.course import lines_by_window, reply_bins, response_times_of, slots_of
from logparse.evidence.case import Case
from logparse.evidence.collected import Collected
from logparse.evidence.cut_back import cut_back_to
from logparse.evidence.examine import examine
from logparse.evidence.soaked import Soaked
from logparse.evidence.word_findings import doubt_of
from logparse.judging import criteria
from logparse.judging.budgets import budgets
from logparse.judging.facts import Facts
from logparse.judging.rates import broken_limits
from logparse.judging.red_flags import flags_of
from logparse.judging.what_would_change import Standing, would_change
from logparse.outcome import Outcome, state_of
from logparse.reading.accounts import file_accounts, sum_of_lines
from logparse.reading.locate import places_of
from logparse.reading.merge import Account, accounts
from logparse.reading.spoken import overlaps, spoken
from logparse.reading.workplace import Workplace
from logparse.settings.in_force import settings_in_force
from logparse.text.wording import plural
from logparse.values.conversation import Direction
from logparse.values.course import Checkpoint
from logparse.values.flags import ErrorKind
from logparse.values.judgement import Judgement
from logparse.values.metrics import Metrics
from logparse.values.ratings import Check
from logparse.values.suspicions import Examined
from logparse.values.waiver import Waiver
from logparse.verdicts.known_words import seen_before
from logparse.verdicts.verdict import Verdict, WindowResult


def conclude(case: Case, work: Workplace) -> Verdict:
    """Concludes a case; returns its verdict."""
    request, soak, connection = case.request, case.soak, work.connection
    lines = accounts(case.readings, soak, case.hour, work)
    collected = _collected(case, lines, work)
    facts = _facts(collected, work)
    judgements = _with_waivers(criteria.judge(facts), request.waivers)
    required = [judgement for judgement in judgements if judgement.required]
    state = state_of(judgement.outcome for judgement in required)
    soaked, limits, judged = Soaked(work, case.judged), case.settings.limits, case.judged
    return Verdict(
        hour=case.hour,
        state=state,
        start=soak.start,
        start_source=request.start_source,
        criteria=judgements,
        metrics=facts.metrics,
        windows=tuple(_window(facts, hour, work) for hour in soak.due(case.hour)),
        deployment=soaked.shown(request.named),
        rehearsal=request.sought.rehearsal,
        deployments=collected.deployments,
        unnamed_records=soaked.unnamed(collected.whole),
        files=file_accounts(case.readings, lines, work),
        lines=sum_of_lines(lines),
        flags=flags_of(facts, work),
        error_kinds=_error_kinds(case, work),
        quality=facts.examined,
        reason=_reason(required, _waived(judgements)),
        mend=next((j.mend for j in required if j.mend and j.outcome is Outcome.NOT_JUDGED), ""),
        judged_at=case.now,
        quality_checks=tuple(check.result for check in facts.checks),
        would_change=would_change(Standing(facts, state, judgements)),
        budgets=budgets(judgements, limits),
        earlier=_earlier(collected, work),
        slots=slots_of(connection, judged),
        response_times=response_times_of(connection, judged, int(1000 * limits.response_seconds)),
        holes=facts.evidence.holes,
        collecting=facts.evidence.command,
        settings=settings_in_force(case.settings, work.mask),
    )


def _collected(case: Case, lines: Sequence[Account], work: Workplace) -> Collected:
    """Returns the numbers of a case at its hour."""
    connection, judged = work.connection, case.judged
    whole = numbers.metrics_of(connection, judged, untimed=True)
    collected = Collected(
        case=case,
        lines=[account.lines for account in lines],
        recorded=numbers.recorded_span(connection),
        timeline=numbers.timeline_of(connection, judged),
        windows={hour: numbers.metrics_of(connection, case.soak.window(hour)) for hour in case.soak.due(case.hour)},
        whole=whole,
        untimed=numbers.untimed_of(connection),
        spoken=spoken(case.readings, judged, case.settings.bot.events, work) if doubt_of(whole) else None,
    )
    return _with_counts(collected, work)


def _with_counts(collected: Collected, work: Workplace) -> Collected:
    """Adds everything else that is counted between the start and the hour of the case."""
    case, judged, whole = collected.case, collected.case.judged, collected.whole
    soaked = Soaked(work, judged)
    told = numbers.told_of(work.connection, judged)
    return replace(
        collected,
        deployments=soaked.names_of("deployment"),
        projects=soaked.names_of("project"),
        demanded=soaked.demanded(case.request.deployment, case.request.named, whole),
        told={name: {work.mask(word): count for word, count in words.items()} for name, words in told.items()},
        reply_bins=reply_bins(work.connection, judged),
        overlaps=overlaps(judged, work),
        known_before=_known_before(case, whole, work),
    )


def _known_before(case: Case, whole: Metrics, work: Workplace) -> frozenset[str]:
    """Returns the events seen in earlier soaks; empty if this one has all, because it reads files."""
    history = case.request.history
    if history is None or (whole.deliveries and whole.processed and whole.replies):
        return frozenset()
    return seen_before(history, case.soak.start, settings_in_force(case.settings, work.mask))


def _earlier(collected: Collected, work: Workplace) -> tuple[Checkpoint, ...]:
    """Judges the checkpoints before this one by the same logs, each as if it were judged now by itself."""
    case, connection = collected.case, work.connection
    hours = case.soak.due(case.hour)[:-1]
    lines = lines_by_window(connection, case.soak, case.hour) if hours else {}
    found = []
    for hour in hours:
        whole = numbers.metrics_of(connection, case.soak.judged(hour), untimed=True)
        facts = _facts(_with_counts(replace(cut_back_to(hour, collected, lines), whole=whole), work), work)
        judgements = _with_waivers(criteria.judge(facts), case.request.waivers)
        outcomes = {judgement.name: judgement.outcome for judgement in judgements}
        state = state_of(judgement.outcome for judgement in judgements if judgement.required)
        found.append(Checkpoint(hour, state, outcomes))
    return tuple(found)


def _facts(collected: Collected, work: Workplace) -> Facts:
    case = collected.case
    examined = _examined(case, collected.whole.replies, work)
    return Facts(collected, examine(collected), _checks(case, work), examined)


def _checks(case: Case, work: Workplace) -> tuple[Check, ...]:
    """Returns the quality checks that count at this hour: the configured ones, and others that have ratings."""
    due = [check for check in case.request.checks if check.hour <= case.hour]
    asked = [one for one in due if one.hour in case.settings.quality_checks or one.ratings or one.slips]
    return tuple(check.masked(work.mask) for check in asked)


def _examined(case: Case, replies: int, work: Workplace) -> Examined:
    """Examines the conversations automatically; a transcript with too few of the replies is marked as incomplete."""
    transcript, until = case.transcript, min(case.now, case.judged.end)
    told = sum(message.direction is Direction.BOT for talk in transcript.conversations for message in talk.messages)
    problems = list(transcript.problems)
    if transcript.files and told < LEAST_TOLD * replies:
        problems.append(f"the transcript holds {plural(told, 'reply', 'replies')}, the logs tell of {replies:,}")
    if not transcript.conversations:
        return Examined(problems=tuple(problems))
    # Imported here, because few runs have a transcript, and modules that compare texts take time to load.
    from logparse.quality.examine import examine as examine_quality  # noqa: PLC0415

    return examine_quality(transcript.conversations, case.settings.quality, until, work.mask, problems)


LEAST_TOLD = 0.9
"""The least share of the logged replies in a transcript; messages may be deleted, but not that many."""


def _window(facts: Facts, hour: int, work: Workplace) -> WindowResult:
    span = facts.case.soak.window(hour)
    metrics = facts.windows[hour]
    missing = [hole for hole in facts.evidence.holes if hole.overlaps(span)]
    unjudged = facts.evidence.unjudged.get(hour, "a hole in the logs" if missing else "")
    broken = "" if facts.evidence.doubt else ", ".join(broken_limits(metrics, facts.limits))
    reason = "; ".join(part for part in (unjudged, broken) if part)
    kinds = numbers.error_kinds_of(work.connection, span, work.mask)
    return WindowResult(hour, span, not unjudged, metrics, reason, kinds)


def _error_kinds(case: Case, work: Workplace) -> tuple[ErrorKind, ...]:
    """Returns the kinds of error since the start, masked, with the place of the first of the most frequent ones."""
    examples = numbers.error_examples_of(work.connection, case.judged)
    records = [(message, request) for _, message, request in examples[:SHOWN_PLACES]]
    places = places_of(records, case.readings, work)
    places += [None] * (len(examples) - len(records))
    return tuple(
        replace(kind, kind=numbers.masked_kind(kind.kind, message, work.mask), place=place)
        for (kind, message, _), place in zip(examples, places, strict=True)
    )


SHOWN_PLACES = 20
"""The number of kinds of error for which the place of the first is looked up."""


def _with_waivers(judgements: Sequence[Judgement], waivers: Sequence[Waiver]) -> tuple[Judgement, ...]:
    """Applies the waivers in force to the judgements; each is about one criterion."""
    by_name = {waiver.criterion: waiver for waiver in waivers}
    return tuple(one.after(by_name[one.name]) if one.name in by_name else one for one in judgements)


def _waived(judgements: Sequence[Judgement]) -> str:
    """Returns the addition to the reason if a verdict passes only by waivers."""
    told = "; ".join(f"{one.title}: {one.reason}" for one in judgements if one.waived)
    return f"; with {plural(sum(one.waived is not None for one in judgements), 'waiver')}: {told}" if told else ""


def _reason(required: Sequence[Judgement], waived: str) -> str:
    """Returns the sentence that explains the verdict: the most important reason first."""
    rank = max((judgement.outcome.rank for judgement in required), default=0)
    counting = "; ".join(f"{j.title}: {j.reason}" for j in required if j.outcome.rank == rank)
    if rank > Outcome.WARN.rank:
        return counting + waived
    return f"every required criterion is met{waived}" + (f"; look at {counting}" if rank else "")
