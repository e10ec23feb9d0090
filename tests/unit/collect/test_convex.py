"""The source ``convex``: what its tool prints is whole between the first row and the last, and nowhere else."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from logparse.collect.collection import Collection, WindowTask, collect
from logparse.collect.convex.tool import MOST_RUNS, NO_TOOL, make_convex
from logparse.collect.source import SourceFailed
from logparse.collect.tail import Listening
from logparse.collect.windows import Round, collect_windows, up_to
from logparse.errors import UsageProblem
from logparse.settings.checked import parse
from logparse.values.schedule import Soak, Span
from tests.builders.sources.fetching import LATER, SETTLE, START, WINDOW
from tests.builders.sources.made_convex import KEY, convex_on_path, row

pytestmark = pytest.mark.counts

QUICK = Listening(first=5, quiet=0.3, together=10)
MINUTE = timedelta(minutes=1)
BEFORE, INSIDE, AFTER = START - MINUTE, START + timedelta(hours=1), WINDOW.end + MINUTE


def _collected(folder: Path, environment: Mapping[str, str], listening: Listening = QUICK) -> Collection:
    source = make_convex(parse().collecting, environment, listening)
    return collect(WindowTask(folder / "logs-hour-04.jsonl", WINDOW, SETTLE, lambda: LATER), source)


def _rows(*moments: datetime) -> list[str]:
    return [row(moment, number) for number, moment in enumerate(moments)]


def test_window_that_rows_enclose_is_proven(tmp_path: Path) -> None:
    """A row before it and a row at or after its end show that nothing of it is missing; only its own rows are kept."""
    rows = _rows(BEFORE, START, INSIDE, WINDOW.end - MINUTE, WINDOW.end)
    collection = _collected(tmp_path, convex_on_path(tmp_path / "bin", rows))
    assert (collection.problem, collection.manifest.covered) == ("", (WINDOW,))
    assert (tmp_path / "logs-hour-04.jsonl").read_text("utf-8").splitlines() == rows[1:4]
    (fetch,) = collection.manifest.fetches
    assert fetch.request == {"command": "npx convex logs --history --jsonl --prod"}
    assert (fetch.tool, fetch.version, fetch.limit, fetch.exit_code) == ("convex", "1.48.0", MOST_RUNS, 0)
    assert fetch.stderr == "Watching logs for prod deployment...\n"
    assert "--no-install convex logs --history --jsonl --prod" in (tmp_path / "bin" / "called").read_text("utf-8")


NOT_WHOLE: Mapping[str, tuple[Sequence[datetime], tuple[Span, ...], str]] = {
    "nothing before it": (
        [INSIDE, AFTER],
        (Span(INSIDE + timedelta(microseconds=1), WINDOW.end),),
        "the history begins at 2026-01-12 07:00 UTC",
    ),
    "nothing after it": ([BEFORE, INSIDE], (Span(START, INSIDE),), "the history ends at 2026-01-12 07:00 UTC"),
    "one row in it": ([INSIDE], (), "the history begins at 2026-01-12 07:00 UTC"),
    "only rows before it": ([BEFORE], (), "the history ends at 2026-01-12 05:59 UTC"),
    "only rows after it": ([AFTER], (), "the history begins at 2026-01-12 10:01 UTC"),
    "no row at all": ([], (), "convex logs printed no row"),
}


@pytest.mark.parametrize(("moments", "covered", "doubt"), NOT_WHOLE.values(), ids=NOT_WHOLE)
def test_what_rows_do_not_enclose_is_not_proven(
    moments: Sequence[datetime], covered: tuple[Span, ...], doubt: str, tmp_path: Path
) -> None:
    """The rows are kept all the same, and the reason says what would prove it."""
    listening = QUICK if moments else Listening(first=0.5, quiet=0.3)
    collection = _collected(tmp_path, convex_on_path(tmp_path / "bin", _rows(*moments)), listening)
    assert collection.doubt.startswith(doubt)
    assert collection.manifest.covered == covered
    kept = (tmp_path / "logs-hour-04.jsonl").read_text("utf-8").splitlines()
    assert kept == [row(at, number) for number, at in enumerate(moments) if START <= at < WINDOW.end]


def test_full_history_that_begins_too_late_has_lost_rows(tmp_path: Path) -> None:
    """As many runs as Convex keeps: older ones were dropped, which is known and no mere doubt."""
    second = timedelta(seconds=1)
    rows = _rows(*(INSIDE + second * at for at in range(MOST_RUNS - 1)), AFTER)
    assert len(rows) == MOST_RUNS
    collection = _collected(tmp_path, convex_on_path(tmp_path / "bin", rows))
    assert "convex has nothing older than 2026-01-12 07:00:00 UTC any more" in collection.problem
    assert [bool(fetch.problem) for fetch in collection.manifest.fetches] == [False, True]
    assert collection.manifest.covered[0].end == WINDOW.end


def test_rows_of_unfinished_runs_fill_no_history(tmp_path: Path) -> None:
    """Convex counts the runs that ended."""
    second = timedelta(seconds=1)
    rows = [row(INSIDE + second * at, at, "Progress") for at in range(MOST_RUNS)]
    collection = _collected(tmp_path, convex_on_path(tmp_path / "bin", [*rows, row(AFTER)]))
    assert collection.doubt.startswith("the history begins at")


def test_tool_is_ended_as_soon_as_it_prints_news(tmp_path: Path) -> None:
    """Where the bot is busy, it is never quiet: a row from after it was started ends the history."""
    news = datetime.now(UTC) + timedelta(hours=1)
    never = Listening(first=60, quiet=60, together=60)
    begun = datetime.now(UTC)
    collection = _collected(tmp_path, convex_on_path(tmp_path / "bin", _rows(BEFORE, INSIDE, AFTER, news)), never)
    assert collection.manifest.covered == (WINDOW,)
    assert datetime.now(UTC) - begun < timedelta(seconds=40)


def test_tool_is_run_once_for_all_windows(tmp_path: Path) -> None:
    """One history serves every window of a round."""
    environment = convex_on_path(tmp_path / "bin", _rows(BEFORE, INSIDE, AFTER, START + timedelta(hours=9)))
    source = make_convex(parse().collecting, environment, QUICK)
    now = START + timedelta(hours=10)
    collections = list(collect_windows(Round(Soak(START), up_to(8), source, tmp_path, SETTLE, lambda: now)))
    assert [collection.problem for _, collection in collections] == ["", ""]
    assert (tmp_path / "bin" / "called").read_text("utf-8").count("logs") == 1


def test_proven_window_costs_nothing(tmp_path: Path) -> None:
    """The tool is not even run to see what it still has."""
    environment = convex_on_path(tmp_path / "bin", _rows(BEFORE, AFTER))
    for _ in range(2):
        assert _collected(tmp_path, environment).problem == ""
    assert (tmp_path / "bin" / "called").read_text("utf-8").count("logs") == 1


FAILURES: Mapping[str, tuple[Sequence[str], str, str, str]] = {
    "no access": (
        [],
        "exit 1",
        f"✖ Error: 403 Forbidden for {KEY}",
        "ended with exit code 1: ✖ Error: 403 Forbidden for *** (CONVEX_DEPLOY_KEY: make a deploy key",
    ),
    "an old tool": ([], "exit 1", "error: unknown option '--jsonl'", "update the tool: npm install convex"),
    "no row": (["1/29/2026, 3:42:19 PM [CONVEX A(x)] [LOG] 'y'"], "sleep 60", "", "printed a line that is no row"),
    "a torn row": ([], "printf '{'; exit 0", "", "stopped in the middle of a line"),
}


@pytest.mark.parametrize(("rows", "then", "said", "problem"), FAILURES.values(), ids=FAILURES)
def test_failure_is_told_without_the_key(
    rows: Sequence[str], then: str, said: str, problem: str, tmp_path: Path
) -> None:
    """Nothing is kept, and the cause stands in the manifest."""
    collection = _collected(tmp_path, convex_on_path(tmp_path / "bin", rows, then, said))
    assert problem in collection.problem
    assert not (tmp_path / "logs-hour-04.jsonl").exists()
    assert not any(KEY in path.read_text("utf-8") for path in tmp_path.glob("*.json"))


def test_deployment_of_ones_own_has_no_production(tmp_path: Path) -> None:
    """The tool refuses --prod where its variables name a deployment that is self-hosted."""
    environment = {**convex_on_path(tmp_path / "bin", _rows(BEFORE, AFTER)), "CONVEX_SELF_HOSTED_URL": "http://x"}
    assert _collected(tmp_path, environment).problem == ""
    assert "--prod" not in (tmp_path / "bin" / "called").read_text("utf-8")


def test_tool_that_is_not_installed(tmp_path: Path) -> None:
    """npx installs nothing, and says so by its exit code."""
    (tmp_path / "bin").mkdir()
    npx = tmp_path / "bin" / "npx"
    npx.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    npx.chmod(0o755)
    source = make_convex(parse().collecting, {"PATH": str(tmp_path / "bin")}, QUICK)
    with pytest.raises(SourceFailed, match="npm install convex"):
        source.fetch(WINDOW, lambda piece: None)
    with pytest.raises(UsageProblem, match="there is no npx"):
        make_convex(parse().collecting, {"PATH": str(tmp_path)}, QUICK)
    assert "convex_logs" in NO_TOOL
