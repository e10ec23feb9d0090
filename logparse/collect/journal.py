"""What a fetch brought so far, kept beside the log file under a hidden name until the whole window is there.

One line of JSON a piece, brought to the disk as it comes. A run that is killed leaves whole lines and at most one torn
at the end, which is dropped; the next run goes on behind them.
"""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from logparse.collect.source import FetchedLines
from logparse.storage.manifest import joined
from logparse.values.json_form import plain, value_of
from logparse.values.schedule import Span


@dataclass(frozen=True, kw_only=True)
class _Kept:
    """A piece as a line of the journal holds it; ``of`` is whose it is, None where an earlier version did not say."""

    of: str | None = None
    span: tuple[datetime, datetime]
    times: tuple[datetime | None, datetime | None]
    pages: int
    unproven: str
    lines: tuple[str, ...]


class Journal:
    """The pieces of one window that were fetched and not yet written into its log file."""

    def __init__(self, log: Path, of: str = "") -> None:
        """``of``: whose logs they are; pieces of another are none."""
        self.path = log.with_name(f".{log.name}.part")
        self._of = of

    def begin(self) -> None:
        """Cuts off half a line that a killed run left, so that no other continues it."""
        with suppress(FileNotFoundError), self.path.open("rb+") as file:
            content = file.read()
            file.truncate(content.rfind(b"\n") + 1)

    def pieces(self) -> Iterator[FetchedLines]:
        """The pieces that were kept, in the order in which they came; none where nothing was begun."""
        try:
            content = self.path.read_text("utf-8", errors="replace")
        except FileNotFoundError:
            return
        for line in content.splitlines():
            try:
                kept = value_of(json.loads(line), _Kept)
            except (ValueError, RecursionError):
                return
            if kept.of in (None, self._of):
                yield FetchedLines(Span(*kept.span), kept.lines, kept.pages, *kept.times, kept.unproven)

    def covered(self) -> tuple[Span, ...]:
        """The time of which all rows were kept, as far as that can be known."""
        return joined(piece.span for piece in self.pieces() if not piece.unproven)

    def keep(self, piece: FetchedLines) -> None:
        """Adds a piece; it is on the disk when this returns. OSError where it cannot be written."""
        span, times = (piece.span.start, piece.span.end), (piece.first, piece.last)
        kept = _Kept(of=self._of, span=span, times=times, pages=piece.pages, unproven=piece.unproven, lines=piece.lines)
        # A line of a log may hold half a surrogate pair, which only JSON's escapes can keep.
        line = json.dumps(plain(kept), default=datetime.isoformat)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())

    def remove(self) -> None:
        """Forgets the pieces, once they are in the log file."""
        self.path.unlink(missing_ok=True)
