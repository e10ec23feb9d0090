"""Tasks of a worker that count a file or a byte range of one, and add byte ranges, with the functions of one machine.

Problems of a file are part of the result. Tasks raise OSError, EOFError or duckdb.Error if it cannot be read: the
scheduler then retries, perhaps on a worker that can.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from logparse.cluster.parts import Again, Counted, Cut, FilePart, LogFile, Scanned, Setup, numbered
from logparse.cluster.worker.workplace import check, opened, source_of, whole, worker_workplace
from logparse.counting.engine import LogSource
from logparse.formats.sql.readers import table_reader
from logparse.reading.front import local_of, tool_of
from logparse.reading.log_file import Known, read, readings_of, recognised
from logparse.reading.reading import Reading
from logparse.reading.rejected import SHOWN, first_rejected
from logparse.reading.stretched import CountedStretch, added, count_stretch, differ, rejoined
from logparse.reading.workplace import Workplace
from logparse.storage.files import BLOCK, HEAD, LONGEST_ROW, compression, head, is_utf16

Scan = Scanned | None
"""The result for a byte range; None if no line begins in it."""


def read_file(file: LogFile, uncut: bool, setup: Setup) -> Counted | Cut:
    """Reads a file as reading.read does; returns a Cut if it is large and can be split, unless read ``uncut``."""
    with worker_workplace(setup) as work:
        if not uncut and file.size > 1.5 * setup.stretch and (cut := _cut(file, work)):
            return cut
        check(file)
        with whole(file, work.scratch) as path:
            reading = read(path, file.shown, work)
            check(file)
            source = reading.source
            if source is None or reading.tally is None:
                name = reading.format.name if reading.format else ""
                return Counted(reading.sha256, name, facts=reading.facts, problems=reading.problems, tool=reading.tool)
            piece = piece_of(file, reading, source, work)
            return Counted(
                sha256=reading.sha256,
                format=source.format.name,
                compression=source.compression,
                first_date=source.first_date,
                facts=reading.facts,
                tally=reading.tally.read_bytes(),
                problems=reading.problems,
                pieces=(piece,),
                rejected=rejected_of(piece, work) if _has_rejected(reading.tally, work) else (),
                tool=reading.tool,
                local=reading.local,
            )


def _cut(file: LogFile, work: Workplace) -> Cut | None:
    """Returns how a large file is to be split, by its first bytes; None if it has to be read whole."""
    front = work.scratch / f"{uuid4().hex}.front"
    with opened(file) as stream:
        front.write_bytes(stream.read(HEAD + LONGEST_ROW))
    with front.open("rb") as stream:
        packed = compression(stream.read(4)) != "none"
    start = b"" if packed else head(front)
    front.unlink()
    if packed or is_utf16(start):
        return None
    log_format, document = recognised(start, work.formats)
    return Cut(file, log_format.name) if log_format and log_format.line_by_line and not document else None


def scan(piece: FilePart, mended: bool, setup: Setup) -> Scan:
    """Counts a byte range; ``mended``: from a mended copy, because other ranges of its file need one."""
    with worker_workplace(setup) as work, source_of(piece, work) as source:
        if source is None:
            return None
        counted = count_stretch(source, mended, work)
        piece = replace(piece, copy=counted.copy, lines=counted.lines, minutes=frozenset(counted.minutes))
        rejected = rejected_of(piece, work) if counted.rejected else ()
        return Scanned((piece,), counted.blank, counted.torn, counted.ends, counted.scan.read_bytes(), rejected)


def add(several: Sequence[Scan], setup: Setup) -> Scan:
    """Adds neighbouring byte ranges to one: a node of the tree that adds all of a file."""
    scans = [each for each in several if each is not None]
    if len(scans) < 2:  # one stretch needs no adding
        return scans[0] if scans else None
    with worker_workplace(setup) as work:
        total = added([_stretch(each, work) for each in scans], work)
        return _together(scans, total)


def join(several: Sequence[Scan], file: LogFile, sha256: str, setup: Setup) -> Counted | Again:
    """Joins byte ranges to their file; returns Again if it has to be counted in another way."""
    scans = [each for each in several if each is not None]
    pieces = numbered(tuple(piece for each in scans for piece in each.pieces))
    if differ([piece.copy for piece in pieces], frozenset().union(*(each.ends for each in scans))):
        return Again(whole=False)
    with worker_workplace(setup) as work:
        counted = rejoined([_stretch(each, work) for each in scans], work)
        if counted is None:
            return Again(whole=True)
        facts, tally = counted
        log_format = next(each for each in work.formats if each.name == pieces[0].format)
        source = LogSource(Path(file.place), "none", log_format)
        with opened(file) as stream:
            start = stream.read(HEAD)
        (reading,) = readings_of([Known(source, file.shown, sha256, facts, tally)], work)
        return Counted(
            sha256=sha256,
            format=log_format.name,
            facts=facts,
            tally=tally.read_bytes(),
            problems=reading.problems,
            pieces=pieces,
            rejected=_together(scans, None).rejected,
            tool=tool_of(log_format, start, document=False),
            local=local_of(log_format, start, document=False),
        )


def digest(file: LogFile) -> str:
    """Returns the sha256 of a file that is counted in byte ranges; one task, because it takes all bytes in order."""
    sha256 = hashlib.sha256()
    with opened(file) as stream:
        while block := stream.read(8 * BLOCK):
            sha256.update(block)
    return sha256.hexdigest()


def _stretch(scanned: Scanned, work: Workplace) -> CountedStretch:
    path = work.scratch / f"{uuid4().hex}.scan"
    path.write_bytes(scanned.scan)
    copy = scanned.pieces[0].copy
    return CountedStretch(scanned.lines, scanned.blank, scanned.torn, copy, path, ends=scanned.ends)


def _together(scans: Sequence[Scanned], total: CountedStretch | None) -> Scanned:
    """Returns the facts of several byte ranges as one; the scan is that of ``total``."""
    before, rejected = 0, []
    for each in scans:
        rejected += [(before + number, text) for number, text in each.rejected]
        before += each.lines
    return Scanned(
        pieces=tuple(piece for each in scans for piece in each.pieces),
        blank=sum(each.blank for each in scans),
        torn=any(each.torn for each in scans),
        ends=frozenset().union(*(each.ends for each in scans)),
        scan=total.scan.read_bytes() if total else b"",
        rejected=tuple(rejected[:SHOWN]),
    )


def rejected_of(piece: FilePart, work: Workplace) -> tuple[tuple[int, str], ...]:
    """Returns the first rejected lines of a part, each with its number in the part."""
    with source_of(piece, work) as source:
        return tuple(first_rejected([source], work)[0]) if source else ()


def _has_rejected(tally: Path, work: Workplace) -> bool:
    statement = f"SELECT count(*) FROM {table_reader([tally])} WHERE name = 'rejected' AND count > 0"
    return bool((work.connection.execute(statement).fetchone() or (0,))[0])


def piece_of(file: LogFile, reading: Reading, source: LogSource, work: Workplace) -> FilePart:
    """Returns all of a counted file as one part, with the minutes in which its tally has records."""
    if reading.tally is None:
        raise ValueError(f"{reading.shown} was not counted")
    statement = f"SELECT DISTINCT minute FROM {table_reader([reading.tally])} WHERE name = 'records'"
    return FilePart(
        file=file,
        begin=0,
        end=file.size,
        format=source.format.name,
        compression=source.compression,
        copy=reading.facts.copy,
        first_date=source.first_date,
        lines=reading.facts.lines,
        minutes=frozenset(row[0] for row in work.connection.execute(statement).fetchall()),
    )
