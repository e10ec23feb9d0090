"""Times that name no zone while none was set: told with the setting, and NOT JUDGED where another zone would fit."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from logparse.formats.named_zones import names_no_zone
from logparse.judge import judge
from logparse.outcome import Outcome
from logparse.settings.checked import parse
from logparse.values.judgement import Judgement
from logparse.values.schedule import StartSource
from tests.builders.asked import asked
from tests.builders.counted import START

pytestmark = pytest.mark.counts

MESSAGES = (
    "[Webhook] Signature verified",
    '[Webhook] Received payload (masked): {"x":1}',
    "[ARI] Processing message for contact k57 in workspace js7",
    "[ARI] Response sent in 1834ms",
)
WRITTEN: dict[str, Callable[[datetime, str], str]] = {
    "text": lambda at, message: f"{at.replace(tzinfo=None).isoformat(sep=' ')} INFO {message}",
    "JSON": lambda at, message: json.dumps({"time": at.replace(tzinfo=None).isoformat(), "msg": message}),
    "syslog": lambda at, message: f"{at:%b %e %H:%M:%S} host bot[7]: {message}",
}


def _lines(zone: str, way: str) -> Iterator[str]:
    for number in range(480):
        for second, message in enumerate(MESSAGES):
            at = START + timedelta(minutes=3 * number + 1, seconds=second)
            yield WRITTEN[way](at.astimezone(ZoneInfo(zone)), message) + "\n"


def _evidence(folder: Path, zone: str, way: str = "text", set_zone: str = "UTC") -> Judgement:
    (folder / "logs").mkdir()
    (folder / "logs" / "bot.log").write_text("".join(_lines(zone, way)), "utf-8")
    now = START + timedelta(hours=25)
    request = asked(24, ("logs",), folder, START, StartSource.OPTION, now, folder, folder)
    return judge(request, parse({"timezone": set_zone})).criterion("evidence")


@pytest.mark.parametrize("way", WRITTEN)
def test_local_times_that_fit_are_told(way: str, tmp_path: Path) -> None:
    """A WARN that names the setting: the logs may be in UTC."""
    evidence = _evidence(tmp_path, "UTC", way)
    assert "the times name no zone and are read in UTC, because the setting timezone says so" in evidence.reason
    assert (evidence.outcome, "would" in evidence.reason) == (
        Outcome.WARN,
        False,
    )


@pytest.mark.parametrize(
    ("zone", "far"),
    [("Asia/Jakarta", "7 h ahead"), ("America/New_York", "5 h behind"), ("Asia/Kolkata", "5.5 h ahead")],
)
def test_a_zone_that_would_fit_is_named(zone: str, far: str, tmp_path: Path) -> None:
    """NOT JUDGED, and the mend is the setting, not another collection."""
    evidence = _evidence(tmp_path, zone)
    assert (evidence.outcome, f"in a zone {far} all would" in evidence.reason) == (Outcome.NOT_JUDGED, True)
    assert "set timezone in pytest.ini" in evidence.mend


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "America/New_York"])
def test_a_zone_that_is_set_is_not_asked_for(zone: str, tmp_path: Path) -> None:
    """Where the setting names the zone there is nothing to tell."""
    assert "no zone" not in _evidence(tmp_path, zone, set_zone=zone).reason


def test_times_with_a_zone_are_never_told() -> None:
    """A Z, an offset or UTC behind the time is a zone."""
    for tail in ("Z", "+07:00", " +0700", " UTC", ".123Z", ",5+02:00"):
        assert not names_no_zone("iso-text", [f"2026-01-12T06:00:00{tail} [ARI] x"] * 3)
        assert not names_no_zone("json-lines", [f'{{"time":"2026-01-12T06:00:00{tail}","msg":"x"}}'])
    assert names_no_zone("iso-text", ["2026-01-12 06:00:00.123 INFO x"])
    assert names_no_zone("led-text", ["[2026-01-12 06:00:00] INFO x"])
    assert not names_no_zone("json-lines", ['{"time":1768176000000,"msg":"x"}'])
