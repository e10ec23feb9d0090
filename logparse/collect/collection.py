"""The collection of one window: what no manifest proves yet is fetched, and rows and proof are written together."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from logparse.collect.journal import Journal
from logparse.collect.own_place import own_place
from logparse.collect.source import FetchedLines, FetchReport, Keep, Source, SourceFailed
from logparse.storage.atomic import locked, write_text
from logparse.storage.manifest import Fetch, Manifest, NotAManifest, from_json, joined, path_of, to_json
from logparse.text.wording import exact
from logparse.values.schedule import Span, subtract


def unseen(piece: FetchedLines) -> None:
    """Shows nothing of a piece."""


@dataclass(frozen=True)
class WindowTask:
    """What is to be collected: a window into a log file; ``settle`` is how far back a source has all its rows.

    ``show`` is told of each piece once it is kept. ``again``: what is proven is fetched all the same; ``rehearsal``:
    the clock is set by hand.
    """

    log: Path
    window: Span
    settle: timedelta
    clock: Callable[[], datetime]
    show: Keep = unseen
    again: bool = False
    rehearsal: bool = False


@dataclass(frozen=True)
class Collection:
    """How a collection ended: the manifest, the rows that are new, and why it is not whole, empty where it is.

    ``doubt`` says why it cannot be known whether it is whole, ``to_come`` up to when it is collected, where the window
    has not ended, or not settled; ``told`` what else people should know.
    """

    manifest: Manifest
    new_rows: int = 0
    problem: str = ""
    doubt: str = ""
    to_come: str = ""
    told: str = ""


def collect(task: WindowTask, source: Source) -> Collection:
    """Collects a window. Only what is missing is fetched, and nothing partial ever has the log file's name.

    UsageProblem where another run collects the same window; OSError where nothing can be written.
    """
    task.log.parent.mkdir(parents=True, exist_ok=True)
    with locked(task.log):
        log, told = own_place(task.log, source)
        return replace(_collected(replace(task, log=log), source), told=told)


def _collected(task: WindowTask, source: Source) -> Collection:
    """The collection of a window into its own file, while its folder is locked."""
    of = f"{source.name} {source.subject}" + (" in a rehearsal" if task.rehearsal else "")
    journal = Journal(task.log, of)
    # Only now: another run that held the lock may have been writing half a line.
    journal.begin()
    manifest = _known(task)
    started = task.clock()
    end = min(task.window.end, started - task.settle)
    if end <= task.window.start:
        return Collection(manifest, to_come="the window has not begun, or not settled yet")
    # What is proven already costs nothing: no source is asked for anything.
    lacks = task.again or manifest.missing(Span(task.window.start, end))
    oldest = (source.available_from(started) if lacks else None) or task.window.start
    asked = Span(max(task.window.start, min(oldest, end)), end)
    failure, told = _fetch_missing(task, asked, manifest, journal, source)
    if failure:
        return _failed(task, manifest, source, failure, asked, started)
    manifest, new_rows = _write(task, manifest, journal, source, told, started)
    manifest, gone = _gone(task, manifest, source, Span(task.window.start, asked.start), started)
    left = "" if end == task.window.end else f"it is collected up to {end:%H:%M:%S} UTC; the rest is to come"
    return Collection(manifest, new_rows, gone, "" if gone else _unproven(manifest), left)


def _gone(task: WindowTask, manifest: Manifest, source: Source, old: Span, started: datetime) -> tuple[Manifest, str]:
    """Notes in the manifest what of the time before the source's oldest rows was never collected; and says so."""
    problem = ""
    noted = manifest
    for lost in manifest.missing(old):
        problem = (
            f"{source.name} has nothing older than {exact(lost.end)} any more, and from {exact(lost.start)} on it was "
            "not collected in time; collect more often"
        )
        if not any(one.asked == lost and one.problem for one in noted.fetches):
            noted = noted.with_failed(_as_fetch(source, FetchReport({}), lost, started, task, problem))
    if noted != manifest:
        write_text(path_of(task.log), to_json(noted))
    return noted, problem


def _known(task: WindowTask) -> Manifest:
    """The manifest that fits the log file; one without any fetch where there is none, so that all is fetched again."""
    fresh = Manifest(task.log.name, task.window)
    path = path_of(task.log)
    if not path.exists():
        return fresh
    try:
        read = from_json(path.read_text("utf-8"))
    except (NotAManifest, UnicodeDecodeError):
        return fresh
    manifest = read if task.rehearsal else read.in_earnest()
    sha256 = _sha256(task.log)
    if manifest.sha256 == sha256:
        return manifest
    return manifest.without_last() if manifest.replaces == sha256 else fresh


def _sha256(log: Path) -> str:
    return hashlib.sha256(log.read_bytes()).hexdigest() if log.exists() else ""


def _fetch_missing(
    task: WindowTask, asked: Span, manifest: Manifest, journal: Journal, source: Source
) -> tuple[SourceFailed | None, FetchReport | None]:
    """Fetches what neither the manifest nor the journal has, or all of it again; why it failed, if it did, and what
    the source told.
    """
    told = None

    def keep(piece: FetchedLines) -> None:
        journal.keep(piece)
        task.show(piece)

    had = () if task.again else joined([*manifest.covered, *journal.covered()])
    for missing in subtract(asked, had):
        try:
            told = source.fetch(missing, keep)
        except SourceFailed as failure:
            return failure, told
    return None, told


def _failed(
    task: WindowTask, manifest: Manifest, source: Source, failure: SourceFailed, asked: Span, started: datetime
) -> Collection:
    """Notes a failed fetch in the manifest; the log file stays as it is, what was fetched waits in the journal."""
    told = failure.told or FetchReport({})
    fetch = _as_fetch(source, told, asked, started, task, failure.problem)
    noted = manifest.with_failed(fetch)
    write_text(path_of(task.log), to_json(noted))
    return Collection(noted, problem=failure.problem)


def _write(
    task: WindowTask, manifest: Manifest, journal: Journal, source: Source, told: FetchReport | None, started: datetime
) -> tuple[Manifest, int]:
    """Writes manifest and rows, in this order; without anything new, nothing."""
    pieces = list(journal.pieces())
    if not pieces:
        return manifest, 0
    before = _lines(task.log)
    lines = before
    for lot in _lots(pieces):
        lines = source.merged(lines, lot)
    text = "".join(f"{line}\n" for line in lines)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    new = len(lines) - len(before)
    fetches = [
        _of_pieces(task, source, told or FetchReport({}), span, [p for p in pieces if p.unproven == unproven], started)
        for unproven in dict.fromkeys(piece.unproven for piece in pieces)
        for span in joined(piece.span for piece in pieces if piece.unproven == unproven)
    ]
    known = _without_mended(manifest, fetches)
    done = Manifest(task.log.name, task.window, (*known, *fetches), sha256, manifest.sha256, len(fetches))
    write_text(path_of(task.log), to_json(done))
    write_text(task.log, text)
    journal.remove()
    return done, new


def _lots(pieces: Sequence[FetchedLines]) -> list[list[str]]:
    """The lines of the pieces, those that follow one another as one: only what was fetched twice is to be compared."""
    lots: list[list[str]] = []
    until: datetime | None = None
    for piece in pieces:
        if piece.span.start != until:
            lots.append([])
        lots[-1] += piece.lines
        until = piece.span.end
    return lots


def _lines(log: Path) -> list[str]:
    """The lines of a log file; a row may hold other signs that end a line elsewhere, as U+2028."""
    return (
        log.read_bytes().decode("utf-8").removesuffix("\n").split("\n") if log.exists() and log.stat().st_size else []
    )


def _without_mended(manifest: Manifest, fetches: Sequence[Fetch]) -> list[Fetch]:
    """The fetches of a manifest without those that later ones made good: failed ones, and unproven ones."""
    covered = joined([*manifest.covered, *(fetch.asked for fetch in fetches)])
    return [one for one in manifest.fetches if one.complete or any(True for _ in subtract(one.asked, covered))]


def _of_pieces(
    task: WindowTask, source: Source, told: FetchReport, span: Span, pieces: Sequence[FetchedLines], started: datetime
) -> Fetch:
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
        complete=not inside[0].unproven,
        unproven=inside[0].unproven,
    )


def _unproven(manifest: Manifest) -> str:
    """Why it is not known whether a file is whole; empty where it is."""
    return next((one.unproven for one in manifest.fetches if one.unproven), "")


def _as_fetch(
    source: Source, told: FetchReport, asked: Span, started: datetime, task: WindowTask, problem: str
) -> Fetch:
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
        subject=source.subject,
        rehearsal=task.rehearsal,
    )
