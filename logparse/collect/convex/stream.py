"""The source ``convex`` for files of a log stream: what a webhook received, or an export of the stream's target.

A log stream reports a run in parts: an event of the topic ``console`` for each message, and one of
``function_execution`` for the end. They are written as the rows that ``convex logs --jsonl`` prints, which the format
reads.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from logparse.collect.source import FetchedLines, FetchReport, Keep, Source, SourceFailed
from logparse.errors import UsageProblem
from logparse.settings.collecting import Collecting
from logparse.storage.files import opened
from logparse.storage.places import find_logs
from logparse.text.wording import exact
from logparse.values.schedule import Span

DOUBT = "Convex drops rows of a log stream when it must, and so does what receives them while it is away"
"""Why such files prove nothing, however many rows they hold."""

TYPES: Mapping[str, str] = {
    "query": "Query",
    "mutation": "Mutation",
    "action": "Action",
    "http_action": "HttpAction",
    "httpaction": "HttpAction",
}


@dataclass(frozen=True)
class ConvexStream(Source):
    """The files of a log stream, named by ``convex_logs``; an event that came twice makes the same row twice."""

    places: tuple[str, ...]
    base: Path
    name: str = "convex"

    @property
    def subject(self) -> str:
        """The files, as configured."""
        return " ".join(self.places)

    def fetch(self, span: Span, keep: Keep) -> FetchReport:
        """Passes on all rows of a span in the files; raises SourceFailed if a file cannot be read to its end."""
        told = FetchReport({"files": list(self.places)}, tool="log stream of Convex")
        inside: list[tuple[datetime, str]] = []
        first, last = None, None
        for time, row in self._events(told):
            first, last = min(first or time, time), max(last or time, time)
            if row and span.start <= time < span.end:
                inside.append((time, json.dumps(row, ensure_ascii=False)))
        inside.sort(key=lambda each: each[0])
        doubt = "; ".join([DOUBT, *_edges(span, first, last)])
        keep(FetchedLines.of(span, list({line: (time, line) for time, line in inside}.values()), unproven=doubt))
        return told

    def _events(self, told: FetchReport) -> Iterator[tuple[datetime, Mapping[str, Any] | None]]:
        paths = find_logs(self.places, self.base)
        if not paths:
            raise SourceFailed(f"setting convex_logs: no file was found under {', '.join(self.places)}", told)
        for path in paths:
            try:
                with opened(path) as stream:
                    for number, line in enumerate(stream, start=1):
                        yield from _of_line(line, f"{path}:{number}", told)
            except (OSError, EOFError) as error:
                raise SourceFailed(f"{path} cannot be read to its end: {error}", told) from None


def _edges(span: Span, first: datetime | None, last: datetime | None) -> Iterator[str]:
    """Yields a doubt for each end of the span that the files do not reach."""
    if first is None or first >= span.start:
        yield f"no row in them is older than {exact(span.start)}"
    if last is None or last < span.end:
        yield f"no row in them is of {exact(span.end)} or later"


def _of_line(line: bytes, where: str, told: FetchReport) -> Iterator[tuple[datetime, Mapping[str, Any] | None]]:
    """Yields time and row of each event in a line (one event, or an array of them); None as row of other topics."""
    if not line.strip():
        return
    try:
        document = json.loads(line)
        for event in document if isinstance(document, list) else [document]:
            # An export puts the event under ``data``.
            said = event.get("data", event)
            yield datetime.fromtimestamp(_of(said, "timestamp") / 1000, UTC), _row(said)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, OSError, RecursionError):
        problem = f"{where}: it is no event of a log stream, which has a topic and a timestamp"
        raise SourceFailed(problem, told) from None


def _of(event: Mapping[str, Any], name: str) -> Any:
    """Returns a field by its name, or its name in streams set up before May 2024; raises KeyError if missing."""
    return event[name] if name in event else event[f"_{name}"]


def _row(event: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Converts an event to a row of ``convex logs --jsonl``: a completed run, or a message printed during a run."""
    topic = str(_of(event, "topic")).lstrip("_")
    milliseconds = _of(event, "timestamp")
    function = event.get("function") or {}
    row = {
        "udfType": TYPES.get(str(function.get("type", event.get("_functionType", ""))).lower(), "Action"),
        "identifier": function.get("path", event.get("_functionPath", "")),
        "timestamp": milliseconds / 1000,
        "requestId": function.get("request_id", ""),
    }
    if topic == "console":
        return {"kind": "Progress", **row, "logLines": [_message(event, milliseconds)]}
    if topic in ("function_execution", "execution_record"):
        error = event.get("error_message", event.get("reason"))
        seconds = event.get("execution_time_ms", event.get("executionTimeMs", 0)) / 1000
        return {"kind": "Completion", **row, "logLines": [], "executionTime": seconds, "success": None, "error": error}
    return None


def _message(event: Mapping[str, Any], milliseconds: int) -> Mapping[str, Any]:
    """Converts a message to the form of a row; older streams put the level in front of the text."""
    told = _LEVEL.match(str(event.get("message", "")))
    level, words = told.groups() if told else (None, "")
    return {
        "messages": _values(words),
        "isTruncated": bool(event.get("is_truncated", False)),
        "timestamp": milliseconds,
        "level": event.get("log_level") or level or "LOG",
    }


def _values(words: str) -> list[str]:
    """Splits a printed text into its values: each quoted text at the start, then the rest."""
    values: list[str] = []
    at = 0
    while text := _QUOTED.match(words, at):
        values.append(text[1])
        at = text.end()
    return [*values, words[at:]] if words[at:] or not values else values


_LEVEL = re.compile(r"(?s)(?:\[(\w+)\] (?='))?(.*)")
_QUOTED = re.compile(r"(?s)('(?:[^'\\]|\\.)*')(?: |$)")


def make_convex_stream(settings: Collecting) -> ConvexStream:
    """Makes the source from the settings; raises UsageProblem for standard input, which can be read only once."""
    if "-" in settings.convex_logs:
        raise UsageProblem("setting convex_logs: standard input cannot be read for each window; name files")
    return ConvexStream(tuple(settings.convex_logs), Path.cwd())
