"""Killed while it writes: each file is then the old one or the new one, whole, and no torn tally is trusted."""

import os
import random
from datetime import timedelta
from pathlib import Path

import pytest

from logparse import run
from logparse.counting.cache import Cache, CountedFile
from logparse.judge import judge
from logparse.settings.checked import parse
from logparse.storage.temporary import sweep
from logparse.values.schedule import StartSource
from logparse.verdicts.verdict import Verdict
from tests.builders.asked import asked
from tests.runs.faults.killed_writer import CASES, FACTS, KEPT, WHOLE_UPDATE, options_in, write_and_die
from tests.scenarios.scenario import START
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import write_vercel

LONG = [pytest.mark.long, pytest.mark.timeout(3600)]

TALLY = os.urandom(200_000)


@pytest.fixture(scope="module")
def verdict(tmp_path_factory: pytest.TempPathFactory) -> Verdict:
    """What is concluded of a steady day."""
    folder = tmp_path_factory.mktemp("verdict")
    (folder / "log").write_bytes(write_vercel(steady_day(START)))
    now = START + timedelta(hours=25)
    return judge(asked(24, ("log",), folder, START, StartSource.OPTION, now, folder, folder), parse())


@pytest.fixture
def folder(tmp_path: Path, verdict: Verdict) -> Path:
    """A folder that holds the old and the new state of all that is written."""
    options = options_in(tmp_path)
    options.reports.mkdir()
    run.write(options, verdict)
    os.replace(options.monitoring_log, tmp_path / "new.md")
    os.replace(options.reports / "SUMMARY.md", tmp_path / "new-summary.md")
    text = (tmp_path / "new.md").read_text("utf-8")
    # A person wrote notes since the last run, so that the old document is not the new one.
    (tmp_path / "old.md").write_text(text.replace("Production Ready: YES", "Production Ready: NO"), "utf-8")
    (tmp_path / "tally-to-be").write_bytes(TALLY)
    (tmp_path / "old-tally").write_bytes(b"older")
    Cache(tmp_path).save("old", CountedFile(lines=1), tmp_path / "old-tally")
    return tmp_path


def leftovers(folder: Path) -> list[Path]:
    """What killed writers left."""
    return list(folder.rglob(".logparse-*"))


def swept(folder: Path) -> None:
    """What the next runs clear away."""
    for place in (folder, folder / "reports", folder / "reports" / "history", folder / "soak"):
        if place.is_dir():
            sweep(place)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("kills", [10, *(pytest.param(kills, marks=LONG) for kills in (30, 100))])
def test_killed_at_a_random_moment(folder: Path, verdict: Verdict, name: str, kills: int) -> None:
    """Whenever the process is killed, what it wrote is the old or the new, and leftovers disturb nobody."""
    longest = write_and_die(folder, verdict, name).seconds
    chance = random.Random(name)
    states = []
    for _ in range(kills):
        write_and_die(folder, verdict, name, after=chance.uniform(0, longest))
        states.append(CASES[name].state(folder, verdict))
    left = leftovers(folder)
    print(f"{kills} kills within {longest:.3f} s:", {state: states.count(state) for state in sorted(set(states))})
    print(f"{len(left)} temporary files were left")
    swept(folder)
    assert leftovers(folder) == []


@pytest.mark.parametrize("kills", [10, *(pytest.param(kills, marks=LONG) for kills in (50, 500))])
def test_killed_at_random_lines_of_a_whole_update(folder: Path, verdict: Verdict, kills: int) -> None:
    """At whatever line of the writing code a run stops, nothing is torn and no word of people's is lost; the next run
    then writes all of it.
    """
    name = "a whole update"
    total = write_and_die(folder, verdict, name, line=1_000_000).lines
    assert total
    chance, states, torn = random.Random(kills), list[str](), list[str]()
    for _ in range(kills):
        line = chance.randint(1, total)
        assert write_and_die(folder, verdict, name, line=line).lines is None, "it was not killed"
        try:
            states.append(CASES[name].state(folder, verdict))
        except AssertionError as problem:
            torn.append(f"line {line}: {problem}")
    print(f"{kills} kills at {total} lines:", {state: states.count(state) for state in sorted(set(states))})
    print(f"torn files and lost words: {len(torn)}")
    assert torn == []
    CASES[name].write(folder, verdict)
    assert CASES[name].state(folder, verdict) == WHOLE_UPDATE
    swept(folder)
    assert leftovers(folder) == []


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("kills", [10, *(pytest.param(kills, marks=LONG) for kills in (100, 1000))])
def test_killed_at_a_line(folder: Path, verdict: Verdict, name: str, kills: int) -> None:
    """At whatever line of the code the process dies (all of them in the long run), the same holds."""
    total = write_and_die(folder, verdict, name, line=1_000_000).lines
    assert total
    assert CASES[name].state(folder, verdict) in ("3 of 3 files new", f"believed: {FACTS}", KEPT, WHOLE_UPDATE)
    lines = range(1, total + 1, max(1, total // kills))
    states = []
    for line in lines:
        assert write_and_die(folder, verdict, name, line=line).lines is None, "it was not killed"
        states.append(CASES[name].state(folder, verdict))
    print(f"{len(lines)} kills at {total} lines:", {state: states.count(state) for state in sorted(set(states))})
    print(f"{len(leftovers(folder))} temporary files were left")
    swept(folder)
    assert leftovers(folder) == []
