"""What a fetch brought so far, kept beside the log file under a hidden name until the whole window is there.

One line of JSON a piece, brought to the disk as it comes. A run that is killed leaves whole lines and at most one torn
at the end, which is dropped; the next run goes on behind them.
"""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from logparse.collect.source import FetchedLines
from logparse.storage.manifest import joined
from logparse.values.schedule import Span


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
                entry = json.loads(line)
                start, end = (datetime.fromisoformat(moment) for moment in entry["span"])
                first, last = (datetime.fromisoformat(moment) if moment else None for moment in entry["times"])
                lines, unproven = tuple(entry["lines"]), str(entry["unproven"])
                if entry.get("of", self._of) != self._of:
                    continue
                yield FetchedLines(Span(start, end), lines, entry["pages"], first, last, unproven)
            except (ValueError, KeyError, TypeError):
                return

    def covered(self) -> tuple[Span, ...]:
        """The time of which all rows were kept, as far as that can be known."""
        return joined(piece.span for piece in self.pieces() if not piece.unproven)

    def keep(self, piece: FetchedLines) -> None:
        """Adds a piece; it is on the disk when this returns. OSError where it cannot be written."""
        span = [moment.isoformat() for moment in (piece.span.start, piece.span.end)]
        times = [moment.isoformat() if moment else None for moment in (piece.first, piece.last)]
        # A line of a log may hold half a surrogate pair, which only JSON's escapes can keep.
        told = {"of": self._of, "span": span, "times": times, "pages": piece.pages, "unproven": piece.unproven}
        line = json.dumps({**told, "lines": piece.lines})
        with self.path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())

    def remove(self) -> None:
        """Forgets the pieces, once they are in the log file."""
        self.path.unlink(missing_ok=True)
