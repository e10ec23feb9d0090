"""The windows of a soak, each collected into a file of its own: by a command, or before a checkpoint is judged."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from logparse.collect.collection import Collection, WindowTask, collect, unseen
from logparse.collect.progress_bar import bar
from logparse.collect.source import Keep, Source
from logparse.collect.sources import source_of
from logparse.errors import UsageProblem
from logparse.options import Options
from logparse.storage.places import soak_folder
from logparse.text.wording import plural
from logparse.values.schedule import CHECKPOINTS, Soak, Span


@contextmanager
def unseen_window(name: str, window: Span) -> Iterator[Keep]:
    """Shows nothing of a window."""
    yield unseen


@dataclass(frozen=True)
class Round:
    """What one run collects: the windows of a soak, each named by its hour, from a source, into a folder.

    ``identity`` is that of the soak, where it has one; ``again``: what is proven is fetched all the same;
    ``rehearsal``: the clock is set by hand. ``show`` is opened for each window under a name, and told of each piece.
    """

    soak: Soak
    hours: Sequence[int]
    source: Source
    out: Path
    settle: timedelta
    clock: Callable[[], datetime]
    show: Callable[[str, Span], AbstractContextManager[Keep]] = unseen_window
    identity: str = ""
    again: bool = False
    rehearsal: bool = False

    def log(self, hour: int) -> Path:
        """The log file of a window."""
        folder = self.out / soak_folder(self.soak.start, self.identity)
        return folder / f"{self.source.stem}-hour-{hour:02d}{self.source.suffix}"


def up_to(hour: int) -> tuple[int, ...]:
    """The windows up to an hour. Hour 0 is the baseline, which is nobody's but its own."""
    return (0,) if hour == 0 else tuple(due for due in CHECKPOINTS if 0 < due <= hour)


def begun(soak: Soak, now: datetime, settle: timedelta) -> tuple[int, ...]:
    """The windows of which something can be collected by now, the running one included."""
    return tuple(hour for hour in CHECKPOINTS if hour and soak.window(hour).start < now - settle)


def collect_windows(one: Round) -> Iterator[tuple[int, Collection]]:
    """Collects the windows; those that are proven already cost nothing. Errors as those of ``collect``."""
    for hour in one.hours:
        window = one.soak.window(hour)
        with one.show(f"window {hour}", window) as show:
            task = WindowTask(one.log(hour), window, one.settle, one.clock, show, one.again, one.rehearsal)
            collection = collect(task, one.source)
        yield hour, collection


def checked_source(options: Options, environment: Mapping[str, str]) -> Source:
    """The source to collect from; UsageProblem where it is not known or lacks a setting, and where there is no folder
    to collect into.
    """
    _folder(options)
    return source_of(options.collect, options.settings.collecting, environment)


def collect_first(
    options: Options, start: datetime, clock: Callable[[], datetime], environment: Mapping[str, str], rehearsal: bool
) -> Iterator[str]:
    """Collects the windows up to the hour into the folder of logs; a line for each that brought something or failed.

    ``rehearsal``: the clock is set by hand. Errors as those of ``checked_source`` and ``collect``. A source that cannot
    be reached is none: the manifest that it leaves tells the evidence.
    """
    source = checked_source(options, environment)
    settle = options.settings.collecting.settle
    folder, hours = _folder(options), up_to(options.hour)
    one = Round(Soak(start), hours, source, folder, settle, clock, bar, options.identity, rehearsal=rehearsal)
    for hour, collection in collect_windows(one):
        if collection.told:
            yield f"collected from {source.name}: window {hour}: {collection.told}"
        if lack := collection.problem or collection.to_come:
            yield f"collected from {source.name}: window {hour} is not whole: {lack}"
        elif collection.doubt:
            yield f"collected from {source.name}: window {hour} is not proven whole: {collection.doubt}"
        elif collection.new_rows:
            yield f"collected from {source.name}: window {hour}: {plural(collection.new_rows, 'new row')}"


def _folder(options: Options) -> Path:
    """The folder that collected logs go into: the first place of logs."""
    place = options.places[0]
    folder = options.base / place
    if place == "-" or folder.is_file() or any(sign in place for sign in "*?["):
        raise UsageProblem(f"--collect writes into a folder; {place} is none: give --logs=DIR")
    return folder
