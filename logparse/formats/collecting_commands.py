"""Commands that collect logs: by the source that was used, else by the tool that seems to have written a file.

Advice is written with COMMAND in place of the command, because whoever finds something missing does not know where the
logs came from; ``told`` replaces it. ``command_for`` alone knows the commands.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from logparse.settings.collecting import Collecting
from logparse.tables import table

COMMAND = "{command}"
"""The placeholder, in advice, of the command that collects."""

ANEW = "{command, anew}"
"""The same, if what was collected has to be fetched again though a manifest calls it complete."""

AGAIN = f"collect again: {ANEW}"
THERE_AGAIN = f"collect that time again: {COMMAND}"
WITH_TIMES = f"collect with times: {COMMAND}"
WITH_DATES = f"collect with dates: {COMMAND}"

_TABLE = table("formats/collecting_commands")
_BY_HAND: Mapping[str, str] = _TABLE["commands"]

# Docker and Kubernetes both write a time with nine digits before each line, and nothing tells them apart.
_CONTAINER = f"{_BY_HAND['docker']} (or, in Kubernetes, {_BY_HAND['kubernetes']})"
COMMANDS: Mapping[str, str] = MappingProxyType({**_BY_HAND, "container": _CONTAINER})
"""Commands to collect four hours by hand, overlapping by one, by the tool that wrote a file."""

WORKING_COMMAND = COMMANDS["vercel"]
"""The documented command to fetch four hours of logs from Vercel by hand, with Vercel CLI 50.42 or later."""

GENERAL_WAY = "the way of your platform, see docs/collecting.md"
"""The text in place of a command, if it is unknown how the logs were collected."""

LOG_SOURCES = ("vercel", "vercel-cli", "convex", "command")
"""The sources of ``logparse collect`` that fetch logs; the others fetch what is kept beside them."""

LINES_LOOKED_AT = 20
LONGEST_LINE_LOOKED_AT = 2_000


def looks_like(log_format: str, lines: Sequence[str]) -> str:
    """Returns the tool that wrote a file, by its format and first lines: a key of COMMANDS, or empty if unknown."""
    for look in _TABLE["looks"]:
        if log_format in look["formats"] and ("line" not in look or _mostly(look["line"], lines)):
            return str(look["tool"])
    return ""


def _mostly(shape: str, lines: Sequence[str]) -> bool:
    seen = [line[:LONGEST_LINE_LOOKED_AT] for line in lines if line.strip()][:LINES_LOOKED_AT]
    return 2 * sum(bool(re.match(shape, line)) for line in seen) > len(seen)


def command_for(sources: Iterable[str], tools: Iterable[str], collecting: Collecting) -> str:
    """Returns the command that collects logs; GENERAL_WAY if it is unknown.

    It is that of the first known of ``sources`` (from manifests or the command line), else of the source in the
    settings, else of the first known of ``tools`` (from ``looks_like``). ``vercel`` is the default in the settings, so
    it counts only if no file's tool is known, and a project is set.
    """
    written = collecting.source if collecting.source != "vercel" else ""
    if source := next((name for name in (*sources, written) if name in LOG_SOURCES), ""):
        return _fetched_from(source)
    if tool := next((name for name in tools if name), ""):
        return COMMANDS[tool]
    return _fetched_from(collecting.source) if collecting.vercel_project else GENERAL_WAY


def _fetched_from(source: str) -> str:
    return f"python -m logparse collect --hour=N --source={source}"


def told(mend: str, command: str) -> str:
    """Replaces the placeholders in an advice by the command."""
    anew = command.replace("logparse collect --hour", "logparse collect --again --hour")
    return mend.replace(ANEW, anew).replace(COMMAND, command)
