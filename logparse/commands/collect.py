"""``logparse collect``: fetches the logs of a soak, and writes down the proof."""

import argparse
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from logparse import monitoring_log
from logparse.collect.collection import Collection, Task, collect
from logparse.collect.progress import bar
from logparse.collect.sources import source_of
from logparse.collect.windows import Round, collect_windows
from logparse.commands.command import INTERRUPTED
from logparse.errors import UsageProblem
from logparse.options import DUE
from logparse.report.safe import printable
from logparse.settings.checked import Settings
from logparse.settings.file import read_settings
from logparse.storage.atomic import read_text
from logparse.storage.places import soak_folder
from logparse.text.wording import exact, plural
from logparse.unattended import clock_of
from logparse.values.schedule import Soak, Span, due_hour, parse_hour, parse_moment, parse_start

NOT_WHOLE = 10
"""The exit code of a collection of which something is missing; as that of NOT JUDGED."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--hour", default=DUE, help="every window up to this hour; default: the hour that is due")
    parser.add_argument("--since", help="in place of --hour: from this time, ISO 8601 with a zone")
    parser.add_argument("--until", help="with --since: up to this time; default: now")
    parser.add_argument("--source", help="where from; default: the setting collect_source")
    parser.add_argument("--out", default="logs", help="the folder for the logs of all soaks; default: logs")
    parser.add_argument("--start", help="when the soak began; default: as the document says")
    parser.add_argument("-o", dest="settings", action="append", default=[], metavar="NAME=VALUE", help="a setting")


def run(options: argparse.Namespace) -> int:
    """Collects, with a line for each window; returns the exit code. UsageProblem for a mistake."""
    whole = True
    try:
        for name, collection in _collections(options):
            print(printable(_told(name, collection)), flush=True)
            whole = whole and not collection.problem
    except OSError as error:
        raise UsageProblem(f"{error.filename}: {error.strerror}; nothing partial was left") from None
    except KeyboardInterrupt:
        print("interrupted; run it again, and it goes on where it stopped", file=sys.stderr)
        return INTERRUPTED
    return 0 if whole else NOT_WHOLE


def _collections(options: argparse.Namespace) -> Iterator[tuple[str, Collection]]:
    """Each window that was collected, or the one stretch of time that was asked for."""
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
            collection = collect(Task(log, span, settle, clock, show), source)
        yield str(log), collection
        return
    soak = Soak(_start(options, settings))
    hour = due_hour(soak, clock()) if options.hour.strip() == DUE else parse_hour(options.hour)
    for number, collection in collect_windows(Round(soak, hour, source, out, settle, clock, bar)):
        yield f"window {number}", collection


def _start(options: argparse.Namespace, settings: Settings) -> datetime:
    if options.start:
        return parse_start(options.start, "--start")
    document = Path(settings.monitoring_log)
    known = monitoring_log.read_start(read_text(document), document) if document.exists() else None
    if known is None:
        raise UsageProblem("it is not known when the soak started; run pytest --hour=0 first, or give --start=TIME")
    return known[0]


def _told(name: str, collection: Collection) -> str:
    """What became of a window, in one line."""
    covered = collection.manifest.covered
    proven = f"proven from {exact(covered[0].start)} to {exact(covered[-1].end)}" if covered else "nothing proven"
    rows = plural(collection.new_rows, "new row")
    return f"{name}: {rows}, {proven}" + (f"; NOT WHOLE: {collection.problem}" if collection.problem else "")
