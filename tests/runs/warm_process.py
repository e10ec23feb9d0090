"""Processes that need not import the suite anew: each is forked from a server that has imported it, and no more.

Half of what a small run costs is imports. A forked run is a process of its own all the same: with its own environment,
working directory, engine and exit code.
"""

import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from multiprocessing.context import ForkServerContext
from pathlib import Path
from subprocess import TimeoutExpired

# NOTE: Not logparse.plugin, nor other plugins of pytest: pytest rewrites those as it imports them, and warns where it
# comes too late.
IMPORTED = (
    "pytest",
    "duckdb",
    "jinja2",
    "pygal",
    "logparse.run",
    "logparse.report.page.top",
    "logparse.report.pictures.in_order",
    "logparse.report.summary",
    "logparse.report.terminal",
)


def run_pytest(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], output: Path, longest: float
) -> int:
    """The exit code of ``python -m pytest`` with these arguments; what it prints goes to the file ``output``.

    TimeoutExpired where it takes more than ``longest`` seconds; it is killed then.
    """
    process = _server().Process(target=_pytest, args=(arguments, folder, dict(environment), output))
    process.start()
    process.join(longest)
    if process.exitcode is None:
        process.kill()
        process.join()
        raise TimeoutExpired(list(arguments), longest, output.read_bytes())
    return process.exitcode


@cache
def _server() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(IMPORTED))
    return context


def _pytest(arguments: Sequence[str], folder: Path, environment: Mapping[str, str], output: Path) -> None:
    """In the forked process: becomes ``python -m pytest``."""
    written = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for descriptor, place in ((nothing, 0), (written, 1), (written, 2)):
        os.dup2(descriptor, place)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[:0] = [str(folder), *filter(None, environment.get("PYTHONPATH", "").split(os.pathsep))]
    import pytest  # noqa: PLC0415  # imported by the server already

    # As ``python -m pytest`` has it: by this name it tells how it was started.
    sys.argv = [str(Path(pytest.__file__).with_name("__main__.py")), *arguments]

    sys.exit(pytest.console_main())
