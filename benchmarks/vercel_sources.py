"""Requests and rows a second of the source ``vercel`` beside the real Vercel CLI, on one server, as ratios of one run.

    LOGPARSE_VERCEL=.../node_modules/.bin/vercel python -m benchmarks.vercel_sources [--rows 10000] [--pause 0.05]

The server is a process of its own, so that it takes no time from either. ``--pause`` is a wait before each answer, as a
network has it. What is measured is the whole collection, from its start to the log file and its manifest: for the CLI
with its own start, and between its first and last request beside it.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

from tests.builders.sources.fetching import WINDOW, collected
from tests.builders.sources.log_server import Plan, Served, served
from tests.builders.sources.made_requests import made_requests

ROUNDS = 3
SOURCES = ("vercel", "vercel-cli")


@dataclass(frozen=True)
class Run:
    """One collection: its seconds, those between its first and last request, and how many requests and rows."""

    seconds: float
    asking: float
    requests: int
    rows: int


def _serve(plan: Plan, pipe: Connection) -> None:
    """Serves until the other end closes; tells the times of all requests for logs when it is asked."""
    with served(plan) as server:
        pipe.send(server.origin)
        while pipe.recv():
            pipe.send(list(server.seen.times))


@contextmanager
def _server(plan: Plan) -> Iterator[tuple[Served, Connection]]:
    ours, theirs = Pipe()
    process = Process(target=_serve, args=(plan, theirs))
    process.start()
    try:
        yield Served(ours.recv()), ours
    finally:
        ours.send(False)
        process.join()


def _run(name: str, server: Served, pipe: Connection) -> Run:
    pipe.send(True)
    before = len(pipe.recv())
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        collection = collected(name, server, Path(folder) / "logs")
        seconds = time.perf_counter() - begun
    if collection.problem:
        raise SystemExit(f"{name}: {collection.problem}")
    pipe.send(True)
    times = pipe.recv()[before:]
    return Run(seconds, times[-1] - times[0], len(times), collection.new_rows)


def _show(name: str, runs: list[Run]) -> tuple[float, float, float]:
    whole = median(run.seconds for run in runs)
    asking = median(run.asking for run in runs)
    requests, rows = runs[0].requests, runs[0].rows
    print(
        f"{name:10}  {requests:4} requests, {rows:,} rows in {whole:.2f} s: {requests / whole:.0f} requests/s, "
        f"{rows / whole:,.0f} rows/s; from first to last request {asking:.2f} s: {requests / asking:.0f} requests/s, "
        f"{rows / asking:,.0f} rows/s"
    )
    return requests / whole, rows / whole, rows / asking


def main() -> None:
    """Measures both in turns, and prints the medians and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--pause", type=float, default=0.0)
    options = parser.parse_args()
    with _server(Plan(made_requests(WINDOW, options.rows), pause=options.pause)) as (server, pipe):
        runs: dict[str, list[Run]] = {name: [] for name in SOURCES}
        for _ in range(ROUNDS):
            for name in SOURCES:
                runs[name].append(_run(name, server, pipe))
    ours, theirs = (_show(name, runs[name]) for name in SOURCES)
    ratios = [f"{own / other:.2f}" for own, other in zip(ours, theirs, strict=True)]
    print("vercel over vercel-cli: {} requests/s, {} rows/s, {} rows/s without its start".format(*ratios))


if __name__ == "__main__":
    main()
