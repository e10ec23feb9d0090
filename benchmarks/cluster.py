"""One machine and a cluster beside each other: the same numbers, and how long it takes.

    python -m benchmarks.cluster [--size 1GB] [--parts 40] [--rounds 3] [--save]

It makes a day of text, cuts it into files that overlap, and counts them in turn with ``logparse tally``: on this
machine, on a cluster of one worker and of two (processes of one thread each), and on two of which one is killed in the
middle. What each counts is compared, all of it. The times are of whole commands; beside them the CPU time that the
command and its workers took, which tells more where a machine is shared.
"""

import argparse
import json
import os
import platform
import resource
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer

from distributed import Client, LocalCluster

from tests.scenarios.bulk import BigDay, write_big_day, write_parts

START = datetime(2026, 1, 12, tzinfo=UTC)
UNITS = {"MB": 10**6, "GB": 10**9}
RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Run:
    """One count: what it printed, its seconds, and the CPU seconds of the command and its workers."""

    said: str
    seconds: float
    cpu: float


def main() -> int:
    """Makes the logs, counts them in turn, and prints what came out; 1 where two counts differ."""
    options = _options()
    with TemporaryDirectory(prefix="logparse-benchmark-") as name:
        folder = Path(name)
        parts = options.given or _made(folder, options)
        size = sum(path.stat().st_size for path in parts.iterdir())
        runs: dict[str, list[Run]] = {}
        for _ in range(options.rounds):
            for way, run in _round(folder, parts):
                print(f"  {way}: {run.seconds:.1f} s, {run.cpu:.1f} s of CPU", file=sys.stderr, flush=True)
                runs.setdefault(way, []).append(run)
    said = {way: {run.said for run in several} for way, several in runs.items()}
    differ = len(set().union(*said.values())) > 1
    lines = list(_report(runs, size, options, differ))
    print("\n".join(lines))
    if options.save:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / f"cluster-{datetime.now(UTC):%Y-%m-%d}.md").write_text("\n".join(lines) + "\n")
    return int(differ)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", default="1GB", help="bytes of the day, like 200MB")
    parser.add_argument("--parts", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--given", type=Path, metavar="FOLDER", help="count the files of this folder; none are made")
    parser.add_argument("--save", action="store_true", help="keep the report in benchmarks/results/")
    return parser.parse_args()


def _made(folder: Path, options: argparse.Namespace) -> Path:
    """Writes the day and cuts it; returns the folder of the parts."""
    day, parts = folder / "day.txt", folder / "parts"
    parts.mkdir()
    write_big_day(day, BigDay(START, "text", int(float(options.size[:-2]) * UNITS[options.size[-2:]])))
    write_parts(day, parts, options.parts)
    day.unlink()
    return parts


def _round(folder: Path, parts: Path) -> Iterator[tuple[str, Run]]:
    """Each way once, one after another, so that what else goes on here meets all of them alike."""
    yield "one machine", _tally(folder, parts)
    with _cluster(1) as cluster:
        yield "cluster, 1 worker", _tally(folder, parts, cluster.scheduler_address)
    with _cluster(2) as cluster:
        two = _tally(folder, parts, cluster.scheduler_address)
        yield "cluster, 2 workers", two
    with _cluster(2) as cluster:
        yield "cluster, 2 workers, one killed", _tally(folder, parts, cluster.scheduler_address, two.seconds / 2)


@contextmanager
def _cluster(workers: int) -> Iterator[LocalCluster]:
    with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=":0", silence_logs=50) as cluster:
        yield cluster


def _tally(folder: Path, parts: Path, address: str = "", kill: float = 0) -> Run:
    """Counts the parts with a whole command; ``kill``: the seconds after which a worker dies."""
    command = [sys.executable, "-m", "logparse", "tally", str(parts), "--by=hour", "--json"]
    if address:
        command.append(f"--cluster={address}")
    root = Path(__file__).parents[1]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    before, begun = _cpu(address), time.monotonic()
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        killed: list[int] = []
        timer = Timer(kill, lambda: killed.append(_kill(address)))
        if kill:
            timer.start()
        said, _ = process.communicate()
        timer.cancel()
        if kill and not killed:
            raise RuntimeError("the count was over before the worker could be killed")
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {said[-2000:]}")
    return Run(json.dumps(json.loads(said), sort_keys=True), time.monotonic() - begun, _cpu(address) - before)


def _kill(address: str) -> int:
    """Kills one worker, as a machine that dies does, and returns the process that it was."""
    with Client(address, set_as_default=False) as client:
        process: int = next(iter(client.run(os.getpid).values()))
    os.kill(process, signal.SIGKILL)
    return process


def _cpu(address: str) -> float:
    """CPU seconds that the commands so far, and the workers that live, have taken."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    total = usage.ru_utime + usage.ru_stime
    if address:
        with Client(address, set_as_default=False) as client:
            total += sum(client.run(time.process_time).values())
    return total


def _report(runs: dict[str, list[Run]], size: int, options: argparse.Namespace, differ: bool) -> Iterator[str]:
    yield f"# One machine and a cluster, {datetime.now(UTC):%Y-%m-%d}"
    yield ""
    files = f"{size / 1e6:,.0f} MB of text in {options.parts} files that overlap by a tenth"
    yield f"{files}; rounds in turn: {options.rounds}."
    yield (
        f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[1]:.1f}; "
        + ", ".join(f"{name} {version(name)}" for name in ("duckdb", "distributed"))
        + f", Python {platform.python_version()}."
    )
    yield ""
    yield "| counted on | median | all | CPU, median | MB a CPU second | of one machine |"
    yield "| --- | --- | --- | --- | --- | --- |"
    first = _median([run.seconds for run in next(iter(runs.values()))])
    for way, several in runs.items():
        seconds, cpu = _median([run.seconds for run in several]), _median([run.cpu for run in several])
        each = ", ".join(f"{run.seconds:.1f}" for run in several)
        yield (f"| {way} | {seconds:.1f} s | {each} | {cpu:.1f} s | {size / 1e6 / cpu:,.0f} | {seconds / first:.2f} |")
    yield ""
    counted = json.loads(next(iter(runs.values()))[0].said)["metrics"]
    numbers = f"{counted['records']:,} records, {counted['deliveries']:,} deliveries, {counted['errors']:,} errors"
    yield "DIFFERENT NUMBERS: the counts are not the same." if differ else f"All counted the same: {numbers}."


def _median(values: Sequence[float]) -> float:
    return statistics.median(values)


if __name__ == "__main__":
    sys.exit(main())
