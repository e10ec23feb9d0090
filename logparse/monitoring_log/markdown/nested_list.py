"""The list that the suite keeps beneath one of its fields, among lines that people wrote.

The suite's items are recognised by their form alone. All other lines are people's and keep their places: those beneath,
behind or between items, and surplus lines that only look like items. An item that is no longer wanted is removed, but
marked instead if somebody wrote beneath or behind it.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from logparse.monitoring_log.markdown.fields import Field, find_field
from logparse.monitoring_log.markdown.lines import Body, Line, block_end

GONE = " (no longer seen)"
_BULLET = r"(?P<lead>[ \t]*[-*+][ \t]+)"
_MARK = r"(?P<gone> \(no longer seen\))?"

Items = Sequence[tuple[str, str]]
"""The items that a list should have: keys and texts."""


@dataclass(frozen=True)
class Form:
    """The form of the suite's items in one list: ``own`` is a regular expression, its group ``key`` identifies an item.

    Any text after the match on the line is people's.
    """

    own: str

    def match(self, line: Line) -> re.Match[str] | None:
        """Matches a line as one of the suite's items; None if it is not."""
        return None if line.literal else re.fullmatch(rf"{_BULLET}(?P<own>{self.own}){_MARK}(?P<tail>.*)", line.text)


@dataclass(frozen=True)
class OwnItem:
    """One of the suite's items in the document: its line, its parts, and whether people added text to it."""

    index: int
    lead: str
    key: str
    own: str
    gone: bool
    tail: str
    touched: bool

    def shows(self, key: str, own: str) -> bool:
        """Tells whether the item has this key and text, and is not marked as gone."""
        return (self.key, self.own, self.gone) == (key, own, False)

    def text(self, own: str, *, gone: bool) -> str:
        """Returns the item's line with another text of the suite's."""
        return f"{self.lead}{own}{GONE if gone else ''}{self.tail}"


def reach_of(body: Body, field: Field, labels: Iterable[str]) -> range:
    """Returns the lines from a field to the next of the suite's labels: people's text may have split the list."""
    others = [found.index for label in labels if (found := find_field(body, label)) and found.index > field.index]
    return range(field.index + 1, min(others, default=len(body)))


def items_in(body: Body, reach: range, form: Form) -> list[OwnItem]:
    """Returns the suite's items in a range of lines."""
    matches = {index: match for index in reach if (match := form.match(body[index]))}
    found = []
    for index, match in matches.items():
        # Up to the next item of the suite's, should that be further in.
        end = min(block_end(body, index), *(other for other in (*matches, reach.stop) if other > index), reach.stop)
        beneath = any(not line.blank for line in body[index + 1 : end])
        parts = match.groupdict()
        touched = beneath or bool(parts["tail"].strip())
        found.append(
            OwnItem(index, parts["lead"], parts["key"], parts["own"], bool(parts["gone"]), parts["tail"], touched)
        )
    return found


def put_items(
    body: Body, field: Field, reach: range, form: Form, wanted: Items, trusted: Callable[[Sequence[OwnItem]], bool]
) -> Body:
    """Updates the suite's list beneath a field.

    ``trusted`` tells whether all items that look like the suite's are its own; if not, none is removed.
    """
    items = items_in(body, reach, form)
    matched = _matched(items, wanted, certain=trusted(items))
    fixed = {at: item for at, item in matched.items() if item.touched}
    # Items without text of people take the wanted texts in order; the others stay where they are.
    slots = sorted((item for item in matched.values() if not item.touched), key=lambda item: item.index)
    due = [own for at, (_, own) in enumerate(wanted) if at not in fixed]
    changed: dict[int, Line | None] = {}
    texts = {item.index: wanted[at][1] for at, item in fixed.items()}
    texts |= {item.index: own for item, own in zip(slots, due, strict=False)}
    for item in items:
        if item.index in texts:
            if (item.own, item.gone) != (texts[item.index], False):
                changed[item.index] = replace(body[item.index], text=item.text(texts[item.index], gone=False))
        elif item.touched:
            if trusted(items) and not item.gone:
                changed[item.index] = replace(body[item.index], text=item.text(item.own, gone=True))
        elif trusted(items):
            changed[item.index] = None
    at = _behind(body, field, items, set(texts))
    new = [Line(f"{' ' * len(field.lead)}- {own}") for own in due[len(slots) :]]
    lines: list[Line] = []
    for index, line in enumerate(body):
        lines += new if index == at else ()
        kept = changed.get(index, line)
        lines += [kept] if kept else ()
    return (*lines, *(new if at == len(body) else ()))


def _matched(items: Sequence[OwnItem], wanted: Items, *, certain: bool) -> dict[int, OwnItem]:
    """Assigns items to wanted entries (by index): first items with the same key and text, then with the same key.

    If several have the same key and none the same text, the suite's is unknown, and none is assigned.
    """
    matched: dict[int, OwnItem] = {}
    left = list(items)
    for exactly in (True, False):
        for at, (key, own) in enumerate(wanted):
            same = [item for item in left if item.key == key and (item.shows(key, own) or not exactly)]
            if same and at not in matched and (exactly or certain or len(same) == 1):
                matched[at] = min(same, key=lambda item: (item.touched, item.index))
                left.remove(matched[at])
    return matched


def _behind(body: Body, field: Field, items: Sequence[OwnItem], kept: set[int]) -> int:
    """Returns the index at which new items are inserted: after the last item, else after the field's own text."""
    last = max((item.index for item in items if item.index in kept), default=None)
    if last is not None:
        return block_end(body, last)
    for index in range(field.index + 1, block_end(body, field.index)):
        line = body[index]
        if line.blank or line.bullet or line.literal or line.text.lstrip()[:1] in "<>|#=`~-*_":
            return index
    return block_end(body, field.index)
