"""Places that may not be written or read: told in one line before any log is read, and left as they are."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.runs.command_line import Desk, Outcome
from tests.scenarios.scenario import START
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import write_soak

START_OPTION = "--start=2026-01-12T00:00Z"


@pytest.fixture(scope="module")
def judged_soak(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A soak that was judged READY at hour 4, with the logs up to hour 8."""
    desk = Desk(tmp_path_factory.mktemp("judged"))
    write_soak(desk.logs, steady_day(START), START, "vercel", up_to_hour=8)
    assert desk.run("--hour=4", START_OPTION).exit_code == 0
    return desk


@pytest.fixture
def desk(judged_soak: Desk, tmp_path: Path) -> Desk:
    """A copy of that soak for one test."""
    shutil.copytree(judged_soak.folder, tmp_path / "desk")
    return Desk(tmp_path / "desk")


@pytest.fixture
def protected(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of the desk, mounted a second time so that nothing in it can be written."""
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    if os.geteuid() != 0 or mount is None or unmount is None:
        pytest.skip("only root can mount a folder read-only")
    folder = tmp_path_factory.mktemp("protected")
    made = subprocess.run([mount, "-o", "bind,ro", desk.folder, folder], capture_output=True, check=False)
    if made.returncode:
        pytest.skip(f"no folder can be mounted here: {made.stderr.decode().strip()}")
    yield folder
    subprocess.run([unmount, "--lazy", folder], check=True)


def as_anybody() -> Sequence[str]:
    """A command that takes from root what lets it pass all permissions; skips where that cannot be done."""
    if os.geteuid() != 0:
        return ()
    tool = shutil.which("setpriv")
    if tool is None:
        pytest.skip("root passes all permissions, and setpriv is not there to forbid it")
    return (tool, "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search")


def in_one_line(run: Outcome, code: int) -> str:
    """The line of the error; nothing else is said, and no traceback."""
    assert run.exit_code == code, run.output
    assert "Traceback" not in run.output, run.output
    (line,) = (line for line in run.output.splitlines() if line.startswith("ERROR: "))
    return line


@pytest.mark.parametrize("place", ["--monitoring-log=MONITORING-LOG.md", "--reports=reports", "--html=reports/x.html"])
def test_a_read_only_folder_is_told(desk: Desk, protected: Path, place: str) -> None:
    """Exit code 4, the place and the reason; nothing was changed but the verdict: it says that nothing was judged."""
    option, name = place.split("=")
    files = [path for path in desk.folder.rglob("*") if path.is_file() and "cache" not in str(path)]
    before = {path: path.read_bytes() for path in files if path.name != "verdict.json"}
    line = in_one_line(desk.run("--hour=8", f"{option}={protected / name}"), 4)
    assert str(protected) in line
    assert "ead-only" in line
    assert {path: path.read_bytes() for path in before} == before


def test_a_read_only_cache_is_done_without(desk: Desk, protected: Path) -> None:
    """Where nothing can be kept, all is counted in a temporary folder, which is gone afterwards."""
    temporary = desk.folder / "temporary"
    temporary.mkdir()
    run = desk.run("--hour=8", "-o", f"cache_dir={protected / 'cache'}", environment={"TMPDIR": str(temporary)})
    assert (run.exit_code, run.verdict["verdict"]) == (0, "READY"), run.output
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("name", ["MONITORING-LOG.md", "reports"])
def test_a_folder_without_permission_is_told(desk: Desk, name: str) -> None:
    """Whoever may not write there reads so in a line; nothing was changed."""
    place = desk.folder / "theirs"
    place.mkdir(mode=0o555)
    option = "--reports" if name == "reports" else "--monitoring-log"
    line = in_one_line(desk.run("--hour=8", f"{option}={place / name}", within=as_anybody()), 4)
    assert str(place / name) in line
    assert "cannot be written (Permission denied)" in line


def test_a_log_without_permission_is_not_judged(desk: Desk) -> None:
    """A log that may not be read is missing evidence, with its name."""
    (desk.logs / "logs-hour-08.jsonl").chmod(0)
    run = desk.run("--hour=8", within=as_anybody())
    assert (run.exit_code, run.outcomes["evidence"]) == (10, "NOT JUDGED"), run.output
    assert "logs-hour-08.jsonl cannot be read" in run.output
    assert "Permission denied" in run.output


@pytest.mark.parametrize("mode", [0o600, 0o000])
def test_a_folder_of_logs_without_permission(desk: Desk, mode: int) -> None:
    """A folder that may not be looked into is told, and never passes for one without logs that lack nothing."""
    desk.logs.chmod(mode)
    run = desk.run("--hour=8", within=as_anybody())
    desk.logs.chmod(0o755)
    assert run.exit_code in (4, 10), run.output
    assert "Traceback" not in run.output, run.output
    assert "cannot be looked into" in run.output or "no log" in run.output
