"""The night on which summer time ends, and the one on which it begins, in logs of local times and of real zones."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from logparse.judge import judge
from logparse.outcome import Outcome
from logparse.settings.checked import parse
from logparse.values.schedule import StartSource
from logparse.verdicts.verdict import Verdict
from tests.builders.asked import asked

pytestmark = pytest.mark.counts

MESSAGES = (
    "INFO [Webhook] Signature verified",
    'INFO [Webhook] Received payload (masked): {"x":1}',
    "INFO [ARI] Processing message for contact k57 in workspace js7",
    "INFO [ARI] Response sent in 1834ms",
)

NIGHTS = {
    "Amsterdam, back": ("Europe/Amsterdam", datetime(2026, 10, 24, 12, tzinfo=UTC)),
    "Amsterdam, forward": ("Europe/Amsterdam", datetime(2026, 3, 28, 12, tzinfo=UTC)),
    "New York, back": ("America/New_York", datetime(2026, 10, 31, 12, tzinfo=UTC)),
    "New York, forward": ("America/New_York", datetime(2026, 3, 7, 12, tzinfo=UTC)),
    "Sydney, back": ("Australia/Sydney", datetime(2026, 4, 4, 6, tzinfo=UTC)),
    "Lord Howe, back by half an hour": ("Australia/Lord_Howe", datetime(2026, 4, 4, 6, tzinfo=UTC)),
    "Jakarta, which sets no clock": ("Asia/Jakarta", datetime(2026, 10, 24, 12, tzinfo=UTC)),
}
"""A zone, and the start of a soak of the night."""


def _lines(start: datetime, zone: ZoneInfo, without: tuple[float, float] = (0, 0)) -> Iterator[str]:
    for minute in range(2, 24 * 60, 4):
        if not without[0] <= minute / 60 < without[1]:
            at = start + timedelta(minutes=minute)
            for second, message in enumerate(MESSAGES):
                written = (at + timedelta(seconds=second)).astimezone(zone).replace(tzinfo=None)
                yield f"{written.isoformat(sep=' ')}.000 {message}\n"


def _judged(folder: Path, night: str, without: tuple[float, float] = (0, 0)) -> Verdict:
    zone, start = NIGHTS[night]
    (folder / "logs").mkdir()
    (folder / "logs" / "bot.log").write_text("".join(_lines(start, ZoneInfo(zone), without)), "utf-8")
    now = start + timedelta(hours=25)
    request = asked(24, ("logs",), folder, start, StartSource.OPTION, now, folder, folder)
    return judge(request, parse({"timezone": zone}))


@pytest.mark.parametrize("night", NIGHTS)
def test_a_healthy_night_has_no_hole(night: str, tmp_path: Path) -> None:
    """The hour that the clock shows twice is not there once only; nothing fails over it."""
    verdict = _judged(tmp_path, night)
    assert verdict.holes == ()
    assert {judgement.outcome for judgement in verdict.criteria if judgement.required} <= {Outcome.PASS, Outcome.WARN}
    told = "the local clock repeats or skips" in verdict.criterion("evidence").reason
    assert told == ("back" in night)


@pytest.mark.parametrize("night", NIGHTS)
def test_a_real_hole_of_that_night_is_one(night: str, tmp_path: Path) -> None:
    """What is missing in both showings is missing, and so is what is missing elsewhere."""
    verdict = _judged(tmp_path, night, (2, 20))
    assert verdict.holes != ()
    assert verdict.criterion("evidence").outcome is Outcome.NOT_JUDGED
