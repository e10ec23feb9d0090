"""The kinds of error as a list beneath a number of errors: the most frequent ones, and the sum of the others."""

import re
from collections.abc import Iterator, Sequence

from logparse.monitoring_log.markdown.fields import field_value, find_field
from logparse.monitoring_log.markdown.lines import Body
from logparse.monitoring_log.markdown.nested_list import Form, OwnItem, put_items, reach_of
from logparse.text.markdown import code_span
from logparse.text.wording import number
from logparse.values.flags import ErrorKind

MOST_KINDS = 20
"""The most kinds of error that are listed; the others are summed up."""

_OTHER_KINDS = "other kinds"
_TIMES = "\N{MULTIPLICATION SIGN}"
_KINDS = Form(own=rf"(?:[\d,]+) {_TIMES} (?P<key>`[^`]*`|{_OTHER_KINDS})(?: at `[^`]*`)?")


def put_kinds(
    body: Body, before: Body, label: str, labels: Sequence[str], kinds: Sequence[ErrorKind], errors: int
) -> Body:
    """Lists the kinds of error beneath a label whose value begins with the number of errors.

    ``before`` is the section before this run. If its listed counts do not add up to its number, people edited the list,
    and nothing is removed from it.
    """
    field = find_field(body, label)
    if field is None:
        return body
    told = field_value(before, label)

    def trusted(items: Sequence[OwnItem]) -> bool:
        return sum(number_in(item.own) for item in items if not item.gone) == number_in(told)

    return put_items(body, field, reach_of(body, field, labels), _KINDS, list(_items(kinds, errors)), trusted)


def _items(kinds: Sequence[ErrorKind], errors: int) -> Iterator[tuple[str, str]]:
    listed = kinds[:MOST_KINDS]
    for kind in listed:
        shown, place = code_span(kind.kind), f" at {code_span(str(kind.place))}" if kind.place else ""
        yield shown, f"{number(kind.count)} {_TIMES} {shown}{place}"
    others = errors - sum(kind.count for kind in listed)
    if listed and others > 0:
        yield _OTHER_KINDS, f"{number(others)} {_TIMES} {_OTHER_KINDS}"


def number_in(text: str) -> int:
    """Parses the number at the start of a text; 0 if there is none."""
    found = re.match(r"\d[\d,]*", text)
    return int(found[0].replace(",", "")[:12]) if found else 0
