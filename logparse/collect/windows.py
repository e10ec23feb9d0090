"""The windows of a soak, each collected into a file of its own in the folder of that soak."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from logparse.collect.collection import Collection, Task, collect, unseen
from logparse.collect.source import Keep, Source
from logparse.storage.places import soak_folder
from logparse.values.schedule import CHECKPOINTS, Soak, Span


@contextmanager
def unseen_window(name: str, window: Span) -> Iterator[Keep]:
    """Shows nothing of a window."""
    yield unseen


@dataclass(frozen=True)
class Round:
    """What one run collects: the windows of a soak up to an hour, from a source, into a folder.

    ``show`` is opened for each window under a name, and told of each piece.
    """

    soak: Soak
    hour: int
    source: Source
    out: Path
    settle: timedelta
    clock: Callable[[], datetime]
    show: Callable[[str, Span], AbstractContextManager[Keep]] = unseen_window

    def log(self, hour: int) -> Path:
        """The log file of a window."""
        return self.out / soak_folder(self.soak.start) / f"{self.source.stem}-hour-{hour:02d}{self.source.suffix}"


def collect_windows(one: Round) -> Iterator[tuple[int, Collection]]:
    """Collects every window up to the hour; those that are proven already cost nothing. Hour 0 is the baseline.

    Errors as those of ``collect``.
    """
    for hour in (0,) if one.hour == 0 else (due for due in CHECKPOINTS if 0 < due <= one.hour):
        window = one.soak.window(hour)
        with one.show(f"window {hour}", window) as show:
            collection = collect(Task(one.log(hour), window, one.settle, one.clock, show), one.source)
        yield hour, collection
