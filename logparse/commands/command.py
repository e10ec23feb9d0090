"""The interface of a command of the command line: a module with its options and its effect."""

import argparse
from typing import Protocol

USAGE, INTERRUPTED = 4, 2
"""The exit codes of a mistake and of Ctrl-C, as those of pytest --hour."""


class Command(Protocol):
    """A module of this package, named as its command."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Adds the options of the command to its parser."""

    def run(self, options: argparse.Namespace) -> int:
        """Runs the command and returns the exit code; raises UsageProblem for a mistake of the user's."""
