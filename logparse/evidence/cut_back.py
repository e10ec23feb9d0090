"""The collection cut back to an earlier checkpoint, as if no log had come since."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from logparse.evidence.collected import Collected
from logparse.values.timeline import Timeline


def cut_back_to(hour: int, collected: Collected, lines: Mapping[int, Mapping[int, int]]) -> Collected:
    """Returns the collection as a run at an earlier hour would see it, if it found the same files at the same time.

    ``lines`` are the lines that count once, by the index of their file, and by the hour of their window. Sums since the
    start stay those of the later hour.
    """
    case = collected.case.at(hour)
    return replace(
        collected,
        case=case,
        timeline=_cut(collected.timeline, case.judged.end),
        windows={due: collected.windows[due] for due in case.soak.due(hour)},
        spoken=None,
        lines=[_as_later(hour, classes, lines.get(at, {})) for at, classes in enumerate(collected.lines)],
    )


def _as_later(hour: int, classes: Mapping[str, int], by_window: Mapping[int, int]) -> dict[str, int]:
    """Moves lines of windows after the hour from the class of records to that of later lines."""
    later = sum(count for window, count in by_window.items() if window > hour)
    moved = {"records": classes.get("records", 0) - later, "later": classes.get("later", 0) + later}
    return {**classes, **{name: count for name, count in moved.items() if count or name in classes}}


def _cut(timeline: Timeline, end: datetime) -> Timeline:
    """Keeps the moments before a time on a whole minute; none spans it."""
    kinds = (timeline.records, timeline.deliveries, timeline.replies, timeline.partial)
    return Timeline(*(tuple(moment for moment in moments if moment.first < end) for moments in kinds))
