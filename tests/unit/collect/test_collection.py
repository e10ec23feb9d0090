"""The collection of a window: whole or not at all, never twice, and going on where it stopped."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from logparse.collect.collection import Collection, WindowTask, collect
from logparse.collect.journal import Journal
from logparse.collect.source import FetchedLines
from logparse.storage.manifest import from_json, manifest_path
from logparse.values.schedule import Span
from tests.builders.sources.made_source import MadeSource, made_rows

START = datetime(2026, 1, 12, 6, tzinfo=UTC)
WINDOW = Span(START, START + timedelta(hours=4))
SETTLE = timedelta(minutes=2)


def _task(folder: Path, now: datetime) -> WindowTask:
    return WindowTask(folder / "soak" / "logs-hour-04.jsonl", WINDOW, SETTLE, lambda: now)


def _collected(task: WindowTask, source: MadeSource) -> Collection:
    return collect(task, source)


def test_window_is_collected_with_its_proof(tmp_path: Path) -> None:
    """All rows are there as they came, and the manifest tells what was asked, what came, and the sum of the file."""
    task, source = _task(tmp_path, START + timedelta(hours=5)), MadeSource(made_rows(START, 4))
    collection = _collected(task, source)
    assert (collection.problem, collection.new_rows) == ("", 24)
    assert task.log.read_text("utf-8").splitlines() == [line for _, line in source.rows]
    manifest = from_json(manifest_path(task.log).read_text("utf-8"))
    assert manifest == collection.manifest
    assert manifest.sha256 == hashlib.sha256(task.log.read_bytes()).hexdigest()
    assert manifest.covered == (WINDOW,)
    (fetch,) = manifest.fetches
    assert (fetch.source, fetch.pages, fetch.rows, fetch.complete, fetch.tool) == ("made", 4, 24, True, "made")
    assert (fetch.first, fetch.last) == (source.rows[0][0], source.rows[-1][0])


def test_proven_window_is_not_fetched_again(tmp_path: Path) -> None:
    """A second run asks for nothing and changes nothing."""
    task, source = _task(tmp_path, START + timedelta(hours=5)), MadeSource(made_rows(START, 4))
    _collected(task, source)
    before = [path.read_bytes() for path in (task.log, manifest_path(task.log))]
    asked = len(source.asked)
    assert _collected(task, source).problem == ""
    assert len(source.asked) == asked
    assert [path.read_bytes() for path in (task.log, manifest_path(task.log))] == before


def test_only_what_has_settled_counts_as_collected(tmp_path: Path) -> None:
    """The last two minutes before the clock may still get rows, so they are left for the next run."""
    source = MadeSource(made_rows(START, 4, each_hour=60))
    now = START + timedelta(hours=2)
    first = _collected(_task(tmp_path, now), source)
    assert first.manifest.covered == (Span(START, now - SETTLE),)
    assert (first.problem, "the rest is to come" in first.to_come) == ("", True)
    second = _collected(_task(tmp_path, START + timedelta(hours=5)), source)
    assert second.manifest.covered == (WINDOW,)
    assert source.asked[-1] == Span(now - SETTLE, WINDOW.end)
    lines = (tmp_path / "soak" / "logs-hour-04.jsonl").read_text("utf-8").splitlines()
    assert lines == [line for _, line in source.rows]


def test_failed_fetch_leaves_no_file_and_says_why(tmp_path: Path) -> None:
    """Nothing has the final name until all is there; the manifest holds the cause, and the next run goes on."""
    task = _task(tmp_path, START + timedelta(hours=5))
    source = MadeSource(made_rows(START, 4), fails_from=START + timedelta(hours=2))
    failed = _collected(task, source)
    assert failed.problem == "the server answers with HTTP 500"
    assert not task.log.exists()
    manifest = from_json(manifest_path(task.log).read_text("utf-8"))
    assert (manifest.covered, [fetch.problem for fetch in manifest.fetches]) == ((), [failed.problem])
    source.fails_from = None
    assert _collected(task, source).problem == ""
    assert source.asked[-1] == Span(START + timedelta(hours=2), WINDOW.end)
    assert task.log.read_text("utf-8").splitlines() == [line for _, line in source.rows]
    manifest = from_json(manifest_path(task.log).read_text("utf-8"))
    assert (manifest.covered, [fetch.problem for fetch in manifest.fetches]) == ((WINDOW,), [""])


@pytest.mark.parametrize("torn", [b"", b'{"span": ["2026-01-12T08:00:00+00:00", "2026'], ids=["whole", "torn"])
def test_killed_fetch_goes_on_where_it_stopped(tmp_path: Path, torn: bytes) -> None:
    """What was kept before a kill is not asked for again, half a line at the end of it is dropped."""
    task = _task(tmp_path, START + timedelta(hours=5))
    source = MadeSource(made_rows(START, 4), fails_from=START + timedelta(hours=2), killed=True)
    with pytest.raises(KeyboardInterrupt):
        _collected(task, source)
    assert not task.log.exists()
    journal = Journal(task.log)
    journal.path.write_bytes(journal.path.read_bytes() + torn)
    source.fails_from = None
    assert _collected(task, source).problem == ""
    assert source.asked[-1] == Span(START + timedelta(hours=2), WINDOW.end)
    assert task.log.read_text("utf-8").splitlines() == [line for _, line in source.rows]
    assert not journal.path.exists()


def test_rows_that_came_twice_stand_once(tmp_path: Path) -> None:
    """A row with the id of another one takes its place."""
    rows = made_rows(START, 4)
    again = [(time, line.replace('"logs": []', '"logs": [1]')) for time, line in rows[:3]]
    task, source = _task(tmp_path, START + timedelta(hours=5)), MadeSource([*rows, *again])
    _collected(task, source)
    lines = task.log.read_text("utf-8").splitlines()
    assert len(lines) == len(rows)
    assert sum('"logs": [1]' in line for line in lines) == 3


def test_crash_between_manifest_and_rows_is_made_good(tmp_path: Path) -> None:
    """A manifest that is ahead of its file is taken for what it was before its last fetch."""
    source = MadeSource(made_rows(START, 4))
    _collected(_task(tmp_path, START + timedelta(hours=2)), source)
    log = tmp_path / "soak" / "logs-hour-04.jsonl"
    older = log.read_bytes()
    _collected(_task(tmp_path, START + timedelta(hours=5)), source)
    whole = log.read_bytes()
    log.write_bytes(older)
    assert _collected(_task(tmp_path, START + timedelta(hours=5)), source).problem == ""
    assert log.read_bytes() == whole


def test_file_that_was_changed_is_collected_anew(tmp_path: Path) -> None:
    """A file that does not fit its manifest proves nothing, so the whole window is asked for again."""
    task, source = _task(tmp_path, START + timedelta(hours=5)), MadeSource(made_rows(START, 4))
    _collected(task, source)
    task.log.write_text("", "utf-8")
    _collected(task, source)
    assert source.asked[-1] == WINDOW
    assert task.log.read_text("utf-8").splitlines() == [line for _, line in source.rows]


def test_window_that_has_not_begun_is_not_asked_for(tmp_path: Path) -> None:
    """Before a window there is nothing to collect, and it is said so."""
    source = MadeSource([])
    collection = _collected(_task(tmp_path, START + timedelta(minutes=1)), source)
    assert (collection.to_come, source.asked) == ("the window has not begun, or not settled yet", [])


def test_empty_window_is_proven_empty(tmp_path: Path) -> None:
    """No rows, wholly asked for: an empty file and a manifest that covers it."""
    task = _task(tmp_path, START + timedelta(hours=5))
    collection = _collected(task, MadeSource([]))
    assert (collection.manifest.covered, task.log.read_bytes()) == ((WINDOW,), b"")
    assert replace(collection.manifest.fetches[0], rows=0) == collection.manifest.fetches[0]


def test_row_may_hold_signs_that_end_a_line_elsewhere(tmp_path: Path) -> None:
    """Only a line feed ends a line of a log, also where a window is fetched in two parts."""
    rows = [(time, line.replace('"logs": []', '"logs": ["\u2028\x85"]')) for time, line in made_rows(START, 4)]
    source = MadeSource(rows)
    _collected(_task(tmp_path, START + timedelta(hours=2)), source)
    assert _collected(_task(tmp_path, START + timedelta(hours=5)), source).problem == ""
    lines = (tmp_path / "soak" / "logs-hour-04.jsonl").read_bytes().decode().removesuffix("\n").split("\n")
    assert lines == [line for _, line in rows]


def test_what_a_source_has_lost_is_noted_once_and_the_rest_kept(tmp_path: Path) -> None:
    """Only what it still has is asked for; what it has lost is no failure to fetch, but never proven either."""
    source = MadeSource(made_rows(START, 4), retention=timedelta(hours=2))
    now = START + timedelta(hours=5)
    first = _collected(_task(tmp_path, now), source)
    assert source.asked == [Span(now - timedelta(hours=2), WINDOW.end)]
    assert first.manifest.covered == (Span(now - timedelta(hours=2), WINDOW.end),)
    assert "made has nothing older than 2026-01-12 09:00 UTC any more" in first.problem
    again = _collected(_task(tmp_path, START + timedelta(hours=9)), source)
    assert (len(source.asked), again.problem) == (1, first.problem)
    assert [bool(fetch.problem) for fetch in again.manifest.fetches] == [False, True]


def test_source_that_has_lost_everything_is_not_asked(tmp_path: Path) -> None:
    """No file is written, and the whole window is said to be gone."""
    source = MadeSource(made_rows(START, 4), retention=timedelta(hours=2))
    task = _task(tmp_path, START + timedelta(hours=9))
    collection = _collected(task, source)
    assert (source.asked, task.log.exists(), collection.manifest.covered) == ([], False, ())
    assert "made has nothing older than 2026-01-12 10:00 UTC any more" in collection.problem


def test_manifest_that_is_no_text_is_none(tmp_path: Path) -> None:
    """It proves nothing, and the window is collected anew."""
    task, source = _task(tmp_path, START + timedelta(hours=5)), MadeSource(made_rows(START, 4))
    _collected(task, source)
    manifest_path(task.log).write_bytes(b"\xff\xfe")
    assert _collected(task, source).problem == ""
    assert source.asked == [WINDOW, WINDOW]


def test_each_piece_is_shown_once_it_is_kept(tmp_path: Path) -> None:
    """Progress is that of the window; what was proven before is not shown again."""
    shown: list[Span] = []
    task = replace(_task(tmp_path, START + timedelta(hours=5)), show=lambda piece: shown.append(piece.span))
    source = MadeSource(made_rows(START, 4))
    _collected(task, source)
    _collected(task, source)
    assert shown == [Span(START + timedelta(hours=at), START + timedelta(hours=at + 1)) for at in range(4)]


def test_what_may_not_be_whole_is_kept_and_asked_for_again(tmp_path: Path) -> None:
    """The rows are in the file once, the time is not proven, and a later fetch that is known to be whole proves it."""
    task, source = _task(tmp_path, START + timedelta(hours=5)), MadeSource(made_rows(START, 4), unproven="who knows")
    for _ in range(2):
        collection = _collected(task, source)
        assert collection.doubt == "who knows"
        manifest = from_json(manifest_path(task.log).read_text("utf-8"))
        assert manifest == collection.manifest
        assert (manifest.covered, [fetch.unproven for fetch in manifest.fetches]) == ((), ["who knows"])
        assert task.log.read_text("utf-8").splitlines() == [line for _, line in source.rows]
    source.unproven = ""
    assert _collected(task, source).manifest.covered == (WINDOW,)
    assert task.log.read_text("utf-8").splitlines() == [line for _, line in source.rows]


def test_failure_after_what_may_not_be_whole_takes_nothing_back(tmp_path: Path) -> None:
    """The rows were fetched, whatever becomes of the attempt to prove them."""
    task, source = _task(tmp_path, START + timedelta(hours=5)), MadeSource(made_rows(START, 4), unproven="who knows")
    _collected(task, source)
    source.fails_from = START
    assert _collected(task, source).problem == "the server answers with HTTP 500"
    manifest = from_json(manifest_path(task.log).read_text("utf-8"))
    assert [(fetch.unproven, bool(fetch.problem)) for fetch in manifest.fetches] == [("who knows", False), ("", True)]


def test_killed_fetch_of_what_may_not_be_whole_is_fetched_again(tmp_path: Path) -> None:
    """What waits beside the log file is no proof either."""
    task = _task(tmp_path, START + timedelta(hours=5))
    source = MadeSource(made_rows(START, 4), START + timedelta(hours=2), killed=True, unproven="who knows")
    with pytest.raises(KeyboardInterrupt):
        _collected(task, source)
    source.fails_from = None
    assert _collected(task, source).doubt == "who knows"
    assert source.asked == [WINDOW, WINDOW]
    assert task.log.read_text("utf-8").splitlines() == [line for _, line in source.rows]


def test_crash_between_a_manifest_of_several_fetches_and_rows_is_made_good(tmp_path: Path) -> None:
    """All fetches that the rows lack are forgotten, not the last one alone."""
    task, source = _task(tmp_path, START + timedelta(hours=5)), MadeSource(made_rows(START, 4), unproven="who knows")
    task.log.parent.mkdir()
    Journal(task.log, "made ").keep(FetchedLines(Span(START, START + timedelta(hours=1)), ()))
    _collected(task, source)
    manifest = from_json(manifest_path(task.log).read_text("utf-8"))
    assert [fetch.complete for fetch in manifest.fetches] == [True, False]
    task.log.unlink()
    source.unproven = ""
    assert _collected(task, source).problem == ""
    assert source.asked[-1] == WINDOW
    assert task.log.read_text("utf-8").splitlines() == [line for _, line in source.rows]
