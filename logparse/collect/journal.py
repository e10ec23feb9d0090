"""The journal of a fetch: its pieces, kept in a hidden file beside the log until the window is complete.

It has one line of JSON for each piece, written to disk at once. A killed run leaves whole lines and at most one torn at
the end, which is dropped; the next run continues after them.
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
    """A piece as a line of the journal; ``of`` is its source and subject, None in lines of earlier versions."""

    of: str | None = None
    span: tuple[datetime, datetime]
    times: tuple[datetime | None, datetime | None]
    pages: int
    unproven: str
    lines: tuple[str, ...]


class Journal:
    """The fetched pieces of one window that are not yet in its log file."""

    def __init__(self, log: Path, of: str = "") -> None:
        """Names the journal of a log file; ``of`` is source and subject, and pieces of any other are skipped."""
        self.path = log.with_name(f".{log.name}.part")
        self._of = of

    def drop_torn_line(self) -> None:
        """Removes a torn last line that a killed run left, so that nothing is appended to it."""
        with suppress(FileNotFoundError), self.path.open("rb+") as file:
            content = file.read()
            file.truncate(content.rfind(b"\n") + 1)

    def pieces(self) -> Iterator[FetchedLines]:
        """Yields the kept pieces in the order of arrival; none if there is no journal."""
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
        """Returns the spans of which all rows were kept, as far as that can be known."""
        return joined(piece.span for piece in self.pieces() if not piece.unproven)

    def keep(self, piece: FetchedLines) -> None:
        """Appends a piece and flushes it to disk; raises OSError if it cannot be written."""
        span, times = (piece.span.start, piece.span.end), (piece.first, piece.last)
        kept = _Kept(of=self._of, span=span, times=times, pages=piece.pages, unproven=piece.unproven, lines=piece.lines)
        # A line of a log may hold half a surrogate pair, which only JSON's escapes can keep.
        line = json.dumps(plain(kept), default=datetime.isoformat)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())

    def remove(self) -> None:
        """Deletes the journal, once its pieces are in the log file."""
        self.path.unlink(missing_ok=True)
