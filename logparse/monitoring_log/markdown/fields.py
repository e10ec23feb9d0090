"""Fields: list items with a bold label, ``- **Errors:** 3``, whose values the suite reads and writes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from logparse.monitoring_log.markdown.lines import Body, Line, block_end

_PLACEHOLDER = re.compile(r"\[[^\[\]]*\]")
# NOTE: people may have written a field of the same label. This only tells which of several is the suite's.
_LIKE_THE_SUITE = re.compile(
    r"\[.*\]|\d[\d,.:-]*(?: .*)?|not (?:judged|collected|measured)\b.*|none\b.*|no (?:replies|deliveries|blind).*"
    r"|all met\b.*|(?:success rate|error rate|response time) \d.*|nothing to change|the logs name none|`.*"
    r"|(?:STABLE|NEEDS ATTENTION|IN PROGRESS|COMPLETE|STOPPED)\b.*"
)
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
    """The field of that label; nested items and code do not count.

    Where people wrote another one of the same label, the one whose value looks like the suite's is meant, else the
    first.
    """
    found = find_all(body, label)
    return next((field for field in found if _LIKE_THE_SUITE.fullmatch(field.value)), found[0] if found else None)


def find_all(body: Body, label: str) -> Sequence[Field]:
    """All fields of that label, in order."""
    name = re.escape(label)
    pattern = re.compile(rf"({BULLET}(?P<mark>\*\*|__)\s*{name}\s*(?::\s*(?P=mark)|(?P=mark)\s*:))[ \t]*(.*?)[ \t]*")
    found = []
    for index, line in enumerate(body):
        match = None if line.literal else pattern.fullmatch(line.text)
        if match:
            found.append(Field(index, match["lead"], match[1], match[4]))
    return found


def value_of(body: Body, label: str) -> str:
    """The value behind a label; empty where the label is missing or its value a placeholder."""
    field = find(body, label)
    return "" if field is None or field.empty else field.value


def put(body: Body, label: str, value: str, order: Sequence[str]) -> Body:
    """The section with this value behind the label. A line that holds it already stays as it is, to the byte."""
    field = find(body, label)
    if field is None:
        return added(body, _place(body, label, order), Line(field_text(label, value)))
    if field.value == value:
        return body
    return replace_line(body, field.index, f"{field.before} {value}")


def added(body: Body, at: int, *lines: Line) -> Body:
    """The section with list items before a line; what is no list stays apart from them."""
    apart = at < len(body) and not body[at].blank and not body[at].bullet and not body[at].literal
    return (*body[:at], *lines, *((Line(""),) if apart and not body[at].heading else ()), *body[at:])


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
