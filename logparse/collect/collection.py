"""The collection of one window: what no manifest proves yet is fetched, and rows and proof are written together."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from logparse.atomic import locked, read_text, write_text
from logparse.collect.journal import Journal
from logparse.collect.source import Piece, Source, SourceFailed, Told, without_repeats
from logparse.manifest import Fetch, Manifest, NotAManifest, from_json, joined, path_of, to_json
from logparse.schedule import Span, subtract


@dataclass(frozen=True)
class Task:
    """What is to be collected: a window into a log file; ``settle`` is how far back a source has all its rows."""

    log: Path
    window: Span
    settle: timedelta
    clock: Callable[[], datetime]


@dataclass(frozen=True)
class Collection:
    """How a collection ended: the manifest, the rows that are new, and why it is not whole, empty where it is."""

    manifest: Manifest
    new_rows: int = 0
    problem: str = ""


def collect(task: Task, source: Source) -> Collection:
    """Collects a window. Only what is missing is fetched, and nothing partial ever has the log file's name.

    UsageProblem where another run collects the same window; OSError where nothing can be written.
    """
    journal = Journal(task.log)
    journal.begin()
    with locked(task.log):
        manifest = _known(task)
        started = task.clock()
        end = min(task.window.end, started - task.settle)
        if end <= task.window.start:
            return Collection(manifest, problem="the window has not begun, or not settled yet")
        asked = Span(task.window.start, end)
        failure, told = _fetch_missing(asked, manifest, journal, source)
        if failure:
            return _failed(task, manifest, source, failure, asked, started)
        manifest, new_rows = _write(task, manifest, journal, source, told, started)
        left = "" if end == task.window.end else f"it is collected up to {end:%H:%M:%S} UTC; the rest is to come"
        return Collection(manifest, new_rows, left)


def _known(task: Task) -> Manifest:
    """The manifest that fits the log file; one without any fetch where there is none, so that all is fetched again."""
    fresh = Manifest(task.log.name, task.window)
    path = path_of(task.log)
    if not path.exists():
        return fresh
    try:
        manifest = from_json(read_text(path))
    except NotAManifest:
        return fresh
    sha256 = _sha256(task.log)
    if manifest.sha256 == sha256:
        return manifest
    return manifest.without_last() if manifest.replaces == sha256 else fresh


def _sha256(log: Path) -> str:
    return hashlib.sha256(log.read_bytes()).hexdigest() if log.exists() else ""


def _fetch_missing(
    asked: Span, manifest: Manifest, journal: Journal, source: Source
) -> tuple[SourceFailed | None, Told | None]:
    """Fetches what neither the manifest nor the journal has; why it failed, if it did, and what the source told."""
    told = None
    for missing in subtract(asked, joined([*manifest.covered, *journal.covered()])):
        try:
            told = source.fetch(missing, journal.keep)
        except SourceFailed as failure:
            return failure, told
    return None, told


def _failed(
    task: Task, manifest: Manifest, source: Source, failure: SourceFailed, asked: Span, started: datetime
) -> Collection:
    """Notes a failed fetch in the manifest; the log file stays as it is, what was fetched waits in the journal."""
    told = failure.told or Told({})
    fetch = _as_fetch(source, told, asked, started, task, failure.problem)
    noted = manifest.with_failed(fetch)
    write_text(path_of(task.log), to_json(noted))
    return Collection(noted, problem=failure.problem)


def _write(
    task: Task, manifest: Manifest, journal: Journal, source: Source, told: Told | None, started: datetime
) -> tuple[Manifest, int]:
    """Writes manifest and rows, in this order; without anything new, nothing."""
    pieces = list(journal.pieces())
    if not pieces:
        return manifest, 0
    before = task.log.read_text("utf-8").splitlines() if task.log.exists() else []
    lines = without_repeats([*before, *(line for piece in pieces for line in piece.lines)], source.identity)
    text = "".join(f"{line}\n" for line in lines)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    new = len(lines) - len(before)
    fetches = [
        _of_pieces(task, source, told or Told({}), span, pieces, started) for span in joined(p.span for p in pieces)
    ]
    done = Manifest(
        task.log.name, task.window, (*_without_mended(manifest, fetches), *fetches), sha256, manifest.sha256
    )
    write_text(path_of(task.log), to_json(done))
    write_text(task.log, text)
    journal.remove()
    return done, new


def _without_mended(manifest: Manifest, fetches: Sequence[Fetch]) -> list[Fetch]:
    """The fetches of a manifest without the failed ones that later fetches made good."""
    covered = joined([*manifest.covered, *(fetch.asked for fetch in fetches)])
    return [one for one in manifest.fetches if one.complete or any(True for _ in subtract(one.asked, covered))]


def _of_pieces(task: Task, source: Source, told: Told, span: Span, pieces: Sequence[Piece], started: datetime) -> Fetch:
    inside = [piece for piece in pieces if piece.span.overlaps(span)]
    rows = sum(len(piece.lines) for piece in inside)
    pages = sum(piece.pages for piece in inside)
    fetch = _as_fetch(source, told, span, started, task, "")
    return replace(
        fetch,
        pages=pages,
        rows=rows,
        first=min((piece.first for piece in inside if piece.first), default=None),
        last=max((piece.last for piece in inside if piece.last), default=None),
        complete=True,
    )


def _as_fetch(source: Source, told: Told, asked: Span, started: datetime, task: Task, problem: str) -> Fetch:
    return Fetch(
        source=source.name,
        request=told.request,
        asked=asked,
        started=started,
        ended=task.clock(),
        settled=task.settle,
        tool=told.tool,
        version=told.version,
        limit=told.limit,
        exit_code=told.exit_code,
        problem=problem or told.problem,
        stderr=told.stderr,
    )
