"""A process that collects one window, made to be killed: its arguments are the server, the folder and the source."""

import os
import sys
from pathlib import Path

from logparse.collect.sources import source_of
from logparse.collect.windows import Round, collect_windows
from logparse.values.schedule import Soak
from tests.builders.sources.fetching import LATER, SETTLE, START, settings_for
from tests.builders.sources.log_server import Served


def main(origin: str, folder: str, name: str) -> None:
    """Collects; a window that is not whole is an error."""
    source = source_of(name, settings_for(Served(origin)), os.environ)
    for _, collection in collect_windows(Round(Soak(START), (4,), source, Path(folder), SETTLE, lambda: LATER)):
        sys.exit(collection.problem)


if __name__ == "__main__":
    main(*sys.argv[1:])
