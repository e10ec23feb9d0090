"""Tasks of a worker that read a part of a file again. They raise OSError if it cannot be read, or has changed."""

from collections.abc import Mapping, Sequence
from uuid import uuid4

from logparse.cluster.parts import FilePart, Setup
from logparse.cluster.worker.count import rejected_of
from logparse.cluster.worker.workplace import opened, own_folder, source_of, whole, worker_workplace
from logparse.counting.deduplicate import RECORDS_ONCE, extract, keep_once_of, save_share
from logparse.counting.engine import with_events
from logparse.counting.tally import tally_events
from logparse.formats.sql.readers import table_writer
from logparse.reading.contacts import flagged_requests, save_requests
from logparse.reading.locate import first_lines, lines_in
from logparse.reading.workplace import Workplace
from logparse.storage.cuts import blocks
from logparse.storage.temporary import scratch_folder


def records(piece: FilePart, place: int, minutes: Sequence[int], shares: int, setup: Setup) -> list[bytes]:
    """Returns a part's records in some minutes, as Parquet, in shares (see save_share); ``place``: their ``file``."""
    with worker_workplace(setup) as work, source_of(piece, work) as source:
        if source is None:
            return [b""] * shares
        extract(work.connection, source, minutes, place, piece.before)
        return [_share(at, shares, work) for at in range(shares)]


def _share(at: int, shares: int, work: Workplace) -> bytes:
    path = work.scratch / f"{uuid4().hex}.records"
    save_share(work.connection, at, shares, path)
    content = path.read_bytes()
    path.unlink()
    return content


def share(several: Sequence[bytes], at: int) -> bytes:
    """Returns one share of the result of ``records``: a task of its own, so that it is sent alone."""
    return several[at]


def once(shares: Sequence[bytes], minutes: Sequence[int], setup: Setup) -> tuple[bytes, list[tuple[int, int, int]]]:
    """Deduplicates the records of one share of all parts; returns their scan (Parquet) and the lines kept."""
    with worker_workplace(setup) as work:
        paths = []
        for content in filter(None, shares):
            paths.append(work.scratch / f"{uuid4().hex}.records")
            paths[-1].write_bytes(content)
        if not paths:
            return b"", []
        kept = keep_once_of(work.connection, paths, minutes)
        tally_events(work.connection, with_events(work.connection, work.rules, RECORDS_ONCE), into="overlap")
        scan = work.scratch / f"{uuid4().hex}.scan"
        work.connection.execute(table_writer("scan", scan))
        return scan.read_bytes(), kept


def flagged(piece: FilePart, minutes: Mapping[str, int], setup: Setup) -> frozenset[str]:
    """Returns the ids of the failed requests in a part."""
    with worker_workplace(setup) as work, source_of(piece, work) as source:
        return flagged_requests(source, minutes, work) if source else frozenset()


def requests(piece: FilePart, ids: frozenset[str], setup: Setup) -> bytes:
    """Returns the records of some requests in a part, as Parquet."""
    with worker_workplace(setup) as work, source_of(piece, work) as source:
        if source is None:
            return b""
        path = work.scratch / f"{uuid4().hex}.requests"
        save_requests(source, ids, setup.settings.bot.events, path, work)
        return path.read_bytes()


def rejected(piece: FilePart, setup: Setup) -> tuple[tuple[int, str], ...]:
    """Returns the first rejected lines of a whole file, each with its number."""
    with worker_workplace(setup) as work:
        return rejected_of(piece, work)


def lines(piece: FilePart, needles: frozenset[bytes]) -> dict[bytes, int]:
    """Returns the number in its file of the first line of a part that holds each of these bytes, if one does."""
    file = piece.file
    if piece.compression != "none":
        with scratch_folder(own_folder()) as scratch, whole(file, scratch) as path:
            return first_lines(path, needles)
    with opened(file) as stream:
        found = lines_in(blocks(stream, piece.begin, piece.end, file.size), needles)
    return {needle: piece.before + number for needle, number in found.items()}
