"""The log files of a run, read by the workers of a cluster, and looked at there a second time where that is needed."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from distributed import Client

from logparse.cluster.client.first_look import UnderWay, count_files
from logparse.cluster.client.progress_bar import bar
from logparse.cluster.client.scheduler import Lost, Tasks, connected
from logparse.cluster.parts import Counted, FilePart, LogFile, Setup
from logparse.cluster.same_code import code
from logparse.cluster.worker import count, look_again
from logparse.cluster.worker.workplace import local_version, version_of
from logparse.counting.cache import digest_key, key_of
from logparse.counting.engine import LogSource
from logparse.reading.log_file import Reading, kept, read
from logparse.reading.workplace import Workplace
from logparse.settings.checked import Settings
from logparse.storage import stores
from logparse.storage.cuts import STRETCH
from logparse.storage.files import Fingerprint

LOOKED_AT = 4
"""In how many pieces for each core a record is looked for at a time: it mostly stands in one of the first."""

MOST_SHARES = 256
"""In how many shares the minutes of several files are counted again, at most: each piece brings as many answers."""

SHARED = "minutes in several files"


class ClusterReaders:
    """Reads files on a cluster; see gather.Readers. It has a state: where the pieces of what was read are."""

    def __init__(self, client: Client, setup: Setup, found: Mapping[Path, stores.Stored]) -> None:
        self._client = client
        self._setup = setup
        self._found = found
        self._counted: dict[Path, Counted] = {}
        self._files: dict[Path, LogFile] = {}
        self._scratch = Path()

    # --- the first look: reading ---

    def read_all(self, files: Sequence[tuple[Path, str]], work: Workplace) -> list[Reading]:
        """Reads log files on the workers; what is in the cache, and what only this machine has, here."""
        self._scratch = work.scratch
        readings: dict[Path, Reading] = {}
        asked: list[UnderWay] = []
        for path, shown in files:
            reading = None if path in self._found else self._read_here(path, shown, work)
            if reading:
                readings[path] = reading
            else:
                self._files[path] = self._log_file(path, shown)
                asked.append(UnderWay(path, self._files[path]))
        for task, counted in count_files(asked, self._client, self._setup):
            readings[task.path] = self._reading(task, counted, work)
        return [readings[path] for path, _ in files]

    def _read_here(self, path: Path, shown: str, work: Workplace) -> Reading | None:
        """The reading of a file that is none, or is known; None where the workers are to read it."""
        with suppress(OSError):
            if path.is_file() and path.stat().st_size:
                reading = kept(path, shown, work)
                if reading and reading.source:
                    self._files[path] = self._log_file(path, shown)
                    self._counted[path] = Counted(pieces=(_piece(self._files[path], reading, work),), rejected=None)
                return reading
        return read(path, shown, work)

    def _log_file(self, path: Path, shown: str) -> LogFile:
        if path in self._found:
            found = self._found[path]
            return LogFile(found.url, shown, found.size or 0, found.version, True, found.modified)
        status = path.stat()
        return LogFile(str(path), shown, status.st_size, local_version(status))

    def _reading(self, task: UnderWay, counted: Counted, work: Workplace) -> Reading:
        """A reading as if this machine had read the file; its tally goes into the cache."""
        path, shown = task.path, task.file.shown
        log_format = next((each for each in work.formats if each.name == counted.format), None)
        if log_format is None or counted.tally is None:
            problems, tool = counted.problems, counted.tool
            return Reading(path, shown, counted.sha256, log_format, counted.facts, problems=problems, tool=tool)
        self._counted[path] = counted
        source = LogSource(path, counted.compression, log_format, counted.first_date)
        tally = work.scratch / f"{uuid4().hex}.parquet"
        tally.write_bytes(counted.tally)
        key = key_of(counted.sha256, source, work.rules, work.timezone)
        work.cache.save(key, counted.facts, tally)
        return Reading(
            path=path,
            shown=shown,
            sha256=counted.sha256,
            format=log_format,
            facts=counted.facts,
            tally=work.cache.tally(key),
            source=source,
            problems=counted.problems,
            digest_key=self._digest_key_then(path),
            tool=counted.tool,
            local=counted.local,
        )

    def _digest_key_then(self, path: Path) -> str:
        """The key of a file as it was when the run found it."""
        file = self._files[path]
        with suppress(OSError):
            if version_of(file) == file.version:
                return self.digest_key(path)
        return ""

    # --- the second look ---

    def digest_key(self, path: Path) -> str:
        """See Elsewhere."""
        file = self._files.get(path)
        if file and file.stored:
            return f"{file.place}|{version_of(file)}"
        return digest_key(path, Fingerprint.of(path))

    def records(self, paths: Sequence[Path], minutes: Sequence[int]) -> list[Path]:
        """See Elsewhere."""
        asked = self._in_minutes(paths, minutes)
        extracting = [(piece, place, list(minutes), 1, self._setup) for piece, place in asked]
        found = Tasks(self._client).ordered(look_again.records, extracting)
        return self._kept((content for (content,) in found), SHARED, [piece for piece, _ in asked])

    def once(self, paths: Sequence[Path], minutes: Sequence[int]) -> tuple[list[Path], list[tuple[int, int, int]]]:
        """See Elsewhere."""
        asked = self._in_minutes(paths, minutes)
        size = sum(piece.end - piece.begin for piece, _ in asked)
        shares = min(MOST_SHARES, 1 + size // (2 * self._setup.stretch))
        under_way = Tasks(self._client)
        with bar(SHARED, size) as show:
            futures = []
            for piece, place in asked:
                future = under_way.submit(
                    look_again.records, piece, place, list(minutes), shares, self._setup, owner=piece
                )
                futures.append(future)
            for at in range(shares):
                several = [under_way.submit(look_again.share, future, at) for future in futures]
                under_way.submit(look_again.once, several, list(minutes), self._setup, owner=at)
            scans, kept = [], []
            for owner, result, _ in under_way.results():
                if isinstance(result, Lost):
                    raise OSError(result.why)
                if isinstance(owner, FilePart):
                    show(owner.end - owner.begin)
                    continue
                scan, lines = result
                scans += self._as_files([scan])
                kept += lines
        return scans, kept

    def _in_minutes(self, paths: Sequence[Path], minutes: Sequence[int]) -> list[tuple[FilePart, int]]:
        """The pieces of files that may have records in some minutes, each with the place of its file."""
        wanted = frozenset(minutes)
        return [
            (piece, place)
            for place, path in enumerate(paths)
            for piece in self._pieces(path)
            if piece.minutes is None or piece.minutes & wanted
        ]

    def requests(self, paths: Sequence[Path], minutes: Mapping[str, int]) -> list[Path]:
        """See Elsewhere."""
        inside = range(minutes["from_minute"], minutes["to_minute"])
        pieces = [piece for path in paths for piece in self._pieces(path)]
        pieces = [piece for piece in pieces if piece.minutes is None or any(at in inside for at in piece.minutes)]
        under_way = Tasks(self._client)
        flagged = frozenset[str]().union(
            *under_way.ordered(look_again.flagged, [(piece, dict(minutes), self._setup) for piece in pieces])
        )
        if not flagged:
            return []
        found = under_way.ordered(look_again.requests, [(piece, flagged, self._setup) for piece in pieces])
        return self._kept(found, "requests that failed", pieces)

    def rejected(self, path: Path) -> Sequence[tuple[int, str]]:
        """See Elsewhere."""
        counted = self._counted[path]
        if counted.rejected is None:
            asked = [(piece, self._setup) for piece in counted.pieces]
            return next(Tasks(self._client).ordered(look_again.rejected, asked))
        return counted.rejected

    def first_lines(self, paths: Sequence[Path], needles: Collection[bytes]) -> Mapping[bytes, tuple[int, int]]:
        """See Elsewhere."""
        asked = [(place, piece) for place, path in enumerate(paths) for piece in self._pieces(path)]
        step = LOOKED_AT * max(1, sum(self._client.nthreads().values()))
        found: dict[bytes, tuple[int, int]] = {}
        with suppress(OSError):
            for at in range(0, len(asked), step):
                missing = frozenset(needles) - found.keys()
                if not missing:
                    break
                some = asked[at : at + step]
                each = Tasks(self._client).ordered(look_again.lines, [(piece, missing) for _, piece in some])
                for (place, _), lines in zip(some, each, strict=True):
                    for needle, number in lines.items():
                        found.setdefault(needle, (place, number))
        return found

    def _pieces(self, path: Path) -> tuple[FilePart, ...]:
        return self._counted[path].pieces

    def _kept(self, found: Iterable[bytes], title: str, pieces: Sequence[FilePart]) -> list[Path]:
        """What the workers bring of each piece, in their order, as files that the engine reads."""
        files = []
        with bar(title, sum(piece.end - piece.begin for piece in pieces)) as show:
            for piece, content in zip(pieces, found, strict=True):
                show(piece.end - piece.begin)
                files += self._as_files([content])
        return files

    def _as_files(self, contents: Iterable[bytes]) -> list[Path]:
        files = []
        for content in filter(None, contents):
            files.append(self._scratch / f"{uuid4().hex}.parquet")
            files[-1].write_bytes(content)
        return files


def _piece(file: LogFile, reading: Reading, work: Workplace) -> FilePart:
    """All of a file that was counted before."""
    if reading.source is None or reading.tally is None:
        raise ValueError(f"{reading.shown} was not counted")
    return FilePart(
        file=file,
        begin=0,
        end=file.size,
        format=reading.source.format.name,
        compression=reading.source.compression,
        copy=reading.facts.copy,
        first_date=reading.source.first_date,
        lines=reading.facts.lines,
        minutes=count.minutes_of(reading.tally, work),
    )


@contextmanager
def readers(
    address: str,
    settings: Settings,
    now: datetime,
    start: datetime | None,
    found: Mapping[Path, stores.Stored],
    stretch: int = STRETCH,
) -> Iterator[ClusterReaders]:
    """The workers of the scheduler at an address as the readers of a run; UsageProblem where they cannot be.

    ``found``: the files that lie in stores, by the paths that stand for them.
    """
    with connected(address) as client:
        yield ClusterReaders(client, Setup(settings, now, start, code(), stretch), found)
