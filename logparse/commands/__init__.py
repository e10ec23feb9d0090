"""The commands of the command line by name, each a module that is loaded only if needed."""

import argparse
from collections.abc import Mapping
from importlib import import_module
from typing import Protocol, cast

USAGE, INTERRUPTED = 4, 2
"""The exit codes of a mistake and of Ctrl-C, as those of pytest --hour."""

NOT_WHOLE = 10
"""The exit code of what was not done wholly, as of logs that could not all be read; the same as of NOT JUDGED."""

COMMANDS: Mapping[str, str] = {
    "collect": "fetch logs, and write down what was asked for and what came",
    "gate": "say whether a verdict that was written allows a deploy",
    "review": "rate a sample of conversations, on a page of this machine or in the terminal",
    "tally": "count the events of the bot in its logs, by time where that is asked for, and judge nothing",
}
"""The description of each command, in a few words; its module has its name."""


class Command(Protocol):
    """A module of this package, named as its command."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Adds the options of the command to its parser."""

    def run(self, options: argparse.Namespace) -> int:
        """Runs the command and returns the exit code; raises UsageProblem for a mistake of the user's."""


def command(name: str) -> Command:
    """Loads the command of a name in COMMANDS."""
    return cast(Command, import_module(f"{__name__}.{name}"))
