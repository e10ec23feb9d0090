"""One command, run once: its time, the time of its processes on the cores, and the memory of the largest of them."""

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LEFT_OUT = frozenset({"PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTEST_ADDOPTS"})
"""Not handed to the commands: who judges a soak has none of it set, and it changes how long Python takes to start."""


@dataclass(frozen=True)
class Run:
    """What one run took: seconds by the clock, seconds of all cores together, peak memory in megabytes."""

    wall: float
    cores: float
    megabytes: float


def run(command: Sequence[str], folder: Path, allowed: frozenset[int]) -> tuple[Run, str]:
    """Runs a command in a folder; what it took, and its output.

    The output is read to its end: grep would stop at the first match if it went to the null device. RuntimeError where
    the exit code is not among ``allowed``.
    """
    environment = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    begun = time.perf_counter()
    with subprocess.Popen(  # noqa: S603  # the commands are our own
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        output = (process.stdout.read() if process.stdout else b"").decode(errors="replace")
        # wait4 tells what this command and its own children took, and nothing of the commands before it.
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begun
    if process.returncode not in allowed:
        raise RuntimeError(f"{command} ended with {process.returncode}: {output[-2000:]}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024), output
