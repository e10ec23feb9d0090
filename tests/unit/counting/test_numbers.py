"""Numbers from a tally: the time that was recorded, also where a clock was never set."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from logparse.judge import judge
from logparse.outcome import State
from logparse.settings.checked import parse
from logparse.values.schedule import StartSource
from logparse.verdicts.verdict import Verdict
from tests.builders.asked import asked

pytestmark = pytest.mark.counts

NOW = datetime(2026, 1, 14, tzinfo=UTC)


def _verdict(stamps: list[str], folder: Path) -> Verdict:
    """What is concluded of records at these times, without a known start."""
    (folder / "log").write_text("".join(f"{stamp} ERROR [Store] Error: x\n" for stamp in stamps))
    return judge(asked(24, ("log",), folder, None, StartSource.UNKNOWN, NOW, folder, folder), parse())


@pytest.mark.parametrize(
    "stamp",
    [
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+07:00",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-07:00",
        "9999-12-31T23:59:59.999999Z",
    ],
)
def test_a_clock_that_was_never_set_breaks_nothing(stamp: str, tmp_path: Path) -> None:
    """Times at the ends of the calendar, and just outside of it in UTC, are outside the soak like any other."""
    verdict = _verdict([stamp, "2026-01-12T06:30:15Z"], tmp_path)
    assert (verdict.state, verdict.start) == (State.NOT_JUDGED, datetime(2026, 1, 12, 6, 30, tzinfo=UTC))
    assert (verdict.lines["records"], verdict.lines["outside_soak"]) == (1, 1)


def test_the_soak_starts_in_the_minute_of_the_first_record(tmp_path: Path) -> None:
    """Where nobody says when the soak started, its first record does."""
    verdict = _verdict(["2026-01-12T06:31:00Z", "2026-01-12T06:30:59.999Z"], tmp_path)
    assert (verdict.start, verdict.start_source) == (datetime(2026, 1, 12, 6, 30, tzinfo=UTC), StartSource.FIRST_RECORD)


def test_without_any_record_the_start_is_not_known(tmp_path: Path) -> None:
    """It is then as if the soak ended now, and nothing is judged."""
    verdict = _verdict([], tmp_path)
    assert (verdict.start, verdict.start_source) == (NOW - timedelta(hours=24), StartSource.UNKNOWN)
    assert verdict.state is State.NOT_JUDGED
