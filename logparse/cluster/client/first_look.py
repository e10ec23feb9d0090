"""The first reading of the files of a run: workers count each, a large one in byte ranges that are added up."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from distributed import Client, Future

from logparse.cluster.client.progress_bar import bar
from logparse.cluster.client.scheduler import Lost, Tasks
from logparse.cluster.parts import Again, Counted, Cut, FilePart, LogFile, Setup
from logparse.cluster.worker import count
from logparse.reading.file_problems import Problem
from logparse.storage.cuts import cuts

BRANCHES = 16
"""The most byte ranges added at a time: the tree is deep enough that no task holds many scans."""

LOST = "run again; where it happens again, look at the workers' own logs"


@dataclass
class UnderWay:
    """The progress of one file. It is mutable: its tasks, and whether it was split."""

    path: Path
    file: LogFile
    format: str = ""
    mended: bool = False
    scans: dict[Future, tuple[int, int]] = field(default_factory=dict)
    lost: str = ""


def count_files(asked: Sequence[UnderWay], client: Client, setup: Setup) -> Iterator[tuple[UnderWay, Counted]]:
    """Yields the results of the workers for each file, as they are complete."""
    killed = []
    with bar("counting", sum(task.file.size for task in asked)) as show:
        for task, result in _ended(asked, client, setup, show):
            if isinstance(result, Lost) and result.killed and not task.scans:
                killed.append(task)
                show(-task.file.size)
            else:
                yield task, _counted(task, result)
        # The scheduler gives up all tasks of the workers that died, also harmless ones. Counted again alone, a file
        # is blamed only for what it does itself.
        for one in killed:
            yield from ((task, _counted(task, result)) for task, result in _ended([one], client, setup, show))


def _ended(
    asked: Sequence[UnderWay], client: Client, setup: Setup, show: Callable[[int], object]
) -> Iterator[tuple[UnderWay, Counted | Lost]]:
    """Yields the result for each file; ``show`` gets the bytes that are done."""
    under_way = Tasks(client)
    for task in asked:
        under_way.submit(count.read_file, task.file, False, setup, owner=task)
    for task, result, future in under_way.results():
        if future in task.scans:
            begin, end = task.scans[future]
            show(end - begin)
            if isinstance(result, Lost):
                task.lost = task.lost or f"bytes {begin:,} to {end:,} of it: {result.why}"
        elif isinstance(result, Cut):
            task.format = result.format
            _submit_stretches(task, under_way, setup)
        elif isinstance(result, Again):
            task.mended = True
            show(-task.file.size)
            if result.whole:
                task.scans = {}
                under_way.submit(count.read_file, task.file, True, setup, owner=task)
            else:
                _submit_stretches(task, under_way, setup)
        else:
            show(0 if task.scans else task.file.size)
            yield task, result
            task.scans = {}


def _submit_stretches(task: UnderWay, under_way: Tasks, setup: Setup) -> None:
    """Submits the byte ranges of a large file, the tree that adds them, and its sha256."""
    level: list[Future] = []
    task.scans = {}
    for begin, end in cuts(task.file.size, setup.stretch):
        piece = FilePart(task.file, begin, end, task.format)
        future = under_way.submit(count.scan, piece, task.mended, setup, owner=task)
        task.scans[future] = (begin, end)
        level.append(future)
    while len(level) > BRANCHES:
        nodes = [level[at : at + BRANCHES] for at in range(0, len(level), BRANCHES)]
        level = [under_way.submit(count.add, node, setup) for node in nodes]
    digest = under_way.submit(count.digest, task.file)
    under_way.submit(count.join, level, task.file, digest, setup, owner=task)


def _counted(task: UnderWay, result: Counted | Lost) -> Counted:
    """Returns the result for a file, also if its task was lost."""
    if isinstance(result, Counted):
        return result
    why = task.lost or result.why
    text = f"{task.file.shown} could not be read on the cluster: {why}"
    return Counted(problems=(Problem("unreadable", text, LOST),))
