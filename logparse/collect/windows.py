"""The windows of a soak, each collected into a file of its own in the folder of that soak."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from logparse.collect.collection import Collection, Task, collect
from logparse.collect.source import Source
from logparse.places import soak_folder
from logparse.schedule import CHECKPOINTS, Soak


@dataclass(frozen=True)
class Round:
    """What one run collects: the windows of a soak up to an hour, from a source, into a folder."""

    soak: Soak
    hour: int
    source: Source
    out: Path
    settle: timedelta
    clock: Callable[[], datetime]

    def log(self, hour: int) -> Path:
        """The log file of a window."""
        return self.out / soak_folder(self.soak.start) / f"logs-hour-{hour:02d}{self.source.suffix}"


def collect_windows(one: Round) -> Iterator[tuple[int, Collection]]:
    """Collects every window up to the hour; those that are proven already cost nothing. Hour 0 is the baseline.

    Errors as those of ``collect``.
    """
    for hour in (0,) if one.hour == 0 else (due for due in CHECKPOINTS if 0 < due <= one.hour):
        task = Task(one.log(hour), one.soak.window(hour), one.settle, one.clock)
        yield hour, collect(task, one.source)
