"""The progress bar of a cluster, shown only at a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from tqdm import tqdm

FORMAT = "{desc}: {percentage:3.0f} % |{bar}| {n_fmt}B of {total_fmt}B [{elapsed}<{remaining}]"


@contextmanager
def bar(title: str, total: int, stream: TextIO | None = None) -> Iterator[Callable[[int], object]]:
    """Yields a function that takes the bytes done by a task, and shows progress on ``stream`` (else standard error)."""
    # disable=None: only on a terminal.
    look = {"bar_format": FORMAT, "unit_scale": True, "leave": False, "disable": None}
    with tqdm(desc=title, total=total, file=stream or sys.stderr, **look) as shown:  # type: ignore[call-overload]
        yield shown.update
