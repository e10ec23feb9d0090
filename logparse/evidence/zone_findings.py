"""Findings about times without a zone, if none was set: they are read in UTC, and perhaps hours off."""

from collections.abc import Iterator
from datetime import timedelta

from logparse.evidence.collected import Collected, Finding
from logparse.outcome import Outcome
from logparse.values.schedule import Span

HALF_HOURS = 28
"""The farthest zone from UTC to either side, in half hours: fourteen hours."""

NEAR = timedelta(minutes=45)
"""The difference up to which no other zone is assumed."""

SET = "set timezone in pytest.ini to the zone of the logs; where it is UTC, log that: a Z behind the time"


def of_zone(collected: Collected, zone: str) -> Iterator[Finding]:
    """Yields files whose times have no zone while the setting ``timezone`` is UTC, which is its default.

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
        yield Finding(Outcome.WARN, told, SET)
        return
    far = f"{abs(ahead) / timedelta(hours=1):g} h {'ahead' if ahead > timedelta(0) else 'behind'}"
    reason = f"{told}; they do not fit the soak, and in a zone {far} all would"
    yield Finding(Outcome.NOT_JUDGED, reason, SET)


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
