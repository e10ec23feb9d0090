"""``logparse tally``: counts the records of the logs without judging them, by time if asked."""

import argparse
import os
import sys
from pathlib import Path

from logparse.clock import clock_of
from logparse.cluster import readers_at
from logparse.commands import NOT_WHOLE
from logparse.commands.cache import cache_here
from logparse.errors import UsageProblem
from logparse.judge import check
from logparse.reading.gather import with_standard_input
from logparse.reading.remote_logs import staged
from logparse.reading.sought import Sought
from logparse.report.counts import counts_table
from logparse.settings.file import read_settings
from logparse.storage import standard_input
from logparse.storage.temporary import scratch_folder
from logparse.tallying import BUCKETS, count
from logparse.values.schedule import parse_start
from logparse.verdicts.verdict import json_text


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options of the command."""
    places = "a log file, a folder, a quoted glob, or - for standard input; default: the setting logs"
    parser.add_argument("places", nargs="*", metavar="PATH", help=places)
    parser.add_argument("--json", action="store_true", help="print all of it for machines; see docs/tallying.md")
    parser.add_argument("--table", action="store_true", help="print a table for people; this is the default")
    parser.add_argument("--by", choices=tuple(BUCKETS), default="", help="count by stretches of time too")
    parser.add_argument("--start", help="when the soak began: for windows, and for lines that tell no date")
    parser.add_argument("--cluster", default="", metavar="ADDRESS", help="count on the workers of this Dask scheduler")
    parser.add_argument("-o", dest="settings", action="append", default=[], metavar="NAME=VALUE", help="a setting")


def run(options: argparse.Namespace) -> int:
    """Counts, prints the counts, and returns the exit code; raises UsageProblem for a mistake."""
    if options.json and options.table:
        raise UsageProblem("--json and --table: choose one of them")
    settings = read_settings(Path.cwd(), options.settings)
    check(settings)
    places = tuple(options.places) or settings.logs
    if "" in places:
        raise UsageProblem("a path is empty, as from a variable that is not set; name a file, a folder or a glob")
    with cache_here() as cache, scratch_folder(cache) as scratch:
        sought = Sought(
            places=places,
            base=Path.cwd(),
            start=parse_start(options.start, "--start") if options.start else None,
            now=clock_of(os.environ)(),
            cache=cache,
            scratch=scratch,
        )
        sought, logs = staged(_taken_in(sought, options.cluster), bring_logs=not options.cluster)
        with readers_at(options.cluster, sought, settings, logs) as readers:
            tallying = count(sought, settings, options.by, readers)
    shown = [json_text(tallying.as_dict())] if options.json else [f"{line}\n" for line in counts_table(tallying)]
    sys.stdout.writelines(shown)
    return 0 if tallying.complete else NOT_WHOLE


def _taken_in(sought: Sought, cluster: str) -> Sought:
    """Replaces standard input among the places by a file of its content."""
    if standard_input.PLACE not in sought.places:
        return sought
    if cluster:
        raise UsageProblem("-: standard input is on this machine alone; write it to a file that the workers can read")
    if sys.__stdin__ is None or os.isatty(0):
        raise UsageProblem("-: no log comes from standard input; send one into it: cat logs/* | logparse tally -")
    return with_standard_input(sought, os.dup(0))
