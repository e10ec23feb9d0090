"""Findings about the records: unknown levels and zones, other environments, unhandled requests, several units."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from fractions import Fraction
from math import inf

from logparse.counting.events import BIN_WIDTH, LAST_PLACE
from logparse.evidence.collected import Collected, Finding
from logparse.outcome import Outcome
from logparse.text.wording import plural
from logparse.values.metrics import Metrics
from logparse.values.schedule import Span

MOST_REDIRECTS = 5
"""Percent of the webhook's requests that may be redirected before nothing is judged."""

NAMED = 5
"""The most words that a reason names."""

OTHER_ENVIRONMENTS = frozenset(
    ("production", "preview", "development", "dev", "staging", "stage", "test", "testing", "qa", "uat", "ci", "build")
)
"""Common names of environments: leaving them out is expected."""


def of_records(collected: Collected, environment: str) -> Iterator[Finding]:
    """Yields all findings about the records; ``environment`` is the one that is judged."""
    yield from _of_levels(collected)
    yield from _of_redirects(collected.whole)
    yield from _of_events(collected.whole)
    yield from _of_environments(collected, environment)
    yield from _of_latencies(collected.reply_bins)


def _of_levels(collected: Collected) -> Iterator[Finding]:
    """Yields unknown words for levels; a file full of them has a problem of its own instead."""
    if unknown := collected.told.get("unknown_level"):
        count = plural(sum(unknown.values()), "record has", "records have")
        reason = f"{count} a level that is not known ({_most_frequent(unknown)}): their words decided"
        yield Finding(Outcome.WARN, reason, "log levels in words or numbers that are known, see the README on levels")


def _of_redirects(whole: Metrics) -> Iterator[Finding]:
    """Yields redirected requests: the provider has its answer, but the bot got nothing."""
    if whole.redirects:
        requests = plural(whole.webhook_statuses, "request of the webhook was", "requests of the webhook were")
        reason = f"{whole.redirects:,} of {requests} redirected (3xx): the bot did not handle them"
        many = Fraction(100 * whole.redirects) > MOST_REDIRECTS * whole.webhook_statuses
        mend = "give the provider the address itself, not one that redirects"
        yield Finding(Outcome.NOT_JUDGED if many else Outcome.WARN, reason, mend)


def _of_events(whole: Metrics) -> Iterator[Finding]:
    """Yields accepted requests that log no known event; a lower bound, for each event counts once."""
    events = max(
        whole.deliveries + whole.receipts, whole.signatures_verified + whole.signature_failures, whole.processed
    )
    dropped = max(0, whole.webhook_accepted - events)
    if dropped and 2 * dropped >= whole.webhook_accepted:
        requests = plural(whole.webhook_accepted, "accepted request of the webhook", "accepted requests of the webhook")
        reason = f"at least {dropped:,} of {requests} print no known event: they may have been dropped"
        yield Finding(Outcome.WARN, reason, "look at what those requests print, and set the event_ patterns to it")


def _of_environments(collected: Collected, environment: str) -> Iterator[Finding]:
    """Yields records left out for an unusual name of their environment: it may be the bot's own."""
    told = collected.told.get("environment", {})
    unusual = {word: count for word, count in told.items() if word not in OTHER_ENVIRONMENTS}
    if unusual:
        nothing_else = collected.whole.left_out == collected.whole.records
        count = plural(sum(unusual.values()), "record was", "records were")
        reason = f"{count} left out for their environment ({_most_frequent(unusual)}): only {environment!r} is judged"
        mend = "if one of them is the bot's, set environment in pytest.ini to its name"
        yield Finding(Outcome.NOT_JUDGED if nothing_else else Outcome.WARN, reason, mend)


LOW_MS, HIGH_MS = 60, 1000
"""Milliseconds up to which times may really be seconds (a minute), and from which they are surely milliseconds."""

LEAST_OF_A_UNIT = 3
"""The fewest response times of one unit that are no coincidence."""

UNITS = "event_reply reads milliseconds: log every response time in them, or match the other lines by another pattern"


def _of_latencies(bins: Mapping[int, int]) -> Iterator[Finding]:
    """Yields implausible response times: longer than a day, in two units, or all of them in seconds."""

    def between(least: float, most: float) -> int:
        return sum(count for place, count in bins.items() if least < BIN_WIDTH ** (place + 0.5) <= most)

    total = sum(bins.values())
    if beyond := sum(count for place, count in bins.items() if place > LAST_PLACE):
        reason = f"{plural(beyond, 'response time is', 'response times are')} beyond a day (of {total:,}), and left out"
        yield Finding(Outcome.WARN, reason, UNITS)
    low, high = between(-1, LOW_MS), between(HIGH_MS, inf)
    if min(low, high) >= LEAST_OF_A_UNIT and not between(LOW_MS, HIGH_MS):
        reason = (
            f"{low:,} response times are at most {LOW_MS} ms, {high:,} are over {HIGH_MS:,} ms, and none is between: "
            "they may be in two units"
        )
        yield Finding(Outcome.WARN, reason, UNITS)
    if low == total >= LEAST_OF_A_UNIT:
        reason = f"all {total:,} response times are at most {LOW_MS} ms: they may be seconds"
        yield Finding(Outcome.WARN, reason, UNITS)


def _most_frequent(words: Mapping[str, int]) -> str:
    """Lists the most frequent words, each with its count."""
    told = [f"{word!r} {count:,}" for word, count in list(words.items())[:NAMED]]
    return ", ".join(told) + (f", and {len(words) - NAMED:,} more words" if len(words) > NAMED else "")


HALF_HOURS = 28
"""The farthest zone from UTC to either side, in half hours: fourteen hours."""

NEAR = timedelta(minutes=45)
"""The difference up to which no other zone is assumed."""

SET_ZONE = "set timezone in pytest.ini to the zone of the logs; where it is UTC, log that: a Z behind the time"


def of_zone(collected: Collected, zone: str) -> Iterator[Finding]:
    """Yields files whose times have no zone while ``timezone`` is UTC, its default: they are perhaps hours off.

    NOT JUDGED if all times would fit the soak in another zone, and do not in this one.
    """
    local = [reading for reading in collected.case.readings if reading.local and reading.tally]
    if not local or zone != "UTC":
        return
    names = ", ".join(reading.shown for reading in local[:3]) + (", ..." if len(local) > 3 else "")
    told = f"{names}: the times name no zone and are read in UTC, because the setting timezone says so"
    alone = all(reading.local for reading in collected.case.readings if reading.tally)
    ahead = _fitting(collected.recorded, collected) if alone and collected.recorded else None
    if ahead is None:
        yield Finding(Outcome.WARN, told, SET_ZONE)
        return
    far = f"{abs(ahead) / timedelta(hours=1):g} h {'ahead' if ahead > timedelta(0) else 'behind'}"
    reason = f"{told}; they do not fit the soak, and in a zone {far} all would"
    yield Finding(Outcome.NOT_JUDGED, reason, SET_ZONE)


def _fitting(recorded: Span, collected: Collected) -> timedelta | None:
    """Returns the offset from UTC in which the records fill the judged time; None if UTC fits, or no offset does."""
    judged = collected.case.judged
    if _fills(recorded, judged):
        return None
    offsets = (timedelta(minutes=30 * count) for count in range(-HALF_HOURS, HALF_HOURS + 1))
    shifted = {offset: Span(recorded.start - offset, recorded.end - offset) for offset in offsets}
    fitting = [offset for offset, span in shifted.items() if _fills(span, judged)]
    return min(fitting, key=lambda offset: abs(shifted[offset].end - judged.end), default=None)


def _fills(recorded: Span, judged: Span) -> bool:
    return abs(recorded.start - judged.start) < NEAR and abs(recorded.end - judged.end) < NEAR
