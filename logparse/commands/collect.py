"""``logparse collect``: fetches the logs of a soak, and writes the manifests that prove them complete."""

import argparse
import os
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from logparse.clock import Began, asked_hour, asks_for_due, clock_of, due_hour, given, is_set, written_in
from logparse.collect.collection import Collection, WindowTask, collect
from logparse.collect.progress_bar import bar
from logparse.collect.sources import source_of
from logparse.collect.windows import Round, begun, collect_windows, up_to
from logparse.commands import INTERRUPTED, NOT_WHOLE
from logparse.errors import UsageProblem
from logparse.settings.checked import Settings
from logparse.settings.file import read_settings
from logparse.storage.atomic import read_text
from logparse.storage.places import soak_folder
from logparse.text.escape import printable
from logparse.text.wording import exact, plural
from logparse.values.schedule import Soak, Span, parse_moment


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options of the command."""
    parser.add_argument("--hour", help="every window up to this hour, or due; default: every window, up to now")
    parser.add_argument("--again", action="store_true", help="with --hour: fetch that window anew, proven or not")
    parser.add_argument("--since", help="in place of --hour: from this time, ISO 8601 with a zone")
    parser.add_argument("--until", help="with --since: up to this time; default: now")
    parser.add_argument("--source", help="where from; default: the setting collect_source")
    parser.add_argument("--out", default="logs", help="the folder for the logs of all soaks; default: logs")
    parser.add_argument("--start", help="when the soak began; default: as the document says")
    parser.add_argument("-o", dest="settings", action="append", default=[], metavar="NAME=VALUE", help="a setting")


def run(options: argparse.Namespace) -> int:
    """Collects, prints a line for each window, and returns the exit code; raises UsageProblem for a mistake."""
    whole = nothing = True
    try:
        for name, collection in _collections(options):
            print(printable(_told(name, collection)), flush=True)
            # Without an hour nobody asked for what is still to come.
            late = collection.to_come if options.hour or options.since else ""
            whole = whole and not (collection.problem or collection.doubt or late)
            nothing = False
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageProblem(f"{error.filename}: {error.strerror}; nothing partial was left") from None
    except KeyboardInterrupt:
        print("interrupted; run it again, and it goes on where it stopped", file=sys.stderr)
        return INTERRUPTED
    if nothing:
        print("nothing to collect yet: no window has begun, or its first rows have not settled")
    return 0 if whole else NOT_WHOLE


def _collections(options: argparse.Namespace) -> Iterator[tuple[str, Collection]]:
    """Yields each collected window, or the one span that was asked for."""
    if options.again and not (options.since or (options.hour and not asks_for_due(options.hour))):
        raise UsageProblem("--again: it fetches one window anew; say which, like --hour=8 --again")
    clock = clock_of(os.environ)
    settings = read_settings(Path.cwd(), options.settings)
    source = source_of(options.source or settings.collecting.source, settings.collecting, os.environ)
    out, settle = Path(options.out), settings.collecting.settle
    if options.since:
        span = Span(
            parse_moment(options.since, "--since"), parse_moment(options.until, "--until") if options.until else clock()
        )
        if not span.length:
            raise UsageProblem(f"--since={options.since}: it is not before the end")
        log = out / f"{source.stem}-{soak_folder(span.start)}-{soak_folder(span.end)}{source.suffix}"
        with bar(log.name, span) as show:
            collection = collect(WindowTask(log, span, settle, clock, show, options.again, is_set(os.environ)), source)
        yield str(log), collection
        return
    began = _began(options, settings)
    if began.start is None:
        raise UsageProblem("it is not known when the soak started; run pytest --hour=0 first, or give --start=TIME")
    soak = Soak(began.start)
    hours = _hours(options, soak, clock(), settle)
    one = Round(soak, hours, source, out, settle, clock, bar, began.identity, options.again, is_set(os.environ))
    for number, collection in collect_windows(one):
        yield f"window {number}", collection


def _hours(options: argparse.Namespace, soak: Soak, now: datetime, settle: timedelta) -> tuple[int, ...]:
    """Returns the windows to collect."""
    if not options.hour:
        return begun(soak, now, settle)
    hour = asked_hour(options.hour, due_hour(soak, now))
    return (hour,) if options.again else up_to(hour)


def _began(options: argparse.Namespace, settings: Settings) -> Began:
    """Returns the start of the soak and its identity, which only the document knows."""
    document = Path(settings.monitoring_log)
    text = read_text(document) if document.exists() else ""
    known, asked = written_in(text, document) if text else None, given(options.start or None)
    return known if known and asked.start in (None, known.start) else asked


def _told(name: str, collection: Collection) -> str:
    """Returns the result of a window, in one line."""
    covered = collection.manifest.covered
    proven = f"proven from {exact(covered[0].start)} to {exact(covered[-1].end)}" if covered else "nothing proven"
    rows = plural(collection.new_rows, "new row")
    lacks = {"NOT WHOLE: ": collection.problem, "NOT PROVEN: ": collection.doubt, "": collection.to_come}
    shown = [f"{kind}{text}" for kind, text in lacks.items() if text]
    return "; ".join(filter(None, [f"{name}: {rows}, {proven}", *shown, collection.told]))
