"""The source ``vercel-cli``: the real tool against a server that answers as Vercel does; and its versions."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from logparse.collect.vercel import cli
from logparse.collect.vercel.cli import Ability, ability_of
from logparse.judge import judge
from logparse.outcome import State
from logparse.settings.checked import parse
from logparse.values.schedule import StartSource
from tests.builders.asked import asked
from tests.builders.sources.fetching import (
    LATER,
    START,
    WINDOW,
    collected,
    ids_in,
    log_in,
    needs_tool,
    rows_in,
    told_token,
)
from tests.builders.sources.log_server import TOKEN, Fault, Plan, served
from tests.builders.sources.made_requests import made_requests

VERSIONS = {
    "34.4.0": "prints text for people",
    "35.0.0": "only follows what happens now",
    "50.11.9": "only follows what happens now",
    "50.12.0": "gives only the first message of each request",
    "50.41.0": "gives only the first message of each request",
    "50.42.0": Ability("50.42.0", ("--no-branch",)),
    "58.4.9": Ability("58.4.9", ("--no-branch",)),
    "58.5.0": Ability("58.5.0", ()),
    "60.0.0": Ability("60.0.0", ()),
    "Vercel CLI 60.0.0 (Node.js 20.20.2)\n60.0.0": Ability("60.0.0", ()),
    "": "names no version",
    "not found": "names no version",
}


@pytest.mark.parametrize(("said", "ability"), VERSIONS.items())
def test_versions_are_taken_or_refused(said: str, ability: Ability | str) -> None:
    """Those that cannot give all messages of all requests are refused with the reason."""
    found = ability_of(said)
    assert found == ability if isinstance(ability, Ability) else ability in str(found)


@needs_tool
def test_tool_and_api_bring_the_same_file(tmp_path: Path) -> None:
    """Rows with all that they may hold come out alike, sign for sign, whichever way they are fetched."""
    with served(Plan(made_requests(WINDOW, 1_000))) as server:
        for name in ("vercel", "vercel-cli"):
            assert collected(name, server, tmp_path / name).problem == ""
    assert rows_in(tmp_path / "vercel-cli") == rows_in(tmp_path / "vercel")
    assert len(set(ids_in(tmp_path / "vercel-cli"))) == 1_000


@needs_tool
def test_proof_of_the_tool(tmp_path: Path) -> None:
    """The manifest has the command, the version, the limit, what the tool said, and how it ended; never the token."""
    with served(Plan(made_requests(WINDOW, 60))) as server:
        collection = collected("vercel-cli", server, tmp_path / "logs")
    (fetch,) = collection.manifest.fetches
    assert (fetch.tool, fetch.version, fetch.limit, fetch.exit_code) == ("vercel", "60.0.0", cli.LIMIT, 0)
    assert fetch.request["command"] == (
        "vercel logs --environment production --project bot --scope acme --since 2026-01-12T06:00:00.000Z "
        "--until 2026-01-12T10:00:00.000Z --limit 100000 --json --no-color --non-interactive "
        f"--api {server.origin}"
    )
    assert "Fetching logs" in fetch.stderr
    assert (fetch.covered, fetch.rows) == (WINDOW, 60)
    assert server.seen.tokens == {f"Bearer {TOKEN}"}
    assert told_token(tmp_path, str(collection)) == []


@needs_tool
def test_window_without_requests_is_proven_empty(tmp_path: Path) -> None:
    """The tool ends well and prints nothing: that is what it was asked for."""
    with served(Plan()) as server:
        collection = collected("vercel-cli", server, tmp_path)
    assert (collection.problem, collection.manifest.covered, log_in(tmp_path).read_bytes()) == ("", (WINDOW,), b"")


FAILURES: Mapping[str, tuple[Mapping[str, Any], str, str]] = {
    "the pages repeat": ({"repeats": True}, TOKEN, "vercel/vercel#16286"),
    "a page fails": ({"faults": {3: Fault(400)}}, TOKEN, "ended with exit code 1: Error: The server failed. (400)"),
    "the token is not accepted": ({}, f"{TOKEN}-expired", "(VERCEL_TOKEN: make a token in your account"),
}


@needs_tool
@pytest.mark.parametrize(("changes", "token", "problem"), FAILURES.values(), ids=FAILURES)
def test_what_is_not_whole_is_not_kept(changes: Mapping[str, Any], token: str, problem: str, tmp_path: Path) -> None:
    """No log file, nothing proven, and the cause in one line, without the token."""
    with served(Plan(made_requests(WINDOW, 300), **changes)) as server:
        collection = collected("vercel-cli", server, tmp_path, token=token)
    assert problem in collection.problem
    assert collection.manifest.covered == ()
    assert not log_in(tmp_path).exists()
    assert told_token(tmp_path, str(collection)) == []


@needs_tool
def test_tool_that_stops_at_its_limit_proves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many rows as the limit are as good as too few."""
    monkeypatch.setattr(cli, "LIMIT", 100)
    with served(Plan(made_requests(WINDOW, 300))) as server:
        collection = collected("vercel-cli", server, tmp_path)
    assert "stopped at its limit of 100 requests; use --source=vercel" in collection.problem
    assert collection.manifest.covered == ()


@needs_tool
def test_ten_thousand_requests(tmp_path: Path) -> None:
    """Each is fetched once by both sources; where pages repeat, the API is still whole and the tool is not."""
    plan = Plan(made_requests(WINDOW, 10_000))
    ids = [row["requestId"] for row in plan.rows]
    with served(plan) as server:
        for name in ("vercel", "vercel-cli"):
            assert collected(name, server, tmp_path / name).problem == ""
            assert sorted(ids_in(tmp_path / name)) == sorted(ids)
    assert set(rows_in(tmp_path / "vercel")) == set(rows_in(tmp_path / "vercel-cli"))
    with served(Plan(plan.rows, repeats=True)) as server:
        assert collected("vercel", server, tmp_path / "repeats").problem == ""
        assert ids_in(tmp_path / "repeats") == ids
        assert "vercel/vercel#16286" in collected("vercel-cli", server, tmp_path / "cli-repeats").problem


@needs_tool
def test_hour_whose_pages_repeat_is_not_judged(tmp_path: Path) -> None:
    """The cause is told where the evidence is judged."""
    with served(Plan(made_requests(WINDOW, 300), repeats=True)) as server:
        collected("vercel-cli", server, tmp_path / "logs")
    work = tmp_path / "work"
    work.mkdir()
    verdict = judge(asked(4, ("logs/",), tmp_path, START, StartSource.OPTION, LATER, work, work), parse())
    assert verdict.state is State.NOT_JUDGED
    assert "vercel/vercel#16286" in verdict.criterion("evidence").reason
