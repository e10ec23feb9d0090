"""Commands that collect logs: by the source that was used, else by the tool that seems to have written a file.

Advice is written with COMMAND in place of the command, because whoever finds something missing does not know where the
logs came from; ``told`` replaces it. ``command_for`` alone knows the commands.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from logparse.settings.collecting import Collecting

COMMAND = "{command}"
"""The placeholder, in advice, of the command that collects."""

ANEW = "{command, anew}"
"""The same, if what was collected has to be fetched again though a manifest calls it complete."""

AGAIN = f"collect again: {ANEW}"
THERE_AGAIN = f"collect that time again: {COMMAND}"
WITH_TIMES = f"collect with times: {COMMAND}"
WITH_DATES = f"collect with dates: {COMMAND}"

WORKING_COMMAND = (
    "vercel logs --environment production --since 5h --until now --limit 10000 --json > logs/logs-hour-NN.jsonl"
)
"""The documented command to fetch four hours of logs from Vercel by hand, with Vercel CLI 50.42 or later."""

GENERAL_WAY = "the way of your platform, see docs/collecting.md"
"""The text in place of a command, if it is unknown how the logs were collected."""

_JOURNAL = "journalctl --unit=NAME --output=json --since=-5h --all --no-pager > logs/logs-hour-NN.jsonl"
_DOCKER = "docker logs --timestamps --since 5h NAME > logs/logs-hour-NN.log 2>&1"
_KUBECTL = "kubectl logs deployment/NAME --all-containers --timestamps --tail=-1 --since=5h > logs/logs-hour-NN.log"

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "vercel": WORKING_COMMAND,
        "convex": "python -m logparse collect --hour=N --source=convex",
        "docker": _DOCKER,
        "compose": "docker compose logs --timestamps --no-color --since 5h NAME > logs/logs-hour-NN.log",
        "kubernetes": _KUBECTL,
        # Both write a time with nine digits before each line, and nothing tells them apart.
        "container": f"{_DOCKER} (or, in Kubernetes, {_KUBECTL})",
        "journal": _JOURNAL,
        "cloudwatch": "aws logs filter-log-events --log-group-name NAME"
        " --start-time $(( ($(date +%s) - 5 * 3600) * 1000 )) --output json > logs/logs-hour-NN.json",
        "fly": "fly logs --app NAME --no-tail --json > logs/logs-hour-NN.jsonl",
        "heroku": "heroku logs --app NAME --num 1500 > logs/logs-hour-NN.log",
        "own": "the way you collected it",
    }
)
"""Commands to collect four hours by hand, overlapping by one, by the tool that wrote a file."""

LOG_SOURCES = ("vercel", "vercel-cli", "convex", "command")
"""The sources of ``logparse collect`` that fetch logs; the others fetch what is kept beside them."""


@dataclass(frozen=True)
class _Look:
    """The appearance of a tool's files: their format and, if that is ambiguous, how their lines begin."""

    tool: str
    formats: tuple[str, ...]
    line: str = ""


_LOOKS = (
    _Look(
        "vercel",
        ("vercel-rows", "vercel-tail-rows", "vercel-dashboard", "vercel-expanded", "vercel-tail", "log-drain"),
    ),
    _Look("convex", ("convex-rows", "convex-text")),
    _Look("docker", ("docker-json",)),
    _Look("journal", ("journald", "syslog-text")),
    _Look("cloudwatch", ("cloudwatch",)),
    _Look("own", ("home-made",)),
    _Look("fly", ("json-lines",), r'\{(?=.*"instance"\s*:)(?=.*"region"\s*:)'),
    _Look("fly", ("iso-text",), r"\S+ (?:\S+ )?(?:app|runner|proxy|health)\[\w+\] [a-z]{3} \["),
    _Look("heroku", ("iso-text",), r"\S+ (?:app|heroku)\[[\w.-]+\]: "),
    _Look("kubernetes", ("iso-text",), r"\S+ (?:stdout|stderr) [FP] "),
    _Look("container", ("iso-text",), r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z "),
    _Look("kubernetes", ("led-text",), r"\[(?:pod|container)/"),
    _Look("compose", ("led-text",), r"[\w.-]+ +\| "),
)

LINES_LOOKED_AT = 20
LONGEST_LINE_LOOKED_AT = 2_000


def looks_like(log_format: str, lines: Sequence[str]) -> str:
    """Returns the tool that wrote a file, by its format and first lines: a key of COMMANDS, or empty if unknown."""
    for look in _LOOKS:
        if log_format in look.formats and (not look.line or _mostly(look.line, lines)):
            return look.tool
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
