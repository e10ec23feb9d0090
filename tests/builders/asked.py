"""A request as a test asks it: all that it is made of in one call."""

from datetime import datetime
from pathlib import Path
from typing import Any

from logparse.evidence.case import Request
from logparse.reading.sought import Sought
from logparse.values.schedule import StartSource


def asked(
    hour: int,
    places: tuple[str, ...],
    base: Path,
    start: datetime | None,
    start_source: StartSource,
    now: datetime,
    cache: Path,
    scratch: Path,
    *,
    rehash: bool = False,
    rehearsal: bool = False,
    identity: str | None = None,
    **more: Any,
) -> Request:
    """What a run asks of the logs under some places; ``more`` are fields of a Request."""
    sought = Sought(places, base, start, now, cache, scratch, rehash, rehearsal=rehearsal, identity=identity)
    return Request(sought, hour, start_source, **more)
