"""The progress bar of a long fetch; shown on a terminal only."""

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
    """Opens a bar on ``stream`` (else standard error), shown from the first piece on; what it yields adds a piece."""
    shown: list[tqdm[NoReturn]] = []
    rows = 0

    def show(piece: FetchedLines) -> None:
        nonlocal rows
        if not shown:
            total = round(window.length.total_seconds())
            # disable=None: shown on a terminal only.
            shown.append(tqdm(desc=title, total=total, file=stream or sys.stderr, disable=None, bar_format=FORMAT))
        rows += len(piece.lines)
        shown[0].set_postfix_str(f"{rows:,} rows, up to {piece.span.end:%H:%M:%S} UTC", refresh=False)
        shown[0].update(round(piece.span.clip(window).length.total_seconds()))

    try:
        yield show
    finally:
        for one in shown:
            one.close()
