"""Batches of small files for one statement: planning a statement takes far longer than reading a small file."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

SMALL = 1 << 20
"""The most bytes of a file that is read in a batch; for a larger file, the time to plan a statement is negligible."""

MOST_FILES = 500
"""The most files of a batch: enough to make planning negligible, few enough that counting starts early."""

MOST_BYTES = 64 << 20
"""The most bytes of a batch."""

Item = TypeVar("Item")


def batches(
    items: Iterable[Item], kind: Callable[[Item], Hashable], size: Callable[[Item], int]
) -> Iterator[list[Item]]:
    """Yields batches of items of one kind, in order within each kind; an item over SMALL bytes comes alone, at once."""
    waiting: defaultdict[Hashable, list[Item]] = defaultdict(list)
    sizes: defaultdict[Hashable, int] = defaultdict(int)
    for item in items:
        of, bytes_ = kind(item), size(item)
        if bytes_ > SMALL:
            yield [item]
            continue
        if len(waiting[of]) == MOST_FILES or sizes[of] + bytes_ > MOST_BYTES:
            yield waiting.pop(of)
            sizes[of] = 0
        waiting[of].append(item)
        sizes[of] += bytes_
    yield from waiting.values()
