"""The two criteria on stretches of time: silence (no deliveries) and answering (deliveries, but no replies)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from logparse.evidence.word_findings import DOUBTED
from logparse.formats.collecting_commands import WITH_TIMES, told
from logparse.judging.facts import EVIDENCE_FIRST, Facts
from logparse.outcome import Outcome
from logparse.text.wording import duration, exact, plural
from logparse.values.criteria import ANSWERING, SILENCE
from logparse.values.criterion import Criterion
from logparse.values.judgement import Judgement, unjudged
from logparse.values.schedule import Span, subtract
from logparse.values.timeline import Stretch, silences, unanswered

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class StretchesFound:
    """Stretches of one kind: all of them, those over the limit, and those of the latter that were surely seen.

    ``unknown`` is why nothing can be concluded from them; empty if something can.
    """

    all: tuple[Stretch, ...]
    over: tuple[Stretch, ...]
    seen_over: tuple[Stretch, ...]
    limit: timedelta
    unknown: str = ""


def silent(facts: Facts) -> StretchesFound:
    """Returns the stretches without a delivery, edges of the judged time included, quiet hours excluded."""
    limit = timedelta(minutes=float(facts.limits.silence_minutes))
    seen = facts.evidence.seen
    quiet = facts.settings.quiet_hours.spans(seen) if facts.settings.quiet_hours else ()
    # Times whose records were read as of the other showing of a repeated hour are no silence.
    quiet = (*quiet, *facts.evidence.repeated)
    known = bool(facts.metrics.deliveries) or "delivery" in facts.collected.known_before
    words = DOUBTED if facts.evidence.doubt else "" if known else NEVER_DELIVERED
    without = [Stretch(span) for span in silences(facts.collected.timeline, seen, quiet)]
    return _found(facts, without, limit, _unknown(facts), words)


def left_unanswered(facts: Facts) -> StretchesFound:
    """Returns the stretches without a reply that have enough deliveries to count, or may have more than were seen."""
    limit = timedelta(minutes=float(facts.limits.answering_minutes))
    # A piece that is shorter than the limit hides no answer that would have come in time.
    unknown = _unknown(facts, limit)
    enough = [
        stretch
        for stretch in unanswered(facts.collected.timeline, facts.evidence.seen)
        if stretch.deliveries >= facts.limits.answering_deliveries
        or any(stretch.span.overlaps(missing) for missing in unknown)
    ]
    known = bool(facts.metrics.replies) or "reply" in facts.collected.known_before
    return _found(facts, enough, limit, unknown, DOUBTED if facts.evidence.doubt else "" if known else NEVER_REPLIED)


def _found(
    facts: Facts, stretches: Sequence[Stretch], limit: timedelta, unknown: Sequence[Span], unknown_words: str
) -> StretchesFound:
    over = tuple(stretch for stretch in stretches if stretch.span.length > limit)
    # Records without a time may belong to any stretch, and so may events in unknown words.
    unsure = facts.collected.untimed or unknown_words
    seen_over = () if unsure else tuple(stretch for stretch in over if _seen_over(stretch, unknown, limit))
    return StretchesFound(tuple(stretches), over, seen_over, limit, unknown_words)


NEVER_DELIVERED = "no delivery was ever seen, so it is not known whether event_delivery knows the bot's words"
NEVER_REPLIED = "no reply was ever seen, so it is not known whether event_reply knows the bot's words"
"""The reason if no reply was ever seen, in this soak or in an earlier one with the same settings."""


def silence(facts: Facts) -> Judgement:
    """Judges that deliveries never stopped for long while the bot was up; unknown across a hole."""
    advice = "look at the provider's webhook: paused, or its address changed?"
    return _judged(facts, SILENCE, silent(facts), "without a delivery while other records go on", advice)


def answering(facts: Facts) -> Judgement:
    """Judges that the bot never left its users without answers for long; unknown across a hole."""
    advice = "look at the errors of that time: is the AI provider reachable, is its key valid?"
    return _judged(facts, ANSWERING, left_unanswered(facts), "with deliveries and no reply", advice)


def _judged(facts: Facts, criterion: Criterion, found: StretchesFound, what: str, advice: str) -> Judgement:
    """Returns FAIL for a stretch over the limit that was seen whole; NOT JUDGED if a hole may hide its end."""
    worst = max(found.seen_over or found.all, key=lambda stretch: stretch.span.length, default=None)
    limit, mend = duration(found.limit), ""
    if facts.collected.untimed:
        worst, outcome, mend = None, Outcome.NOT_JUDGED, told(WITH_TIMES, facts.evidence.command)
        reason = f"it cannot be told when {plural(facts.collected.untimed, 'record')} came: the text carries no time"
    elif found.unknown:
        outcome, mend, reason = Outcome.NOT_JUDGED, _mend(found.unknown), found.unknown
    elif found.seen_over and worst:
        outcome, number = Outcome.FAIL, plural(len(found.seen_over), "stretch", "stretches")
        reason = f"{number} {what}, the longest {_shown(worst)}; limit {limit}; {advice}"
    elif found.over:
        outcome, mend = Outcome.NOT_JUDGED, EVIDENCE_FIRST
        reason = f"{_shown(found.over[0])} cannot be judged: the logs of that time are missing"
    else:
        outcome, shown = Outcome.PASS, f"longest stretch {what}: {_shown(worst)}" if worst else f"no stretch {what}"
        reason = f"{shown}, limit {limit}"
    return replace(
        unjudged(criterion),
        outcome=outcome,
        reason=reason,
        value=worst.span.length / MINUTE if worst else None if facts.collected.untimed else 0,
        limit=found.limit / MINUTE,
        count=None if facts.collected.untimed else len(found.seen_over or found.over),
        mend=mend,
    )


def _mend(unknown: str) -> str:
    """Returns the remedy: the setting of what was never seen; doubts are left to the evidence."""
    settings = {NEVER_DELIVERED: "event_delivery", NEVER_REPLIED: "event_reply"}
    if unknown not in settings:
        return EVIDENCE_FIRST
    return f"set {settings[unknown]} in pytest.ini to the bot's own words, or judge a time in which users wrote to it"


def _unknown(facts: Facts, shortest: timedelta = timedelta(0)) -> tuple[Span, ...]:
    """Returns the spans whose events are unknown: holes, possibly unfetched spans over ``shortest``, and records that
    stand for missing messages.
    """
    unsure = tuple(span for span in facts.evidence.unsure if span.length > shortest)
    partial = tuple(Span(moment.first, moment.last + MINUTE) for moment in facts.collected.timeline.partial)
    return facts.evidence.holes + unsure + partial


def _seen_over(stretch: Stretch, unknown: Sequence[Span], limit: timedelta) -> bool:
    """Tells whether a part of the stretch that was seen whole is over the limit by itself."""
    if not any(stretch.span.overlaps(missing) for missing in unknown):
        return True
    return stretch.deliveries == 0 and any(piece.length > limit for piece in subtract(stretch.span, unknown))


def _shown(stretch: Stretch) -> str:
    """Formats a stretch: how long, from when to when, with how many deliveries."""
    inside = f", {plural(stretch.deliveries, 'delivery', 'deliveries')}" if stretch.deliveries else ""
    span = stretch.span
    return f"{duration(span.length)} from {exact(span.start)} to {exact(span.end)}{inside}"
