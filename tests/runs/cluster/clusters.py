"""Real schedulers with workers on this machine, and logs counted here and there, to be compared."""

import asyncio
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Queue
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from distributed import Client, LocalCluster
from tornado.ioloop import IOLoop

from logparse.cluster import readers_at
from logparse.judge import judge
from logparse.reading.remote_logs import staged
from logparse.reading.sought import Sought
from logparse.settings.checked import Settings, parse
from logparse.tallying import Tallying, count
from logparse.values.schedule import StartSource
from logparse.verdicts.verdict import to_json
from tests.builders.asked import asked
from tests.builders.counted import NOW, START

SETTINGS = parse()


@contextmanager
def running(workers: int, processes: bool) -> Iterator[LocalCluster]:
    """A scheduler with so many workers, each of one thread; in processes of their own, or in this one."""
    with (
        _running_loop() as loop,
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=processes,
            dashboard_address=":0",
            silence_logs=50,
            loop=loop,
        ) as cluster,
    ):
        yield cluster


@contextmanager
def _running_loop() -> Iterator[IOLoop]:
    """An event loop in a thread of its own; Dask gives its own ten seconds to start, and a busy machine needs more."""
    begun: Queue[IOLoop] = Queue()

    async def run(stop: asyncio.Event) -> None:
        begun.put(IOLoop.current())
        await stop.wait()

    stop = asyncio.Event()
    thread = Thread(target=lambda: asyncio.run(run(stop)), daemon=True)
    thread.start()
    loop = begun.get()
    try:
        yield loop
    finally:
        loop.add_callback(stop.set)
        thread.join()


def kill_workers(address: str) -> int:
    """Kills the process of each worker, as a machine that dies does; their nannies start new ones. Returns how many."""
    with Client(address, set_as_default=False) as client:
        processes = client.run(os.getpid).values()
        for process in processes:
            os.kill(process, signal.SIGKILL)
    return len(processes)


@dataclass(frozen=True)
class Desk:
    """A folder with logs, which are counted here or by the workers of a scheduler; nothing is cached between counts."""

    folder: Path
    stretch: int = 20_000

    def lay(self, files: Mapping[str, bytes]) -> None:
        """Writes the logs."""
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            os.utime(path, (NOW.timestamp(), NOW.timestamp()))

    def tally(self, address: str = "", places: tuple[str, ...] = (".",), settings: Settings = SETTINGS) -> Tallying:
        """Counts the logs."""
        with TemporaryDirectory() as name:
            sought = Sought(places, self.folder, START, NOW, Path(name), Path(name))
            sought, logs = staged(sought, bring_logs=not address)
            with readers_at(address, sought, settings, logs, self.stretch) as readers:
                return count(sought, settings, "hour", readers)

    def verdict(self, address: str = "", places: tuple[str, ...] = (".",)) -> str:
        """Judges the logs at hour 4, as JSON."""
        with TemporaryDirectory() as name:
            cache = Path(name)
            request = asked(4, places, self.folder, START, StartSource.OPTION, NOW, cache, cache)
            sought, logs = staged(request.sought, bring_logs=not address)
            request = replace(request, sought=sought)
            with readers_at(address, sought, SETTINGS, logs, self.stretch) as readers:
                return to_json(judge(request, SETTINGS, readers))


def told(tallying: Tallying) -> dict[str, Any]:
    """All that a tally says, to be compared with another."""
    return tallying.as_dict()
