"""Write simulated days from the command line.

    python -m tests.scenarios --format text --size 1GB --out day.txt        one big day, one file
    python -m tests.scenarios --format vercel --deliveries 300 --out logs   one file for each window

The same options give the same bytes. A third use judges every scenario on every seed and writes matrix.md:

    python -m tests.scenarios matrix
"""

import argparse
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.scenarios import matrix
from tests.scenarios.bulk import BigDay, write_big_day
from tests.scenarios.traffic import steady_day
from tests.scenarios.traps import all_harmless
from tests.scenarios.writers import STYLES, write_soak

_UNITS = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9}


def size_in_bytes(text: str) -> int:
    """`1GB`, `500MB`, `64 kB` or a plain number of bytes; the units are decimal."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?) ?([KMG]?B|)", text.upper())
    if not match:
        raise argparse.ArgumentTypeError(f"{text!r} is no size such as 500MB")
    return round(float(match[1]) * _UNITS[match[2]])


def positive(text: str) -> int:
    """A whole number of at least 1."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is less than 1")
    return number


def moment(text: str) -> datetime:
    """An ISO time with its zone."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time such as 2026-01-12T00:00:00Z") from None
    if time.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} has no zone; end it with Z for UTC")
    return time


def share(text: str) -> float:
    """A number from 0 to 1."""
    number = float(text)
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.scenarios", description="Write a simulated day of the bot's traffic as log files."
    )
    amount = parser.add_mutually_exclusive_group(required=True)
    amount.add_argument("--size", type=size_in_bytes, help="one file of about this size, such as 1GB")
    amount.add_argument(
        "--deliveries", type=positive, help="a folder with one file for each window, so many deliveries in all"
    )
    parser.add_argument("--out", type=Path, required=True, help="the file (--size) or the folder (--deliveries)")
    parser.add_argument("--format", choices=("text", "vercel"), default="text")
    parser.add_argument("--style", choices=STYLES, default="plain", help="how a line of text begins")
    parser.add_argument("--start", type=moment, default=datetime(2026, 1, 12, tzinfo=UTC), help="when the day begins")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--handled-errors", type=share, default=0.015, help="share of deliveries that end in an error")
    parser.add_argument("--error-words", type=share, default=0.1, help='share whose user writes the word "error"')
    parser.add_argument(
        "--traps", action="store_true", help="with --deliveries: add every trap that harms no criterion"
    )
    parser.add_argument("--compression", choices=("gz", "zst"), help="with --deliveries: compress the files")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Write what was asked for and say how much it is."""
    written = sys.argv[1:] if arguments is None else arguments
    if written[:1] == ["matrix"]:
        return matrix.main(written[1:])
    parser = _parser()
    asked = parser.parse_args(written)
    style = STYLES[asked.style]
    if asked.size is not None:
        if asked.traps or asked.compression:
            parser.error("--traps and --compression go with --deliveries")
        big = BigDay(asked.start, asked.format, asked.size, asked.seed, style, asked.handled_errors, asked.error_words)
        deliveries = write_big_day(asked.out, big)
        print(f"{asked.out}: {asked.out.stat().st_size:,} bytes, {deliveries:,} deliveries")
        return 0
    day = steady_day(
        asked.start,
        deliveries=asked.deliveries,
        seed=asked.seed,
        handled_errors=asked.handled_errors,
        error_words=asked.error_words,
    )
    if asked.traps:
        day = all_harmless(day)
    for path in write_soak(asked.out, day, asked.start, asked.format, asked.compression, style=style):
        print(f"{path}: {path.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
