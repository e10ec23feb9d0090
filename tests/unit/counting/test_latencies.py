"""Response times that cannot be what they are read as: in two units, or longer than a day."""

from datetime import timedelta
from pathlib import Path

import pytest

from logparse.judge import judge
from logparse.outcome import Outcome
from logparse.settings.checked import parse
from logparse.values.schedule import StartSource
from logparse.verdicts.verdict import Verdict
from tests.builders.asked import asked
from tests.builders.counted import START

pytestmark = pytest.mark.counts

MESSAGES = (
    "[Webhook] Signature verified",
    '[Webhook] Received payload (masked): {"x":1}',
    "[ARI] Processing message for contact k57 in workspace js7",
)
TIMES = {
    "milliseconds alone": ([1834, 950, 2210, 400, 3100], ""),
    "a quick one now and then": ([1834, 950, 12, 2210, 400], ""),
    "seconds among milliseconds": ([1834, 2, 2210, 3, 1999], "may be in two units"),
    "seconds alone": ([2, 3, 2, 4, 3], "they may be seconds"),
    "one beyond a day": ([1834, 950, 2210, 400, 90_000_000], "beyond a day"),
    "a Unix time for a response time": ([1834, 950, 2210, 400, 1_768_200_000_000], "beyond a day"),
    "more digits than any number has": ([1834, 950, 2210, 400, 10**60], "beyond a day"),
    "just under a day": ([1834, 950, 2210, 400, 80_000_000], ""),
}


def _judged(times: list[int], folder: Path) -> Verdict:
    (folder / "logs").mkdir()
    lines = []
    for number in range(480):
        at = START + timedelta(minutes=3 * number + 1)
        for second, message in enumerate((*MESSAGES, f"[ARI] Response sent in {times[number % len(times)]}ms")):
            lines.append(f"{(at + timedelta(seconds=second)).strftime('%Y-%m-%dT%H:%M:%SZ')} INFO {message}\n")
    (folder / "logs" / "bot.log").write_text("".join(lines), "utf-8")
    now = START + timedelta(hours=25)
    request = asked(24, ("logs",), folder, START, StartSource.OPTION, now, folder, folder)
    return judge(request, parse())


@pytest.mark.parametrize("name", TIMES)
def test_units_that_are_mixed_are_told(name: str, tmp_path: Path) -> None:
    """A WARN with the counts, and nothing where times are what they seem."""
    times, words = TIMES[name]
    evidence = _judged(times, tmp_path).criterion("evidence")
    assert evidence.outcome is Outcome.WARN  # no manifest
    assert (words in evidence.reason) is True
    assert any(told in evidence.reason for told in ("two units", "beyond a day", "may be seconds")) == bool(words)
    if "units" in words:
        assert "192 response times are at most 60 ms, 288 are over 1,000 ms" in evidence.reason
    if "day" in words:
        assert "96 response times are beyond a day (of 480)" in evidence.reason


@pytest.mark.parametrize("name", [name for name, (_, words) in TIMES.items() if "day" in words])
def test_a_time_beyond_a_day_is_in_no_mean(name: str, tmp_path: Path) -> None:
    """It is no response time, whatever it is: the others are judged without it."""
    verdict = _judged(TIMES[name][0], tmp_path)
    assert verdict.metrics.response_ms_mean == (1834 + 950 + 2210 + 400) / 4
    assert verdict.metrics.response_ms_max == 2210
    assert verdict.criterion("response_time").outcome is Outcome.PASS
