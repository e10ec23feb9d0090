"""On a worker: a second look at a piece of a file. OSError where it cannot be read again, or is another now."""

from collections.abc import Mapping, Sequence
from uuid import uuid4

from logparse.cluster.desk import desk, opened, own_folder, source_of, whole
from logparse.cluster.parts import Piece, Setup
from logparse.contacts import flagged_requests, requests_of
from logparse.cuts import blocks
from logparse.locate import line_in, line_of
from logparse.once import extract
from logparse.patterns import quoted
from logparse.rejected import first_rejected
from logparse.temporary import scratch_folder


def records(piece: Piece, place: int, minutes: Sequence[int], setup: Setup) -> bytes:
    """The records of a piece in some minutes, as Parquet; ``place``: what ``file`` is in them."""
    with desk(setup) as work, source_of(piece, work) as source:
        if source is None:
            return b""
        path = work.scratch / f"{uuid4().hex}.records"
        extract(work.connection, source, minutes, place, piece.before, path)
        return path.read_bytes()


def flagged(piece: Piece, minutes: Mapping[str, int], setup: Setup) -> frozenset[str]:
    """The ids of the requests of a piece in which something failed."""
    with desk(setup) as work, source_of(piece, work) as source:
        return flagged_requests([source], minutes, work) if source else frozenset()


def requests(piece: Piece, minutes: Mapping[str, int], ids: frozenset[str], setup: Setup) -> bytes:
    """What a piece shows of some requests, as Parquet."""
    with desk(setup) as work, source_of(piece, work) as source:
        if source is None:
            return b""
        path = work.scratch / f"{uuid4().hex}.requests"
        work.connection.execute("CREATE TEMP TABLE wanted_requests AS SELECT unnest(?::VARCHAR[]) AS id", [list(ids)])
        statement = requests_of([source], setup.settings.bot.events, work)
        only = f"{statement} SELECT * FROM requests WHERE request IN (SELECT id FROM wanted_requests)"
        work.connection.execute(f"CREATE TEMP TABLE found AS {only}", dict(minutes))
        work.connection.execute(f"COPY found TO {quoted(str(path))} (FORMAT parquet)")
        return path.read_bytes()


def rejected(piece: Piece, setup: Setup) -> tuple[tuple[int, str], ...]:
    """The first lines of a whole file that could not be read, each with its number."""
    with desk(setup) as work, source_of(piece, work) as source:
        return tuple(first_rejected(source, work)) if source else ()


def line(piece: Piece, needle: bytes) -> int:
    """The number in its file of the first line of a piece that holds some bytes; 0 where there is none."""
    file = piece.file
    if piece.compression != "none":
        with scratch_folder(own_folder()) as scratch, whole(file, scratch) as path:
            return line_of(path, needle)
    with opened(file) as stream:
        found = line_in(blocks(stream, piece.begin, piece.end, file.size), needle)
    return piece.before + found if found else 0
