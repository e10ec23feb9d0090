"""Standard input as a log file: copied by blocks to a private file, which is then read like any other."""

import hashlib
import os
import select
from pathlib import Path

from logparse.errors import UsageProblem

PLACE = "-"
"""The place of logs that means standard input."""

SHOWN = "(standard input)"
"""The name of standard input for people."""

BLOCK = 1 << 20
"""Bytes copied at a time."""


def refuse_terminal(descriptor: int) -> None:
    """Raises UsageProblem if standard input is a terminal: nobody types logs, so a run would wait forever."""
    if os.isatty(descriptor):
        raise UsageProblem(
            "--logs=-: standard input is a terminal; send logs into it (cat logs/* | pytest --hour=N --logs=-), "
            "or name their files with --logs=PATH"
        )


def copy(descriptor: int, folder: Path) -> tuple[Path, str]:
    """Copies standard input to a file in the folder, readable by its owner only; returns the file and its sha256.

    Raises UsageProblem if it cannot be read, or the copy cannot be written.
    """
    path, digest = folder / "standard-input", hashlib.sha256()
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            while block := _read(descriptor):
                digest.update(block)
                file.write(block)
    except OSError as error:
        text = f"--logs=-: the copy of standard input cannot be written to {folder.parent} ({error.strerror})"
        raise UsageProblem(f"{text}; make room there, or name files with --logs=PATH") from None
    return path, digest.hexdigest()


def _read(descriptor: int) -> bytes:
    """Reads the next bytes of standard input; empty at its end."""
    while True:
        try:
            return os.read(descriptor, BLOCK)
        except BlockingIOError:
            # Some programs pass on a non-blocking pipe.
            select.select([descriptor], [], [])
        except OSError as error:
            raise UsageProblem(f"--logs=-: standard input cannot be read ({error.strerror})") from None
