"""The hour that is due, in whole runs: nothing is begun, judged anew or lost by the clock."""

import json
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import Popen

import pytest

from tests.builders.counted import START
from tests.runs.command_line import Desk, Outcome
from tests.runs.faults.test_interrupt import LISTENING
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import WRITERS
from tests.unit.test_due_hour import _at

DAY = WRITERS["vercel-rows"].write(steady_day(START, deliveries=150))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A folder with the logs of a whole steady day."""
    made = Desk(tmp_path)
    made.logs.mkdir()
    (made.logs / "day.jsonl").write_bytes(DAY)
    return made


def _run(desk: Desk, hour: str, at: float, *more: str) -> Outcome:
    return desk.run(f"--hour={hour}", *more, environment=_at(at))


@pytest.mark.plain
def test_a_lost_document_begins_no_soak(desk: Desk) -> None:
    """Nothing was judged, which is no success; what begins a soak is named, and no old READY stays."""
    desk.reports.mkdir()
    (desk.reports / "verdict.json").write_text('{"verdict": "READY"}')
    run = _run(desk, "due", 12.1)
    assert run.exit_code == 10
    assert "NOT JUDGED: no soak has begun here" in run.output
    assert "pytest --hour=0" in run.output
    assert (run.verdict["verdict"], run.verdict["criteria"]) == ("NOT JUDGED", [])
    assert "no soak has begun" in run.verdict["reason"]
    assert not desk.document.exists()


def test_a_start_that_is_given_is_judged_without_a_document(desk: Desk) -> None:
    """Whoever names the start has begun the soak."""
    run = _run(desk, "due", 4.1, f"--start={START:%Y-%m-%dT%H:%MZ}")
    assert (run.exit_code, run.verdict["hour"]) == (0, 4), run.output


def test_before_the_first_checkpoint_the_soak_has_started(desk: Desk) -> None:
    """It ends well, as STARTED, and says from when the first hour can be judged."""
    _run(desk, "0", 0)
    run = _run(desk, "due", 3.9)
    assert (run.exit_code, run.verdict["verdict"], run.verdict["hour"]) == (0, "STARTED", 0)
    assert f"next: hour 4, which can be judged from {START + timedelta(hours=4, minutes=2):%Y-%m-%d %H:%M UTC} on" in (
        run.output
    )


def test_after_the_end_nothing_is_judged_anew(desk: Desk) -> None:
    """The verdict of hour 24 stands, byte for byte, also where the logs are gone meanwhile."""
    _run(desk, "0", 0)
    assert _run(desk, "due", 24.1).exit_code == 0
    before = (desk.reports / "verdict.json").read_bytes(), desk.document.read_bytes()
    (desk.logs / "day.jsonl").unlink()
    run = _run(desk, "due", 100)
    assert run.exit_code == 10
    assert "the soak ended at" in run.output
    assert "nothing is judged anew" in run.output
    assert ((desk.reports / "verdict.json").read_bytes(), desk.document.read_bytes()) == before


def test_an_end_that_was_not_judged_is_made_good(desk: Desk) -> None:
    """Logs that came late are judged: what stands is no conclusion."""
    _run(desk, "0", 0)
    late = (desk.logs / "day.jsonl").rename(desk.folder / "late.jsonl")
    assert _run(desk, "due", 24.1).exit_code == 10
    late.rename(desk.logs / "day.jsonl")
    run = _run(desk, "due", 30)
    assert (run.exit_code, run.verdict["verdict"], run.verdict["hour"]) == (0, "READY", 24), run.output


@pytest.mark.parametrize("hour", ["0", "8"])
def test_an_earlier_hour_leaves_the_verdict_that_gates_read(desk: Desk, hour: str) -> None:
    """After hour 24 it fills in its section, keeps its verdict in the history, and says that the last one stays."""
    _run(desk, "0", 0)
    assert _run(desk, "24", 24.1).exit_code == 0
    before = (desk.reports / "verdict.json").read_bytes()
    run = _run(desk, hour, 24.2)
    assert run.exit_code == 0, run.output
    assert (desk.reports / "verdict.json").read_bytes() == before
    assert "stays that of hour 24" in run.output
    assert list((desk.reports / "history").glob(f"*-hour-{int(hour):02d}-*.json"))


def test_a_restart_replaces_the_verdict_that_gates_read(desk: Desk) -> None:
    """Another soak has begun: that of the old one is no longer true."""
    _run(desk, "0", 0)
    assert _run(desk, "24", 24.1).exit_code == 0
    assert _run(desk, "0", 24.2, "--restart").verdict["verdict"] == "STARTED"


@pytest.mark.parametrize("name", ["vercel-rows", "vercel-tail"])
def test_a_rehearsal_judges_each_hour_of_a_whole_day(tmp_path: Path, name: str) -> None:
    """With a set clock what lies after it is later than this checkpoint, and nothing else; dated lines or not."""
    desk = Desk(tmp_path)
    desk.logs.mkdir()
    (desk.logs / "day").write_bytes(WRITERS[name].write(steady_day(START, deliveries=150)))
    _run(desk, "0", 0)
    run = _run(desk, "4", 4.1)
    assert (run.exit_code, run.verdict["verdict"]) == (0, "READY"), run.output
    assert run.verdict["lines"]["later"] > 0
    assert "which the clock" not in json.dumps(run.verdict["criteria"])


def test_a_run_says_that_it_waits_and_can_be_interrupted(desk: Desk) -> None:
    """On the clock of the machine, with a settle time that nobody waits for."""
    start = (datetime.now(UTC) - timedelta(hours=4)).replace(second=0, microsecond=0)
    began = f"--start={start:%Y-%m-%dT%H:%MZ}"
    with desk.start("--hour=due", began, "-o", "settle_seconds=36000", within=LISTENING) as process:
        output = _until(process, "waiting ")
        process.send_signal(signal.SIGINT)
        output += desk.ended(process).output
    assert "hour 4 is due; waiting" in output
    assert process.returncode == 2, output
    assert desk.verdict()["reason"] == "the run did not finish"


def _until(process: "Popen[str]", words: str) -> str:
    seen = ""
    for line in process.stdout or ():
        seen += line
        if words in line:
            break
    return seen
