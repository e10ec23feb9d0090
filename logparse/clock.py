"""When a soak began, what the clock of a run says, and which hour is due by both."""

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
"""The variable that sets the clock, in ISO 8601 with a zone: to try a whole soak within a minute."""

DUE = "due"
"""In place of an hour: the last checkpoint that the clock has passed."""


@dataclass(frozen=True)
class NothingDue:
    """Why a run at the hour that is due judges nothing, and what to do instead; its exit code is that of NOT JUDGED."""

    reason: str
    mend: str

    @property
    def told(self) -> str:
        """Both in one line."""
        return f"{self.reason}; {self.mend}"


NOT_BEGUN = NothingDue(
    "no soak has begun here: there is no document that says when",
    "begin one with pytest --hour=0, or give --start=TIME",
)
"""Where the document is missing: a lost one must not begin another soak with the exit code of success."""


def clock_of(environment: Mapping[str, str]) -> Callable[[], datetime]:
    """The clock of a run: the machine's, unless the environment sets it; UsageProblem where that is no time."""
    written = environment.get(CLOCK)
    if not written:
        return lambda: datetime.now(UTC)
    moment = parse_moment(written, f"{CLOCK} (unset it to use the clock)")
    return lambda: moment


def is_set(environment: Mapping[str, str]) -> bool:
    """Whether the environment sets the clock, which makes a run a rehearsal."""
    return bool(environment.get(CLOCK))


def told_clock(environment: Mapping[str, str], now: datetime) -> str:
    """A warning that the clock was set by hand; empty where it was not."""
    told = f"the clock was set to {exact(now)} by {CLOCK}: this is a rehearsal, and opens no gate"
    return told if is_set(environment) else ""


def asks_for_due(hour: str) -> bool:
    """Tells whether an hour, as it was written, is the one that is due."""
    return hour.strip() == DUE


def asked_hour(hour: str, due: int) -> int:
    """Returns the checkpoint that was written, ``due`` where that is asked for; UsageProblem for no checkpoint."""
    return due if asks_for_due(hour) else parse_hour(hour)


def due_hour(soak: Soak, now: datetime) -> int:
    """Returns the last checkpoint that the clock has passed; its logs may still have to settle."""
    return max((hour for hour in CHECKPOINTS if soak.checkpoint(hour) <= now), default=0)


def ended(verdict: Verdict) -> NothingDue:
    """Why nothing is due after the verdict of hour 24, which stands: a run later on would judge the same hours anew."""
    end = Soak(verdict.start).span.end
    reason = f"the soak ended at {exact(end)} and was judged: {verdict.title}; nothing is judged anew"
    return NothingDue(reason, "soak again with pytest --hour=0 --restart, or judge hour 24 again with pytest --hour=24")


def next_checkpoint(soak: Soak, hour: int, settle: timedelta) -> str:
    """From when on the checkpoint after an hour can be judged."""
    following = next((later for later in CHECKPOINTS if later > hour), None)
    if following is None:
        return "hour 24 was the last checkpoint of this soak"
    return f"next: hour {following}, which can be judged from {exact(soak.checkpoint(following) + settle)} on"


def missed(hour: int, filled: Set[int]) -> str:
    """Which earlier hours were never run, going by those that are filled in; empty where all were."""
    hours = [str(each) for each in CHECKPOINTS if 0 < each < hour and each not in filled]
    which = "hour" if len(hours) == 1 else "hours"
    return f"missed: {which} {', '.join(hours)}; filled in now, as far as their logs are there" if hours else ""


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
    """Returns the start asked for, else that of the document; UsageProblem, ending with ``mend``, where they differ."""
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
