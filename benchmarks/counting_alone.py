"""Prints how many seconds the counting of one file takes, without process start, judging and reports.

python -m benchmarks.counting_alone FILE
"""

import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from logparse.reading.gather import workplace
from logparse.reading.log_file import read
from logparse.reading.sought import Sought
from logparse.settings.checked import parse


def main() -> None:
    """Counts a file that no cache knows."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sought = Sought((sys.argv[1],), folder, None, datetime.now(UTC), folder, folder)
        with workplace(sought, parse()) as work:
            begun = time.perf_counter()
            reading = read(Path(sys.argv[1]), "log", work)
            seconds = time.perf_counter() - begun
        if reading.tally is None:
            raise SystemExit(str(reading.problems))
    print(seconds)


if __name__ == "__main__":
    main()
