"""Progress is for people at a terminal."""

import io
from datetime import UTC, datetime, timedelta

from logparse.collect.progress_bar import bar
from logparse.collect.source import FetchedLines
from logparse.values.schedule import Span

START = datetime(2026, 1, 12, 6, tzinfo=UTC)
WINDOW = Span(START, START + timedelta(hours=4))


class Terminal(io.StringIO):
    """A stream that says that people look at it."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def _shown(stream: io.StringIO, pieces: int) -> str:
    with bar("window 4", WINDOW, stream) as show:
        for at in range(pieces):
            show(FetchedLines(Span(START + timedelta(hours=at), START + timedelta(hours=at + 1)), ("row",) * 600))
    return stream.getvalue()


def test_rows_and_time_are_shown_at_a_terminal() -> None:
    """How much of the window is there, and how many rows."""
    shown = _shown(Terminal(), 4)
    assert "window 4: 100 %" in shown
    assert "2,400 rows, up to 10:00:00 UTC" in shown


def test_nothing_is_shown_elsewhere() -> None:
    """A log of cron holds no bars, and a window that brings nothing shows none at a terminal either."""
    assert _shown(io.StringIO(), 4) == ""
    assert _shown(Terminal(), 0) == ""
