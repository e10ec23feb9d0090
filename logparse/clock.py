"""The clock of a run, the start of its soak, and the hour that is due by both."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from logparse import monitoring_log
from logparse.errors import UsageProblem
from logparse.text.wording import exact
from logparse.values.schedule import CHECKPOINTS, Soak, StartSource, parse_hour, parse_moment, parse_start
from logparse.verdicts.verdict import Verdict

CLOCK = "LOGPARSE_NOW"
"""The variable that sets the clock, in ISO 8601 with a zone: to rehearse a whole soak within a minute."""

DUE = "due"
"""The word for the last checkpoint that the clock has passed, instead of an hour."""


@dataclass(frozen=True)
class NothingDue:
    """The reason why a run at the due hour judges nothing, and what to do; its exit code is that of NOT JUDGED."""

    reason: str
    mend: str

    @property
    def told(self) -> str:
        """The reason and the remedy in one line."""
        return f"{self.reason}; {self.mend}"


NOT_BEGUN = NothingDue(
    "no soak has begun here: there is no document that says when",
    "begin one with pytest --hour=0, or give --start=TIME",
)
"""The result if the document is missing: a lost one must not begin another soak with the exit code of success."""


def clock_of(environment: Mapping[str, str]) -> Callable[[], datetime]:
    """Returns the clock of a run: the machine's, unless the environment sets it. Raises UsageProblem for no time."""
    written = environment.get(CLOCK)
    if not written:
        return lambda: datetime.now(UTC)
    moment = parse_moment(written, f"{CLOCK} (unset it to use the clock)")
    return lambda: moment


def is_set(environment: Mapping[str, str]) -> bool:
    """Tells whether the environment sets the clock, which makes a run a rehearsal."""
    return bool(environment.get(CLOCK))


def told_clock(environment: Mapping[str, str], now: datetime) -> str:
    """Returns a warning if the clock was set by hand, else an empty text."""
    told = f"the clock was set to {exact(now)} by {CLOCK}: this is a rehearsal, and opens no gate"
    return told if is_set(environment) else ""


def asks_for_due(hour: str) -> bool:
    """Tells whether an hour, as written, is the one that is due."""
    return hour.strip() == DUE


def asked_hour(hour: str, due: int) -> int:
    """Parses a checkpoint; returns ``due`` for the one that is due. Raises UsageProblem if it is no checkpoint."""
    return due if asks_for_due(hour) else parse_hour(hour)


def due_hour(soak: Soak, now: datetime) -> int:
    """Returns the last checkpoint that the clock has passed; its logs may not have settled yet."""
    return max((hour for hour in CHECKPOINTS if soak.checkpoint(hour) <= now), default=0)


def ended(verdict: Verdict) -> NothingDue:
    """Explains that nothing is due after the verdict of hour 24, which is final: later runs would repeat it."""
    end = Soak(verdict.start).span.end
    reason = f"the soak ended at {exact(end)} and was judged: {verdict.title}; nothing is judged anew"
    return NothingDue(reason, "soak again with pytest --hour=0 --restart, or judge hour 24 again with pytest --hour=24")


def next_checkpoint(soak: Soak, hour: int, settle: timedelta) -> str:
    """Says when the checkpoint after an hour can be judged."""
    following = next((later for later in CHECKPOINTS if later > hour), None)
    if following is None:
        return "hour 24 was the last checkpoint of this soak"
    return f"next: hour {following}, which can be judged from {exact(soak.checkpoint(following) + settle)} on"


def missed(hour: int, filled: Set[int]) -> str:
    """Lists the earlier hours that were never run, by those filled in; empty if all were."""
    hours = [str(each) for each in CHECKPOINTS if 0 < each < hour and each not in filled]
    which = "hour" if len(hours) == 1 else "hours"
    return f"missed: {which} {', '.join(hours)}; filled in now, as far as their logs are there" if hours else ""


@dataclass(frozen=True)
class Began:
    """The start of a soak, None if only its first record can tell; where it was taken from; and the identity of the
    soak, empty if it or its document has none.
    """

    start: datetime | None = None
    source: StartSource = StartSource.FIRST_RECORD
    identity: str = ""


def written_in(text: str, document: Path) -> Began | None:
    """Parses start and identity, None for a placeholder; raises UsageProblem if either cannot be parsed."""
    known = monitoring_log.read_start(text, document)
    return Began(*known, monitoring_log.read_identity(text, document)) if known else None


def given(written: str | None) -> Began:
    """Returns the start given by ``--start``, if any; raises UsageProblem if it cannot be parsed."""
    return Began() if written is None else Began(parse_start(written, "--start"), StartSource.OPTION)


def chosen(asked: Began, known: Began | None, document: Path, mend: str) -> Began | None:
    """Returns the given start, else that of the document; raises UsageProblem, ending with ``mend``, if they differ."""
    if asked.start is None:
        return known
    if known and known.start and known.start != asked.start:
        raise UsageProblem(
            f"--start={asked.start:%Y-%m-%dT%H:%MZ} differs from the Start in {document} "
            f"({known.start:%Y-%m-%d %H:%M UTC}); {mend}"
        )
    return replace(asked, identity=known.identity if known else "")


def begun_by(began: Began | None, now: datetime, begins: bool) -> Began:
    """Returns the start that holds for a run: the current minute if a soak ``begins`` with it and none is known.

    Raises UsageProblem if the start is in the future.
    """
    if began is None:
        minute = now.astimezone(UTC).replace(second=0, microsecond=0)
        return Began(minute, StartSource.CLOCK) if begins else Began()
    if began.start and began.start > now:
        raise UsageProblem(f"the start {began.start:%Y-%m-%d %H:%M UTC} lies in the future")
    return began
