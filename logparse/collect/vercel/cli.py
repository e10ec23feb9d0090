"""The source ``vercel-cli``: the request logs of a project, fetched by the installed ``vercel`` tool."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from logparse.collect.secret import Secret
from logparse.collect.source import FetchedLines, FetchReport, Keep, SourceFailed
from logparse.collect.tool import Ended, run, tool_path
from logparse.collect.vercel.project import ENVIRONMENT, MEND, SITE, RequestLogs, project_of
from logparse.collect.vercel.row import first_millisecond, from_milliseconds, request_id
from logparse.errors import UsageProblem
from logparse.settings.collecting import Collecting
from logparse.values.json_form import iso
from logparse.values.schedule import Span

LIMIT = 100_000
"""The number of requests at which the tool stops; a span with as many is incomplete."""

QUIET = {"VERCEL_TELEMETRY_DISABLED": "1", "NO_UPDATE_NOTIFIER": "1", "NO_COLOR": "1"}

INSTEAD = "use --source=vercel"

MISSING = f"`vercel --version` ended with exit code {{}}; install the tool (npm install vercel), or {INSTEAD}"

UNREAD = ("VERCEL_PROJECT_ID", "VERCEL_ORG_ID")
"""Variables that the tool accepts only together; the project is passed as an option instead."""

FIRST_WHOLE = (50, 42)
"""The first version whose rows hold all messages of a request."""

NO_BRANCH_UNTIL = (58, 5)
"""The first version that does not filter rows by the current git branch unless told not to."""

REFUSED = (
    ((35, 0), "prints text for people, in which times and requests cannot be told for sure"),
    ((50, 12), "only follows what happens now, and leaves out all that was before"),
    (FIRST_WHOLE, "gives only the first message of each request"),
)
"""Refused versions: those before each of these, and the reason."""

_VERSION = re.compile(r"(?<![\d.])(\d+)\.(\d+)\.(\d+)")

_NO_ACCESS = re.compile(r"(?i)\btoken\b|not authorized|do not have access|no existing credentials")
"""Messages of the tool if access is denied."""


@dataclass(frozen=True)
class Ability:
    """A usable version, and the extra options it needs."""

    version: str
    options: tuple[str, ...]


def ability_of(said: str) -> Ability | str:
    """Parses the output of ``vercel --version``; returns the ability, or why the version is refused, in one line."""
    match = _VERSION.search(said)
    if not match:
        return "`vercel --version` names no version"
    version, number = match[0], (int(match[1]), int(match[2]))
    for before, why in REFUSED:
        if number < before:
            return f"Vercel CLI {version} {why}; use --source=vercel, or install 50.42 or later"
    return Ability(version, ("--no-branch",) if number < NO_BRANCH_UNTIL else ())


@dataclass(frozen=True)
class VercelTool(RequestLogs):
    """The request logs from the ``vercel`` tool, which logs in by VERCEL_TOKEN, or by its own earlier login."""

    command: tuple[str, ...]
    environment: Mapping[str, str] = field(repr=False)
    secret: Secret
    longest: float

    name = "vercel-cli"

    def fetch(self, span: Span, keep: Keep) -> FetchReport:
        """Fetches all requests of a span in one run of the tool."""
        environment = {key: value for key, value in self.environment.items() if key not in UNREAD} | QUIET
        ability = self._ability(environment)
        arguments = self._arguments(span, ability)
        told = FetchReport({"command": " ".join(["vercel", *arguments])}, "vercel", ability.version, LIMIT)
        try:
            ended = run([*self.command, *arguments], environment, self.longest)
        except SourceFailed as failure:
            raise SourceFailed(failure.problem, told) from None
        stderr = self.secret.masked(ended.stderr)
        told = FetchReport(told.request, told.tool, told.version, told.limit, ended.exit_code, stderr)
        lines = ended.stdout.decode("utf-8", "replace").split("\n")
        rows = [_time_and_line(line, told) for line in lines if line.strip()]
        problem = _problem(ended, rows, stderr)
        if problem:
            raise SourceFailed(problem, told)
        keep(_piece(rows, span))
        return told

    def _ability(self, environment: Mapping[str, str]) -> Ability:
        said = run([*self.command, "--version"], environment, self.longest)
        # Only stdout: stderr may name other versions, or come from npx.
        ability = ability_of(said.stdout.decode("utf-8", "replace"))
        problem = MISSING.format(said.exit_code) if said.exit_code else ability
        if isinstance(problem, str):
            stderr = self.secret.masked(said.stderr)
            told = FetchReport({"command": "vercel --version"}, "vercel", exit_code=said.exit_code, stderr=stderr)
            raise SourceFailed(problem, told)
        return problem

    def _arguments(self, span: Span, ability: Ability) -> list[str]:
        since, until = (from_milliseconds(first_millisecond(edge)) for edge in (span.start, span.end))
        return [
            "logs",
            *("--environment", ENVIRONMENT, "--project", self.project.project),
            *(("--scope", self.project.team) if self.project.team else ()),
            *("--since", iso(since, "milliseconds"), "--until", iso(until, "milliseconds"), "--limit", str(LIMIT)),
            *("--json", "--no-color", "--non-interactive"),
            *ability.options,
            *(("--api", self.project.origin) if self.project.origin != SITE else ()),
        ]


def _time_and_line(line: str, told: FetchReport) -> tuple[int, str]:
    """Parses a line into its time in milliseconds and itself; raises SourceFailed unless it holds all messages."""
    try:
        row: Any = json.loads(line)
        if not isinstance(row["logs"], list):
            raise TypeError
        return int(row["timestamp"]), line
    except (ValueError, KeyError, TypeError, RecursionError):
        raise SourceFailed("vercel logs printed a line that is no row of the request logs; " + INSTEAD, told) from None


def _problem(ended: Ended, rows: Sequence[tuple[int, str]], stderr: str) -> str:
    """Returns why the output is incomplete; empty if it is complete."""
    if ended.exit_code:
        mend = f" (VERCEL_TOKEN: {MEND})" if _NO_ACCESS.search(stderr) else ""
        return f"vercel logs ended with exit code {ended.exit_code}: {_cause(stderr)}{mend}"
    if len({request_id(line) for _, line in rows}) < len(rows):
        return f"vercel logs gave the same requests again in place of others (vercel/vercel#16286); {INSTEAD}"
    if len(rows) >= LIMIT:
        return f"vercel logs stopped at its limit of {LIMIT:,} requests; {INSTEAD}"
    return ""


def _cause(stderr: str) -> str:
    """Returns the error message of the tool: its line that starts with Error, else its last line."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("Error:")]
    return (errors or lines or ["it does not say why"])[-1]


def _piece(rows: Sequence[tuple[int, str]], span: Span) -> FetchedLines:
    """Sorts the rows of a span by time; drops those at its very end, which belong to the next span."""
    begin, end = first_millisecond(span.start), first_millisecond(span.end)
    # The tool prints the newest row first.
    inside = sorted((row for row in reversed(rows) if begin <= row[0] < end), key=lambda row: row[0])
    return FetchedLines.of(span, [(from_milliseconds(time), line) for time, line in inside])


def make_vercel_tool(settings: Collecting, environment: Mapping[str, str]) -> VercelTool:
    """Makes the source from the settings; raises UsageProblem if project or tool is missing."""
    vercel, npx = tool_path("vercel", environment), tool_path("npx", environment)
    if not vercel and not npx:
        raise UsageProblem(f"--source=vercel-cli: there is no tool named vercel; install it (npm), or {INSTEAD}")
    command = (vercel,) if vercel else (str(npx), "--no-install", "vercel")
    secret = Secret("VERCEL_TOKEN", MEND, environment.get("VERCEL_TOKEN", ""))
    project = project_of(settings, environment, Path.cwd())
    return VercelTool(project, settings.vercel_retention, command, environment, secret, settings.timeout)
