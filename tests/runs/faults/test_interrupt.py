"""Ctrl-C while a run counts: exit code 2, no traceback, and verdict.json says that the run did not finish."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.runs.command_line import Desk, Outcome
from tests.scenarios.scenario import START
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import write_soak, write_text

LISTENING = (
    sys.executable,
    "-c",
    "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execvp(sys.argv[1], sys.argv[1:])",
)
"""Starts a command that hears Ctrl-C, as one at a terminal does, also where what started the tests ignores it."""

START_OPTION = "--start=2026-01-12T00:00Z"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A soak that was judged READY at hour 4, and logs up to hour 24 that take seconds to count."""
    desk = Desk(tmp_path)
    write_soak(desk.logs, steady_day(START), START, "text")
    assert desk.run("--hour=4", START_OPTION).exit_code == 0
    # Lines of the same minute over and over; what they say does not matter, only that they are counted.
    noise = write_text(steady_day(START, hours=4, deliveries=500)) * 80
    (desk.logs / "much.txt").write_bytes(noise)
    return desk


def interrupted(desk: Desk, process: "subprocess.Popen[str]", after: float) -> Outcome:
    """Presses Ctrl-C so many seconds after the run began to count."""
    while not list(desk.cache.glob("*.scratch")):
        assert process.poll() is None
        time.sleep(0.005)
    time.sleep(after)
    os.kill(process.pid, signal.SIGINT)
    return desk.ended(process)


@pytest.mark.parametrize("seed", range(3))
def test_ctrl_c_while_counting(desk: Desk, seed: int) -> None:
    """The run ends as interrupted, whatever the engine was doing, and concludes nothing."""
    before = desk.document.read_bytes()
    with desk.start("--hour=24", within=LISTENING) as process:
        run = interrupted(desk, process, random.Random(seed).uniform(0, 0.5))
    assert run.exit_code == 2, run.output
    assert "Traceback" not in run.output, run.output
    assert "InterruptException" not in run.output, run.output
    assert (run.verdict["verdict"], run.verdict["reason"]) == ("NOT JUDGED", "the run did not finish")
    assert desk.document.read_bytes() == before
    assert list(desk.folder.rglob(".logparse-*")) == []


def test_ctrl_c_while_standard_input_is_awaited(tmp_path: Path) -> None:
    """A run that waits for a log that never comes can be ended, and leaves no copy."""
    desk = Desk(tmp_path)
    reading, writing = os.pipe()
    with desk.start("--hour=4", "--logs=-", START_OPTION, stdin=reading, within=LISTENING) as process:
        run = interrupted(desk, process, 0.1)
    os.close(reading)
    os.close(writing)
    assert (run.exit_code, run.verdict["reason"]) == (2, "the run did not finish"), run.output
    assert "Traceback" not in run.output, run.output
    assert list(desk.folder.rglob(".logparse-*")) == []
