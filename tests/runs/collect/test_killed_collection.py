"""A collection that is killed leaves nothing under the final name, and the next one goes on where it stopped."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from logparse.storage.manifest import manifest_path
from tests.builders.sources.fetching import (
    START,
    WINDOW,
    collected,
    environment_for,
    ids_in,
    log_in,
    needs_tool,
    told_token,
)
from tests.builders.sources.log_server import Plan, Served, served
from tests.builders.sources.made_requests import made_requests

PROJECT = Path(__file__).parents[3]
LONGEST = 60.0


def _killed(name: str, server: Served, folder: Path, when: Callable[[], bool]) -> str:
    """Starts a collection in a process of its own and kills it as soon as something is so; what it printed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.runs.collect.killed_collection", server.origin, str(folder), name],
        cwd=PROJECT,
        env=dict(environment_for(folder.parent)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    until = time.monotonic() + LONGEST
    while not when() and process.poll() is None and time.monotonic() < until:
        time.sleep(0.005)
    assert process.poll() is None, process.communicate()[0]
    process.kill()
    return process.communicate()[0]


def test_killed_fetch_goes_on_and_has_nothing_twice(tmp_path: Path) -> None:
    """Killed while it writes down what it has: complete after the next run, which asks only for the rest."""
    plan = Plan(made_requests(WINDOW, 3_000), pause=0.01)
    folder = tmp_path / "logs"
    part = log_in(folder).with_name(".logs-hour-04.jsonl.part")
    with served(plan) as server:
        output = _killed("vercel", server, folder, lambda: part.exists() and b"\n" in part.read_bytes())
        assert not log_in(folder).exists()
        assert not manifest_path(log_in(folder)).exists()
        assert told_token(tmp_path, output) == []
        before = len(server.seen.queries)
        assert collected("vercel", server, folder).problem == ""
        assert int(server.seen.queries[before]["startDate"]) > START.timestamp() * 1_000
    assert ids_in(folder) == [row["requestId"] for row in plan.rows]
    assert sorted(path.name for path in log_in(folder).parent.iterdir()) == [
        "logs-hour-04.jsonl",
        "logs-hour-04.jsonl.manifest.json",
    ]


@needs_tool
def test_killed_tool_is_run_again(tmp_path: Path) -> None:
    """The tool cannot go on in the middle, so it begins anew; nothing stands under the final name before."""
    plan = Plan(made_requests(WINDOW, 1_000), pause=0.05)
    folder = tmp_path / "logs"
    with served(plan) as server:
        _killed("vercel-cli", server, folder, lambda: len(server.seen.queries) > 3)
        assert not log_in(folder).exists()
        assert collected("vercel-cli", server, folder).problem == ""
    assert ids_in(folder) == [row["requestId"] for row in plan.rows]
