"""What a scenario is: a simulated soak with (at most) one fault, and what must be concluded from its logs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from tests.scenarios.spoilers import Spoiler
from tests.scenarios.traffic import HOUR_MS, MINUTE_MS, Request, epoch_ms, steady_day
from tests.scenarios.writers import PLAIN, WINDOW_HOURS, Format, TextStyle, write_soak

START = datetime(2026, 1, 12, tzinfo=UTC)

PASS, WARN, NOT_JUDGED, FAIL, NOT_MEASURED = "PASS", "WARN", "NOT JUDGED", "FAIL", "NOT MEASURED"
READY, NOT_READY = "READY", "NOT READY"
EXIT_CODES: Mapping[str, int] = {READY: 0, NOT_READY: 1, NOT_JUDGED: 10}

Build = Callable[[], list[Request]]
BuildFor = Callable[[Format], list[Request]]


@dataclass(frozen=True)
class Scenario:
    """A soak and its judgement.

    `outcomes` names the criteria that matter here; no other criterion may be FAIL.
    """

    name: str  # A sentence: what happened, and whether it may.
    build: Build
    format: Format
    verdict: str
    outcomes: Mapping[str, str]
    hour: int = 24  # The checkpoint at which it is judged.
    collected_to: int = 24  # The last window whose logs lie in the folder.
    style: TextStyle = PLAIN
    spoiled: Mapping[int, Spoiler] = field(default_factory=dict)  # Windows whose file was damaged, and how.

    @property
    def exit_code(self) -> int:
        """The exit code of a run at this scenario's checkpoint."""
        return EXIT_CODES[self.verdict]

    @property
    def label(self) -> str:
        """The name with the format, unique among all scenarios."""
        return f"{self.name} ({self.format})"

    def write(self, folder: Path) -> list[Path]:
        """Write the log files, damaged where they are to be, and return those that are there."""
        paths = write_soak(folder, self.build(), START, self.format, up_to_hour=self.collected_to, style=self.style)
        for hour, spoil in self.spoiled.items():
            path = paths[hour // WINDOW_HOURS - 1]
            content = spoil(path.read_bytes())
            if content is None:
                path.unlink()
            else:
                path.write_bytes(content)
        return [path for path in paths if path.exists()]


def in_both(name: str, build: BuildFor, verdict: str, **outcomes: str) -> tuple[Scenario, Scenario]:
    """The same day in text and in rows, where both carry what matters."""
    return (
        Scenario(name, partial(build, "text"), "text", verdict, _spelled(outcomes)),
        Scenario(name, partial(build, "vercel"), "vercel", verdict, _spelled(outcomes)),
    )


def in_rows(
    name: str, build: BuildFor, verdict: str, spoiled: Mapping[int, Spoiler] | None = None, /, **outcomes: str
) -> Scenario:
    """A day in rows alone, where text does not carry what matters."""
    return Scenario(name, partial(build, "vercel"), "vercel", verdict, _spelled(outcomes), spoiled=spoiled or {})


def in_text(
    name: str,
    build: BuildFor,
    verdict: str,
    style: TextStyle = PLAIN,
    spoiled: Mapping[int, Spoiler] | None = None,
    /,
    **outcomes: str,
) -> Scenario:
    """A day in text alone."""
    return Scenario(
        name, partial(build, "text"), "text", verdict, _spelled(outcomes), style=style, spoiled=spoiled or {}
    )


def _spelled(outcomes: Mapping[str, str]) -> dict[str, str]:
    # NOTE: No scenario has manifests, so collecting is never proven whole: evidence is WARN at best.
    return {"evidence": WARN, **outcomes}


def steady(deliveries: int = 300) -> list[Request]:
    """The day that scenarios change: 50 deliveries in each window, nothing wrong."""
    return steady_day(START, deliveries=deliveries)


def at(hour: int, minute: int = 0) -> int:
    """A moment of the soak, as milliseconds since 1970."""
    return epoch_ms(START) + hour * HOUR_MS + minute * MINUTE_MS
