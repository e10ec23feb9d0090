"""The state of the document: which checkpoints are filled in, found from the document alone."""

from enum import Enum

from logparse.monitoring_log import layout
from logparse.monitoring_log.markdown.document import Document
from logparse.monitoring_log.markdown.fields import field_value
from logparse.values.schedule import CHECKPOINTS


class HowFilled(Enum):
    """The state of a checkpoint's section: empty, not judged, or filled with numbers."""

    NO = 0
    NOT_JUDGED = 1
    YES = 2


def deliveries_label(hour: int) -> str:
    """Returns the label whose value shows whether a section was filled."""
    return layout.TOTAL_DELIVERIES if hour == layout.FINAL_HOUR else layout.DELIVERIES


def filled(document: Document, hour: int) -> HowFilled:
    """Returns the state of a checkpoint's section."""
    body = document.body(layout.section_of(hour))
    deliveries = field_value(body, deliveries_label(hour))
    if not deliveries:
        return HowFilled.NO
    if any(value.startswith(layout.NOT_JUDGED) for value in (deliveries, field_value(body, layout.LIMITS))):
        return HowFilled.NOT_JUDGED
    return HowFilled.YES


def holds_numbers(document: Document, hour: int) -> bool:
    """Tells whether a section shows counts, complete or not."""
    return field_value(document.body(layout.section_of(hour)), deliveries_label(hour))[:1].isdigit()


def latest_hour(document: Document) -> int:
    """Returns the last checkpoint that was run according to the document; -1 if there is none."""
    return max(filled_hours(document), default=-1)


def filled_hours(document: Document) -> frozenset[int]:
    """Returns the checkpoints that were run according to the document, judged or not."""
    return frozenset(hour for hour in CHECKPOINTS if filled(document, hour) is not HowFilled.NO)
