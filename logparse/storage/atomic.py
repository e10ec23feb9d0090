"""Atomic writing of files, by one run at a time; and checks before the work begins that files can be written."""

import errno
import fcntl
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from logparse.errors import UsageProblem
from logparse.storage.temporary import new_file, sweep

LONGEST_WAIT = 60.0
"""Seconds that a run waits for another one that holds the lock."""

ROOM = 1 << 20
"""Bytes that must be free where a run writes; all its outputs take about a quarter of that."""

_PAUSE = 0.05


def read_text(path: Path) -> str:
    """Reads a UTF-8 file, keeping line endings and byte order mark; raises UsageProblem for any other encoding."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageProblem(f"{path}:{line}: this is not UTF-8 text; save the file as UTF-8") from None


def write_text(path: Path, text: str, wait_for_disk: bool = True) -> None:
    """Replaces a file atomically, keeping line endings: after a crash it is the old file or the new one.

    The text goes to a temporary file in the same folder, is synced, and takes the file's name. With
    ``wait_for_disk=False`` it is not synced, which is most of the time of a small file: for what can be made again and
    is checked when read. A symbolic link stays: its target is replaced. An existing file keeps its permissions and, if
    allowed, its owner.
    """
    target = _target(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    content = text.encode("utf-8")
    temporary, descriptor = new_file(target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            _like_existing(descriptor, target)
            file.write(content)
            file.flush()
            if wait_for_disk:
                os.fsync(descriptor)
            # While the file is open it is locked, and no other run takes it for a leftover.
            os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    if wait_for_disk:
        _sync_folder(target.parent)


@contextmanager
def locked(path: Path, longest_wait: float = LONGEST_WAIT) -> Iterator[None]:
    """Holds an exclusive lock to read, change and write a file; raises UsageProblem if another run keeps it.

    The lock is on the file's folder, so no lock file is left behind and the file itself can be replaced meanwhile. It
    ends with the process, however that ends. POSIX only (flock), and not on network file systems that do not lock
    folders.
    """
    folder = _target(path).parent
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise UsageProblem(f"{path}: cannot be locked ({error.strerror}); choose another place") from None
    try:
        _wait_for_lock(descriptor, path, time.monotonic() + longest_wait)
        yield
    finally:
        os.close(descriptor)


def check_writable(path: Path) -> None:
    """Writes a trial file beside a file and removes it; raises UsageProblem if the file cannot be written."""
    try:
        target = _target(path)
        mode = target.stat().st_mode if target.exists() else None
    except (OSError, ValueError) as error:
        raise UsageProblem(f"{path}: cannot be written ({_why(error)}); choose another place") from None
    if mode is not None and stat.S_ISDIR(mode):
        raise UsageProblem(f"{path}: is a folder; name a file")
    if mode is not None and not stat.S_ISREG(mode):
        raise UsageProblem(f"{path}: is no ordinary file; name another one")
    # Root may write a read-only file, but whoever protected it did not mean that.
    if mode is not None and (not mode & 0o222 or not os.access(target, os.W_OK)):
        raise UsageProblem(f"{path}: is read-only; make it writable or choose another place")
    _try_folder(target.parent, path)


def check_room(path: Path) -> None:
    """Writes and removes a trial file of ROOM bytes in the folder, which it makes and sweeps; UsageProblem for less."""
    folder = _target(path).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)
        temporary, descriptor = new_file(folder)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(bytes(ROOM))
                file.flush()
                os.fsync(descriptor)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        text = f"{path}: less than {ROOM >> 20} MB can be written there ({_why(error)})"
        raise UsageProblem(f"{text}; make room or choose another place") from None


def check_folder_writable(folder: Path) -> None:
    """Writes a trial file in a folder, or its nearest parent, and removes it; raises UsageProblem on failure."""
    try:
        target = _target(folder)
    except (OSError, ValueError) as error:
        raise UsageProblem(f"{folder}: cannot be written ({_why(error)}); choose another place") from None
    _try_folder(target, folder)


def _try_folder(folder: Path, named: Path) -> None:
    """Creates and removes a temporary file in the folder, or in its nearest existing parent."""
    while not os.path.lexists(folder) and folder != folder.parent:
        folder = folder.parent
    if not folder.is_dir():
        raise UsageProblem(f"{named}: {folder} is a file, not a folder; choose another place")
    try:
        temporary, descriptor = new_file(folder)
        temporary.unlink(missing_ok=True)
        os.close(descriptor)
    except OSError as error:
        raise UsageProblem(f"{named}: cannot be written ({_why(error)}); choose another place") from None


def _target(path: Path) -> Path:
    """Resolves symbolic links of a path, which may not exist; raises OSError if they form a loop."""
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    return target


def _like_existing(descriptor: int, target: Path) -> None:
    """Gives a new file the owner and permissions of the file that it will replace, if there is one."""
    try:
        existing = target.stat()
    except FileNotFoundError:
        return
    if (existing.st_uid, existing.st_gid) != (os.geteuid(), os.getegid()):
        with suppress(PermissionError):
            os.fchown(descriptor, existing.st_uid, existing.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(existing.st_mode))


def _sync_folder(folder: Path) -> None:
    """Syncs a folder, so that a new name in it lasts; file systems that cannot are left alone."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _wait_for_lock(descriptor: int, path: Path, until: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= until:
                raise UsageProblem(f"{path}: another run is writing here; wait until it has ended") from None
            time.sleep(_PAUSE)
        except OSError as error:
            raise UsageProblem(f"{path}: cannot be locked ({error.strerror}); use a local file system") from None


def _why(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else str(error)) or "unknown reason"
