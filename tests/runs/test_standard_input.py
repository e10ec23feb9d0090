"""Standard input as a log: taken before pytest captures it, read like a file, and left nowhere."""

import gzip
import os
import pty
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from logparse.errors import UsageProblem
from logparse.storage import standard_input
from tests.runs.command_line import CORE_PLUGINS, Desk, Outcome, shell
from tests.scenarios.scenario import START
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import window_content, write_soak, write_text, write_vercel

START_OPTION = "--start=2026-01-12T00:00Z"
DAY = steady_day(START)
EVENING = steady_day(START, hours=4, deliveries=50)


def piped(desk: Desk, content: bytes, *arguments: str, plugins: tuple[str, ...] = CORE_PLUGINS) -> Outcome:
    """A run that gets the content through a pipe, as from ``cat logs | pytest``."""
    (desk.folder / "sent").write_bytes(content)
    with subprocess.Popen(["/bin/cat", desk.folder / "sent"], stdout=subprocess.PIPE) as cat:
        return desk.run(*arguments, START_OPTION, stdin=cat.stdout, plugins=plugins)


SENT = [
    ("rows", write_vercel(DAY)),
    ("text", write_text(DAY)),
    ("gzip", gzip.compress(write_text(DAY))),
]


@pytest.mark.parametrize("content", [row[1] for row in SENT], ids=[row[0] for row in SENT])
def test_a_soak_is_judged_from_a_pipe(tmp_path: Path, content: bytes) -> None:
    """What is sent in is judged like a file of it, and shown as what it is."""
    desk = Desk(tmp_path)
    run = piped(desk, content, "--hour=24", "--logs=-")
    assert (run.exit_code, run.verdict["verdict"]) == (0, "READY"), run.output
    assert run.verdict["metrics"]["deliveries"] == 300
    assert [file["path"] for file in run.verdict["files"]] == ["(standard input)"]
    assert "under (standard input)" in run.output
    for written in (desk.document, desk.reports / "hour-24.html", desk.reports / "SUMMARY.md"):
        assert "standard-input" not in written.read_text("utf-8"), "the copy is nobody's business"


WAYS: list[tuple[str, list[str], tuple[str, ...]]] = [
    ("given twice", ["--logs=-"], CORE_PLUGINS),
    ("without capture", ["-s"], CORE_PLUGINS),
    ("with capture of sys alone", ["--capture=sys"], CORE_PLUGINS),
    ("without the capture plugin", ["-p", "no:capture"], CORE_PLUGINS),
    ("with parallel workers", ["-n", "2"], (*CORE_PLUGINS, "xdist")),
]


@pytest.mark.parametrize(("arguments", "plugins"), [row[1:] for row in WAYS], ids=[row[0] for row in WAYS])
def test_however_pytest_captures(tmp_path: Path, arguments: list[str], plugins: tuple[str, ...]) -> None:
    """The log arrives, once, whatever pytest does with standard input itself."""
    run = piped(Desk(tmp_path), write_text(EVENING), "--hour=4", "--logs=-", *arguments, plugins=plugins)
    assert (run.exit_code, run.verdict["metrics"]["deliveries"]) == (0, 50), run.output


def test_beside_files(tmp_path: Path) -> None:
    """A pipe and files make one soak; what both bring counts once."""
    desk = Desk(tmp_path)
    paths = write_soak(desk.logs, DAY, START, "vercel")
    paths[0].unlink()
    sent = window_content(DAY, START, 4, "vercel") + window_content(DAY, START, 8, "vercel")
    run = piped(desk, sent, "--hour=24", "--logs=-", f"--logs={desk.logs}")
    assert (run.exit_code, run.verdict["metrics"]["deliveries"]) == (0, 300), run.output


@pytest.mark.plain
def test_nothing_sent_is_not_judged(tmp_path: Path) -> None:
    """An empty standard input is missing evidence, like an empty file."""
    run = piped(Desk(tmp_path), b"", "--hour=4", "--logs=-")
    assert (run.exit_code, run.verdict["verdict"]) == (10, "NOT JUDGED"), run.output
    assert "(standard input) is empty (0 bytes)" in run.output


def test_what_is_wrong_with_it_is_said_of_it(tmp_path: Path) -> None:
    """A tool's error text that came through the pipe is named with the pipe, not with a path."""
    run = piped(Desk(tmp_path), b"bash: vercel: command not found\n", "--hour=4", "--logs=-")
    assert run.exit_code == 10, run.output
    assert "(standard input) holds no logs" in run.output


@pytest.mark.plain
def test_a_terminal_is_refused(tmp_path: Path) -> None:
    """Nobody types logs: a terminal as standard input ends the run with what to do, and nothing is written."""
    ours, theirs = pty.openpty()
    try:
        desk = Desk(tmp_path)
        run = desk.run("--hour=4", "--logs=-", START_OPTION, stdin=theirs)
    finally:
        os.close(ours)
        os.close(theirs)
    assert run.exit_code == 4, run.output
    assert "standard input is a terminal; send logs into it" in run.output
    assert not desk.document.exists()


def test_a_closed_standard_input_is_refused(tmp_path: Path) -> None:
    """Without any standard input the run says so, and reads nothing else in its place."""
    run = Desk(tmp_path).run("--hour=4", "--logs=-", START_OPTION, within=shell("exec <&-"))
    assert run.exit_code == 4, run.output
    assert "standard input is closed" in run.output


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A standard input that nobody can read ends the run in a line; verdict.json says that it did not finish."""
    reading, writing = os.pipe()
    run = Desk(tmp_path).run("--hour=4", "--logs=-", START_OPTION, stdin=writing)
    os.close(reading)
    os.close(writing)
    assert run.exit_code == 4, run.output
    assert "standard input cannot be read (Bad file descriptor)" in run.output
    assert run.verdict["reason"] == "the run did not finish"


def test_the_same_content_is_found_in_the_cache(tmp_path: Path) -> None:
    """The second run counts nothing: the tally that the first one kept is still the very file."""
    desk = Desk(tmp_path)
    kept = []
    for _ in range(2):
        assert piped(desk, write_text(EVENING), "--hour=4", "--logs=-").exit_code == 0
        kept.append([path.stat().st_ino for path in desk.cache.glob("*.parquet")])
    assert kept[0] == kept[1]
    assert len(kept[0]) == 1


def copy_of(desk: Desk) -> Path | None:
    """The copy of standard input that a run holds now."""
    return next(iter(desk.cache.glob("*.scratch/*")), None)


def test_a_killed_run_leaves_no_copy_that_others_can_read(tmp_path: Path) -> None:
    """The copy is its owner's alone, in a folder that is its owner's alone; the next run removes it."""
    desk = Desk(tmp_path)
    reading, writing = os.pipe()
    with desk.start("--hour=4", "--logs=-", START_OPTION, stdin=reading, within=shell("umask 0")) as process:
        os.close(reading)
        while (copy := copy_of(desk)) is None:
            assert process.poll() is None
            time.sleep(0.01)
        os.write(writing, b"x" * 1000)
        process.kill()
    os.close(writing)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (copy, copy.parent, desk.cache)}
    assert modes == {0o600, 0o700}
    run = piped(desk, write_text(EVENING), "--hour=4", "--logs=-")
    assert run.exit_code == 0, run.output
    assert list(desk.cache.glob(".*")) == []


@pytest.mark.plain
def test_the_copy_is_not_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read a block at a time, also from a pipe that does not wait by itself."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    sent = os.urandom(5000)
    sizes = []

    def noted(descriptor: int, size: int) -> bytes:
        sizes.append(size)
        return read(descriptor, size)

    read = os.read
    monkeypatch.setattr(os, "read", noted)
    monkeypatch.setattr(standard_input, "BLOCK", 64)
    with subprocess.Popen(
        [sys.executable, "-c", "import sys, time; time.sleep(0.2); sys.stdout.buffer.write(sys.stdin.buffer.read())"],
        stdin=subprocess.PIPE,
        stdout=writing,
    ) as process:
        os.close(writing)
        assert process.stdin
        process.stdin.write(sent)
        process.stdin.close()
        sizes.clear()
        path, digest = standard_input.copy(reading, tmp_path)
    os.close(reading)
    assert (path.read_bytes(), len(digest), max(sizes)) == (sent, 64, 64)


@pytest.mark.plain
def test_a_copy_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A place without room, or that is not there, is a problem of use."""
    reading, writing = os.pipe()
    os.close(writing)
    with pytest.raises(UsageProblem, match="copy of standard input cannot be written"):
        standard_input.copy(reading, tmp_path / "none")
    os.close(reading)
