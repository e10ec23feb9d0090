"""A process that writes as a run does, and dies by SIGKILL: at a given moment, or at a given line of code."""

import json
import multiprocessing
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from logparse import monitoring_log, run
from logparse.collect.collection import WindowTask, collect
from logparse.counting.cache import Cache, CountedFile
from logparse.options import Options, Written, read_options
from logparse.report.index import index
from logparse.storage.manifest import from_json, manifest_path
from logparse.storage.temporary import sweep
from logparse.values.schedule import Span
from logparse.verdicts import history
from logparse.verdicts.verdict import Verdict, to_json, unfinished
from tests.builders.sources.made_source import MadeSource, made_rows

WRITING = (
    *("run.py", "storage/atomic.py", "storage/temporary.py", "counting/cache.py", "verdicts/history.py"),
    *("collect/collection.py", "collect/journal.py"),
)
WATCHED = tuple(str(Path(run.__file__).parent / name) for name in WRITING)
"""The modules that write; a writer may be killed at any line of them."""

NEVER = -1

# NOTE: The processes are forked from a server that has no threads, which the engine in this process has.
FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload([__name__])


@dataclass(frozen=True)
class Case:
    """Something that is written: how, how it is made ready in a folder, and what must hold of it after a kill.

    ``state`` is asserted whole and returned as a word: how far the writer came.
    """

    write: Callable[[Path, Verdict], None]
    prepare: Callable[[Path, Verdict], None]
    state: Callable[[Path, Verdict], str]


def options_in(folder: Path) -> Options:
    """The options of a run that writes all it has to one folder."""
    written = Written("24", [], "MONITORING-LOG.md", None, False, "reports", None, False)
    return read_options(written, {}, folder, folder)


def prepare_outputs(folder: Path, verdict: Verdict) -> None:
    """A document that hour 24 is to be written into, an old summary, and the verdict of a run under way."""
    options = options_in(folder)
    options.monitoring_log.write_bytes((folder / "old.md").read_bytes())
    (options.reports / "SUMMARY.md").write_text("old")
    options.verdict_json.write_text(unfinished(24), "utf-8")


def write_outputs(folder: Path, verdict: Verdict) -> None:
    """The last phase of a run."""
    run.write(options_in(folder), verdict)


def state_of_outputs(folder: Path, verdict: Verdict) -> str:
    """Each file is whole; they became new in their order, the verdict last."""
    options = options_in(folder)
    found = [
        path.read_bytes() for path in (options.monitoring_log, options.reports / "SUMMARY.md", options.verdict_json)
    ]
    old = [(folder / "old.md").read_bytes(), b"old", unfinished(24).encode()]
    new = [(folder / "new.md").read_bytes(), (folder / "new-summary.md").read_bytes(), to_json(verdict).encode()]
    for count in range(4):
        if found == new[:count] + old[count:]:
            return f"{count} of 3 files new"
    pytest.fail(f"neither old nor new, or in another order: {found}")


FACTS = CountedFile(lines=7, torn=True)


def prepare_cache(folder: Path, verdict: Verdict) -> None:
    """A tally that was just counted, and another one of the same key, from an older run."""
    (folder / "tally").write_bytes((folder / "tally-to-be").read_bytes())
    (folder / "key.parquet").write_bytes(b"older")
    (folder / "key.json").write_bytes((folder / "old.json").read_bytes())
    # What is remembered already would not be written again.
    (folder / "digests.json").unlink(missing_ok=True)


def write_cache(folder: Path, verdict: Verdict) -> None:
    """A tally is kept, and the digest of its file remembered."""
    cache = Cache(folder)
    cache.save("key", FACTS, folder / "tally")
    cache.remember_digests({"log": "0" * 64})


def state_of_cache(folder: Path, verdict: Verdict) -> str:
    """The facts that are believed belong to the bytes beside them; the digests are whole."""
    cache = Cache(folder)
    facts, tally = cache.load("key"), cache.tally("key").read_bytes()
    new = (folder / "tally-to-be").read_bytes()
    assert (facts, tally) in [(CountedFile(lines=1), b"older"), (None, new), (FACTS, new)]
    json.loads((folder / "digests.json").read_text()) if (folder / "digests.json").exists() else {}
    return f"believed: {facts}"


KEPT = "kept, with its page"


def prepare_history(folder: Path, verdict: Verdict) -> None:
    """A history that holds an older verdict alone, and a page over it."""
    reports = options_in(folder).reports
    for one in history.kept(reports / history.FOLDER):
        one.path.unlink()
    # What killed writers left is looked at too, and would cost lines.
    sweep(reports / history.FOLDER)
    older = replace(verdict, judged_at=verdict.start, reason="older")
    history.keep(reports / history.FOLDER, older)
    (reports / run.INDEX).write_text("old")


def write_history(folder: Path, verdict: Verdict) -> None:
    """The verdict is kept, and the page over the history is written."""
    run.keep(options_in(folder), verdict)


def state_of_history(folder: Path, verdict: Verdict) -> str:
    """Each kept verdict is whole, the older one is still there, and the page is that of before or of what is kept."""
    reports = options_in(folder).reports
    older, *new = [one.read() for one in history.kept(reports / history.FOLDER)]
    page = (reports / run.INDEX).read_text("utf-8")
    assert (older.reason, new) in [("older", []), ("older", [verdict])]
    assert page == "old" or (new and page == index(reports, verdict.start))
    return KEPT if page != "old" else "kept" if new else "not kept"


WORDS = tuple(f"person{number}" for number in range(40))
"""What people wrote into the document of a whole update, a word a line, from its top to its end."""

WHOLE_UPDATE = "all that was"
_WINDOW = Span(datetime(2026, 1, 12, 6, tzinfo=UTC), datetime(2026, 1, 12, 10, tzinfo=UTC))
_SOURCE = MadeSource(made_rows(_WINDOW.start, 4))


def _task(folder: Path) -> WindowTask:
    return WindowTask(folder / "soak" / "logs-hour-04.jsonl", _WINDOW, timedelta(0), lambda: _WINDOW.end)


def prepare_update(folder: Path, verdict: Verdict) -> None:
    """All that a run writes, as it was before, with people's words between the lines of the document."""
    prepare_history(folder, verdict)
    prepare_outputs(folder, verdict)
    document = options_in(folder).monitoring_log
    lines = document.read_text("utf-8").split("\n")
    places = range(6, len(lines), len(lines) // len(WORDS))
    for place, word in reversed(list(zip(places, WORDS, strict=False))):
        lines.insert(place, f"\n  {word}\n")
    document.write_text("\n".join(lines), "utf-8")
    (folder / "with-words.md").write_bytes(document.read_bytes())
    shutil.rmtree(folder / "soak", ignore_errors=True)


def write_update(folder: Path, verdict: Verdict) -> None:
    """A window is collected with its manifest, then document, SUMMARY, verdict, history and index are written."""
    collect(_task(folder), _SOURCE)
    write_outputs(folder, verdict)
    write_history(folder, verdict)


def state_of_update(folder: Path, verdict: Verdict) -> str:
    """Nothing is torn, each word of people's stands once, and what was written before something else is new with it."""
    options, log = options_in(folder), _task(folder).log
    document = options.monitoring_log.read_text("utf-8")
    before = (folder / "with-words.md").read_text("utf-8")
    assert [word for word in WORDS if document.count(f"  {word}\n") != before.count(f"  {word}\n")] == [], "words lost"
    assert document in (before, monitoring_log.update(before, verdict)), "the document is torn"
    summary = (options.reports / "SUMMARY.md").read_bytes()
    assert summary in (b"old", (folder / "new-summary.md").read_bytes()), "SUMMARY.md is torn"
    told = options.verdict_json.read_text("utf-8")
    assert told in (unfinished(24), to_json(verdict)), "verdict.json is torn"
    kept = state_of_history(folder, verdict)
    rows = [line for _, line in _SOURCE.rows]
    assert not log.exists() or log.read_text("utf-8").splitlines() == rows, "the log is torn"
    proof = manifest_path(log)
    proven = proof.exists() and from_json(proof.read_text("utf-8")).covered == (_WINDOW,)
    assert proven or not log.exists(), "the manifest is torn"
    steps = (proven, log.exists(), document != before, summary != b"old", told != unfinished(24), kept != "not kept")
    assert list(steps) == sorted(steps, reverse=True), f"written in another order: {steps}"
    return WHOLE_UPDATE if kept == KEPT else f"{sum(steps)} of 7"


CASES = {
    "a whole update": Case(write_update, prepare_update, state_of_update),
    "the outputs": Case(write_outputs, prepare_outputs, state_of_outputs),
    "the history": Case(write_history, prepare_history, state_of_history),
    "the cache": Case(write_cache, prepare_cache, state_of_cache),
}


def die_at(line: int) -> Callable[[FrameType, str, Any], Any]:
    """A trace function that kills the process when so many lines of the watched modules have run."""
    left = line

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal left
        if frame.f_code.co_filename not in WATCHED:
            return None
        if event == "line":
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    trace.left = lambda: left  # type: ignore[attr-defined]
    return trace


def writer(folder: Path, verdict: Verdict, name: str, line: int, parent: Connection) -> None:
    """The body of the process that writes; it says when it begins, and when it has ended how many lines it ran."""
    parent.send("begins")
    if line == NEVER:
        CASES[name].write(folder, verdict)
        parent.send(0)
        return
    trace = die_at(line)
    sys.settrace(trace)
    CASES[name].write(folder, verdict)
    sys.settrace(None)
    parent.send(line - trace.left())  # type: ignore[attr-defined]


@dataclass(frozen=True)
class End:
    """How a writer ended: the lines that it ran, None where it was killed, and the seconds that it lived."""

    lines: int | None
    seconds: float


def write_and_die(folder: Path, verdict: Verdict, name: str, line: int = NEVER, after: float | None = None) -> End:
    """Writes in a process that is killed at a line, or after seconds."""
    CASES[name].prepare(folder, verdict)
    ours, theirs = FORKED.Pipe(duplex=False)
    process = FORKED.Process(target=writer, args=(folder, verdict, name, line, theirs))
    process.start()
    theirs.close()
    with ours:
        assert ours.recv() == "begins"
        begun = time.monotonic()
        if after is not None:
            time.sleep(after)
            process.kill()
        try:
            lines = ours.recv()
        except EOFError:
            lines = None
        seconds = time.monotonic() - begun
        process.join()
    return End(lines, seconds)
