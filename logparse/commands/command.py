"""What each command of the command line is: a module with its options and what it does."""

import argparse
from typing import Protocol

USAGE, INTERRUPTED = 4, 2
"""The exit codes of a mistake and of Ctrl-C, as those of pytest --hour."""


class Command(Protocol):
    """A module of this package, named as its command."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Adds the options of the command to its parser."""

    def run(self, options: argparse.Namespace) -> int:
        """Does what was asked for and returns the exit code; UsageProblem for a mistake of the user's."""
