"""Fields: list items with a bold label, ``- **Errors:** 3``, whose values the suite reads and writes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from logparse.monitoring_log.markdown.lines import Body, Line, block_end

_PLACEHOLDER = re.compile(r"\[[^\[\]]*\]")
# NOTE: people may have written a field of the same label. This only decides which of several is the suite's.
_LIKE_THE_SUITE = re.compile(
    r"\[.*\]|\d[\d,.:-]*(?: .*)?|not (?:judged|collected|measured)\b.*|none\b.*|no (?:replies|deliveries|blind).*"
    r"|all met\b.*|(?:success rate|error rate|response time) \d.*|nothing to change|the logs name none|`.*"
    r"|(?:STABLE|NEEDS ATTENTION|IN PROGRESS|COMPLETE|STOPPED)\b.*"
)
BULLET = r"(?P<lead> ?[-*+][ \t]+)"
"""A regular expression for the start of a list item at the outer level."""


@dataclass(frozen=True)
class Field:
    """A field in a section: the index of its line, its bullet, all text before the value, and the value."""

    index: int
    lead: str
    before: str
    value: str

    @property
    def empty(self) -> bool:
        """Whether no value was filled in yet."""
        return not self.value or is_placeholder(self.value)


def is_placeholder(value: str) -> bool:
    """Tells whether a value is a placeholder, like ``[not filled yet]``."""
    return bool(_PLACEHOLDER.fullmatch(value))


def field_text(label: str, value: str) -> str:
    """Returns the line of a field."""
    return f"- **{label}:** {value}"


def find_field(body: Body, label: str) -> Field | None:
    """Finds the field with a label; nested items and code do not count.

    If people wrote another field with this label, returns the one whose value looks like the suite's, else the first.
    """
    found = find_fields(body, label)
    return next((field for field in found if _LIKE_THE_SUITE.fullmatch(field.value)), found[0] if found else None)


def find_fields(body: Body, label: str) -> Sequence[Field]:
    """Returns all fields with a label, in order."""
    name = re.escape(label)
    pattern = re.compile(rf"({BULLET}(?P<mark>\*\*|__)\s*{name}\s*(?::\s*(?P=mark)|(?P=mark)\s*:))[ \t]*(.*?)[ \t]*")
    found = []
    for index, line in enumerate(body):
        match = None if line.literal else pattern.fullmatch(line.text)
        if match:
            found.append(Field(index, match["lead"], match[1], match[4]))
    return found


def field_value(body: Body, label: str) -> str:
    """Returns the value of a field; empty if the field is missing or its value is a placeholder."""
    field = find_field(body, label)
    return "" if field is None or field.empty else field.value


def put(body: Body, label: str, value: str, order: Sequence[str]) -> Body:
    """Writes a value behind a label, adding the field if needed. A line with this value already keeps every byte."""
    field = find_field(body, label)
    if field is None:
        return insert_items(body, _place(body, label, order), Line(field_text(label, value)))
    if field.value == value:
        return body
    return replace_line(body, field.index, f"{field.before} {value}")


def insert_items(body: Body, at: int, *lines: Line) -> Body:
    """Inserts list items before a line, with a blank line between them and a paragraph."""
    apart = at < len(body) and not body[at].blank and not body[at].bullet and not body[at].literal
    return (*body[:at], *lines, *((Line(""),) if apart and not body[at].heading else ()), *body[at:])


def replace_line(body: Body, index: int, text: str) -> Body:
    """Replaces the text of one line and keeps its line ending."""
    return (*body[:index], replace(body[index], text=text), *body[index + 1 :])


def _place(body: Body, label: str, order: Sequence[str]) -> int:
    """Returns where to insert a missing field: after the nearest label before it in ``order``, else on top."""
    for earlier in reversed(order[: order.index(label)]):
        field = find_field(body, earlier)
        if field:
            return block_end(body, field.index)
    return next((index for index, line in enumerate(body) if not line.blank), len(body))
