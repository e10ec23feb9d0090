"""The source ``command``: a command of the user's own that prints the logs of a span of time."""

import io
import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from logparse.collect.printed import formats_of, merged_answers, no_logs
from logparse.collect.source import FetchedLines, FetchReport, Keep, Source, SourceFailed
from logparse.collect.tool import Ended, run, tool_path
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
"""The placeholders for the start of the span: ISO 8601 in UTC, and seconds and milliseconds since 1970."""

LAST: Mapping[str, Callable[[datetime], str]] = {
    name.replace("since", "until"): written for name, written in FIRST.items()
}
"""The placeholders for its end."""

_PLACEHOLDER = re.compile(r"(?<!\{)\{([A-Za-z_]+)\}(?!\})")
"""A name in single braces; double braces are a template of the tool itself."""


@dataclass(frozen=True)
class CommandSource(Source):
    """A command, as words split like a shell does, with placeholders for the span of time to fetch."""

    words: tuple[str, ...]
    environment: Mapping[str, str] = field(repr=False)
    longest: float
    formats: tuple[Format, ...] = field(repr=False)
    name: str = "command"
    suffix: str = ".log"

    @property
    def subject(self) -> str:
        """The command as configured, with its placeholders."""
        return masker()(shlex.join(self.words))

    def merged(self, before: Sequence[str], new: Sequence[str]) -> list[str]:
        """Merges lines in their order: text lines have no id, so two equal lines may be two records."""
        return merged_answers(before, new, self.formats)

    def fetch(self, span: Span, keep: Keep) -> FetchReport:
        """Runs the command once for a span; its output never proves that there was nothing more.

        Keeps lines outside the span too, because records are judged by their own time. Raises SourceFailed if the
        command fails or prints no known log format, whatever its exit code.
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
        """Returns why the output may be incomplete: no exit code proves that a tool printed everything."""
        if not FIRST.keys() & _names(self.words):
            return "collect_command holds no {since}: what it prints may begin anywhere"
        if not lines and stderr.strip():
            return f"the command printed nothing, and said: {_last(stderr)}"
        return NO_END if lines else "the command printed nothing, which does not show that there was nothing"


def _filled(word: str, span: Span) -> str:
    """Replaces the placeholders in a word by times; no shell sees the result."""
    values = {
        **{name: written(span.start) for name, written in FIRST.items()},
        **{name: written(span.end) for name, written in LAST.items()},
    }
    return _PLACEHOLDER.sub(lambda match: values[match[1]], word)


def _names(words: Sequence[str]) -> set[str]:
    return {name for word in words for name in _PLACEHOLDER.findall(word)}


def _problem(ended: Ended, stderr: str, formats: Sequence[Format]) -> str:
    """Returns why the output is incomplete; empty if nothing indicates that."""
    if ended.exit_code:
        return f"the command ended with exit code {ended.exit_code}: {_last(stderr)}"
    if _holds_logs(ended.stderr, formats):
        part = "a part of the logs" if ended.stdout else "the logs"
        return f"the command writes {part} to stderr, which is not collected; {WITH_STDERR}"
    return ""


def _holds_logs(stderr: str, formats: Sequence[Format]) -> bool:
    """Tells whether the lines are in a log format with times; a tool's own messages have none."""
    log_format = recognise(head_lines(stderr.encode("utf-8", "replace")), formats)
    return log_format is not None and not log_format.timeless


def _last(stderr: str) -> str:
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    return lines[-1] if lines else "it does not say why"


def make_command(settings: Collecting, environment: Mapping[str, str]) -> CommandSource:
    """Makes the source from the settings; raises UsageProblem if the command is missing or invalid."""
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
    if not tool_path(words[0], environment):
        raise UsageProblem(f"{where}: there is no tool named {masker()(words[0])}")
    return CommandSource(words, environment, settings.timeout, formats_of(settings))
