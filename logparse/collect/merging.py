"""Lines without an id that were fetched twice, made one text: what came both times stands once, and nothing is lost.

A tool that is asked for the same time again prints the same lines again, with what is new at any place among them:
another container's lines may come between, and two streams may be joined in another order. So records are compared,
each with the lines that continue it, and a record stands as often as in the answer that holds it most often.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Sequence


def merged_records(before: Sequence[str], new: Sequence[str], opens: Callable[[str], bool]) -> list[str]:
    """The lines before, with the records of ``new`` that are not among them where they stand there.

    ``opens`` tells whether a line begins a record; one that does not continues the record above it. What stands above
    the first record belongs to none, and stays there.
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
    """What stands above the first record, and the records, each with the lines that continue it."""
    records: list[list[str]] = [[]]
    for line in lines:
        if opens(line):
            records.append([])
        records[-1].append(line)
    return tuple(records[0]), [tuple(record) for record in records[1:]]
