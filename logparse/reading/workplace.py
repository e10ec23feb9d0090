"""The workplace of a run: all that the reading of log files needs, and the readers of them."""

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
    they are tried, the cache, known sha256 sums, a mask, and who reads the files.
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
    """The readers of the log files of a run, who look at them a second time too: this machine (see here.py), or others.

    OSError or duckdb.Error where a file cannot be read again, or is another now.
    """

    def read_all(self, files: Sequence[tuple[Path, str]], work: Workplace) -> list[Reading]:
        """Reads log files, each with how it is shown, as ``log_file.read`` does."""

    def digest_key(self, path: Path) -> str:
        """Returns what the file's sha256 may be remembered by; another one as soon as the file has changed."""

    def once(
        self, readings: Sequence[Reading], minutes: Sequence[int], work: Workplace
    ) -> tuple[list[tuple[int, int, int]], tuple[FilePair, ...]]:
        """Makes the table ``overlap``, the tally of the records of some minutes, each counted once; ``wanted`` are
        those minutes.

        Returns how many lines were kept (place of the reading, minute, lines), and the files of which lines count once,
        though they may be of two instances; these are not looked for where other machines read the files.
        """

    def requests(
        self, readings: Sequence[Reading], minutes: Mapping[str, int], names: Mapping[str, str], work: Workplace
    ) -> list[Path]:
        """Brings what failed requests show, as Parquet files in the columns of contacts.REQUESTS; some are in several.

        ``names``: the variables that this statement reads. There may be no file where no request failed.
        """

    def rejected(self, readings: Sequence[Reading], work: Workplace) -> list[Sequence[tuple[int, str]]]:
        """Returns the first lines of each file that could not be read, each with its number."""

    def first_lines(
        self, readings: Sequence[Reading], needles: Collection[bytes], work: Workplace
    ) -> Mapping[bytes, tuple[int, int]]:
        """Finds for each of these bytes the first line, in the order of the files, that holds them.

        Of it the place of its reading, and its number from 1. What is found nowhere, or cannot be looked for, is left
        out.
        """

    def some_records(self, readings: Sequence[Reading], span: Span, work: Workplace) -> Iterator[tuple[str, int]]:
        """Yields SELECTs of records from everywhere in the files and in a time, each with how many to look at."""
