"""The commands of the command line by name, each a module that is loaded only if needed."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import cast

from logparse.commands.command import Command

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "collect": "fetch logs, and write down what was asked for and what came",
        "gate": "say whether a verdict that was written allows a deploy",
        "review": "rate a sample of conversations, on a page of this machine or in the terminal",
        "tally": "count the events of the bot in its logs, by time where that is asked for, and judge nothing",
    }
)
"""The description of each command, in a few words; its module has its name."""


def command(name: str) -> Command:
    """Loads the command of a name in COMMANDS."""
    return cast(Command, import_module(f"{__name__}.{name}"))
