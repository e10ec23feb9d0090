"""A whole run killed at any moment of its life: nothing is torn, no old READY is left, and the next run is as any."""

import json
import random
import re
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from logparse.verdicts.verdict import unfinished
from tests.runs.command_line import Desk
from tests.scenarios.scenario import START
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import write_soak

START_OPTION = "--start=2026-01-12T00:00Z"
HOUR_4, HOUR_8 = "--hour=4", "--hour=8"


def judged(desk: Desk) -> dict[str, Any]:
    """The verdict in the reports folder, but for the moment at which it was made."""
    return {**desk.verdict(), "judged_at": None}


def written(desk: Desk) -> str:
    """The document, but for the minute at which it was judged."""
    return re.sub(r"Judged [\d -]+:\d+ UTC", "Judged", desk.document.read_text("utf-8"))


def leftovers(desk: Desk) -> list[Path]:
    """What a killed run could not clean up."""
    return list(desk.folder.rglob(".logparse-*"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A soak that was judged READY at hour 4, with the logs up to hour 8."""
    desk = Desk(tmp_path)
    # A day of two thousand deliveries, so that counting takes a while.
    write_soak(desk.logs, steady_day(START, deliveries=2000), START, "vercel", up_to_hour=8)
    assert desk.run(HOUR_4, START_OPTION).exit_code == 0
    return desk


@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(4))
def test_killed_at_any_moment(desk: Desk, tmp_path: Path, seed: int) -> None:
    """After each of 5 kills all is whole; a run with what is left in the cache judges like one with a fresh cache."""
    old_document, old_verdict = written(desk), desk.verdict()
    fresh = Desk(tmp_path / "fresh")
    fresh.folder.mkdir()
    fresh.document.write_text(old_document, "utf-8")
    begun = time.monotonic()
    assert fresh.run(HOUR_8, f"--logs={desk.logs}").exit_code == 0
    longest = time.monotonic() - begun
    new_document, expected = written(fresh), judged(fresh)
    chance, ends = random.Random(seed), []
    for kill in range(5):
        desk.document.write_text(old_document, "utf-8")
        (desk.reports / "verdict.json").write_text(json.dumps(old_verdict), "utf-8")
        known = set(desk.cache.iterdir())
        # Two kills anywhere, three while it reads and writes.
        delay = longest * (chance.uniform(0, 1.1) if kill < 2 else chance.uniform(0.4, 1))
        with desk.start(HOUR_8) as process:
            time.sleep(delay)
            process.kill()
        ends.append(_state_of(desk, old_document, new_document, old_verdict, expected, known))
        assert desk.run(HOUR_8).exit_code == 0
        assert (written(desk), judged(desk)) == (new_document, expected)
        assert leftovers(desk) == []
        if kill % 2:
            _forget(desk)
    print("killed within", round(longest, 2), "s:", ends)


def _state_of(desk: Desk, old_document: str, new_document: str, old: object, expected: object, known: set[Path]) -> str:
    """How far a killed run came; asserts that nothing it left is torn."""
    assert written(desk) in (old_document, new_document)
    verdict = desk.verdict()
    if verdict == old:
        # It was killed before it began: no log was read.
        assert set(desk.cache.iterdir()) == known
        assert written(desk) == old_document
        return "not begun"
    if verdict == json.loads(unfinished(8)):
        return "not finished" if written(desk) == old_document else "document written"
    assert (judged(desk), written(desk)) == (expected, new_document)
    return "concluded"


def _forget(desk: Desk) -> None:
    """Empties the cache, so that the next run counts again."""
    for path in desk.cache.iterdir():
        path.unlink()


def test_killed_while_it_counts(desk: Desk) -> None:
    """Killed when its scratch folder is there, a run has left no READY; the next one clears up and is as any."""
    before = desk.document.read_bytes()
    with desk.start(HOUR_8) as process:
        while not list(desk.cache.glob("*.scratch")):
            assert process.poll() is None
            time.sleep(0.005)
        process.kill()
    assert (desk.document.read_bytes(), desk.verdict()["reason"]) == (before, "the run did not finish")
    assert leftovers(desk) != []
    run = desk.run(HOUR_8)
    assert (run.exit_code, run.verdict["verdict"]) == (0, "READY"), run.output
    assert leftovers(desk) == []


def test_the_next_run_leaves_what_a_living_run_still_needs(desk: Desk, tmp_path: Path) -> None:
    """A run that waits for its standard input beside another one keeps its scratch folder, and judges in the end."""
    other = Desk(tmp_path / "other")
    arguments = ["--logs=-", f"--reports={other.reports}", f"--monitoring-log={other.document}", START_OPTION]
    with desk.start(HOUR_4, *arguments, stdin=subprocess.PIPE) as living:
        while not list(desk.cache.glob("*.scratch/*")):
            assert living.poll() is None
            time.sleep(0.005)
        assert desk.run(HOUR_8).exit_code == 0
        assert len(list(desk.cache.glob("*.scratch/*"))) == 1
        output, _ = living.communicate((desk.logs / "logs-hour-04.jsonl").read_text("utf-8"))
    assert (living.returncode, other.verdict()["verdict"]) == (0, "READY"), output
    assert leftovers(desk) == []
