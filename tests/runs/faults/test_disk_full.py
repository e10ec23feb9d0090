"""A disk that is full, or becomes so: one clear line, an exit code that says so, nothing lost, and never READY."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runs.command_line import CORE_PLUGINS, Desk, Outcome, shell
from tests.runs.faults.filling_disk import fill
from tests.scenarios.scenario import START
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import write_soak

START_OPTION = "--start=2026-01-12T00:00Z"
DAY = steady_day(START)


@pytest.fixture(scope="module")
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A disk of 3 MB of its own."""
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    if os.geteuid() != 0 or mount is None or unmount is None:
        pytest.skip("only root can mount a small disk")
    folder = tmp_path_factory.mktemp("disk")
    made = subprocess.run([mount, "-t", "tmpfs", "-o", "size=3m", "none", folder], capture_output=True, check=False)
    if made.returncode:
        pytest.skip(f"no disk can be mounted here: {made.stderr.decode().strip()}")
    yield folder
    subprocess.run([unmount, "--lazy", folder], check=True)


@pytest.fixture
def disk(small_disk: Path) -> Path:
    """The disk, empty."""
    for path in small_disk.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return small_disk


@pytest.fixture(scope="module")
def judged_soak(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A soak that was judged READY at hour 20, with the logs up to hour 24."""
    desk = Desk(tmp_path_factory.mktemp("judged"))
    write_soak(desk.logs, steady_day(START), START, "vercel")
    assert desk.run("--hour=20", START_OPTION).exit_code == 0
    return desk


@pytest.fixture
def desk(judged_soak: Desk, tmp_path: Path) -> Desk:
    """A copy of that soak for one test."""
    shutil.copytree(judged_soak.folder, tmp_path / "desk")
    return Desk(tmp_path / "desk")


def only_line(run: Outcome) -> str:
    """The one line that says what is wrong; no traceback beside it."""
    assert "Traceback" not in run.output, run.output
    assert "INTERNALERROR" not in run.output, run.output
    (line,) = (line for line in run.output.splitlines() if "No space left" in line or "File too large" in line)
    return line


PLACES = [
    "document",
    "reports",
    "verdict",
    "html",
    "cache",
]


@pytest.mark.parametrize("place", PLACES)
def test_a_disk_that_is_full_before_the_run(desk: Desk, disk: Path, place: str) -> None:
    """Whatever lies on the full disk: exit code 4, a line that names it, the document as it was, no READY left."""
    moved, option = _moved(desk, disk, place)
    before = desk.document.read_bytes()
    document = moved if place == "document" else desk.document
    fill(disk)
    run = desk.run("--hour=24", *option)
    assert run.exit_code == 4, run.output
    assert str(disk) in only_line(run)
    assert document.read_bytes() == before
    assert ready(desk.folder, disk) == []
    assert list(disk.rglob(".logparse-*")) == []


def _moved(desk: Desk, disk: Path, place: str) -> tuple[Path, list[str]]:
    """Puts one of the things that a run writes on the disk; returns where it is and the option that says so."""
    if place == "document":
        moved = disk / "MONITORING-LOG.md"
        moved.write_bytes(desk.document.read_bytes())
        return moved, [f"--monitoring-log={moved}"]
    if place == "reports":
        shutil.move(desk.reports, disk / "reports")
        return disk / "reports", [f"--reports={disk / 'reports'}"]
    if place == "verdict":
        shutil.copy(desk.reports / "verdict.json", disk / "verdict.json")
        (desk.reports / "verdict.json").unlink()
        return disk / "verdict.json", [f"--verdict-json={disk / 'verdict.json'}"]
    if place == "html":
        return disk / "report.html", [f"--html={disk / 'report.html'}", "--self-contained-html"]
    shutil.copytree(desk.folder / "cache", disk / "cache")
    return disk / "cache", ["-o", f"cache_dir={disk / 'cache'}"]


def ready(*folders: Path) -> list[Path]:
    """The verdicts in some folders that let a gate pass."""
    found = [path for folder in folders for path in folder.rglob("verdict.json")]
    return [path for path in found if '"verdict": "READY"' in path.read_text("utf-8")]


BECOMES_FULL = [
    ("counting", "document", 4),
    ("counting", "reports", 4),
    ("counting", "cache", 10),
    ("concluding", "document", 4),
    ("concluding", "reports", 4),
    ("concluding", "verdict", 4),
    ("concluding", "html", 4),
    ("concluding", "cache", 0),
]


@pytest.mark.parametrize(("moment", "place", "code"), BECOMES_FULL, ids=[" ".join(row[:2]) for row in BECOMES_FULL])
def test_a_disk_that_becomes_full(desk: Desk, disk: Path, moment: str, place: str, code: int) -> None:
    """What cannot be written is said, and no gate passes; a cache that is full when all is counted is not needed."""
    _, option = _moved(desk, disk, place)
    before = desk.document.read_bytes()
    environment = {"FILLED_DISK": str(disk), "FILLED_WHEN": moment}
    plugins = (*CORE_PLUGINS, "tests.runs.faults.filling_disk")
    run = desk.run("--hour=24", "--rehash", *option, environment=environment, plugins=plugins)
    assert run.exit_code == code, run.output
    assert (disk / "filling").exists()
    if code:
        assert "the disk of the cache folder is full" in run.output if code == 10 else only_line(run)
        assert "Traceback" not in run.output, run.output
        assert ready(desk.folder, disk) == []
    if place == "document":
        assert (disk / "MONITORING-LOG.md").read_bytes() == before
    assert list(disk.rglob(".logparse-*")) == []


def test_standard_input_that_fills_the_disk(tmp_path: Path, disk: Path) -> None:
    """A log that does not fit on the disk ends the run in a line; what lay on the disk stays as it was."""
    desk = Desk(disk)
    logs = tmp_path / "logs"
    write_soak(logs, DAY, START, "vercel", "gz")
    assert desk.run("--hour=0", START_OPTION).exit_code == 0
    before = desk.document.read_bytes()
    fill(disk, left=1_200_000)
    # What is read from standard input takes the room that was there when the run began.
    noise = tmp_path / "noise"
    noise.write_bytes(b"2026-01-12T03:00:00.000Z noise\n" * 60_000)
    with noise.open("rb") as source:
        run = desk.run("--hour=4", f"--logs={logs}", "--logs=-", stdin=source)
    assert run.exit_code == 4, run.output
    assert "copy of standard input cannot be written" in only_line(run)
    assert (desk.document.read_bytes(), run.verdict["reason"]) == (before, "the run did not finish")
    assert list(disk.rglob(".logparse-*")) == []


def test_files_that_may_not_grow(tmp_path: Path) -> None:
    """Under a limit of a few kilobytes a file, whatever fails first: exit code 4 or 10, no READY, no traceback."""
    desk = Desk(tmp_path)
    write_soak(desk.logs, DAY, START, "vercel")
    assert desk.run("--hour=0", START_OPTION).exit_code == 0
    run = desk.run("--hour=24", within=shell("trap '' XFSZ; ulimit -f 64"))
    assert run.exit_code in (4, 10), run.output
    assert "Traceback" not in run.output, run.output
    assert "INTERNALERROR" not in run.output, run.output
    assert run.verdict["verdict"] == "NOT JUDGED"
