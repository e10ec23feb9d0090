"""The list that the suite keeps beneath a field of its own, and what people wrote between its items.

The suite's items are known by their form alone. All other lines are people's: those beneath an item stay with it, the
rest follow the list. An item that is due no more goes, unless somebody wrote beneath it or behind it: then it stays,
marked.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from logparse.monitoring_log.fields import Field
from logparse.monitoring_log.lines import Body, Line, block_end

GONE = " (no longer seen)"
_BULLET = r"(?P<lead>[ \t]+[-*+][ \t]+)"
_MARK = r"(?P<gone> \(no longer seen\))?"


@dataclass(frozen=True)
class Form:
    """How the suite's items of one list look: ``own`` is the suite's part, its group ``key`` tells them apart.

    Where ``own`` has an end of its own, what follows it on the line is people's too (``open_ended`` False).
    """

    own: str
    open_ended: bool

    def match(self, line: Line) -> re.Match[str] | None:
        """The parts of the line, where it is one of the suite's items."""
        tail = "" if self.open_ended else r"(?P<tail>.*)"
        return None if line.literal else re.fullmatch(rf"{_BULLET}(?P<own>{self.own}){_MARK}{tail}\s*", line.text)


@dataclass(frozen=True)
class _Item:
    """One of the suite's items as it stands in the document, with people's lines beneath it."""

    line: Line
    lead: str
    key: str
    own: str
    gone: bool
    tail: str
    beneath: Body = ()

    @property
    def touched(self) -> bool:
        """Whether people wrote anything beneath it or behind it."""
        return bool(self.tail.strip()) or any(not line.blank for line in self.beneath)

    def showing(self, own: str, gone: bool) -> Body:
        """The lines of the item with another text of the suite's; unchanged lines stay as they are."""
        if (own, gone) == (self.own, self.gone):
            return (self.line, *self.beneath)
        return (replace(self.line, text=f"{self.lead}{own}{GONE if gone else ''}{self.tail}"), *self.beneath)


def put_items(body: Body, field: Field, form: Form, wanted: Sequence[tuple[str, str]]) -> Body:
    """The section with the suite's list beneath a field brought up to date; ``wanted`` holds keys and texts."""
    start, end = field.index + 1, block_end(body, field.index)
    first = _first_item(body, start, end)
    items, loose = _read(body[first:end], form)
    return (*body[:first], *_merged(items, wanted, " " * len(field.lead)), *loose, *body[end:])


def _first_item(body: Body, start: int, end: int) -> int:
    """Where the list begins: after the lines that merely continue the field's own text."""
    for index in range(start, end):
        if body[index].blank or body[index].bullet or body[index].literal:
            return index
    return end


def _read(block: Body, form: Form) -> tuple[list[_Item], list[Line]]:
    """The suite's items in a block, and people's lines that belong to none of them."""
    items: list[_Item] = []
    loose: list[Line] = []
    inside = False
    for line in block:
        match = form.match(line)
        if match:
            part = match.groupdict()
            tail = part.get("tail") or ""
            items.append(_Item(line, part["lead"], part["key"], part["own"], bool(part["gone"]), tail))
            inside = True
        elif inside and not (line.bullet and line.indent <= items[-1].line.indent):
            items[-1] = replace(items[-1], beneath=(*items[-1].beneath, line))
        else:
            inside = False
            loose.append(line)
    return items, loose


def _merged(items: list[_Item], wanted: Iterable[tuple[str, str]], indent: str) -> Iterable[Line]:
    """The lines of the new list: what is due, in its order, then what is gone and was touched by people."""
    left = list(items)
    for key, own in wanted:
        known = next((item for item in left if item.key == key), None)
        if known:
            left.remove(known)
            yield from known.showing(own, gone=False)
        else:
            yield Line(f"{indent}- {own}")
    for item in left:
        if item.touched:
            yield from item.showing(item.own, gone=True)
