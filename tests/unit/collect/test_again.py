"""A window fetched anew, and windows of which something was fetched for others, or in a rehearsal."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from logparse.collect.collection import Collection, WindowTask, collect
from logparse.storage.manifest import from_json, manifest_path
from tests.builders.sources.fetching import LATER, SETTLE, START, WINDOW
from tests.builders.sources.made_source import MadeSource, made_rows

ROWS = made_rows(START, 4)
WHOLE = [line for _, line in ROWS]


def _task(folder: Path) -> WindowTask:
    return WindowTask(folder / "logs-hour-04.jsonl", WINDOW, SETTLE, lambda: LATER)


def _lines(log: Path) -> list[str]:
    return log.read_text("utf-8").splitlines()


def _again(folder: Path, source: MadeSource) -> Collection:
    return collect(replace(_task(folder), again=True), source)


def test_proven_window_is_fetched_anew(tmp_path: Path) -> None:
    """All of it is asked for, and what the first answer lacked is there; each row once."""
    task = _task(tmp_path)
    collect(task, MadeSource(ROWS[3:]))
    source = MadeSource(ROWS)
    assert (_again(tmp_path, source).problem, source.asked) == ("", [WINDOW])
    assert sorted(_lines(task.log)) == sorted(WHOLE)


def test_what_the_new_answer_lacks_stays(tmp_path: Path) -> None:
    """A source forgets; nothing of the old answer is lost for the new one."""
    task = _task(tmp_path)
    collect(task, MadeSource(ROWS))
    collection = _again(tmp_path, MadeSource(ROWS[10:]))
    assert (sorted(_lines(task.log)), collection.manifest.covered) == (sorted(WHOLE), (WINDOW,))


@pytest.mark.parametrize("killed", [False, True], ids=["fails", "is killed"])
def test_old_answer_stays_until_the_new_one_is_there(killed: bool, tmp_path: Path) -> None:
    """A fetch that fails on its way changes neither rows nor proof."""
    task = _task(tmp_path)
    collect(task, MadeSource(ROWS))
    source = MadeSource(ROWS, fails_from=START + timedelta(hours=2), killed=killed)
    if killed:
        with pytest.raises(KeyboardInterrupt):
            _again(tmp_path, source)
    else:
        assert _again(tmp_path, source).problem
    assert _lines(task.log) == WHOLE
    assert from_json(manifest_path(task.log).read_text("utf-8")).covered == (WINDOW,)
    source.fails_from = None
    assert _again(tmp_path, source).problem == ""
    assert source.asked[-1] == WINDOW
    assert sorted(_lines(task.log)) == sorted(WHOLE)


OTHERS = {
    "of another project": MadeSource(ROWS[:3], subject="project b"),
    "of another source": MadeSource(ROWS[:3], name="other"),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_what_was_fetched_for_others_proves_nothing(other: MadeSource, tmp_path: Path) -> None:
    """The window is fetched, into a file of its own, it is told why, and the other's file stays as it is."""
    task = _task(tmp_path)
    collect(task, other)
    before = [path.read_bytes() for path in (task.log, manifest_path(task.log))]
    source = MadeSource(ROWS, subject="project a")
    for _ in range(2):
        collection = collect(task, source)
        assert "logs-hour-04.jsonl is of another request" in collection.told
        assert "it is collected into logs-hour-04-2.jsonl" in collection.told
        assert _lines(tmp_path / "logs-hour-04-2.jsonl") == WHOLE
    assert source.asked == [WINDOW]
    assert [path.read_bytes() for path in (task.log, manifest_path(task.log))] == before
    assert collect(task, other).told == ""


def test_same_request_with_other_times_is_the_same(tmp_path: Path) -> None:
    """A project that is asked again later, or by an earlier version that noted no subject."""
    task = _task(tmp_path)
    source = MadeSource(ROWS, subject="project a")
    collect(replace(task, clock=lambda: START + timedelta(hours=2)), source)
    assert (collect(task, source).told, collect(task, source).manifest.covered) == ("", (WINDOW,))
    path = manifest_path(task.log)
    path.write_text(path.read_text("utf-8").replace("project a", ""), "utf-8")
    asked = len(source.asked)
    assert (collect(task, source).told, len(source.asked)) == ("", asked)


def test_killed_fetch_for_others_is_not_gone_on_with(tmp_path: Path) -> None:
    """What waits beside the log file is theirs."""
    task = _task(tmp_path)
    other = MadeSource(ROWS[:3], subject="project b", fails_from=START + timedelta(hours=2), killed=True)
    with pytest.raises(KeyboardInterrupt):
        collect(task, other)
    source = MadeSource(ROWS[3:], subject="project a")
    collect(task, source)
    assert (_lines(task.log), source.asked) == (WHOLE[3:], [WINDOW])


def test_window_that_a_rehearsal_collected_is_fetched(tmp_path: Path) -> None:
    """With a clock set ahead, a window ends that has not begun."""
    task = _task(tmp_path)
    rehearsed = collect(replace(task, rehearsal=True), MadeSource([]))
    assert rehearsed.manifest.covered == (WINDOW,)
    source = MadeSource(ROWS)
    assert (collect(task, source).problem, source.asked) == ("", [WINDOW])
    assert _lines(task.log) == WHOLE
    assert collect(replace(task, rehearsal=True), source).manifest.covered == (WINDOW,)
