"""What is collected before a checkpoint is judged: every window up to it that no manifest proves yet."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from logparse.collect.progress_bar import bar
from logparse.collect.source import Source
from logparse.collect.sources import source_of
from logparse.collect.windows import Round, collect_windows, up_to
from logparse.errors import UsageProblem
from logparse.options import Options
from logparse.text.wording import plural
from logparse.values.schedule import Soak


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
