"""A command line tool that fetches logs: run without a terminal, with a time limit, and ended with all it started."""

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
"""What people change where a tool needs longer."""

LARGEST = 1 << 30
"""Bytes that a tool may print; a live tail of a busy bot has no end."""

CHUNK = 1 << 16

LONGEST_END = 10.0
"""Seconds that a tool that was ended is waited for."""

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
    """Runs a tool to its end; SourceFailed where it cannot be started, takes over ``longest`` seconds, or prints more
    than any log of a window holds.

    It gets nothing to read, so that it cannot ask. Secrets go into its environment, never into the command.
    """
    process, until = begin(command, environment), time.monotonic() + longest
    try:
        stdout, stderr = _printed(process, command[0], until)
        process.wait(timeout=max(LONGEST_END, until - time.monotonic()))
    except (TimeoutError, subprocess.TimeoutExpired):
        raise SourceFailed(f"{command[0]} did not end within {longest:,.0f} s ({TIMEOUT})") from None
    finally:
        end(process)
    return Ended(process.returncode, stdout, stderr.decode("utf-8", "replace")[-STDERR_KEPT:])


def _printed(process: subprocess.Popen[bytes], name: str, until: float) -> tuple[bytes, bytes]:
    """All that a tool prints until it closes its outputs, and the last of what it says beside that.

    TimeoutError where it goes on beyond a time of the clock that only grows.
    """
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
    """Ends a tool that still runs, or of which something still runs and holds its outputs, with whatever it started.

    One that ended by itself may have been taken from the list of processes; its group is there as long as a member is.
    What was read to its end is closed by whoever read it.
    """
    outputs = [stream for stream in (process.stdout, process.stderr) if stream and not stream.closed]
    if process.poll() is None or outputs:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    # Not read to their end: something that left the group may hold them for ever.
    for stream in outputs:
        stream.close()
    with suppress(subprocess.TimeoutExpired):
        # A tool of another user (sudo) cannot be ended by this one.
        process.wait(timeout=LONGEST_END)
