"""How far a long fetch has come, for people at a terminal; nothing is shown anywhere else."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn, TextIO

from tqdm import tqdm

from logparse.collect.source import FetchedLines, Keep
from logparse.values.schedule import Span

FORMAT = "{desc}: {percentage:3.0f} % |{bar}| {postfix} [{elapsed}<{remaining}]"


@contextmanager
def bar(title: str, window: Span, stream: TextIO | None = None) -> Iterator[Keep]:
    """Takes each piece as it comes and shows the part of the window that it brings, and the rows so far.

    It appears with the first piece. ``stream`` is standard error, if nothing else is given.
    """
    shown: list[tqdm[NoReturn]] = []
    rows = 0

    def show(piece: FetchedLines) -> None:
        nonlocal rows
        if not shown:
            total = round(window.length.total_seconds())
            # None: only on a terminal.
            shown.append(tqdm(desc=title, total=total, file=stream or sys.stderr, disable=None, bar_format=FORMAT))
        rows += len(piece.lines)
        shown[0].set_postfix_str(f"{rows:,} rows, up to {piece.span.end:%H:%M:%S} UTC", refresh=False)
        shown[0].update(round(piece.span.clip(window).length.total_seconds()))

    try:
        yield show
    finally:
        for one in shown:
            one.close()
