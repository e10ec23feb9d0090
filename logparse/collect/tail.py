"""A command line tool that prints its history and then waits for more: it is listened to, then killed."""

import os
import selectors
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from logparse.collect.source import SourceFailed
from logparse.collect.tool import CHUNK, STDERR_KEPT, TIMEOUT, kill, start


@dataclass(frozen=True)
class Listening:
    """Time limits in seconds: for the first line, for each further one, and in total."""

    first: float = 90
    quiet: float = 10
    together: float = 900


LAST_MOMENTS = 10
"""Seconds that a tool has to exit after it closed its outputs."""


@dataclass(frozen=True)
class Heard:
    """The complete lines that a tool printed, its stderr (cut), and its exit code, 0 if it was killed."""

    lines: tuple[bytes, ...]
    stderr: str
    exit_code: int = 0


def listen(
    command: Sequence[str], environment: Mapping[str, str], listening: Listening, is_news: Callable[[bytes], bool]
) -> Heard:
    """Runs a tool until it prints a line that is news, or nothing more for a while; then kills it.

    A line is news if it was logged after the start. Raises SourceFailed if the tool cannot be started, runs for too
    long, or stops in the middle of a line.
    """
    process = start(command, environment)
    try:
        lines, torn, stderr, closed = _heard(process, command[0], listening, is_news)
        with suppress(subprocess.TimeoutExpired):
            # A tool that closed its outputs exits by itself, and its exit code must be kept; any other is killed below.
            process.wait(timeout=LAST_MOMENTS if closed else 0)
        code = process.poll()
    finally:
        kill(process)
    if torn:
        raise SourceFailed(f"{command[0]} stopped in the middle of a line")
    return Heard(tuple(lines), stderr.decode("utf-8", "replace")[-STDERR_KEPT:], code or 0)


def _heard(
    process: subprocess.Popen[bytes], name: str, listening: Listening, is_news: Callable[[bytes], bool]
) -> tuple[list[bytes], bytes, bytes, bool]:
    """Reads until then; returns (complete lines, unfinished last line, stderr, whether both outputs were closed)."""
    lines, torn, stderr = list[bytes](), b"", b""
    begun = heard = time.monotonic()
    with selectors.DefaultSelector() as ready:
        for stream in (process.stdout, process.stderr):
            if stream:
                ready.register(stream, selectors.EVENT_READ, stream is process.stdout)
        while ready.get_map():
            now = time.monotonic()
            if now - begun > listening.together:
                raise SourceFailed(f"{name} did not come to an end within {listening.together:,.0f} s ({TIMEOUT})")
            left = heard + (listening.quiet if lines or torn else listening.first) - now
            events = ready.select(max(left, 0))
            # On a busy machine lines may have arrived while this process waited: that is no silence.
            if left <= 0 and not any(key.data for key, _ in events):
                return lines, torn, stderr, False
            for key, _ in events:
                block = os.read(key.fd, CHUNK)
                if not block:
                    ready.unregister(key.fileobj)
                elif not key.data:
                    stderr = (stderr + block)[-4 * STDERR_KEPT :]
                else:
                    heard = time.monotonic()
                    *whole, torn = (torn + block).split(b"\n")
                    lines += whole
                    if any(is_news(line) for line in whole):
                        return lines, b"", stderr, False
    return lines, torn, stderr, True
