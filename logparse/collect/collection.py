"""The collection of one window: fetches what no manifest proves yet, and writes the rows and their proof together."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from logparse.collect.journal import Journal
from logparse.collect.own_place import own_place
from logparse.collect.source import FetchedLines, FetchReport, Keep, Source, SourceFailed
from logparse.storage.atomic import locked, write_text
from logparse.storage.manifest import Fetch, Manifest, NotAManifest, from_json, joined, manifest_path, to_json
from logparse.text.wording import exact
from logparse.values.schedule import Span, subtract


def unseen(piece: FetchedLines) -> None:
    """Ignores a piece: shows no progress."""


@dataclass(frozen=True)
class WindowTask:
    """A collection to do: a window, and the log file it goes into.

    ``settle``: the age from which a source has all rows. ``show`` is called with each piece once it is kept. ``again``:
    fetch what is proven too. ``rehearsal``: the clock is set by hand.
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
    """The result of a collection: the manifest, the number of new rows, and why it is incomplete (empty if it is not).

    ``doubt``: why its completeness cannot be known. ``to_come``: up to when it is collected, if the window has not
    ended or settled. ``told``: anything else for the user.
    """

    manifest: Manifest
    new_rows: int = 0
    problem: str = ""
    doubt: str = ""
    to_come: str = ""
    told: str = ""


def collect(task: WindowTask, source: Source) -> Collection:
    """Collects a window: fetches only what is missing, and never leaves a partial file under the log file's name.

    Raises UsageProblem if another run collects the same window, OSError if nothing can be written.
    """
    task.log.parent.mkdir(parents=True, exist_ok=True)
    with locked(task.log):
        log, told = own_place(task.log, source)
        return replace(_collected(replace(task, log=log), source), told=told)


def _collected(task: WindowTask, source: Source) -> Collection:
    """Collects a window into its own file; the folder must be locked."""
    of = f"{source.name} {source.subject}" + (" in a rehearsal" if task.rehearsal else "")
    journal = Journal(task.log, of)
    # Only with the lock: the last line may have been half written by the run that held it before.
    journal.drop_torn_line()
    manifest = _known(task)
    started = task.clock()
    end = min(task.window.end, started - task.settle)
    if end <= task.window.start:
        return Collection(manifest, to_come="the window has not begun, or not settled yet")
    # A window that is proven already costs nothing: the source is not asked at all.
    lacks = task.again or manifest.missing(Span(task.window.start, end))
    oldest = (source.available_from(started) if lacks else None) or task.window.start
    asked = Span(max(task.window.start, min(oldest, end)), end)
    failure, told = _fetch_missing(task, asked, manifest, journal, source)
    if failure:
        return _failed(task, manifest, source, failure, asked, started)
    manifest, new_rows = _write(task, manifest, journal, source, told, started)
    manifest, gone = _gone(task, manifest, source, Span(task.window.start, asked.start), started)
    doubt = "" if gone else next((fetch.unproven for fetch in manifest.fetches if fetch.unproven), "")
    left = "" if end == task.window.end else f"it is collected up to {end:%H:%M:%S} UTC; the rest is to come"
    return Collection(manifest, new_rows, gone, doubt, left)


def _gone(task: WindowTask, manifest: Manifest, source: Source, old: Span, started: datetime) -> tuple[Manifest, str]:
    """Records in the manifest the time before the source's oldest rows that was never collected; adds a warning."""
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
        write_text(manifest_path(task.log), to_json(noted))
    return noted, problem


def _known(task: WindowTask) -> Manifest:
    """Reads the manifest that fits the log file; returns one without fetches if there is none: all is fetched again."""
    fresh = Manifest(task.log.name, task.window)
    path = manifest_path(task.log)
    if not path.exists():
        return fresh
    try:
        read = from_json(path.read_text("utf-8"))
    except (NotAManifest, UnicodeDecodeError):
        return fresh
    manifest = read if task.rehearsal else read.in_earnest()
    sha256 = hashlib.sha256(task.log.read_bytes()).hexdigest() if task.log.exists() else ""
    if manifest.sha256 == sha256:
        return manifest
    return manifest.without_last() if manifest.replaces == sha256 else fresh


def _fetch_missing(
    task: WindowTask, asked: Span, manifest: Manifest, journal: Journal, source: Source
) -> tuple[SourceFailed | None, FetchReport | None]:
    """Fetches what manifest and journal lack, or all again; returns the failure, if any, and the last report."""
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
    """Records a failed fetch in the manifest; the log file stays as it is, fetched pieces stay in the journal."""
    fetch = _as_fetch(source, failure.told or FetchReport({}), asked, started, task, failure.problem)
    noted = manifest.with_failed(fetch)
    write_text(manifest_path(task.log), to_json(noted))
    return Collection(noted, problem=failure.problem)


def _write(
    task: WindowTask, manifest: Manifest, journal: Journal, source: Source, told: FetchReport | None, started: datetime
) -> tuple[Manifest, int]:
    """Writes the manifest, then the rows; does nothing if there are no new pieces."""
    pieces = list(journal.pieces())
    if not pieces:
        return manifest, 0
    before = lines = _lines(task.log)
    for lot in _lots(pieces):
        lines = source.merged(lines, lot)
    text = "".join(f"{line}\n" for line in lines)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    fetches = [
        _of_pieces(task, source, told or FetchReport({}), span, [p for p in pieces if p.unproven == unproven], started)
        for unproven in dict.fromkeys(piece.unproven for piece in pieces)
        for span in joined(piece.span for piece in pieces if piece.unproven == unproven)
    ]
    known = _without_mended(manifest, fetches)
    done = Manifest(task.log.name, task.window, (*known, *fetches), sha256, manifest.sha256, len(fetches))
    write_text(manifest_path(task.log), to_json(done))
    write_text(task.log, text)
    journal.remove()
    return done, len(lines) - len(before)


def _lots(pieces: Sequence[FetchedLines]) -> list[list[str]]:
    """Groups the lines of adjacent pieces: only lines that were fetched twice need to be compared."""
    lots: list[list[str]] = []
    until: datetime | None = None
    for piece in pieces:
        if piece.span.start != until:
            lots.append([])
        lots[-1] += piece.lines
        until = piece.span.end
    return lots


def _lines(log: Path) -> list[str]:
    """Returns the lines of a log file, split at LF only: rows may hold other line separators, such as U+2028."""
    return (
        log.read_bytes().decode("utf-8").removesuffix("\n").split("\n") if log.exists() and log.stat().st_size else []
    )


def _without_mended(manifest: Manifest, fetches: Sequence[Fetch]) -> list[Fetch]:
    """Returns the fetches of a manifest without the failed and unproven ones that later fetches made good."""
    covered = joined([*manifest.covered, *(fetch.asked for fetch in fetches)])
    return [one for one in manifest.fetches if one.complete or any(True for _ in subtract(one.asked, covered))]


def _of_pieces(
    task: WindowTask, source: Source, told: FetchReport, span: Span, pieces: Sequence[FetchedLines], started: datetime
) -> Fetch:
    inside = [piece for piece in pieces if piece.span.overlaps(span)]
    return replace(
        _as_fetch(source, told, span, started, task, ""),
        pages=sum(piece.pages for piece in inside),
        rows=sum(len(piece.lines) for piece in inside),
        first=min((piece.first for piece in inside if piece.first), default=None),
        last=max((piece.last for piece in inside if piece.last), default=None),
        complete=not inside[0].unproven,
        unproven=inside[0].unproven,
    )


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
