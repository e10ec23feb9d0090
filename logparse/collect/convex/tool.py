"""The source ``convex``: the recent history that the ``convex`` tool prints before it waits for new rows.

Convex keeps the last 1,000 runs of functions in memory, in order, and the tool prints all of them. So what lies between
the first and the last row is complete; what came before the first is lost, or never existed.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import Any

from logparse.collect.convex.stream import make_convex_stream
from logparse.collect.secret import Secret
from logparse.collect.source import FetchedLines, FetchReport, Keep, Source, SourceFailed
from logparse.collect.tail import Listening, listen
from logparse.collect.tool import run, tool_path
from logparse.errors import UsageProblem
from logparse.settings.collecting import Collecting
from logparse.text.wording import exact
from logparse.values.schedule import Span

MOST_RUNS = 1_000
"""The number of runs that Convex keeps for a deployment."""

ARGUMENTS = ("logs", "--history", "--jsonl")
"""Arguments of the tool; ``--history`` without a number prints all that there is."""

SELF_HOSTED = "CONVEX_SELF_HOSTED_URL"
"""The variable that names a self-hosted deployment, which has no project and no ``--prod``."""

MEND = "make a deploy key of the production deployment in the dashboard of Convex, and set CONVEX_DEPLOY_KEY to it"

NO_TOOL = "--source=convex: there is no npx; install Node.js, or name files of a log stream in convex_logs"

_NO_ACCESS = re.compile(r"(?i)\b40[13]\b|authoriz|log ?in|deploy key|access|CONVEX_DEPLOYMENT")
"""Messages of the tool if access is denied, or if it does not know the deployment."""

SHORTEST = timedelta(microseconds=1)


PrintedRow = tuple[datetime, str]
"""The time of a row, and the row as printed."""


@dataclass(frozen=True)
class History:
    """The rows a deployment still had; ``full``: as many runs as Convex keeps, so older ones were dropped."""

    rows: tuple[PrintedRow, ...]
    full: bool
    told: FetchReport


@dataclass
class ConvexTool(Source):
    """The ``convex`` tool of the project in this folder; it runs once, and its history serves every window.

    A row holds its request and a precise time, so it is its own identity.
    """

    npx: str
    environment: Mapping[str, str] = field(repr=False)
    secret: Secret
    listening: Listening = field(default_factory=Listening)
    name: str = "convex"
    _history: History | SourceFailed | None = field(default=None, repr=False)

    def available_from(self, now: datetime) -> datetime | None:
        """Returns the time before which rows are known to be lost; None if none are."""
        history = self._known()
        return history.rows[0][0] + SHORTEST if isinstance(history, History) and history.full else None

    @property
    def subject(self) -> str:
        """The deployment, if the environment names it; a deploy key has its name in front of the secret."""
        names = (self.environment.get(name, "") for name in (SELF_HOSTED, "CONVEX_DEPLOYMENT"))
        key = self.environment.get("CONVEX_DEPLOY_KEY", "")
        return next(filter(None, [*names, key.split("|")[0] if "|" in key else ""]), "")

    def fetch(self, span: Span, keep: Keep) -> FetchReport:
        """Passes on all rows of a span that the deployment still has, complete parts apart from doubtful ones."""
        history = self._known()
        if isinstance(history, SourceFailed):
            raise history
        for part, doubt in _parts(span, history.rows):
            inside = [(time, line) for time, line in history.rows if part.start <= time < part.end]
            keep(FetchedLines.of(part, inside, unproven=doubt))
        return history.told

    def _known(self) -> History | SourceFailed:
        if self._history is None:
            try:
                self._history = self._asked()
            except SourceFailed as failure:
                self._history = failure
        return self._history

    def _asked(self) -> History:
        arguments = [*ARGUMENTS, *([] if self.environment.get(SELF_HOSTED) else ["--prod"])]
        told = FetchReport({"command": " ".join(["npx convex", *arguments])}, "convex", self._version())
        command, begun = [self.npx, "--no-install", "convex", *arguments], datetime.now(UTC)
        try:
            heard = listen(command, self.environment, self.listening, lambda line: _is_after(line, begun))
        except SourceFailed as failure:
            raise SourceFailed(failure.problem, told) from None
        stderr = self.secret.masked(heard.stderr)
        told = FetchReport(told.request, told.tool, told.version, MOST_RUNS, heard.exit_code, stderr)
        if heard.exit_code:
            raise SourceFailed(f"convex logs ended with exit code {heard.exit_code}: {_cause(stderr)}", told)
        lines = [line.decode("utf-8", "replace") for line in heard.lines if line.strip()]
        entries = [(line, _entry(line)) for line in lines]
        if any(entry is None for _, entry in entries):
            raise SourceFailed("convex logs printed a line that is no row; update the tool: npm install convex", told)
        # Sorted by time, which is almost the order of arrival.
        rows = sorted(((_time(entry), line) for line, entry in entries if entry), key=itemgetter(0))
        completed = sum(entry["kind"] == "Completion" for _, entry in entries if entry)
        return History(tuple(rows), completed >= MOST_RUNS, told)

    def _version(self) -> str:
        ended = run([self.npx, "--no-install", "convex", "--version"], self.environment, self.listening.together)
        if ended.exit_code:
            stderr = self.secret.masked(ended.stderr)
            told = FetchReport({"command": "npx convex --version"}, "convex", exit_code=ended.exit_code, stderr=stderr)
            raise SourceFailed(f"npx convex ends with exit code {ended.exit_code}: npm install convex", told)
        return ended.stdout.decode("utf-8", "replace").strip()


def _parts(span: Span, rows: Sequence[PrintedRow]) -> Iterator[tuple[Span, str]]:
    """Splits a span into parts, each with why it may be incomplete; empty for the part that the rows enclose."""
    if not rows:
        yield span, "convex logs printed no row, which it also does not where it waits for a connection"
        return
    first, last = rows[0][0], rows[-1][0]
    begin = span.start if first < span.start else min(first + SHORTEST, span.end)
    finish = span.end if last >= span.end else max(last, span.start)
    before = f"the history begins at {exact(first)}; older rows are lost if the deployment was restarted before it"
    after = f"the history ends at {exact(last)}; only a later row would show that it was printed to its end"
    if begin >= finish:
        doubts = [*([before] if begin > span.start else []), *([after] if finish < span.end else [])]
        yield span, "; ".join(doubts)
        return
    for part, doubt in ((Span(span.start, begin), before), (Span(begin, finish), ""), (Span(finish, span.end), after)):
        if part.length:
            yield part, doubt


def _entry(line: str | bytes) -> dict[str, Any] | None:
    """Parses a row of the tool; returns None for any other line."""
    try:
        entry = json.loads(line)
        return entry if entry["kind"] in ("Completion", "Progress") and _time(entry) else None
    except (ValueError, KeyError, TypeError, OverflowError, OSError, RecursionError):
        return None


def _time(entry: Mapping[str, Any]) -> datetime:
    """Returns when a run ended, or printed a message; the field is in seconds since 1970."""
    return datetime.fromtimestamp(entry["timestamp"], UTC)


def _is_after(line: bytes, moment: datetime) -> bool:
    entry = _entry(line)
    return entry is not None and _time(entry) > moment


def _cause(stderr: str) -> str:
    """Returns the error message of the tool, with the way to fix it."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    cause = next((line for line in lines if "rror" in line or line.startswith("✖")), [*lines, "it does not say why"][0])
    if "--jsonl" in cause:
        return f"{cause}; update the tool: npm install convex"
    return f"{cause} (CONVEX_DEPLOY_KEY: {MEND})" if _NO_ACCESS.search(stderr) else cause


def make_convex(settings: Collecting, environment: Mapping[str, str], listening: Listening | None = None) -> Source:
    """Makes the source: log stream files if set, else the tool, within its time limits; UsageProblem without npx."""
    if settings.convex_logs:
        return make_convex_stream(settings)
    npx = tool_path("npx", environment)
    if not npx:
        raise UsageProblem(NO_TOOL)
    secret = Secret("CONVEX_DEPLOY_KEY", MEND, environment.get("CONVEX_DEPLOY_KEY", ""))
    quiet = {**environment, "NO_COLOR": "1", "NO_UPDATE_NOTIFIER": "1"}
    usual = Listening(first=min(Listening.first, settings.timeout), together=settings.timeout)
    return ConvexTool(npx, quiet, secret, listening or usual)
