"""A checkpoint without anybody at hand: what time it is, which hour is due, and which ones were missed."""

from collections.abc import Callable, Mapping, Set
from dataclasses import replace
from datetime import UTC, datetime

from logparse.options import Options
from logparse.text.wording import exact
from logparse.values.schedule import CHECKPOINTS, Soak, due_hour, parse_moment

CLOCK = "LOGPARSE_NOW"
"""The variable that sets the clock, in ISO 8601 with a zone: to try a whole soak within a minute."""


def clock_of(environment: Mapping[str, str]) -> Callable[[], datetime]:
    """The clock of a run: the machine's, unless the environment sets it; UsageProblem where that is no time."""
    written = environment.get(CLOCK)
    if not written:
        return lambda: datetime.now(UTC)
    moment = parse_moment(written, f"{CLOCK} (unset it to use the clock)")
    return lambda: moment


def at_due_hour(options: Options, start: datetime | None, now: datetime) -> Options:
    """The options with the hour that is due, where they ask for it; hour 0 where no soak has begun yet."""
    if not options.is_due or start is None:
        return options
    return replace(options, hour=due_hour(Soak(start), now, options.settings.collecting.settle))


def missed(hour: int, filled: Set[int]) -> str:
    """Which earlier hours were never run, going by those that are filled in; empty where all were."""
    hours = [str(each) for each in CHECKPOINTS if 0 < each < hour and each not in filled]
    which = "hour" if len(hours) == 1 else "hours"
    return f"missed: {which} {', '.join(hours)}; filled in now, as far as their logs are there" if hours else ""


def told_clock(environment: Mapping[str, str], now: datetime) -> str:
    """A warning that the clock was set by hand; empty where it was not."""
    return f"the clock was set to {exact(now)} by {CLOCK}" if environment.get(CLOCK) else ""
