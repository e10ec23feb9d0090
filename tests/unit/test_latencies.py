"""Response times that cannot be what they are read as: in two units, or longer than a day."""

from datetime import timedelta
from pathlib import Path

import pytest

from logparse.judge import Request, judge
from logparse.outcome import Outcome
from logparse.settings.checked import parse
from logparse.values.judgement import Judgement
from logparse.values.schedule import StartSource
from tests.unit.counted import START

MESSAGES = (
    "[Webhook] Signature verified",
    '[Webhook] Received payload (masked): {"x":1}',
    "[ARI] Processing message for contact k57 in workspace js7",
)
TIMES = {
    "milliseconds alone": ([1834, 950, 2210, 400, 3100], ""),
    "a quick one now and then": ([1834, 950, 12, 2210, 400], ""),
    "seconds among milliseconds": ([1834, 2, 2210, 3, 1999], "may be in two units"),
    "seconds alone": ([2, 3, 2, 4, 3], ""),
    "one beyond a day": ([1834, 950, 2210, 400, 90_000_000], "beyond a day"),
    "just under a day": ([1834, 950, 2210, 400, 80_000_000], ""),
}


def _evidence(times: list[int], folder: Path) -> Judgement:
    (folder / "logs").mkdir()
    lines = []
    for number in range(480):
        at = START + timedelta(minutes=3 * number + 1)
        for second, message in enumerate((*MESSAGES, f"[ARI] Response sent in {times[number % len(times)]}ms")):
            lines.append(f"{(at + timedelta(seconds=second)).strftime('%Y-%m-%dT%H:%M:%SZ')} INFO {message}\n")
    (folder / "logs" / "bot.log").write_text("".join(lines), "utf-8")
    now = START + timedelta(hours=25)
    request = Request(24, ("logs",), folder, START, StartSource.OPTION, now, folder, folder)
    return judge(request, parse()).criterion("evidence")


@pytest.mark.parametrize("name", TIMES)
def test_units_that_are_mixed_are_told(name: str, tmp_path: Path) -> None:
    """A WARN with the counts, and nothing where times are what they seem."""
    times, words = TIMES[name]
    evidence = _evidence(times, tmp_path)
    assert evidence.outcome is Outcome.WARN  # no manifest
    assert (words in evidence.reason) is True
    assert any(told in evidence.reason for told in ("two units", "beyond a day")) == bool(words)
    if "units" in words:
        assert "192 response times are at most 60 ms, 288 are over 1,000 ms" in evidence.reason
    if "day" in words:
        assert "96 response times are beyond a day (of 480)" in evidence.reason
