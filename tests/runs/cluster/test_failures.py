"""What goes wrong on a cluster: it is made good by the scheduler, or told and NOT JUDGED; nothing is left out."""

import gzip
import json
import os
import re
import signal
from collections.abc import Callable
from pathlib import Path
from threading import Timer

import pytest
from distributed import LocalCluster

from logparse.__main__ import main
from logparse.cluster.client import scheduler
from logparse.cluster.parts import Cut, LogFile, Setup, code
from logparse.cluster.worker import count
from logparse.cluster.worker.workplace import local_version
from logparse.errors import UsageProblem
from tests.builders.counted import NOW, START
from tests.runs.cluster.clusters import SETTINGS, Desk, kill_workers, running, told
from tests.runs.cluster.collections import COLLECTIONS, DAY
from tests.scenarios.writers import WRITERS

TEXT = WRITERS["iso-text"].write(DAY)


def killed_by(file: LogFile, uncut: bool, setup: Setup) -> object:
    """In place of reading: the worker dies over one file, whenever it is tried."""
    if file.place.endswith("deadly.log"):
        os.kill(os.getpid(), signal.SIGKILL)
    return _read_file(file, uncut, setup)


_read_file = count.read_file


@pytest.mark.timeout(600)
def test_workers_that_die_in_the_middle_change_no_number(cluster: LocalCluster, desk: Desk) -> None:
    """The scheduler has what they were at done again by those that its nannies start."""
    desk.lay({f"{at:02d}.log": TEXT * 20 for at in range(6)})
    expected = told(desk.tally())
    timer = Timer(1.0, kill_workers, [cluster.scheduler_address])
    timer.start()
    found = told(Desk(desk.folder, 200_000).tally(cluster.scheduler_address))
    assert not timer.is_alive(), "the workers were to die while it went on"
    assert found == expected


@pytest.mark.timeout(600)
def test_a_file_that_kills_every_worker_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scheduler gives it up after a few workers; the others are counted, and the run is not whole."""
    desk.lay({"deadly.log": TEXT, "other.log": TEXT})
    monkeypatch.setattr(count, "read_file", killed_by)
    with running(2, processes=True) as cluster:
        found = desk.tally(cluster.scheduler_address)
    (problem,) = found.problems
    assert (
        problem.text == "deadly.log could not be read on the cluster: the workers that read it died, one after another"
    )
    assert [file.path for file in found.files] == ["deadly.log", "other.log"]
    assert found.metrics.records


def test_a_file_that_no_worker_can_read_is_not_judged(here: str, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path that only this machine has is told with the file's name, and its time is NOT JUDGED."""
    desk.lay({"here.log": TEXT})
    lost = OSError(2, "No such file or directory", "here.log")

    def check(file: LogFile) -> None:
        raise lost

    monkeypatch.setattr(count, "check", check)
    verdict = json.loads(Desk(desk.folder, 10**9).verdict(here))
    assert verdict["verdict"] == "NOT JUDGED"
    (file,) = verdict["files"]
    assert file["problem"].startswith("here.log could not be read on the cluster: [Errno 2] No such file or directory")


def test_a_stretch_that_cannot_be_read_is_named(here: str, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes that are missing are told; nothing of the file counts, because it would be less than it holds."""
    desk.lay({"large.log": TEXT * 3})

    def scan(*arguments: object) -> None:
        raise OSError("the disk is on fire")

    monkeypatch.setattr(count, "scan", scan)
    found = desk.tally(here)
    (problem,) = found.problems
    assert re.fullmatch(
        r"large\.log could not be read on the cluster: bytes [\d,]+ to [\d,]+ of it: the disk is on fire", problem.text
    )
    assert not found.metrics.records


def test_a_file_that_changes_before_its_second_look_does_not_count(
    here: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Minutes of several files are counted again: where one of the files is another by then, none of it counts."""
    desk.lay(COLLECTIONS["text that overlaps"])
    whole = desk.tally()
    changed = desk.folder / "iso-text-1.log"
    before = count.read_file

    def read_and_change(file: LogFile, uncut: bool, setup: Setup) -> object:
        found = before(file, uncut, setup)
        if file.place.endswith(changed.name):
            changed.write_bytes(TEXT[:1_000])
        return found

    monkeypatch.setattr(count, "read_file", read_and_change)
    found = Desk(desk.folder, 10**9).tally(here)
    assert not found.complete
    assert found.metrics.records < whole.metrics.records
    assert any("iso-text-1.log" in problem.text for problem in found.problems)


@pytest.mark.timeout(600)
def test_a_cluster_that_loses_its_workers_for_good_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run does not wait for ever: what is left is told as lost."""
    monkeypatch.setattr(scheduler, "LONGEST_WITHOUT_WORKERS", 3)
    desk.lay({f"{at:02d}.log": TEXT * 20 for at in range(6)})
    with running(1, processes=True) as cluster:
        timer = Timer(1.0, cluster.scale, [0])
        timer.start()
        found = Desk(desk.folder, 100_000).tally(cluster.scheduler_address)
    assert not found.complete
    assert any("the cluster had no worker" in problem.text for problem in found.problems)


ADDRESSES = {
    "no address": ("10.0.0.5", "it is no address of a scheduler; write it like tcp://10.0.0.5:8786"),
    "another protocol": ("http://127.0.0.1:1", "no Dask scheduler answers there"),
    "nobody there": ("tcp://127.0.0.1:1", "no Dask scheduler answers there"),
    "no port": ("tcp://127.0.0.1:none", "no Dask scheduler answers there"),
}


@pytest.mark.parametrize(("address", "said"), ADDRESSES.values(), ids=ADDRESSES)
def test_a_scheduler_that_cannot_be_reached_is_a_mistake(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    address: str,
    said: str,
) -> None:
    """One clear line, the exit code of usage, and nothing else on the screen."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(scheduler, "LONGEST_CONNECT", 1)
    (tmp_path / "a.log").write_bytes(TEXT)
    assert main(["tally", "a.log", f"--cluster={address}"]) == 4
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith(f"ERROR: --cluster={address}: {said}")
    assert err.count("\n") == 1


def test_a_scheduler_without_workers_is_a_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """It says how to start one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(scheduler, "LONGEST_WAIT", 0.1)
    (tmp_path / "a.log").write_bytes(TEXT)
    with running(0, processes=False) as empty:
        assert main(["tally", "a.log", f"--cluster={empty.scheduler_address}"]) == 4
    assert "the scheduler has no workers; start one: dask worker" in capfd.readouterr().err


def test_workers_of_another_version_are_a_mistake(here: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other code may count otherwise, so it is not asked."""
    monkeypatch.setattr(scheduler, "_own_code", lambda: "another")
    said = "has no logparse, or another version of it or of DuckDB"
    with pytest.raises(UsageProblem, match=said), scheduler.connected(here):
        pass


def test_standard_input_does_not_go_with_a_cluster(here: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Only this machine could read it."""
    assert main(["tally", "-", f"--cluster={here}"]) == 4
    assert "standard input is on this machine alone" in capfd.readouterr().err


LARGE = {
    "text": ("iso-text", bytes, True),
    "rows": ("vercel-rows", bytes, True),
    "packed text": ("iso-text", gzip.compress, False),
    "a document": ("vercel-rows", lambda rows: b"[" + b",".join(rows.splitlines()) + b"]", False),
    "lines that hang together": ("docker-json", bytes, False),
    "text without dates": ("vercel-tail", bytes, False),
    "a dashboard copy": ("vercel-dashboard", bytes, False),
}


@pytest.mark.parametrize(("writer", "packed", "is_cut"), LARGE.values(), ids=LARGE)
def test_large_files_are_cut_where_each_line_is_read_by_itself(
    desk: Desk, writer: str, packed: Callable[[bytes], bytes], is_cut: bool
) -> None:
    """What is packed, a document, undated, or hangs together is read whole."""
    desk.lay({"log": packed(WRITERS[writer].write(DAY))})
    path = desk.folder / "log"
    file = LogFile(str(path), "log", path.stat().st_size, local_version(path.stat()))
    assert isinstance(count.read_file(file, False, Setup(SETTINGS, NOW, START, code(), 1_000)), Cut) == is_cut
