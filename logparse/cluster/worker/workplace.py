"""The workplace of one task on a worker, and the bytes of a part as a file for the engine."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir
from typing import IO
from uuid import uuid4

from distributed import get_worker

from logparse.cluster.parts import FilePart, LogFile, Setup, code
from logparse.counting.engine import LogSource
from logparse.reading.file_tally import copied
from logparse.reading.gather import workplace
from logparse.reading.sought import Sought
from logparse.reading.workplace import Workplace
from logparse.storage import stores
from logparse.storage.cuts import blocks
from logparse.storage.temporary import scratch_folder, sweep

SHARE, PLENTY = 0.5, 1 << 30
"""The share of a worker's memory that the engines of its tasks may use together, and bytes that are always enough."""


@contextmanager
def worker_workplace(setup: Setup) -> Iterator[Workplace]:
    """Opens a workplace for one task; raises OSError if this worker would count differently than the run.

    The engine uses one core for each task that the worker runs at a time.
    """
    if setup.code != code():
        raise OSError("a worker runs another version of logparse or DuckDB; install the same one everywhere")
    shared = own_folder()
    sweep(shared)
    with scratch_folder(shared) as scratch:
        (scratch / "cache").mkdir()
        sought = Sought((), scratch, setup.start, setup.now, scratch / "cache", scratch)
        with workplace(sought, setup.settings) as work:
            # The engine takes a worker's process for an interactive one.
            for setting in ("threads = 1", "enable_progress_bar = false", *_memory()):
                work.connection.execute(f"SET {setting}")
            yield work


def _memory() -> tuple[str, ...]:
    """Returns a setting for the engine's memory, if the worker has too little for that of the run."""
    try:
        worker = get_worker()
    except ValueError:
        return ()
    limit = worker.memory_manager.memory_limit
    share = int(SHARE * limit / worker.state.nthreads) if limit else PLENTY
    return (f"memory_limit = '{share}B'",) if share < PLENTY else ()


def own_folder() -> Path:
    """Returns the worker's own folder for temporary files; outside of a worker, that of the system."""
    try:
        return Path(get_worker().local_directory)
    except ValueError:
        return Path(gettempdir())


@contextmanager
def opened(file: LogFile) -> Iterator[IO[bytes]]:
    """Opens the bytes of a file as a seekable stream; raises OSError if it has changed since the run found it."""
    check(file)
    if file.stored:
        with stores.opened(file.place) as stream:
            yield stream
    else:
        with Path(file.place).open("rb") as stream:
            yield stream
    check(file)


def check(file: LogFile) -> None:
    """Raises OSError if a file is gone or has changed since the run found it."""
    if version_of(file) != file.version:
        raise OSError(f"{file.shown} is another file than the run found: it was changed, or is not the same here")


def version_of(file: LogFile) -> str:
    """Returns the version of a file, the same on every machine that sees it; raises OSError if it is gone."""
    if file.stored:
        return stores.stored(file.place).version
    return local_version(Path(file.place).stat())


def local_version(status: os.stat_result) -> str:
    """Returns the version of a file that all machines have: its size and its last change."""
    return f"{status.st_size}-{status.st_mtime_ns}"


@contextmanager
def whole(file: LogFile, scratch: Path) -> Iterator[Path]:
    """Yields a path of the whole file: its own, or that of a copy of a file in a store."""
    if not file.stored:
        yield Path(file.place)
        return
    copy = scratch / f"{uuid4().hex}.whole"
    stores.bring(stores.Stored(file.place, file.size, file.version, file.modified), copy)
    yield copy
    copy.unlink()


@contextmanager
def source_of(piece: FilePart, work: Workplace) -> Iterator[LogSource | None]:
    """Yields the source of a part for the engine; None if no line begins in it. Raises OSError as ``opened`` does."""
    log_format = next(each for each in work.formats if each.name == piece.format)
    if piece.is_whole:
        with whole(piece.file, work.scratch) as path:
            check(piece.file)
            source = LogSource(path, piece.compression, log_format, piece.first_date)
            yield copied(source, piece.copy, work) if piece.copy else source
        return
    stretch = work.scratch / f"{uuid4().hex}.stretch"
    with opened(piece.file) as stream, stretch.open("wb") as out:
        out.writelines(blocks(stream, piece.begin, piece.end, piece.file.size))
    source = LogSource(stretch, "none", log_format)
    if not stretch.stat().st_size:
        yield None
    else:
        yield copied(source, piece.copy, work) if piece.copy else source
    stretch.unlink()
