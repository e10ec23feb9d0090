"""The result of reading one log file: its format, its tally, and its problems."""

from dataclasses import dataclass, field
from pathlib import Path

from logparse.counting.cache import CountedFile
from logparse.counting.engine import LogSource
from logparse.formats.format import Format
from logparse.reading.file_problems import Problem


@dataclass(frozen=True)
class Reading:
    """The result of reading a log file. ``tally`` is None if nothing of it is counted.

    ``digest_key`` is the key for remembering its sha256; ``tool`` the one that probably wrote it; ``local``: its times
    name no zone; ``fetched_from`` the source that its manifest names.
    """

    path: Path
    shown: str
    sha256: str = ""
    format: Format | None = None
    facts: CountedFile = field(default_factory=lambda: CountedFile(lines=0))
    tally: Path | None = None
    source: LogSource | None = None
    problems: tuple[Problem, ...] = ()
    digest_key: str = ""
    tool: str = ""
    local: bool = False
    fetched_from: str = ""
