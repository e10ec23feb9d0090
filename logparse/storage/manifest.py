"""The proof of a collection: what was asked for, what came, and whether the end was reached; JSON beside the log file.

One log file holds the rows of one window, one manifest lies beside it, and each fetch that brought rows is one entry:
a window may be fetched in parts, as often as one likes. Rows and manifest are replaced one after the other, so a
manifest also names the sum of the file that it came after: if a crash falls between the two, it is known which is old.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from logparse.values.json_form import plain, text_of, value_of
from logparse.values.schedule import Span, subtract

SCHEMA = 1
"""The version of the JSON form; it changes when a key changes its meaning or goes."""

SUFFIX = ".manifest.json"

WITHOUT_END = frozenset({"command"})
"""Sources that do not know whether they came to the end, so that no manifest of theirs proves anything."""

REHEARSED = "it was collected while LOGPARSE_NOW set the clock, which proves nothing for a real soak"
"""Why a fetch of a rehearsal proves nothing but for a rehearsal: a clock set ahead ends windows that are not over."""

NO_END = "a command does not tell whether it printed all that there was"
"""Why that is so."""


class NotAManifest(ValueError):
    """A file beside a log that is named like a manifest, and is none."""


@dataclass(frozen=True)
class Fetch:
    """One fetch: the exact request (without secrets), the time asked for, and what came of it.

    ``subject`` is whose logs were asked for, see Source; empty where an earlier version did not note it. ``rehearsal``:
    the clock was set by hand.
    ``asked`` is the time that was asked for. ``settled`` is how far back from its beginning the source is trusted to
    have all rows. ``rows`` counts those that were new to the file; ``limit`` is the number of rows at which the tool
    stops, None where it has none. ``complete``: the end was reached, so that nothing of the asked time is missing;
    ``exit_code`` is that of a tool, 0 for an API; ``problem`` says what went wrong, ``stderr`` what a tool said.
    ``unproven``: the rows that came are in the file, and this is why it cannot be known whether they are all.
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
        """The time that this fetch proves to be in the file, if any: what had settled when it began."""
        end = min(self.asked.end, self.started - self.settled)
        return Span(self.asked.start, end) if self.complete and not self.exit_code and end > self.asked.start else None

    @property
    def below_limit(self) -> bool:
        """Whether it says at how many rows an answer stops, and came to the end with fewer in its answers."""
        return self.complete and self.limit is not None and self.rows < self.limit * max(self.pages, 1)

    @property
    def named(self) -> str:
        """The source and whose logs it was asked for, for people."""
        return f"{self.source}: {self.subject}" if self.subject else self.source

    def is_of(self, source: str, subject: str) -> bool:
        """Whether it asked this source for the logs of this subject, as far as it was noted."""
        return self.source == source and self.subject in ("", subject)


@dataclass(frozen=True)
class Manifest:
    """What is known of one log file: its window, its fetches, its sha256, and that of the file that it came after.

    ``added``: how many of the fetches, the last ones, brought the file from that one to this.
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
        """The time that the fetches prove, in order, stretches that touch joined."""
        return joined(fetch.covered for fetch in self.fetches if fetch.covered)

    @property
    def brought(self) -> tuple[Fetch, ...]:
        """The fetches that brought what is in the file, whole or not."""
        return tuple(fetch for fetch in self.fetches if fetch.complete or fetch.unproven)

    def in_earnest(self) -> "Manifest":
        """The manifest as it counts where the clock is not set: what was fetched in a rehearsal proves nothing."""
        fetches = tuple(
            replace(fetch, complete=False, unproven=fetch.unproven or REHEARSED)
            if fetch.rehearsal and fetch.complete
            else fetch
            for fetch in self.fetches
        )
        return replace(self, fetches=fetches)

    def missing(self, span: Span) -> tuple[Span, ...]:
        """What of a stretch no fetch proves."""
        return tuple(subtract(span, self.covered))

    def with_failed(self, fetch: Fetch) -> "Manifest":
        """The manifest with a fetch that failed, in place of an earlier one that failed over the same time."""
        kept = tuple(one for one in self.fetches if one.complete or one.unproven or one.asked != fetch.asked)
        return replace(self, fetches=(*kept, fetch))

    def without_last(self) -> "Manifest":
        """The manifest as it was before its last fetches; for a file that does not hold those yet."""
        return replace(self, fetches=self.fetches[: -self.added or None], sha256=self.replaces, replaces="", added=0)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Stretches of time in order, those that overlap or touch made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def path_of(log: Path) -> Path:
    """Where the manifest of a log file lies: beside it, under its name and a suffix."""
    return log.with_name(log.name + SUFFIX)


def log_of(path: Path) -> Path:
    """The log file that a manifest lies beside."""
    return path.with_name(path.name.removesuffix(SUFFIX))


def to_json(manifest: Manifest) -> str:
    """The manifest as JSON text; times in ISO 8601 UTC."""
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
    """The manifest from its JSON text; NotAManifest where it is none, or of a version that is not known."""
    try:
        document = json.loads(text)
        if document["schema"] != SCHEMA:
            raise NotAManifest(f"its schema is {document['schema']!r}, not {SCHEMA}")
        fetches = [_fetch(fetch) for fetch in document["fetches"]]
        read = {name: document[name] for name in ("file", "sha256", "replaces")}
        spans = {"window": _span(document["window"]), "fetches": fetches}
        return value_of({"added": document.get("added", 1), **read, **spans}, Manifest)
    except NotAManifest:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise NotAManifest(f"it is no manifest ({type(error).__name__}: {error})") from None


def _fetch(values: Mapping[str, Any]) -> Fetch:
    known = {name: values[name] for name in ("first", "last", "complete", "exit_code")}
    form = {"asked": _span(values["asked"]), "settled": timedelta(seconds=values["settled"])}
    fetch = value_of({**values, **known, **form}, Fetch, known_only=True)
    # An earlier version took the exit code 0 of any command for proof.
    return replace(fetch, complete=False, unproven=NO_END) if fetch.complete and fetch.source in WITHOUT_END else fetch


def _ends(span: Span) -> tuple[datetime, datetime]:
    return span.start, span.end


def _span(ends: Sequence[str]) -> Mapping[str, str]:
    start, end = ends
    return {"start": start, "end": end}
