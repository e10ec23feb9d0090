"""Fields: list items with a bold label, ``- **Errors:** 3``, whose values the suite reads and writes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from logparse.monitoring_log.lines import Body, Line, block_end

_PLACEHOLDER = re.compile(r"\[[^\[\]]*\]")
BULLET = r"(?P<lead> ?[-*+][ \t]+)"
"""How a list item at the outer level begins, as a regular expression."""


@dataclass(frozen=True)
class Field:
    """A label found in a section: which line, its bullet, all that stands before the value, and the value."""

    index: int
    lead: str
    before: str
    value: str

    @property
    def empty(self) -> bool:
        """Whether nothing was filled in yet."""
        return not self.value or is_placeholder(self.value)


def is_placeholder(value: str) -> bool:
    """Whether a value only holds the place of one, like ``[not filled yet]``."""
    return bool(_PLACEHOLDER.fullmatch(value))


def field_text(label: str, value: str) -> str:
    """A field as a line of its own."""
    return f"- **{label}:** {value}"


def find(body: Body, label: str) -> Field | None:
    """The first field of that label; nested items and fenced code do not count."""
    name = re.escape(label)
    pattern = re.compile(rf"({BULLET}(?P<mark>\*\*|__)\s*{name}\s*(?::\s*(?P=mark)|(?P=mark)\s*:))[ \t]*(.*?)[ \t]*")
    for index, line in enumerate(body):
        match = None if line.literal else pattern.fullmatch(line.text)
        if match:
            return Field(index, match["lead"], match[1], match[4])
    return None


def value_of(body: Body, label: str) -> str:
    """The value behind a label; empty where the label is missing or its value a placeholder."""
    field = find(body, label)
    return "" if field is None or field.empty else field.value


def put(body: Body, label: str, value: str, order: Sequence[str]) -> Body:
    """The section with this value behind the label. A line that holds it already stays as it is, to the byte."""
    field = find(body, label)
    if field is None:
        at = _place(body, label, order)
        return (*body[:at], Line(field_text(label, value)), *body[at:])
    if field.value == value:
        return body
    return replace_line(body, field.index, f"{field.before} {value}")


def replace_line(body: Body, index: int, text: str) -> Body:
    """The section with another text in one line, the line's ending kept."""
    return (*body[:index], replace(body[index], text=text), *body[index + 1 :])


def _place(body: Body, label: str, order: Sequence[str]) -> int:
    """Where a missing field goes: after the nearest label that stands before it, else on top of the section."""
    for earlier in reversed(order[: order.index(label)]):
        field = find(body, earlier)
        if field:
            return block_end(body, field.index)
    return next((index for index, line in enumerate(body) if not line.blank), len(body))
