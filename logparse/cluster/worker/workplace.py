"""On a worker: a workplace for one task, and the bytes of a piece as a file that the engine reads."""

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
"""The part of a worker's memory that the engines of its tasks may take together, and bytes that are always enough."""


@contextmanager
def worker_workplace(setup: Setup) -> Iterator[Workplace]:
    """What reading needs, for one task; OSError where this worker would count in another way than the run.

    The engine takes one core for each task that the worker does at a time.
    """
    if setup.code != code():
        raise OSError("a worker runs another version of logparse or DuckDB; install the same one everywhere")
    shared = own_folder()
    sweep(shared)
    with scratch_folder(shared) as scratch:
        (scratch / "cache").mkdir()
        sought = Sought((), scratch, setup.start, setup.now, scratch / "cache", scratch)
        with workplace(sought, setup.settings) as work:
            # A worker's process looks to the engine like one that somebody sits in front of.
            for setting in ("threads = 1", "enable_progress_bar = false", *_memory()):
                work.connection.execute(f"SET {setting}")
            yield work


def _memory() -> tuple[str, ...]:
    """A setting for the engine's memory where the worker itself has too little for that of the run."""
    try:
        worker = get_worker()
    except ValueError:
        return ()
    limit = worker.memory_manager.memory_limit
    share = int(SHARE * limit / worker.state.nthreads) if limit else PLENTY
    return (f"memory_limit = '{share}B'",) if share < PLENTY else ()


def own_folder() -> Path:
    """The worker's own folder for temporary files; in a process that is none, that of the system."""
    try:
        return Path(get_worker().local_directory)
    except ValueError:
        return Path(gettempdir())


@contextmanager
def opened(file: LogFile) -> Iterator[IO[bytes]]:
    """The bytes of a file as a stream that can be moved in; OSError where it is not the one that the run found."""
    check(file)
    if file.stored:
        with stores.opened(file.place) as stream:
            yield stream
    else:
        with Path(file.place).open("rb") as stream:
            yield stream
    check(file)


def check(file: LogFile) -> None:
    """OSError where a file is not, or no more, the one that the run found."""
    if version_of(file) != file.version:
        raise OSError(f"{file.shown} is another file than the run found: it was changed, or is not the same here")


def version_of(file: LogFile) -> str:
    """What tells a file from what it was before, on every machine that sees it; OSError where it is gone."""
    if file.stored:
        return stores.stored(file.place).version
    return local_version(Path(file.place).stat())


def local_version(status: os.stat_result) -> str:
    """The version of a file that all machines have by its size and its last change."""
    return f"{status.st_size}-{status.st_mtime_ns}"


@contextmanager
def whole(file: LogFile, scratch: Path) -> Iterator[Path]:
    """A path at which all of a file can be read: its own, or that of a copy of what lies in a store."""
    if not file.stored:
        yield Path(file.place)
        return
    copy = scratch / f"{uuid4().hex}.whole"
    stores.bring(stores.Stored(file.place, file.size, file.version, file.modified), copy)
    yield copy
    copy.unlink()


@contextmanager
def source_of(piece: FilePart, work: Workplace) -> Iterator[LogSource | None]:
    """What the engine reads for a piece; None where no line begins in it. OSError as that of ``opened``."""
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
