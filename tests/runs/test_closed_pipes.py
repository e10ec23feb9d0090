"""Commands whose output nobody reads any more, and commands that are interrupted: quiet ends, without a traceback."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.runs.command_line import ROOT, Desk
from tests.runs.faults.test_interrupt import LISTENING
from tests.scenarios.scenario import START, steady
from tests.scenarios.writers import write_soak

pytestmark = pytest.mark.counts

COMMANDS = {
    "tally": ("tally", "{logs}"),
    "tally as JSON": ("tally", "--json", "{logs}"),
    "help": ("--help",),
    "help of a command": ("collect", "--help"),
    "gate": ("gate", "--deployment=any", "{logs}"),
    "a mistake": ("tally", "--by=nothing", "{logs}"),
    "collect": ("collect", "--source=nowhere", "--start=2026-01-12T00:00Z"),
}


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A soak's logs."""
    folder = tmp_path_factory.mktemp("logs")
    write_soak(folder, steady(), START, "text")
    return folder


def _in_a_shell(script: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["/bin/bash", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)


def _words(command: Sequence[str], logs: Path) -> list[str]:
    return [sys.executable, "-m", "logparse", *(word.replace("{logs}", str(logs)) for word in command)]


@pytest.mark.parametrize("streams", ["stdout", "both"])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_closed_pipe_is_no_error(name: str, streams: str, logs: Path, tmp_path: Path) -> None:
    """A reader that went away before the first line: nothing is said, and the exit code is none of a verdict."""
    reading, writing = os.pipe()
    os.close(reading)
    errors = tmp_path / "errors"
    with errors.open("wb") as stderr:
        ended = subprocess.run(
            _words(COMMANDS[name], logs),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=writing,
            stderr=writing if streams == "both" else stderr,
            check=False,
        )
    os.close(writing)
    said = errors.read_text("utf-8")
    assert [word for word in ("Traceback", "BrokenPipe", "Broken pipe") if word in said] == []
    tells_on_stderr = name in ("a mistake", "collect")
    expected = 141 if streams == "both" or not tells_on_stderr else 4
    # argparse itself swallows what it cannot print of its help.
    assert ended.returncode in ((0, 141) if "help" in name else (expected,)), said
    assert (said != "") == (tells_on_stderr and streams == "stdout")


def test_a_reader_that_leaves_after_a_line(logs: Path) -> None:
    """As ``logparse tally | head -1`` does."""
    words = " ".join(_words(COMMANDS["tally as JSON"], logs))
    ended = subprocess.run(
        ["/bin/bash", "-c", f"{words} | head -1; echo ${{PIPESTATUS[0]}}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    first, code = ended.stdout.split()
    assert (first, ended.stderr) == ("{", "")
    assert code in ("0", "141")


def test_a_run_into_a_closed_pipe_writes_all_the_same(tmp_path: Path) -> None:
    """What pytest --hour prints may go nowhere; what it writes is whole, and no old verdict is left."""
    desk = Desk(tmp_path)
    write_soak(desk.logs, steady(), START, "vercel")
    words = f"{sys.executable} -m pytest --hour=4 --start=2026-01-12T00:00Z --logs={desk.logs}"
    words += f" --monitoring-log={desk.document} --reports={desk.reports} -o cache_dir={tmp_path}/cache"
    ended = _in_a_shell(f"{words} | head -1")
    assert "Traceback" not in ended.stderr, ended.stderr
    assert desk.verdict()["verdict"] in ("READY", "NOT JUDGED")


@pytest.mark.parametrize("command", ["tally", "gate", "collect"])
def test_ctrl_c_is_one_line(command: str, tmp_path: Path) -> None:
    """A command that waits or counts ends at Ctrl-C with the documented exit code and one line."""
    waits = tmp_path / "waits"
    os.mkfifo(waits)
    words = {
        "tally": ["tally", "-"],
        "gate": ["gate", "--deployment=any", str(waits)],
        "collect": [
            "collect",
            "--source=command",
            "--start=2026-01-12T00:00Z",
            f"--out={tmp_path}/logs",
            "-o",
            f"collect_command=sh -c 'touch {tmp_path}/begun; sleep 100' {{since}}",
        ],
    }[command]
    reading, writing = os.pipe()
    environment = {**os.environ, "LOGPARSE_NOW": "2026-01-12T09:00:00Z"}
    with subprocess.Popen(
        [*LISTENING, sys.executable, "-m", "logparse", *words],
        cwd=ROOT,
        env=environment,
        stdin=reading,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        _await(process, command, tmp_path)
        process.send_signal(signal.SIGINT)
        output, said = process.communicate()
    os.close(reading)
    os.close(writing)
    if command != "gate":  # a pipe is no verdict, and is not waited for
        assert (process.returncode, said.count("interrupted")) == (2, 1), (output, said)
    assert "Traceback" not in said + output
    assert len([line for line in said.splitlines() if line.strip()]) <= 1, said


def _await(process: "subprocess.Popen[str]", command: str, folder: Path) -> None:
    """Until the command has begun: it opened what it waits for, or ended by itself."""
    begun = folder / "begun"
    while process.poll() is None and not (begun.exists() if command == "collect" else _sleeps(process.pid)):
        time.sleep(0.05)


def _sleeps(pid: int) -> bool:
    """Whether a process waits in a read of standard input: the engine was loaded by then."""
    maps = Path(f"/proc/{pid}/maps").read_text("utf-8", errors="replace")
    state = Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[0]
    return "duckdb" in maps and state == "S"
