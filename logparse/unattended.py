"""A checkpoint without anybody at hand: what time it is, which hour is due, and which ones were missed."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from logparse.options import Options
from logparse.text.wording import duration, exact
from logparse.values.schedule import CHECKPOINTS, Soak, due_hour, hour_after, parse_moment
from logparse.verdicts.verdict import Verdict

CLOCK = "LOGPARSE_NOW"
"""The variable that sets the clock, in ISO 8601 with a zone: to try a whole soak within a minute."""


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


def at_due_hour(options: Options, start: datetime | None, now: datetime) -> Options:
    """The options with the hour that is due, where they ask for it and the start tells."""
    return replace(options, hour=due_hour(Soak(start), now)) if options.is_due and start else options


def ended(verdict: Verdict) -> NothingDue:
    """Why nothing is due after the verdict of hour 24, which stands: a run later on would judge the same hours anew."""
    end = Soak(verdict.start).span.end
    reason = f"the soak ended at {exact(end)} and was judged: {verdict.title}; nothing is judged anew"
    return NothingDue(reason, "soak again with pytest --hour=0 --restart, or judge hour 24 again with pytest --hour=24")


def unsettled(options: Options, start: datetime, now: datetime) -> timedelta:
    """How long the logs of the hour that is due still take to settle; nothing where they have, or none is asked for."""
    settled = Soak(start).checkpoint(options.hour) + options.settings.collecting.settle
    waits = options.is_due and options.hour != CHECKPOINTS[0]
    return max(settled - now, timedelta(0)) if waits else timedelta(0)


def told_wait(hour: int, wait: timedelta) -> str:
    """What is said while the logs of an hour settle."""
    return f"hour {hour} is due; waiting {duration(wait)} until its logs have settled (settle_seconds)"


def next_checkpoint(soak: Soak, hour: int, settle: timedelta) -> str:
    """From when on the checkpoint after an hour can be judged."""
    following = hour_after(hour)
    if following is None:
        return "hour 24 was the last checkpoint of this soak"
    return f"next: hour {following}, which can be judged from {exact(soak.checkpoint(following) + settle)} on"


def missed(hour: int, filled: Set[int]) -> str:
    """Which earlier hours were never run, going by those that are filled in; empty where all were."""
    hours = [str(each) for each in CHECKPOINTS if 0 < each < hour and each not in filled]
    which = "hour" if len(hours) == 1 else "hours"
    return f"missed: {which} {', '.join(hours)}; filled in now, as far as their logs are there" if hours else ""


def told_clock(environment: Mapping[str, str], now: datetime) -> str:
    """A warning that the clock was set by hand; empty where it was not."""
    told = f"the clock was set to {exact(now)} by {CLOCK}: this is a rehearsal, and opens no gate"
    return told if is_set(environment) else ""
