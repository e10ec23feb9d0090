"""A command line tool that fetches logs: run without a terminal, with a time limit, and ended with all it started."""

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from logparse.collect.source import SourceFailed

STDERR_KEPT = 4_000
"""Characters of what a tool says that a manifest keeps: the last ones, where the cause stands."""


@dataclass(frozen=True)
class Ended:
    """How a tool ended, and what it wrote; ``stderr`` is cut."""

    exit_code: int
    stdout: bytes
    stderr: str


def found(name: str, environment: Mapping[str, str]) -> str | None:
    """Where a tool is, on the PATH of this environment."""
    return shutil.which(name, path=environment.get("PATH"))


def run(command: Sequence[str], environment: Mapping[str, str], longest: float) -> Ended:
    """Runs a tool to its end; SourceFailed where it cannot be started, or takes over ``longest`` seconds.

    It gets nothing to read, so that it cannot ask. Secrets go into its environment, never into the command.
    """
    process = begin(command, environment)
    try:
        stdout, stderr = process.communicate(timeout=longest)
    except subprocess.TimeoutExpired:
        raise SourceFailed(f"{command[0]} did not end within {longest:,.0f} s") from None
    finally:
        end(process)
    return Ended(process.returncode, stdout, stderr.decode("utf-8", "replace")[-STDERR_KEPT:])


def begin(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Starts a tool with nothing to read, in a group of its own; SourceFailed where that is not possible."""
    try:
        return subprocess.Popen(  # noqa: S603 (no shell; the command is made of settings)
            list(command),
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise SourceFailed(f"{command[0]} cannot be started ({error.strerror})") from None


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends a tool that still runs, with whatever it started."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
