"""The command line, ``logparse COMMAND`` or ``python -m logparse COMMAND``: it finds the command and tells mistakes."""

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import NoReturn

from logparse.commands import COMMANDS, INTERRUPTED, USAGE, command
from logparse.errors import UsageProblem
from logparse.text.escape import printable


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; returns the exit code. Where nobody reads what it prints any more, it ends quietly."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        try:
            return _run(words)
        finally:
            # What is still held back would be printed when nobody can be told any more that it could not.
            sys.stdout.flush()
    except BrokenPipeError:
        _let_go()
        return NOBODY_READS


NOBODY_READS = 141
"""The exit code where the reader of the output went away, as in ``logparse tally | head``: as the shell tells SIGPIPE.

It is none of those of a verdict: a gate that nobody listens to allows nothing.
"""


def _let_go() -> None:
    """Sends what is still to be written nowhere, so that the end of the process does not fail over it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
        with suppress(OSError, ValueError):
            os.dup2(nowhere, stream.fileno())


def _run(words: Sequence[str]) -> int:
    named = next((word for word in words if not word.startswith("-")), "")
    try:
        options, unknown = parser([named]).parse_known_args(words)
        if unknown:
            raise UsageProblem(f"unrecognized arguments: {' '.join(unknown)}; see logparse {options.command} --help")
        return command(options.command).run(options)
    except UsageProblem as problem:
        print(f"ERROR: {printable(str(problem))}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        raise
    except OSError as error:
        print(f"ERROR: {printable(f'{error.filename}: {error.strerror}')}", file=sys.stderr)
        return USAGE
    except (KeyboardInterrupt, RuntimeError) as error:
        # A RuntimeError is DuckDB's own way to say that somebody pressed Ctrl-C.
        if isinstance(error, RuntimeError) and "interrupted" not in str(error).lower():
            raise
        print("interrupted", file=sys.stderr)
        return INTERRUPTED


ABOUT = "What a soak needs beside pytest --hour=N; python -m logparse COMMAND does the same."


class _Parser(argparse.ArgumentParser):
    """A parser that tells a mistake as every other one is told, in one line and with the same exit code."""

    def error(self, message: str) -> NoReturn:
        """UsageProblem, in place of argparse's own message and its exit code, which is that of Ctrl-C here."""
        raise UsageProblem(f"{message}; see {self.prog} --help")


def parser(loaded: Iterable[str] = tuple(COMMANDS)) -> argparse.ArgumentParser:
    """The options of the command line; only those of the commands that are ``loaded``, because that takes time."""
    whole = _Parser(prog="logparse", description=ABOUT)
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, about in COMMANDS.items():
        one = commands.add_parser(name, help=about, description=about, allow_abbrev=False)
        if name in loaded:
            command(name).add_options(one)
    return whole


if __name__ == "__main__":
    sys.exit(main())
