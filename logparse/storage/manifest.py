"""The manifest beside a log file, in JSON: what was asked for, what came, and whether the end was reached.

A log file holds the rows of one window, and each fetch that brought rows is an entry: a window may be fetched in any
number of parts. Manifest and rows are replaced one after the other, so the manifest also names the sha256 of the
previous file: after a crash between the two, it is known which one is old.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from logparse.values.json_form import NotAsWritten, plain, text_of, value_of
from logparse.values.schedule import Span, subtract

SCHEMA = 1
"""The version of the JSON form; it changes if a key is removed or changes its meaning."""

SUFFIX = ".manifest.json"

WITHOUT_END = frozenset({"command"})
"""Sources that do not know whether they reached the end, so that no manifest of theirs proves anything."""

REHEARSED = "it was collected while LOGPARSE_NOW set the clock, which proves nothing for a real soak"
"""Why a fetch of a rehearsal proves nothing for a real soak: a clock set ahead ends windows that are not over."""

NO_END = "a command does not tell whether it printed all that there was"
"""Why WITHOUT_END holds for a command."""


class NotAManifest(ValueError):
    """A file with the name of a manifest that is none."""


@dataclass(frozen=True)
class Fetch:
    """One fetch: the exact request (without secrets), the span asked for, and the result.

    ``subject``: whose logs were asked for, see Source; empty in earlier versions. ``rehearsal``: the clock was set by
    hand. ``settled``: the age, at the start of the fetch, from which the source has all rows. ``rows``: rows new to the
    file. ``limit``: rows at which the tool stops, or None. ``complete``: the end was reached, so nothing of the span is
    missing. ``exit_code``: that of a tool, 0 for an API. ``problem``: what went wrong; ``stderr``: output of the tool.
    ``unproven``: why it cannot be known whether the rows, which are in the file, are all.
    """

    source: str
    request: Mapping[str, Any]
    asked: Span
    started: datetime
    ended: datetime
    settled: timedelta = timedelta(0)
    tool: str = ""
    version: str = ""
    pages: int = 0
    rows: int = 0
    first: datetime | None = None
    last: datetime | None = None
    limit: int | None = None
    complete: bool = False
    exit_code: int = 0
    problem: str = ""
    stderr: str = ""
    unproven: str = ""
    subject: str = ""
    rehearsal: bool = False

    @property
    def covered(self) -> Span | None:
        """The span that this fetch proves complete: what had settled when it began; None if nothing."""
        end = min(self.asked.end, self.started - self.settled)
        return Span(self.asked.start, end) if self.complete and not self.exit_code and end > self.asked.start else None

    @property
    def below_limit(self) -> bool:
        """Whether the source has a limit of rows an answer, and reached the end below it."""
        return self.complete and self.limit is not None and self.rows < self.limit * max(self.pages, 1)

    @property
    def named(self) -> str:
        """The source and the subject, for people."""
        return f"{self.source}: {self.subject}" if self.subject else self.source

    def is_of(self, source: str, subject: str) -> bool:
        """Tells whether source and subject are these; a subject that was not recorded matches any."""
        return self.source == source and self.subject in ("", subject)


@dataclass(frozen=True)
class Manifest:
    """The manifest of one log file: its window, its fetches, its sha256, and the sha256 of the previous file.

    ``added``: how many of the last fetches turned the previous file into this one.
    """

    file: str
    window: Span
    fetches: tuple[Fetch, ...] = ()
    sha256: str = ""
    replaces: str = ""
    added: int = 1
    schema: int = field(default=SCHEMA)

    @property
    def covered(self) -> tuple[Span, ...]:
        """The spans that the fetches prove, sorted and joined."""
        return joined(fetch.covered for fetch in self.fetches if fetch.covered)

    @property
    def brought(self) -> tuple[Fetch, ...]:
        """The fetches that brought rows of the file, proven complete or not."""
        return tuple(fetch for fetch in self.fetches if fetch.complete or fetch.unproven)

    def in_earnest(self) -> "Manifest":
        """Returns the manifest as it counts in a real soak: fetches of a rehearsal prove nothing."""
        fetches = tuple(
            replace(fetch, complete=False, unproven=fetch.unproven or REHEARSED)
            if fetch.rehearsal and fetch.complete
            else fetch
            for fetch in self.fetches
        )
        return replace(self, fetches=fetches)

    def missing(self, span: Span) -> tuple[Span, ...]:
        """Returns the parts of a span that no fetch proves."""
        return tuple(subtract(span, self.covered))

    def with_failed(self, fetch: Fetch) -> "Manifest":
        """Adds a failed fetch, replacing an earlier one that failed over the same span."""
        kept = tuple(one for one in self.fetches if one.complete or one.unproven or one.asked != fetch.asked)
        return replace(self, fetches=(*kept, fetch))

    def without_last(self) -> "Manifest":
        """Removes the last fetches, for a file that does not hold their rows yet."""
        return replace(self, fetches=self.fetches[: -self.added or None], sha256=self.replaces, replaces="", added=0)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sorts spans and joins those that overlap or touch."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def manifest_path(log: Path) -> Path:
    """Returns the path of a log file's manifest."""
    return log.with_name(log.name + SUFFIX)


def log_path(path: Path) -> Path:
    """Returns the path of a manifest's log file."""
    return path.with_name(path.name.removesuffix(SUFFIX))


def to_json(manifest: Manifest) -> str:
    """Writes the manifest as JSON text, times in ISO 8601 in UTC."""
    document = {
        "schema": manifest.schema,
        "file": manifest.file,
        "window": _ends(manifest.window),
        "sha256": manifest.sha256,
        "replaces": manifest.replaces,
        "added": manifest.added,
        "covered": [_ends(span) for span in manifest.covered],
        "fetches": [
            {**plain(fetch), "asked": _ends(fetch.asked), "settled": fetch.settled.total_seconds()}
            for fetch in manifest.fetches
        ],
    }
    return text_of(document, indent=2, ensure_ascii=False) + "\n"


def from_json(text: str) -> Manifest:
    """Parses a manifest; raises NotAManifest if the text is none, or of an unknown version."""
    try:
        document = json.loads(text)
        if document["schema"] != SCHEMA:
            raise NotAManifest(f"its schema is {document['schema']!r}, not {SCHEMA}")
        fetches = [_fetch(at, fetch) for at, fetch in enumerate(document["fetches"])]
        read = {name: document[name] for name in ("file", "sha256", "replaces")}
        spans = {"window": _span(document["window"]), "fetches": fetches}
        return value_of({"added": document.get("added", 1), **read, **spans}, Manifest)
    except NotAManifest:
        raise
    except NotAsWritten as problem:
        raise NotAManifest(str(problem)) from None
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise NotAManifest(f"it is no manifest ({type(error).__name__}: {error})") from None


def _fetch(at: int, values: Mapping[str, Any]) -> Fetch:
    known = {name: values[name] for name in ("first", "last", "complete", "exit_code")}
    form = {"asked": _span(values["asked"]), "settled": timedelta(seconds=values["settled"])}
    try:
        fetch = value_of({**values, **known, **form}, Fetch, known_only=True)
    except NotAsWritten as problem:
        raise NotAManifest(f"fetches[{at}].{problem}") from None
    # An earlier version took the exit code 0 of any command for proof.
    return replace(fetch, complete=False, unproven=NO_END) if fetch.complete and fetch.source in WITHOUT_END else fetch


def _ends(span: Span) -> tuple[datetime, datetime]:
    return span.start, span.end


def _span(ends: Sequence[str]) -> Mapping[str, str]:
    start, end = ends
    return {"start": start, "end": end}
