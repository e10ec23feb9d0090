"""The list that the suite keeps beneath a field of its own, and what people wrote between its items.

The suite's items are known by their form alone. All other lines are people's, and each stays where it stands: those
beneath or behind an item, those between, and what only looks like an item where there is one more than the suite wrote.
An item that is due no more goes, unless somebody wrote beneath it or behind it: then it stays, marked.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from logparse.monitoring_log.markdown.fields import Field, find
from logparse.monitoring_log.markdown.lines import Body, Line, block_end

GONE = " (no longer seen)"
_BULLET = r"(?P<lead>[ \t]*[-*+][ \t]+)"
_MARK = r"(?P<gone> \(no longer seen\))?"

Items = Sequence[tuple[str, str]]
"""What is due in a list: keys and texts."""


@dataclass(frozen=True)
class Form:
    """How the suite's items of one list look: ``own`` is the suite's part, its group ``key`` tells them apart.

    What follows it on the line is people's.
    """

    own: str

    def match(self, line: Line) -> re.Match[str] | None:
        """The parts of the line, where it is one of the suite's items."""
        return None if line.literal else re.fullmatch(rf"{_BULLET}(?P<own>{self.own}){_MARK}(?P<tail>.*)", line.text)


@dataclass(frozen=True)
class OwnItem:
    """One of the suite's items as it stands in the document: which line, and whether people wrote to it."""

    index: int
    lead: str
    key: str
    own: str
    gone: bool
    tail: str
    touched: bool

    def shows(self, key: str, own: str) -> bool:
        """Whether it shows just this."""
        return (self.key, self.own, self.gone) == (key, own, False)

    def text(self, own: str, *, gone: bool) -> str:
        """Its line with another text of the suite's."""
        return f"{self.lead}{own}{GONE if gone else ''}{self.tail}"


@dataclass(frozen=True)
class Reach:
    """The lines ``[start, end)`` in which the items of a list are looked for."""

    start: int
    end: int


def reach_of(body: Body, field: Field, labels: Iterable[str]) -> Reach:
    """From a field to the next one of the suite's labels: what people wrote between may have set the list apart."""
    others = [found.index for label in labels if (found := find(body, label)) and found.index > field.index]
    return Reach(field.index + 1, min(others, default=len(body)))


def items_in(body: Body, reach: Reach, form: Form) -> list[OwnItem]:
    """The suite's items in some lines."""
    matches = {index: match for index in range(reach.start, reach.end) if (match := form.match(body[index]))}
    found = []
    for index, match in matches.items():
        # Up to the next item of the suite's, should that be further in.
        end = min(block_end(body, index), *(other for other in (*matches, reach.end) if other > index), reach.end)
        beneath = any(not line.blank for line in body[index + 1 : end])
        parts = match.groupdict()
        touched = beneath or bool(parts["tail"].strip())
        found.append(
            OwnItem(index, parts["lead"], parts["key"], parts["own"], bool(parts["gone"]), parts["tail"], touched)
        )
    return found


def put_items(
    body: Body, field: Field, reach: Reach, form: Form, wanted: Items, trusted: Callable[[Sequence[OwnItem]], bool]
) -> Body:
    """The section with the suite's list beneath a field brought up to date.

    ``trusted`` says whether all items that look like the suite's are its own; where not, none is taken away.
    """
    items = items_in(body, reach, form)
    matched = _matched(items, wanted, certain=trusted(items))
    fixed = {at: item for at, item in matched.items() if item.touched}
    # The lines that nobody wrote to show what is due in its order; the others stay where they are.
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
    """Which item shows what is due, by its place among that: the one that shows just that before one of its key.

    Where people wrote another one of that key, and none shows just that, it is not known which is the suite's: none.
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
    """Before which line new items go: behind the last one of the list, else beneath the field's own text."""
    last = max((item.index for item in items if item.index in kept), default=None)
    if last is not None:
        return block_end(body, last)
    for index in range(field.index + 1, block_end(body, field.index)):
        line = body[index]
        if line.blank or line.bullet or line.literal or line.text.lstrip()[:1] in "<>|#=`~-*_":
            return index
    return block_end(body, field.index)
