"""The places of the logs of a run, and all that it knows before it reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from logparse.text.claims import disarmed
from logparse.text.visible import visible
from logparse.values.schedule import Soak, Span

LONGEST_PATH = 300
"""The most characters shown of a path, to keep reasons short; a longer one loses its middle."""


@dataclass(frozen=True)
class Sought:
    """The places of the logs, and all that a run knows before it reads them.

    ``start``: of the soak, if already known; ``shown_as``: names for files that people know by another name than their
    path; ``rehash``: hash files again even if their sha256 is remembered; ``rehearsal``: the clock was set.
    ``identity`` is that of the soak, empty if it has none, None if it is not known.
    """

    places: tuple[str, ...]
    base: Path
    start: datetime | None
    now: datetime
    cache: Path
    scratch: Path
    rehash: bool = False
    shown_as: Mapping[Path, str] = field(default_factory=dict)
    rehearsal: bool = False
    identity: str | None = None

    @property
    def latest(self) -> datetime:
        """The latest time at which a line can have been written: the clock, unless it was set."""
        return datetime.max.replace(tzinfo=UTC) if self.rehearsal else self.now

    @property
    def where(self) -> tuple[tuple[str, ...], Path, datetime | None, str | None]:
        """The arguments by which storage/places.py finds the files."""
        return self.places, self.base, self.start, self.identity

    @property
    def soak(self) -> Span | None:
        """The time span of the soak; None if its start is not known."""
        return Soak(self.start).span if self.start else None

    def shown(self, path: Path) -> str:
        """Returns a path for display: relative to the current folder if below it; without invisible characters."""
        if path in self.shown_as:
            return self.shown_as[path]
        relative = str(path.relative_to(self.base)) if path.is_relative_to(self.base) else str(path)
        text = disarmed(visible(relative, instead="?"))
        return text if len(text) <= LONGEST_PATH else f"{text[: LONGEST_PATH // 2]}…{text[-LONGEST_PATH // 2 :]}"
