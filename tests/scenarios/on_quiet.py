"""Quiet hours: nobody writes at night, by the clock of where the users are, and the clock may change that night."""

from dataclasses import dataclass
from datetime import UTC, datetime

from tests.scenarios import timeline
from tests.scenarios.scenario import (
    FAIL,
    NOT_JUDGED,
    NOT_READY,
    PASS,
    READY,
    Build,
    Circumstances,
    Scenario,
    in_both,
)
from tests.scenarios.traffic import HOUR_MS


@dataclass(frozen=True)
class Night:
    """A night of quiet hours from 22:00 to 06:00: where, and from which hour of the soak to which hour it lasts."""

    name: str
    zone: str
    start: datetime
    opens: int
    closes: int

    @property
    def under(self) -> Circumstances:
        """A soak over this night, judged with its quiet hours."""
        return Circumstances(settings={"quiet_hours": "22:00-06:00", "timezone": self.zone}, start=self.start)

    def silent(self, before_ms: int, after_ms: int) -> Build:
        """No delivery all night, nor so long before and after, while other messages go on."""
        length_ms = before_ms + (self.closes - self.opens) * HOUR_MS + after_ms
        return lambda day: timeline.with_delivery_gap(
            timeline.with_reminders(day.steady()), day.at(self.opens) - before_ms, length_ms, day.format
        )


NOON = datetime(2026, 1, 12, 12, tzinfo=UTC)
# The clocks of Berlin change at 01:00 UTC of the day after.
SPRING, AUTUMN = datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 10, 24, 12, tzinfo=UTC)
JAKARTA = Night("a night in Jakarta", "Asia/Jakarta", NOON, opens=3, closes=11)
NIGHTS = (
    JAKARTA,
    Night("a night of 7 hours, as summer time begins in Berlin", "Europe/Berlin", SPRING, opens=9, closes=16),
    Night("a night of 9 hours, as summer time ends in Berlin", "Europe/Berlin", AUTUMN, opens=8, closes=17),
)


def _of(night: Night) -> tuple[Scenario, ...]:
    return (
        *in_both(
            f"{night.name}: silent from exactly one hour before it to exactly one hour after it passes",
            night.silent(HOUR_MS, HOUR_MS),
            READY,
            night.under,
            silence=PASS,
        ),
        *in_both(
            f"{night.name}: a millisecond more before it fails",
            night.silent(HOUR_MS + 1, HOUR_MS),
            NOT_READY,
            night.under,
            silence=FAIL,
        ),
        *in_both(
            f"{night.name}: a millisecond more after it fails",
            night.silent(HOUR_MS, HOUR_MS + 1),
            NOT_READY,
            night.under,
            silence=FAIL,
        ),
    )


SCENARIOS: tuple[Scenario, ...] = (
    *(scenario for night in NIGHTS for scenario in _of(night)),
    *in_both(
        "a silent night without quiet hours in the settings fails",
        JAKARTA.silent(0, 0),
        NOT_READY,
        Circumstances(start=NOON),
        silence=FAIL,
    ),
    *in_both(
        "quiet hours by the clock of UTC do not cover a night in Jakarta",
        JAKARTA.silent(0, 0),
        NOT_READY,
        Circumstances(settings={"quiet_hours": "22:00-06:00"}, start=NOON),
        silence=FAIL,
    ),
    *in_both(
        "a hole in quiet hours is a hole: what went wrong at night would not be seen",
        lambda day: timeline.with_hole(timeline.with_reminders(day.steady()), day.at(4), 6 * HOUR_MS, day.format),
        NOT_JUDGED,
        JAKARTA.under,
        evidence=NOT_JUDGED,
        says="a hole: no file holds any record",
    ),
)
