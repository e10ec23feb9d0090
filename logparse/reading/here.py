"""The readers on this machine."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from logparse.counting.cache import digest_key
from logparse.counting.deduplicate import RECORDS_ONCE, keep_once
from logparse.counting.engine import set_variables, with_events
from logparse.counting.instances import FilePair, pairs_of
from logparse.counting.tally import tally_events
from logparse.formats.sql.readers import table_writer
from logparse.reading.contacts import REQUESTS
from logparse.reading.locate import first_lines
from logparse.reading.log_file import read_files
from logparse.reading.reading import Reading
from logparse.reading.rejected import first_rejected
from logparse.reading.second_look import in_batches, readable_source, records_again
from logparse.reading.spoken import RECORDS
from logparse.reading.workplace import Workplace
from logparse.storage.files import Fingerprint
from logparse.values.schedule import Span


class Here:
    """The Readers of local files; results of a second look are kept in the cache."""

    def read_all(self, files: Sequence[tuple[Path, str]], work: Workplace) -> list[Reading]:
        """Reads log files; see Readers."""
        return read_files(files, work)

    def digest_key(self, path: Path) -> str:
        """Returns the digest key of a file; see Readers."""
        return digest_key(path, Fingerprint.of(path))

    def once(
        self, readings: Sequence[Reading], minutes: Sequence[int], work: Workplace
    ) -> tuple[list[tuple[int, int, int]], tuple[FilePair, ...]]:
        """Makes the table ``overlap``; see Readers."""
        connection = work.connection
        kept = keep_once(connection, [readable_source(each, work) for each in readings], minutes)
        pairs = pairs_of(connection)
        tally_events(connection, with_events(connection, work.rules, RECORDS_ONCE), into="overlap")
        return kept, pairs

    def requests(
        self, readings: Sequence[Reading], minutes: Mapping[str, int], names: Mapping[str, str], work: Workplace
    ) -> list[Path]:
        """Returns the failed requests, see Readers; of all minutes, so that the cache serves other time spans too."""
        return [_requests_of(batch, names, work) for batch in in_batches(readings)]

    def rejected(self, readings: Sequence[Reading], work: Workplace) -> list[Sequence[tuple[int, str]]]:
        """Returns the first rejected lines; see Readers."""
        found: dict[Path, Sequence[tuple[int, str]]] = {}
        for batch in in_batches(readings):
            rows = first_rejected([readable_source(each, work) for each in batch], work)
            found.update({each.path: lines for each, lines in zip(batch, rows, strict=True)})
        return [found[each.path] for each in readings]

    def first_lines(
        self, readings: Sequence[Reading], needles: Collection[bytes], work: Workplace
    ) -> Mapping[bytes, tuple[int, int]]:
        """Finds first lines, see Readers; reads each file once for all of them, and stops when all are found."""
        found: dict[bytes, tuple[int, int]] = {}
        for at, reading in enumerate(readings):
            if missing := {*needles} - found.keys():
                lines = _known_lines(reading, missing, work)
                found.update({needle: (at, line) for needle, line in lines.items() if line})
        return found

    def some_records(self, readings: Sequence[Reading], span: Span, work: Workplace) -> Iterator[tuple[str, int]]:
        """Yields SELECTs of some records, see Readers; equally many of each batch."""
        several = list(in_batches(readings))
        for batch in several:
            yield records_again(batch, work), RECORDS // len(several)


HERE = Here()


def _requests_of(readings: Sequence[Reading], names: Mapping[str, str], work: Workplace) -> Path:
    """Returns the requests of files of one kind as a Parquet file, from the cache or read now."""
    tallies = [reading.tally.stem for reading in readings if reading.tally]
    key = hashlib.sha256("\0".join([*tallies, REQUESTS, *names.values()]).encode()).hexdigest()
    if not work.cache.load(key):
        set_variables(work.connection, names)
        found = work.scratch / f"{uuid4().hex}.parquet"
        statement = f"{with_events(work.connection, work.rules, records_again(readings, work))} {REQUESTS}"
        work.connection.execute(table_writer(f"({statement})", found))
        work.cache.save(key, readings[0].facts, found)
    return work.cache.tally(key)


def _known_lines(reading: Reading, needles: Collection[bytes], work: Workplace) -> dict[bytes, int]:
    """Returns the first line of a file that holds each of these bytes, cached or searched now; 0 if none does."""
    digests = {needle: hashlib.sha256(needle).hexdigest() for needle in needles}
    known = work.cache.known_lines(reading.sha256)
    new = [needle for needle, digest in digests.items() if digest not in known]
    if new:
        lines = first_lines(reading.path, new)
        looked_up = {digests[needle]: lines.get(needle, 0) for needle in new}
        with suppress(OSError):
            # If another file took its place meanwhile, the lines found must not be remembered for this one.
            if digest_key(reading.path, Fingerprint.of(reading.path)) == reading.digest_key:
                work.cache.remember_lines(reading.sha256, looked_up)
        known |= looked_up
    return {needle: known[digest] for needle, digest in digests.items()}
