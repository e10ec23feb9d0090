"""The start of a soak and its identity, as an option, the document or the clock tell them."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from logparse import monitoring_log
from logparse.errors import UsageProblem
from logparse.values.schedule import StartSource, parse_start


@dataclass(frozen=True)
class Began:
    """The start of a soak, None where only its first record can tell; where it was taken from; and the identity of the
    soak, empty where it has none, or no document tells.
    """

    start: datetime | None = None
    source: StartSource = StartSource.FIRST_RECORD
    identity: str = ""


def written_in(text: str, document: Path) -> Began | None:
    """Reads start and identity, None where a placeholder stands; UsageProblem where either cannot be read."""
    known = monitoring_log.read_start(text, document)
    return Began(*known, monitoring_log.read_identity(text, document)) if known else None


def given(written: str | None) -> Began:
    """Returns the start that ``--start`` names, if it was written; UsageProblem where it is none."""
    return Began() if written is None else Began(parse_start(written, "--start"), StartSource.OPTION)


def chosen(asked: Began, known: Began | None, document: Path, mend: str) -> Began | None:
    """Returns the start that was asked for, else the one of the document; None without either.

    UsageProblem where they differ; its text ends with ``mend``.
    """
    if asked.start is None:
        return known
    if known and known.start and known.start != asked.start:
        raise UsageProblem(
            f"--start={asked.start:%Y-%m-%dT%H:%MZ} differs from the Start in {document} "
            f"({known.start:%Y-%m-%d %H:%M UTC}); {mend}"
        )
    return replace(asked, identity=known.identity if known else "")


def begun_by(began: Began | None, now: datetime, begins: bool) -> Began:
    """Returns the start that holds for a run: the current minute where a soak ``begins`` with it and none is known.

    UsageProblem for a start that is to come.
    """
    if began is None:
        minute = now.astimezone(UTC).replace(second=0, microsecond=0)
        return Began(minute, StartSource.CLOCK) if begins else Began()
    if began.start and began.start > now:
        raise UsageProblem(f"the start {began.start:%Y-%m-%d %H:%M UTC} lies in the future")
    return began
