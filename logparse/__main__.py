"""The command line, ``logparse COMMAND`` or ``python -m logparse COMMAND``: runs commands, reports mistakes."""

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
    """Runs the command line; returns the exit code. Ends quietly if the reader of its output goes away."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        try:
            return _run(words)
        finally:
            # Buffered output would else be written at exit, too late to report that it could not be.
            sys.stdout.flush()
    except BrokenPipeError:
        _let_go()
        return NOBODY_READS


NOBODY_READS = 141
"""The exit code after the reader of the output went away, as in ``logparse tally | head``: the shell's for SIGPIPE.

It differs from all exit codes of a verdict, so that a gate without a listener allows nothing.
"""


def _let_go() -> None:
    """Redirects the remaining output to the null device, so that the process does not fail at exit."""
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
        # A RuntimeError is how DuckDB reports Ctrl-C.
        if isinstance(error, RuntimeError) and "interrupted" not in str(error).lower():
            raise
        print("interrupted", file=sys.stderr)
        return INTERRUPTED


ABOUT = "What a soak needs beside pytest --hour=N; python -m logparse COMMAND does the same."


class _Parser(argparse.ArgumentParser):
    """A parser that reports a mistake like all others, in one line and with the same exit code."""

    def error(self, message: str) -> NoReturn:
        """Raises UsageProblem, instead of argparse's own message and its exit code, which is that of Ctrl-C here."""
        raise UsageProblem(f"{message}; see {self.prog} --help")


def parser(loaded: Iterable[str] = tuple(COMMANDS)) -> argparse.ArgumentParser:
    """Returns the parser of the command line; loading takes time, so only ``loaded`` commands have their options."""
    whole = _Parser(prog="logparse", description=ABOUT)
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, about in COMMANDS.items():
        one = commands.add_parser(name, help=about, description=about, allow_abbrev=False)
        if name in loaded:
            command(name).add_options(one)
    return whole


if __name__ == "__main__":
    sys.exit(main())
