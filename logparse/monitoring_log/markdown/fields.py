"""Fields: list items with a bold label, ``- **Errors:** 3``, whose values the suite reads and writes.

People may write fields of the same labels. The suite's is the one whose whole value has a form that the suite writes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from logparse.monitoring_log.markdown.lines import Body, Line, block_end
from logparse.monitoring_log.markdown.own_values import is_own_value, is_placeholder

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


def field_text(label: str, value: str) -> str:
    """Returns the line of a field."""
    return f"- **{label}:** {value}"


def find_field(body: Body, label: str, value: str | None = None) -> Field | None:
    """Finds the field with a label; nested items and code do not count.

    If people wrote another field with this label, returns the first whose value the suite writes, or with the ``value``
    that it is about to write; else the first without a value, else the first.
    """

    def unlikeness(field: Field) -> int:
        own = is_own_value(label, field.value) or field.value == value
        return 0 if own else 1 if field.empty else 2

    return min(find_fields(body, label), key=unlikeness, default=None)


def find_fields(body: Body, label: str, *, literal: bool = False) -> Sequence[Field]:
    """Returns all fields with a label, in order; with ``literal`` those in code and comments instead."""
    name = re.escape(label)
    pattern = re.compile(rf"({BULLET}(?P<mark>\*\*|__)\s*{name}\s*(?::\s*(?P=mark)|(?P=mark)\s*:))[ \t]*(.*?)[ \t]*")
    found = []
    for index, line in enumerate(body):
        match = pattern.fullmatch(line.text) if line.literal is literal else None
        if match:
            found.append(Field(index, match["lead"], match[1], match[4]))
    return found


def field_value(body: Body, label: str) -> str:
    """Returns the value of a field; empty if the field is missing or its value is a placeholder."""
    field = find_field(body, label)
    return "" if field is None or field.empty else field.value


def put(body: Body, label: str, value: str, order: Sequence[str]) -> Body:
    """Writes a value behind a label, adding the field if needed. A line with this value already keeps every byte.

    A single field of this label is the suite's, whatever stands behind it. If there are several and all have words of
    people's, a field is added.
    """
    field = find_field(body, label, value)
    if field and field.value == value:
        return body
    if field and (field.empty or is_own_value(label, field.value) or len(find_fields(body, label)) == 1):
        return replace_line(body, field.index, f"{field.before} {value}")
    return insert_items(body, _place(body, label, order), Line(field_text(label, value)))


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
