"""How far the document is filled in, found out from the document alone."""

from enum import Enum

from logparse.monitoring_log.layout import (
    DELIVERIES,
    FINAL_HOUR,
    LIMITS,
    NOT_JUDGED,
    TOTAL_DELIVERIES,
    section_of,
)
from logparse.monitoring_log.markdown.document import Document
from logparse.monitoring_log.markdown.fields import value_of
from logparse.values.schedule import CHECKPOINTS


class HowFilled(Enum):
    """How much stands in a checkpoint's section: nothing yet, a window that was not judged, or the real numbers."""

    NO = 0
    NOT_JUDGED = 1
    YES = 2


def deliveries_label(hour: int) -> str:
    """The label behind which a section shows whether it was filled."""
    return TOTAL_DELIVERIES if hour == FINAL_HOUR else DELIVERIES


def filled(document: Document, hour: int) -> HowFilled:
    """How much stands in a checkpoint's section."""
    body = document.body(section_of(hour))
    deliveries = value_of(body, deliveries_label(hour))
    if not deliveries:
        return HowFilled.NO
    if any(value.startswith(NOT_JUDGED) for value in (deliveries, value_of(body, LIMITS))):
        return HowFilled.NOT_JUDGED
    return HowFilled.YES


def holds_numbers(document: Document, hour: int) -> bool:
    """Whether a section shows counts, whole or not."""
    return value_of(document.body(section_of(hour)), deliveries_label(hour))[:1].isdigit()


def latest_hour(document: Document) -> int:
    """The last checkpoint that was run, going by the document; -1 where none was."""
    reached = (hour for hour in CHECKPOINTS if filled(document, hour) is not HowFilled.NO)
    return max(reached, default=-1)


def filled_hours(document: Document) -> frozenset[int]:
    """The checkpoints that were run, judged or not, going by the document."""
    return frozenset(hour for hour in CHECKPOINTS if filled(document, hour) is not HowFilled.NO)
