"""The readers of a run's log files on the workers of a cluster, also for a second reading."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from distributed import Client

from logparse.cluster.client.first_look import UnderWay, count_files
from logparse.cluster.client.progress_bar import bar
from logparse.cluster.client.scheduler import Lost, Tasks
from logparse.cluster.parts import Counted, FilePart, LogFile, Setup
from logparse.cluster.worker import count, look_again
from logparse.cluster.worker.workplace import local_version, version_of
from logparse.counting.cache import UNFOLDED, digest_key, key_of
from logparse.counting.deduplicate import RECORDS_ONCE, keep_once_of, want
from logparse.counting.engine import LogSource, with_events
from logparse.counting.instances import FilePair
from logparse.counting.tally import tally_events, tally_scans
from logparse.formats.sql.readers import table_reader
from logparse.reading.log_file import kept, read
from logparse.reading.reading import Reading
from logparse.reading.spoken import RECORDS, some_minutes
from logparse.reading.workplace import Workplace
from logparse.storage import stores
from logparse.storage.files import Fingerprint
from logparse.values.schedule import Span

LOOKED_AT = 4
"""The parts per core that are searched for a record at a time: it is mostly in one of the first."""

MOST_SHARES = 256
"""The most shares into which overlapping minutes are split for counting: each part returns as many results."""

SHARED = "minutes in several files"


class ClusterReaders:
    """The Readers on a cluster. It is mutable: it remembers the parts of the files that it has read."""

    def __init__(self, client: Client, setup: Setup, found: Mapping[Path, stores.Stored]) -> None:
        self._client = client
        self._setup = setup
        self._found = found
        self._counted: dict[Path, Counted] = {}
        self._files: dict[Path, LogFile] = {}

    # --- the first look: reading ---

    def read_all(self, files: Sequence[tuple[Path, str]], work: Workplace) -> list[Reading]:
        """Reads log files on the workers; those in the cache, or on this machine alone, are read here."""
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
        """Returns the reading of a path that is no file, or is in the cache; None if the workers are to read it."""
        with suppress(OSError):
            if path.is_file() and path.stat().st_size:
                reading = kept(path, shown, work)
                if reading and reading.source:
                    self._files[path] = file = self._log_file(path, shown)
                    piece = count.piece_of(file, reading, reading.source, work)
                    self._counted[path] = Counted(pieces=(piece,), rejected=None)
                return reading
        return read(path, shown, work)

    def _log_file(self, path: Path, shown: str) -> LogFile:
        if path in self._found:
            found = self._found[path]
            return LogFile(found.url, shown, found.size or 0, found.version, True, found.modified)
        status = path.stat()
        return LogFile(str(path), shown, status.st_size, local_version(status))

    def _reading(self, task: UnderWay, counted: Counted, work: Workplace) -> Reading:
        """Returns a reading as if this machine had read the file; its tally goes into the cache."""
        path, shown = task.path, task.file.shown
        log_format = next((each for each in work.formats if each.name == counted.format), None)
        if log_format is None or counted.tally is None:
            problems, tool = counted.problems, counted.tool
            return Reading(path, shown, counted.sha256, log_format, counted.facts, problems=problems, tool=tool)
        self._counted[path] = counted
        source = LogSource(path, counted.compression, log_format, counted.first_date)
        tally = work.scratch / f"{uuid4().hex}.parquet"
        tally.write_bytes(counted.tally)
        key = key_of(counted.sha256, source, work.rules, str(work.settings.timezone))
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
        """Returns the digest key of a file if it is unchanged since the run found it, else an empty one."""
        file = self._files[path]
        with suppress(OSError):
            if version_of(file) == file.version:
                return self.digest_key(path)
        return ""

    # --- the second look ---

    def digest_key(self, path: Path) -> str:
        """Returns the digest key of a file; see Readers."""
        file = self._files.get(path)
        if file and file.stored:
            return f"{file.place}|{version_of(file)}"
        return digest_key(path, Fingerprint.of(path))

    def once(
        self, readings: Sequence[Reading], minutes: Sequence[int], work: Workplace
    ) -> tuple[list[tuple[int, int, int]], tuple[FilePair, ...]]:
        """Makes the table ``overlap``; see Readers."""
        paths = [reading.path for reading in readings]
        if not _are_apart(readings):
            kept = keep_once_of(work.connection, self._records(paths, minutes, work), minutes)
            tally_events(work.connection, with_events(work.connection, work.rules, RECORDS_ONCE), into="overlap")
            return kept, ()
        scans, kept = self._once(paths, minutes, work)
        want(work.connection, minutes)
        tally_scans(work.connection, scans, into="overlap")
        return kept, ()

    def some_records(self, readings: Sequence[Reading], span: Span, work: Workplace) -> Iterator[tuple[str, int]]:
        """Yields SELECTs of records, see Readers; all of some minutes."""
        if minutes := some_minutes(span, work):
            extracts = self._records([reading.path for reading in readings], minutes, work)
            yield f"SELECT * FROM {table_reader(extracts)}", RECORDS

    def _records(self, paths: Sequence[Path], minutes: Sequence[int], work: Workplace) -> list[Path]:
        """Returns the records of some minutes as Parquet files; ``file`` in them is the place in ``paths``."""
        asked = self._in_minutes(paths, minutes)
        extracting = [(piece, place, list(minutes), 1, self._setup) for piece, place in asked]
        found = Tasks(self._client).ordered(look_again.records, extracting)
        return _kept((content for (content,) in found), SHARED, [piece for piece, _ in asked], work)

    def _once(
        self, paths: Sequence[Path], minutes: Sequence[int], work: Workplace
    ) -> tuple[list[Path], list[tuple[int, int, int]]]:
        """Deduplicates these records on the workers; returns scans (Parquet) that add up, and the lines kept.

        For files of one format that is read line by line: duplicates are then always in the same share.
        """
        asked = self._in_minutes(paths, minutes)
        size = sum(piece.end - piece.begin for piece, _ in asked)
        shares = min(MOST_SHARES, 1 + size // (2 * self._setup.stretch))
        under_way = Tasks(self._client)
        with bar(SHARED, size) as show:
            futures = [
                under_way.submit(look_again.records, piece, place, list(minutes), shares, self._setup, owner=piece)
                for piece, place in asked
            ]
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
                scans += _as_files([scan], work)
                kept += lines
        return scans, kept

    def _in_minutes(self, paths: Sequence[Path], minutes: Sequence[int]) -> list[tuple[FilePart, int]]:
        """Returns the parts of files that may have records in some minutes, each with the place of its file."""
        wanted = frozenset(minutes)
        return [
            (piece, place)
            for place, path in enumerate(paths)
            for piece in self._counted[path].pieces
            if piece.minutes is None or piece.minutes & wanted
        ]

    def requests(
        self, readings: Sequence[Reading], minutes: Mapping[str, int], names: Mapping[str, str], work: Workplace
    ) -> list[Path]:
        """Returns the failed requests; see Readers."""
        inside = range(minutes["from_minute"], minutes["to_minute"])
        pieces = [piece for reading in readings for piece in self._counted[reading.path].pieces]
        pieces = [piece for piece in pieces if piece.minutes is None or any(at in inside for at in piece.minutes)]
        under_way = Tasks(self._client)
        flagged = frozenset[str]().union(
            *under_way.ordered(look_again.flagged, [(piece, dict(minutes), self._setup) for piece in pieces])
        )
        if not flagged:
            return []
        found = under_way.ordered(look_again.requests, [(piece, flagged, self._setup) for piece in pieces])
        return _kept(found, "requests that failed", pieces, work)

    def rejected(self, readings: Sequence[Reading], work: Workplace) -> list[Sequence[tuple[int, str]]]:
        """Returns the first rejected lines; see Readers."""
        return [self._rejected(reading.path) for reading in readings]

    def _rejected(self, path: Path) -> Sequence[tuple[int, str]]:
        counted = self._counted[path]
        if counted.rejected is None:
            asked = [(piece, self._setup) for piece in counted.pieces]
            return next(Tasks(self._client).ordered(look_again.rejected, asked))
        return counted.rejected

    def first_lines(
        self, readings: Sequence[Reading], needles: Collection[bytes], work: Workplace
    ) -> Mapping[bytes, tuple[int, int]]:
        """Finds first lines; see Readers."""
        asked = [(place, piece) for place, each in enumerate(readings) for piece in self._counted[each.path].pieces]
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


def _kept(found: Iterable[bytes], title: str, pieces: Sequence[FilePart], work: Workplace) -> list[Path]:
    """Saves the results of the workers for each part, in order, as files for the engine."""
    files = []
    with bar(title, sum(piece.end - piece.begin for piece in pieces)) as show:
        for piece, content in zip(pieces, found, strict=True):
            show(piece.end - piece.begin)
            files += _as_files([content], work)
    return files


def _as_files(contents: Iterable[bytes], work: Workplace) -> list[Path]:
    files = []
    for content in filter(None, contents):
        files.append(work.scratch / f"{uuid4().hex}.parquet")
        files[-1].write_bytes(content)
    return files


def _are_apart(readings: Sequence[Reading]) -> bool:
    """Tells whether the records of files can be deduplicated in shares, by their ids or minutes."""
    formats = {known.name: known for reading in readings if (known := reading.format)}
    unfolded = any(reading.facts.copy == UNFOLDED for reading in readings)
    return len(formats) == 1 and all(known.line_by_line for known in formats.values()) and not unfolded
