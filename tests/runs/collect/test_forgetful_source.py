"""The README's recipe for a plan that keeps logs for an hour: its cron line, run by a clock that is moved on."""

import re
import shlex
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from logparse.__main__ import main
from logparse.judge import judge
from logparse.outcome import Outcome, State
from logparse.settings.checked import parse
from logparse.values.schedule import StartSource
from logparse.verdicts.verdict import Verdict
from tests.builders.asked import asked
from tests.builders.counted import START
from tests.builders.sources.log_server import TOKEN, Plan, served
from tests.runs.collect.test_unattended import DAY, row_of
from tests.runs.command_line import ROOT

HOUR = timedelta(hours=1)
ROWS = [row_of(request) for request in DAY]


def _recipe() -> tuple[timedelta, list[str]]:
    """How often the line of the README runs, and the words behind the name of the command."""
    text = " ".join((ROOT / "README.md").read_text("utf-8").split())
    found = re.search(r"\*/(\d+) \* \* \* \* cd \S+ && VERCEL_TOKEN=[^)]*[)] \S+ -m logparse ([^`]*)```", text)
    assert found
    return timedelta(minutes=int(found[1])), shlex.split(found[2])


def _runs(every: timedelta, first: datetime) -> Iterator[datetime]:
    """When cron runs the line, from its first time on until the day has settled."""
    now = first
    while now <= START + 24 * HOUR + every:
        yield now
        now += every


@pytest.mark.parametrize("minute", [0, 7], ids=["in step with the soak", "between its hours"])
def test_every_row_of_a_day_is_collected_and_proven(
    minute: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row is gone after an hour, and yet the soak is whole at its end: nothing was asked for too late."""
    every, words = _recipe()
    verdict = _collected_and_judged(every, words, START + timedelta(minutes=minute), tmp_path, monkeypatch)
    assert verdict.criterion("evidence").outcome is Outcome.PASS, verdict.criterion("evidence").reason
    assert verdict.state is State.READY
    collected = [line for log in tmp_path.rglob("logs-hour-*.jsonl") for line in log.read_text("utf-8").splitlines()]
    assert len(collected) == len(ROWS)


def test_windows_that_are_asked_for_at_their_ends_alone_are_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the hour that is due, three hours of four are gone by then; that is said, and never passes."""
    every, words = _recipe()
    verdict = _collected_and_judged(every, [*words, "--hour=due"], START, tmp_path, monkeypatch)
    assert verdict.criterion("evidence").outcome is Outcome.NOT_JUDGED


def _collected_and_judged(
    every: timedelta, words: list[str], first: datetime, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Verdict:
    clock = [first]
    monkeypatch.chdir(folder)
    monkeypatch.setenv("VERCEL_TOKEN", TOKEN)
    with served(Plan(rows=ROWS, forgets=lambda: clock[0] - HOUR, billed="hobby")) as server:
        settings = (f"vercel_api={server.origin}", "vercel_project=bot", "vercel_team=acme", "vercel_retention=1")
        arguments = [*words, "--start=2026-01-12T00:00Z", *(part for each in settings for part in ("-o", each))]
        for now in _runs(every, first):
            clock[0] = now
            monkeypatch.setenv("LOGPARSE_NOW", now.isoformat())
            main(arguments)
    (folder / "work").mkdir()
    request = asked(
        hour=24,
        places=("logs/",),
        base=folder,
        start=START,
        start_source=StartSource.OPTION,
        now=START + 25 * HOUR,
        cache=folder / "work",
        scratch=folder / "work",
        rehearsal=True,
    )
    return judge(request, parse())
