"""The source ``command``: any command of the user's that prints the logs of a stretch of time."""

import io
import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from logparse.collect.printed import formats_of, merged_answers, no_logs
from logparse.collect.source import FetchedLines, FetchReport, Keep, SourceFailed
from logparse.collect.tool import Ended, found, run
from logparse.errors import UsageProblem
from logparse.formats import recognise
from logparse.formats.format import Format
from logparse.settings.collecting import Collecting
from logparse.storage.files import head_lines
from logparse.storage.manifest import NO_END
from logparse.text.masking import masker
from logparse.values.json_form import iso
from logparse.values.schedule import Span

WITH_STDERR = "let a shell join the two: collect_command = sh -c 'COMMAND 2>&1'"


FIRST: Mapping[str, Callable[[datetime], str]] = {
    "since": lambda moment: iso(moment, "seconds"),
    "since_unix": lambda moment: str(int(moment.timestamp())),
    "since_ms": lambda moment: str(int(moment.timestamp()) * 1000),
}
"""The placeholders for the beginning: ISO 8601 in UTC, seconds and milliseconds since 1970."""

LAST: Mapping[str, Callable[[datetime], str]] = {
    name.replace("since", "until"): written for name, written in FIRST.items()
}
"""The same for the end."""

_PLACEHOLDER = re.compile(r"(?<!\{)\{([A-Za-z_]+)\}(?!\})")
"""A name in single braces; in double ones it is a template of the tool's own."""


@dataclass(frozen=True)
class CommandSource:
    """A command, in words as a shell would split it, with placeholders for the time that is asked for."""

    words: tuple[str, ...]
    environment: Mapping[str, str] = field(repr=False)
    longest: float
    formats: tuple[Format, ...] = field(repr=False)
    name: str = "command"
    stem: str = "logs"
    suffix: str = ".log"

    def available_from(self, now: datetime) -> datetime | None:
        """Nobody knows how long the logs are kept."""
        return None

    @property
    def subject(self) -> str:
        """The command as it was written, its placeholders included."""
        return masker()(shlex.join(self.words))

    def merged(self, before: Sequence[str], new: Sequence[str]) -> list[str]:
        """A line of text has no id: two alike may be two, so records are compared in their order."""
        return merged_answers(before, new, self.formats)

    def fetch(self, span: Span, keep: Keep) -> FetchReport:
        """All that the command prints for a stretch of time, in one run; it is never proof that there was no more.

        Lines of other times are kept: records are judged by their own time, wherever they stand. What is in no known
        format is no log, whatever the exit code.
        """
        mask = masker()
        times = {"since": iso(span.start, "seconds"), "until": iso(span.end, "seconds")}
        told = FetchReport({"command": self.subject, **times}, mask(self.words[0]))
        try:
            ended = run([_filled(word, span) for word in self.words], self.environment, self.longest)
        except SourceFailed as failure:
            raise SourceFailed(failure.problem, told) from None
        stderr = "\n".join(mask(line) for line in ended.stderr.splitlines())
        told = FetchReport(told.request, told.tool, exit_code=ended.exit_code, stderr=stderr)
        if problem := _problem(ended, stderr, self.formats):
            raise SourceFailed(problem, told)
        lines = tuple(line.decode("utf-8", "replace").removesuffix("\n") for line in io.BytesIO(ended.stdout))
        if problem := no_logs(lines, self.formats, mask):
            raise SourceFailed(problem, told)
        if not any(line.strip() for line in lines):
            lines = ()
        keep(FetchedLines(span, lines, unproven=self._doubt(lines, stderr)))
        return told

    def _doubt(self, lines: Sequence[str], stderr: str) -> str:
        """Why it cannot be known whether the command printed all: no exit code tells that a tool came to its end."""
        if not FIRST.keys() & _names(self.words):
            return "collect_command holds no {since}: what it prints may begin anywhere"
        if not lines and stderr.strip():
            return f"the command printed nothing, and said: {_last(stderr)}"
        return NO_END if lines else "the command printed nothing, which does not show that there was nothing"


def _filled(word: str, span: Span) -> str:
    """A word of the command with the times in place of the placeholders; no shell sees it."""
    values = {
        **{name: written(span.start) for name, written in FIRST.items()},
        **{name: written(span.end) for name, written in LAST.items()},
    }
    return _PLACEHOLDER.sub(lambda match: values[match[1]], word)


def _names(words: Sequence[str]) -> set[str]:
    return {name for word in words for name in _PLACEHOLDER.findall(word)}


def _problem(ended: Ended, stderr: str, formats: Sequence[Format]) -> str:
    """Why what the command printed is not whole; empty where nothing says so."""
    if ended.exit_code:
        return f"the command ended with exit code {ended.exit_code}: {_last(stderr)}"
    if _holds_logs(ended.stderr, formats):
        part = "a part of the logs" if ended.stdout else "the logs"
        return f"the command writes {part} to stderr, which is not collected; {WITH_STDERR}"
    return ""


def _holds_logs(stderr: str, formats: Sequence[Format]) -> bool:
    """Whether lines are records of a format that tells their times; a tool's own words tell none."""
    log_format = recognise(head_lines(stderr.encode("utf-8", "replace")), formats)
    return log_format is not None and not log_format.timeless


def _last(stderr: str) -> str:
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    return lines[-1] if lines else "it does not say why"


def make_command(settings: Collecting, environment: Mapping[str, str]) -> CommandSource:
    """The source of settings and environment; UsageProblem where the command is missing or cannot be understood."""
    where = "setting collect_command"
    try:
        words = tuple(shlex.split(settings.command))
    except ValueError as error:
        raise UsageProblem(f"{where}: {str(error).lower()}; write it as for a shell") from None
    if not words:
        raise UsageProblem(f"{where}: it is empty; write the command that prints the logs from {{since}} to {{until}}")
    known = [*FIRST, *LAST]
    if unknown := sorted(_names(words) - set(known)):
        names = ", ".join(f"{{{name}}}" for name in known)
        raise UsageProblem(f"{where}: {{{unknown[0]}}} is no placeholder; there are {names}")
    if not found(words[0], environment):
        raise UsageProblem(f"{where}: there is no tool named {masker()(words[0])}")
    return CommandSource(words, environment, settings.timeout, formats_of(settings))
