"""The windows of a soak, each collected into its own file, by a command or before a checkpoint is judged."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
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


@dataclass(frozen=True)
class Round:
    """The collection of several windows of a soak, each named by its hour, from a source into a folder.

    ``identity`` is the soak's, if it has one. ``again``: fetch what is proven too. ``rehearsal``: the clock is set by
    hand. ``show`` opens a progress display for each window, which is called with each piece.
    """

    soak: Soak
    hours: Sequence[int]
    source: Source
    out: Path
    settle: timedelta
    clock: Callable[[], datetime]
    show: Callable[[str, Span], AbstractContextManager[Keep]] = lambda name, window: nullcontext(unseen)
    identity: str = ""
    again: bool = False
    rehearsal: bool = False

    def log(self, hour: int) -> Path:
        """Returns the path of the log file of a window."""
        folder = self.out / soak_folder(self.soak.start, self.identity)
        return folder / f"{self.source.stem}-hour-{hour:02d}{self.source.suffix}"


def up_to(hour: int) -> tuple[int, ...]:
    """Returns the windows up to an hour; hour 0, the baseline, stands alone."""
    return (0,) if hour == 0 else tuple(due for due in CHECKPOINTS if 0 < due <= hour)


def begun(soak: Soak, now: datetime, settle: timedelta) -> tuple[int, ...]:
    """Returns the windows that have begun and settled in part, including the running one."""
    return tuple(hour for hour in CHECKPOINTS if hour and soak.window(hour).start < now - settle)


def collect_windows(one: Round) -> Iterator[tuple[int, Collection]]:
    """Collects the windows; those already proven cost nothing. Raises as ``collect`` does."""
    for hour in one.hours:
        window = one.soak.window(hour)
        with one.show(f"window {hour}", window) as show:
            task = WindowTask(one.log(hour), window, one.settle, one.clock, show, one.again, one.rehearsal)
            collection = collect(task, one.source)
        yield hour, collection


def checked_source(options: Options, environment: Mapping[str, str]) -> Source:
    """Makes the source to collect from; raises UsageProblem if it, a setting or the folder is missing."""
    _folder(options)
    return source_of(options.collect, options.settings.collecting, environment)


def collect_first(
    options: Options, start: datetime, clock: Callable[[], datetime], environment: Mapping[str, str], rehearsal: bool
) -> Iterator[str]:
    """Collects the windows up to the hour into the folder of logs; yields a line for each with news or a failure.

    ``rehearsal``: the clock is set by hand. Raises as ``checked_source`` and ``collect`` do. A source that cannot be
    reached raises nothing: its manifest shows that to the evidence.
    """
    source = checked_source(options, environment)
    settle = options.settings.collecting.settle
    folder, hours = _folder(options), up_to(options.hour)
    one = Round(Soak(start), hours, source, folder, settle, clock, bar, options.began.identity, rehearsal=rehearsal)
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
    """Returns the folder that logs are collected into: the first place of logs."""
    place = options.places[0]
    folder = options.base / place
    if place == "-" or folder.is_file() or any(sign in place for sign in "*?["):
        raise UsageProblem(f"--collect writes into a folder; {place} is none: give --logs=DIR")
    return folder
