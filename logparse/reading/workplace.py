"""What the reading of log files needs from outside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from logparse.counting.cache import Cache
from logparse.counting.events import EventRules
from logparse.formats.format import Format
from logparse.reading.look_again import Elsewhere
from logparse.values.schedule import Span


@dataclass(frozen=True)
class Workplace:
    """What reading needs: the engine, the rules, the formats in the order in which they are tried, the cache, a folder
    for temporary files, known sha256 sums, a mask; the clock, the time after which no line was written, and the soak
    where its start is known before reading.

    ``elsewhere``: the other machines that read the files, where they do: they are asked to look a second time.
    """

    connection: duckdb.DuckDBPyConnection
    rules: EventRules
    formats: tuple[Format, ...]
    timezone: str
    cache: Cache
    scratch: Path
    digests: Mapping[str, str]
    mask: Callable[[str], str]
    now: datetime
    latest: datetime
    soak: Span | None
    elsewhere: Elsewhere | None = None
