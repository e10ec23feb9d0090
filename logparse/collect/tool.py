"""A command line tool that fetches logs: run without a terminal, with a time limit, and killed with its children."""

import os
import selectors
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from logparse.collect.source import SourceFailed

TIMEOUT = "setting collect_timeout"
"""The setting to raise if a tool needs longer."""

LARGEST = 1 << 30
"""The most bytes that a tool may print; a live tail of a busy bot never ends."""

CHUNK = 1 << 16

LONGEST_END = 10.0
"""Seconds to wait for a killed tool to exit."""

STDERR_KEPT = 4_000
"""Characters of stderr that a manifest keeps: the last ones, where the cause is."""


@dataclass(frozen=True)
class Ended:
    """The exit code and outputs of a tool; ``stderr`` is cut."""

    exit_code: int
    stdout: bytes
    stderr: str


def tool_path(name: str, environment: Mapping[str, str]) -> str | None:
    """Returns the path of a tool, looked up in the PATH of this environment; None if it is missing."""
    return shutil.which(name, path=environment.get("PATH"))


def run(command: Sequence[str], environment: Mapping[str, str], longest: float) -> Ended:
    """Runs a tool to its end.

    Raises SourceFailed if it cannot be started, takes over ``longest`` seconds, or prints over LARGEST bytes. It has no
    standard input, so it cannot prompt. Secrets go into its environment, never into the command.
    """
    process, until = start(command, environment), time.monotonic() + longest
    try:
        stdout, stderr = _printed(process, command[0], until)
        process.wait(timeout=max(LONGEST_END, until - time.monotonic()))
    except (TimeoutError, subprocess.TimeoutExpired):
        raise SourceFailed(f"{command[0]} did not end within {longest:,.0f} s ({TIMEOUT})") from None
    finally:
        kill(process)
    return Ended(process.returncode, stdout, stderr.decode("utf-8", "replace")[-STDERR_KEPT:])


def _printed(process: subprocess.Popen[bytes], name: str, until: float) -> tuple[bytes, bytes]:
    """Reads and returns stdout and the last part of stderr; raises TimeoutError at ``until`` (monotonic clock)."""
    stdout, stderr = bytearray(), b""
    with selectors.DefaultSelector() as ready:
        for stream in (process.stdout, process.stderr):
            if stream:
                ready.register(stream, selectors.EVENT_READ, stream is process.stdout)
        while ready.get_map():
            for key, _ in ready.select(max(0.0, until - time.monotonic())):
                block = os.read(key.fd, CHUNK)
                if not block:
                    ready.unregister(key.fileobj)
                elif key.data:
                    stdout += block
                else:
                    stderr = (stderr + block)[-4 * STDERR_KEPT :]
            if len(stdout) > LARGEST:
                raise SourceFailed(f"{name} printed over {LARGEST >> 20:,} MB; ask it for less")
            if time.monotonic() > until and ready.get_map():
                raise TimeoutError
    for stream in (process.stdout, process.stderr):
        if stream:
            stream.close()
    return bytes(stdout), stderr


def start(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Starts a tool without standard input, in a process group of its own; raises SourceFailed if that fails."""
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


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kills a tool and its children, if it still runs or something still holds its outputs.

    A tool that ended by itself may have been reaped; its group exists as long as a member does. Outputs that were read
    to their end are closed already.
    """
    outputs = [stream for stream in (process.stdout, process.stderr) if stream and not stream.closed]
    if process.poll() is None or outputs:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    # They are not read to their end: a process that left the group may hold them forever.
    for stream in outputs:
        stream.close()
    with suppress(subprocess.TimeoutExpired):
        # A tool of another user (sudo) cannot be ended by this one.
        process.wait(timeout=LONGEST_END)
