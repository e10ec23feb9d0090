"""Merging of lines without ids that were fetched twice: what came both times stands once, and nothing is lost.

A tool that is asked for the same time again prints the same lines, with new ones anywhere among them: lines of another
container may come between, and two streams may be joined in another order. So records are compared, each with its
continuation lines, and a record stands as often as in the answer that holds it most often.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Sequence


def merged_records(before: Sequence[str], new: Sequence[str], opens: Callable[[str], bool]) -> list[str]:
    """Inserts the records of ``new`` that ``before`` lacks into it, each at its place.

    ``opens`` tells whether a line begins a record; any other continues the record above it. Lines above the first
    record belong to none, and stay there.
    """
    (above, kept), (above_new, come) = _records(before, opens), _records(new, opens)
    places: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
    for place, record in enumerate(kept):
        places[record].append(place)
    added: list[list[tuple[str, ...]]] = [[] for _ in range(len(kept) + 1)]
    at = 0
    for record in come:
        if places[record]:
            at = places[record].popleft() + 1
        else:
            added[at].append(record)
    records = [above, *([above_new] if above_new != above else []), *added[0]]
    for record, behind in zip(kept, added[1:], strict=True):
        records += [record, *behind]
    return [line for record in records for line in record]


def _records(lines: Sequence[str], opens: Callable[[str], bool]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Splits lines into those above the first record, and the records, each with its continuation lines."""
    records: list[list[str]] = [[]]
    for line in lines:
        if opens(line):
            records.append([])
        records[-1].append(line)
    return tuple(records[0]), [tuple(record) for record in records[1:]]
