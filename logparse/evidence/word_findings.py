"""Findings about the bot's words: none is known, counts contradict each other, or two events match the same lines.

Then counts by words say nothing about the bot: only statuses, levels and the runtime's own messages do.
"""

from collections.abc import Collection, Iterator
from fractions import Fraction

from logparse.evidence.collected import Collected, Finding
from logparse.formats.collecting_commands import AGAIN
from logparse.outcome import Outcome
from logparse.text.wording import plural
from logparse.values.metrics import Metrics
from logparse.values.spoken import Inside, Overlap, Spoken

EVENTS = ("event_delivery", "event_processing", "event_reply")
"""The settings without which no bot can be judged."""

TRY = "try them with logparse tally (README: a bot with other words)"
"""The advice on how to try patterns before a soak."""


DOUBTED = "cannot be judged where the bot's words are not known: see the evidence"
"""The reason of criteria that rest on the bot's words, if these are in doubt."""


def doubt_of(whole: Metrics) -> str:
    """Returns why counts by words cannot be trusted; empty if nothing contradicts them."""
    read = whole.records - whole.left_out
    signatures = whole.signatures_verified + whole.signature_messages
    if read and not (whole.deliveries or whole.receipts or signatures or whole.processed or whole.replies):
        none = "none is a delivery, a receipt, a signature, processing or a reply"
        return f"{plural(read, 'record was', 'records were')} read, and {none}: the bot's words are not known"
    if whole.processed and not whole.deliveries:
        return _contradiction(plural(whole.processed, "message was", "messages were") + " processed", "delivery")
    if whole.replies and not whole.processed:
        return _contradiction(plural(whole.replies, "reply was", "replies were") + " seen", "processing")
    return ""


def _contradiction(some: str, other: str) -> str:
    none = {"delivery": "no delivery was seen", "processing": "no message was processed"}[other]
    return f"the counts contradict each other: {some}, but {none}; event_{other} does not know the bot's words"


def mend_of(whole: Metrics) -> str:
    """Returns the remedy for a doubt: the settings to set."""
    if not (whole.processed or whole.replies):
        words = f"set {', '.join(EVENTS)} in pytest.ini to the bot's own words, and {TRY}"
        return f"{words}; where nobody wrote to it yet, judge a time in which users do"
    missing = "event_delivery" if not whole.deliveries else "event_processing"
    return f"set {missing} in pytest.ini to the bot's own words, and {TRY}; if lines are missing, {AGAIN}"


def told_doubt(whole: Metrics, spoken: Spoken | None, known_before: Collection[str] = ()) -> str:
    """Describes a doubt with the bot's most frequent messages, and near matches of patterns; empty without a doubt.

    ``known_before`` are the events that earlier soaks saw with the same settings.
    """
    doubt = doubt_of(whole)
    if doubt and known_before:
        doubt += " any more (earlier soaks saw them by the same settings: perhaps nobody wrote)"
    return "; ".join([doubt, *_spoken(spoken)]) if doubt and spoken else doubt


def _spoken(spoken: Spoken) -> Iterator[str]:
    if spoken.silent:
        yield f"{spoken.silent:,} of the {plural(spoken.looked_at, 'record')} looked at hold no message"
    if spoken.shapes:
        shapes = ", ".join(f'{shape.records:,} × "{shape.text}"' for shape in spoken.shapes)
        yield f"the most frequent of the {plural(spoken.looked_at, 'record')} looked at: {shapes}"
    yield from map(_inside, spoken.inside)
    if spoken.shapes and not spoken.inside:
        yield "no pattern would match further inside of them"


def _inside(found: Inside) -> str:
    if found.event == "reply" and not found.front:
        return f"event_{found.event} matches {found.records:,}, but its group holds no whole number"
    return f'event_{found.event} would match further inside of {found.records:,}, behind "{found.front}"'


def of_words(collected: Collected) -> list[Finding]:
    """Returns findings about the counts by words."""
    whole = collected.whole
    told = told_doubt(whole, collected.spoken, collected.known_before)
    mend = APART if collected.overlaps else mend_of(whole)
    doubts = [Finding(Outcome.NOT_JUDGED, told, mend)] if told else _of_surplus(whole)
    return [*doubts, *(Finding(Outcome.WARN, told_overlap(one), APART) for one in collected.overlaps)]


def _of_surplus(whole: Metrics) -> list[Finding]:
    """Returns a finding if far more messages were processed than delivered, for then lines are missing."""
    if whole.processed - whole.deliveries <= max(Fraction(3), Fraction(whole.deliveries, 100)):
        return []
    reason = (
        f"{whole.processed:,} messages were processed but only {plural(whole.deliveries, 'delivery', 'deliveries')} "
        "seen: the logs are partial"
    )
    return [Finding(Outcome.NOT_JUDGED, reason, AGAIN)]


APART = "let the patterns of the two match different lines: a record is one event at most"
"""The remedy for an overlap."""


def told_overlap(overlap: Overlap) -> str:
    """Describes which two settings match the same lines, with an example."""
    both = f"event_{overlap.first} and event_{overlap.second} match the same {plural(overlap.records, 'line')}"
    return f'{both}, which counted as the first of them alone: "{overlap.message}"'
