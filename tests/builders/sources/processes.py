"""The processes that a tool started, found by a mark in their environment."""

from contextlib import suppress
from pathlib import Path


def processes_with(mark: str) -> list[Path]:
    """The processes with a mark in their environment; one that ended and that nobody asked about has none."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if mark.encode() in path.read_bytes():
                found.append(path)
    return found
