"""Many small files in batches that one statement reads: planning it takes far longer than reading one of them."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

SMALL = 1 << 20
"""Bytes of a file that is read with others; to a larger one the planning of a statement is nothing."""

MOST_FILES = 500
"""Files of a batch: enough that planning is nothing to each, and few enough that little waits to be counted."""

MOST_BYTES = 64 << 20
"""Bytes of a batch."""

Item = TypeVar("Item")


def batches(
    items: Iterable[Item], kind: Callable[[Item], Hashable], size: Callable[[Item], int]
) -> Iterator[list[Item]]:
    """Things in batches of one kind, in their order within each; what is over SMALL bytes comes alone, and at once."""
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
