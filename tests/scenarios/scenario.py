"""What a scenario is: a soak's traffic, what became of its logs, and what must be concluded from them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from tests.scenarios.formats import FORMATS, ROWS, TEXT
from tests.scenarios.spoilers import Spoiler
from tests.scenarios.traffic import HOUR_MS, MINUTE_MS, Request, epoch_ms, steady_day
from tests.scenarios.writers import WINDOW_HOURS

START = datetime(2026, 1, 12, tzinfo=UTC)

PASS, WARN, NOT_JUDGED, FAIL, NOT_MEASURED = "PASS", "WARN", "NOT JUDGED", "FAIL", "NOT MEASURED"
READY, NOT_READY = "READY", "NOT READY"
EXIT_CODES: Mapping[str, int] = {READY: 0, NOT_READY: 1, NOT_JUDGED: 10}


@dataclass(frozen=True)
class Day:
    """What traffic is built from: the seed of all that is random in it, the format it will be written in, its start."""

    seed: int
    format: str
    start: datetime = START

    def steady(self, deliveries: int = 300) -> list[Request]:
        """The day that scenarios change: as a rule 50 deliveries in each window, nothing wrong."""
        return steady_day(self.start, deliveries=deliveries, seed=self.seed)

    def at(self, hour: int, minute: int = 0) -> int:
        """A moment of the soak, as milliseconds since 1970."""
        return epoch_ms(self.start) + hour * HOUR_MS + minute * MINUTE_MS

    def within(self, hour: int) -> int:
        """The moment that the seed chooses within an hour of the soak (0 is the first), away from its edges."""
        return self.at(hour) + Random(f"{self.seed} within {hour}").randrange(5 * MINUTE_MS, 50 * MINUTE_MS)


Build = Callable[[Day], Sequence[Request]]


@dataclass(frozen=True)
class Fetch:
    """One log file: from which hour of the soak to which it was fetched, what became of it, and its own format."""

    begin: int
    end: int
    damage: Spoiler | None = None
    format: str | None = None  # None: that of the scenario.


def damaged(hour: int, damage: Spoiler) -> tuple[Fetch, ...]:
    """The fetches of a soak of which one window was damaged; all before it, and all after it, is one file each."""
    begin = hour - WINDOW_HOURS
    fetches = (Fetch(0, begin), Fetch(begin, hour, damage), Fetch(hour, 24))
    return tuple(fetch for fetch in fetches if fetch.begin < fetch.end)


@dataclass(frozen=True)
class Circumstances:
    """How a soak was collected and is judged: by one fetch, an hour after its end, unless told otherwise."""

    hour: int = 24  # The checkpoint at which it is judged.
    fetches: tuple[Fetch, ...] = ()  # None: one for all that is judged.
    settings: Mapping[str, str] = field(default_factory=dict)
    start: datetime = START
    told_start: timedelta | None = timedelta(0)  # What is said of the start, from the true one on; None: nothing.
    clock: timedelta = timedelta(hours=25)  # When it is judged, from the start on.


USUAL = Circumstances()


@dataclass(frozen=True)
class Scenario:
    """A soak and its judgement.

    `outcomes` names the criteria that matter here; of the others none may be FAIL or NOT JUDGED. `numbers` are counts
    by the names of the metrics, `says` words of the evidence's reason. What is expected is what would be right: where
    that is not what is given, and cannot be, `known_miss` says why.
    """

    name: str  # A sentence: what happened, and whether it may.
    build: Build
    format: str
    verdict: str
    outcomes: Mapping[str, str]
    under: Circumstances = USUAL
    numbers: Mapping[str, int] = field(default_factory=dict)
    says: str = ""
    known_miss: str = ""

    @property
    def label(self) -> str:
        """The name with the format and the hour, unique among all scenarios."""
        return f"{self.name} ({self.format}, hour {self.under.hour})"

    @property
    def settings(self) -> dict[str, str]:
        """The settings that it is judged with: those that its format needs, and its own."""
        return {**FORMATS[self.format].settings, **self.under.settings}

    def write(self, folder: Path, seed: int) -> None:
        """Write the log files, damaged where they are to be."""
        requests = self.build(Day(seed, self.format, self.under.start))
        for fetch in self.under.fetches or (Fetch(0, self.under.hour),):
            writer = FORMATS[fetch.format or self.format].writer
            begin, end = (epoch_ms(self.under.start) + hour * HOUR_MS for hour in (fetch.begin, fetch.end))
            content: bytes | None = writer.window(requests, begin, end)
            if fetch.damage and content is not None:
                content = fetch.damage(content)
            if content is not None:
                (folder / f"logs-{fetch.begin:02d}-to-{fetch.end:02d}{writer.suffix}").write_bytes(content)


def in_formats(
    formats: Sequence[str],
    name: str,
    build: Build,
    verdict: str,
    under: Circumstances = USUAL,
    *,
    numbers: Mapping[str, int] | None = None,
    says: str = "",
    known_miss: str = "",
    also: Mapping[str, str] | None = None,
    **outcomes: str,
) -> tuple[Scenario, ...]:
    """The same scenario in each of the formats; `also` are more outcomes, where several scenarios share them.

    No collection here has a manifest, so it is never proven whole: evidence is WARN at best.
    """
    expected = {"evidence": WARN, **(also or {}), **outcomes}
    return tuple(
        Scenario(name, build, format, verdict, expected, under, numbers or {}, says, known_miss) for format in formats
    )


in_both = partial(in_formats, (TEXT, ROWS))
in_rows = partial(in_formats, (ROWS,))
in_text = partial(in_formats, (TEXT,))


def steady(deliveries: int = 300) -> list[Request]:
    """The steady day of the first seed."""
    return Day(1, ROWS).steady(deliveries)


def at(hour: int, minute: int = 0) -> int:
    """A moment of a soak from `START`, as milliseconds since 1970."""
    return Day(1, ROWS).at(hour, minute)
