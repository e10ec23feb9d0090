"""Temporary files and folders: locked while their run lives, and swept away by a later run if it was killed.

A run that is killed cannot clean up. So each temporary thing has a name that nothing else has, and is locked (flock)
by the run that made it; the lock ends with the process, however that ends. Whoever gets the lock may remove the thing.
"""

import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir

from logparse.errors import UsageProblem

_NAME = re.compile(r"\.logparse-[0-9a-f]{16}\.(?:tmp|scratch)")


def new_file(folder: Path) -> tuple[Path, int]:
    """Makes a temporary file with the permissions of any new file here; returns it with a descriptor for writing.

    The caller closes and removes it. ``sweep`` leaves it alone until the descriptor is closed.
    """
    while True:
        path = folder / f".logparse-{secrets.token_hex(8)}.tmp"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
        if _claimed(path, descriptor):
            return path, descriptor
        os.close(descriptor)


@contextmanager
def scratch_folder(parent: Path) -> Iterator[Path]:
    """Makes a private folder for temporary files; removes it with all its content at the end."""
    path, descriptor = _new_folder(parent)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        os.close(descriptor)


@contextmanager
def folder_or_own(usable: Callable[[], Path | None]) -> Iterator[Path]:
    """Yields the folder that a function gives, or one for this run alone: for none, an OSError or a UsageProblem."""
    folder = None
    with suppress(OSError, UsageProblem):
        folder = usable()
    if folder:
        yield folder
        return
    shared = Path(gettempdir())
    sweep(shared)
    with scratch_folder(shared) as own:
        yield own


def _new_folder(parent: Path) -> tuple[Path, int]:
    while True:
        path = parent / f".logparse-{secrets.token_hex(8)}.scratch"
        path.mkdir(mode=0o700)
        with suppress(FileNotFoundError):
            descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            if _claimed(path, descriptor):
                return path, descriptor
            os.close(descriptor)


def sweep(folder: Path) -> None:
    """Removes the temporary files and folders that killed runs of this user left in a folder, and no others."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _NAME.fullmatch(entry.name):
                with suppress(OSError):
                    _remove_if_abandoned(Path(entry.path))


def _remove_if_abandoned(path: Path) -> None:
    """Removes a temporary file or folder if its run has ended; raises OSError if it has not, or that is unknown."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if os.fstat(descriptor).st_uid != os.geteuid():
            return
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    finally:
        os.close(descriptor)


def _claimed(path: Path, descriptor: int) -> bool:
    """Locks a file or folder just made; returns False if a sweep removed it in between."""
    # On a file system without locks nothing is ever swept: the sweep gets no lock either.
    with suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        return os.path.samestat(path.lstat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False
