"""What a run asks of the machines that read its files for it, when it has to look at one of them a second time."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Protocol


class Elsewhere(Protocol):
    """Log files that are read on other machines. OSError where one of them cannot be read again, or is another now."""

    def records(self, paths: Sequence[Path], minutes: Sequence[int]) -> list[Path]:
        """The records of some minutes as Parquet files; ``file`` in them is the place in ``paths``."""

    def once(self, paths: Sequence[Path], minutes: Sequence[int]) -> tuple[list[Path], list[tuple[int, int, int]]]:
        """The same records, each once, as scans (Parquet) that add up, and the lines that were kept (see keep_once).

        For files of one format that is read line by line: what tells two records from one is then apart from all else.
        """

    def requests(self, paths: Sequence[Path], minutes: Mapping[str, int]) -> list[Path]:
        """What failed requests show, as Parquet files in the columns of contacts.REQUESTS; some are in several."""

    def rejected(self, path: Path) -> Sequence[tuple[int, str]]:
        """The first lines that could not be read, each with its number."""

    def first_lines(self, paths: Sequence[Path], needles: Collection[bytes]) -> Mapping[bytes, tuple[int, int]]:
        """For each of these bytes the first line, in the order of the files, that holds them: the place of its file in
        ``paths``, and its number from 1. What is found nowhere, or cannot be looked for, is left out.
        """

    def digest_key(self, path: Path) -> str:
        """What the file's sha256 may be remembered by; another one as soon as the file has changed."""
