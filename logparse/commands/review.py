"""``logparse review``: lets people rate a sample of conversations, on a local web page or in the terminal."""

import argparse
import os
import sys
from importlib.util import find_spec
from pathlib import Path

from logparse.clock import DUE, clock_of
from logparse.commands import INTERRUPTED, NOT_WHOLE
from logparse.commands.cache import cache_here
from logparse.errors import UsageProblem
from logparse.judge import check
from logparse.review.opening import ReviewOptions, open_sitting
from logparse.review.sitting import Sitting
from logparse.settings.file import read_settings
from logparse.storage.temporary import scratch_folder
from logparse.text.escape import printable


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options of the command."""
    parser.add_argument("--hour", default=DUE, help="the hour of the check; default: the last one that has come")
    parser.add_argument("--terminal", action="store_true", help="in the terminal, without a page")
    parser.add_argument("--no-browser", action="store_true", help="print the address of the page, and open no browser")
    parser.add_argument(
        "--logs",
        action="append",
        default=[],
        metavar="PATH",
        help="where the transcripts are; default: the setting logs",
    )
    parser.add_argument("--monitoring-log", default="", metavar="PATH", help="the document that the ratings go to")
    parser.add_argument(
        "--start", default="", metavar="TIME", help="when the soak began; default: as the document says"
    )
    parser.add_argument("--seed", default="", help="what the sample is drawn with; default: the start and the hour")
    parser.add_argument("-o", dest="settings", action="append", default=[], metavar="NAME=VALUE", help="a setting")


def run(options: argparse.Namespace) -> int:
    """Reviews one check and returns the exit code; raises UsageProblem for a mistake."""
    if not options.terminal and find_spec("flask") is None:
        raise UsageProblem("the page of the review needs Flask: pip install --editable '.[review]', or use --terminal")
    settings = read_settings(Path.cwd(), options.settings)
    check(settings)
    asked = ReviewOptions(options.hour, options.logs, options.monitoring_log, options.start, options.seed)
    with cache_here() as cache, scratch_folder(cache) as scratch:
        sitting = open_sitting(asked, settings, Path.cwd(), clock_of(os.environ)(), (cache, scratch))
    try:
        _hold(sitting, options)
    except (KeyboardInterrupt, EOFError):
        print(f"\ninterrupted; {_told(sitting)}", file=sys.stderr)
        return INTERRUPTED
    if sitting.left:
        print(f"run it again, and it goes on with the {sitting.left} that are left")
    return NOT_WHOLE if sitting.left else 0


def _hold(sitting: Sitting, options: argparse.Namespace) -> None:
    if options.terminal:
        # Each is imported only if it is used, because imports take time.
        from logparse.review.terminal import review  # noqa: PLC0415

        review(sitting, input, _say)
        return
    from logparse.review.serving import serve  # noqa: PLC0415

    serve(sitting, _say, not options.no_browser)
    print(_told(sitting))


def _told(sitting: Sitting) -> str:
    return printable(f"{sitting.told()}; it stands in {sitting.document}")


def _say(line: str) -> None:
    print(printable(line), flush=True)
