"""Standard input as a log file: it is copied in blocks to a private file, which is then read like any other."""

import hashlib
import os
import select
from pathlib import Path

from logparse.errors import UsageProblem

PLACE = "-"
"""What stands for standard input among the places of logs."""

SHOWN = "(standard input)"
"""How standard input is named in all that people read."""

BLOCK = 1 << 20
"""Bytes copied at a time."""


def check(descriptor: int) -> None:
    """UsageProblem where standard input is a terminal: nobody types logs, so a run would wait for ever."""
    if os.isatty(descriptor):
        raise UsageProblem(
            "--logs=-: standard input is a terminal; send logs into it (cat logs/* | pytest --hour=N --logs=-), "
            "or name their files with --logs=PATH"
        )


def copy(descriptor: int, folder: Path) -> tuple[Path, str]:
    """Copies all of standard input to a file in the folder, readable by its owner alone; returns it and its sha256.

    UsageProblem where it cannot be read, or the copy cannot be written.
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
    """The next bytes of standard input; none at its end."""
    while True:
        try:
            return os.read(descriptor, BLOCK)
        except BlockingIOError:
            # Some programs hand on a pipe that does not wait by itself.
            select.select([descriptor], [], [])
        except OSError as error:
            raise UsageProblem(f"--logs=-: standard input cannot be read ({error.strerror})") from None
