"""The workplace of a run: all that the reading of log files needs, and the interface of their readers."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import duckdb

from logparse.counting.cache import Cache
from logparse.counting.events import EventRules
from logparse.counting.instances import FilePair
from logparse.formats.format import Format
from logparse.reading.reading import Reading
from logparse.reading.sought import Sought
from logparse.settings.checked import Settings
from logparse.values.schedule import Span


@dataclass(frozen=True)
class Workplace:
    """All that reading needs: what is sought, the settings, the engine, the rules, the formats in the order in which
    they are tried, the cache, known sha256 sums, a mask, and the readers of the files.
    """

    sought: Sought
    settings: Settings
    connection: duckdb.DuckDBPyConnection
    rules: EventRules
    formats: tuple[Format, ...]
    cache: Cache
    digests: Mapping[str, str]
    mask: Callable[[str], str]
    readers: "Readers"

    @property
    def scratch(self) -> Path:
        """The folder for temporary files."""
        return self.sought.scratch


class Readers(Protocol):
    """The readers of the log files of a run, also for a second reading: this machine (see here.py), or a cluster.

    Methods raise OSError or duckdb.Error if a file cannot be read again, or has changed.
    """

    def read_all(self, files: Sequence[tuple[Path, str]], work: Workplace) -> list[Reading]:
        """Reads log files, each with its name for display, as ``log_file.read`` does."""

    def digest_key(self, path: Path) -> str:
        """Returns the key under which the file's sha256 is remembered; it changes as soon as the file does."""

    def once(
        self, readings: Sequence[Reading], minutes: Sequence[int], work: Workplace
    ) -> tuple[list[tuple[int, int, int]], tuple[FilePair, ...]]:
        """Makes the table ``overlap``, the tally of the records of the minutes ``wanted``, each record counted once.

        Returns the lines kept (place of the reading, minute, lines), and the pairs of files with equal lines that were
        counted once although they may be of two instances; these are not searched if other machines read the files.
        """

    def requests(
        self, readings: Sequence[Reading], minutes: Mapping[str, int], names: Mapping[str, str], work: Workplace
    ) -> list[Path]:
        """Returns Parquet files with the columns of contacts.REQUESTS for the failed requests; some may be in several.

        ``names``: the variables of that statement. There may be no file if no request failed.
        """

    def rejected(self, readings: Sequence[Reading], work: Workplace) -> list[Sequence[tuple[int, str]]]:
        """Returns the first rejected lines of each file, each with its number."""

    def first_lines(
        self, readings: Sequence[Reading], needles: Collection[bytes], work: Workplace
    ) -> Mapping[bytes, tuple[int, int]]:
        """Finds for each of these bytes the first line that holds them, in the order of the files.

        Returns the place of its reading, and its number from 1; leaves out what is not found or cannot be searched.
        """

    def some_records(self, readings: Sequence[Reading], span: Span, work: Workplace) -> Iterator[tuple[str, int]]:
        """Yields SELECTs of records from all over the files and a time span, each with how many to read."""
