"""``logparse collect``: what it fetches, what it says, and how it ends."""

from datetime import timedelta
from pathlib import Path

import pytest

from logparse.__main__ import main
from logparse.commands import NOT_WHOLE, USAGE
from logparse.storage.manifest import from_json, manifest_path
from logparse.values.schedule import Span
from tests.builders.counted import START
from tests.builders.sources.log_server import TOKEN, Fault, Plan, served
from tests.builders.sources.made_requests import made_requests

WINDOW = Span(START, START + timedelta(hours=4))
PLAN = Plan(rows=made_requests(WINDOW, 120))


@pytest.fixture(autouse=True)
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VERCEL_TOKEN", TOKEN)
    monkeypatch.setenv("LOGPARSE_NOW", (START + timedelta(hours=4, minutes=5)).isoformat())


def _arguments(origin: str, *more: str) -> list[str]:
    settings = (f"vercel_api={origin}", "vercel_project=bot", "vercel_team=acme")
    return ["collect", *(part for setting in settings for part in ("-o", setting)), *more]


def test_window_that_is_due_is_collected(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Rows and manifest lie in the folder of the soak, and one line tells what is proven."""
    with served(PLAN) as server:
        assert main(_arguments(server.origin, "--hour=due", "--start=2026-01-12T00:00Z")) == 0
    log = tmp_path / "logs" / "2026-01-12T0000Z" / "logs-hour-04.jsonl"
    assert len(log.read_bytes().split(b"\n")) == 121
    assert from_json(manifest_path(log).read_text("utf-8")).covered == (WINDOW,)
    out = capsys.readouterr()
    assert out.out == "window 4: 120 new rows, proven from 2026-01-12 00:00 UTC to 2026-01-12 04:00 UTC\n"
    assert out.err == ""


def test_everything_up_to_now_is_collected(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without an hour: every window that has begun, the running one as far as it has settled; that is no lack."""
    monkeypatch.setenv("LOGPARSE_NOW", (START + timedelta(hours=4, minutes=32)).isoformat())
    rows = made_requests(Span(START, START + timedelta(hours=8)), 240)
    with served(Plan(rows=rows)) as server:
        assert main(_arguments(server.origin, "--start=2026-01-12T00:00Z")) == 0
        first, second = capsys.readouterr().out.splitlines()
        assert first.endswith(" new rows, proven from 2026-01-12 00:00 UTC to 2026-01-12 04:00 UTC")
        there = "proven from 2026-01-12 04:00 UTC to 2026-01-12 04:30 UTC"
        assert second.endswith(f" new rows, {there}; it is collected up to 04:30:00 UTC; the rest is to come")
        assert sum(len(log.read_bytes().splitlines()) for log in tmp_path.rglob("logs-*.jsonl")) == sum(
            str(row["timestamp"]) < "2026-01-12T04:30" for row in rows
        )
        assert main(_arguments(server.origin, "--start=2026-01-12T00:00Z", "--hour=8")) == NOT_WHOLE


def test_nothing_has_begun_yet(capsys: pytest.CaptureFixture[str]) -> None:
    """A cron line that runs at the very start of a soak is no mistake."""
    assert main(_arguments("http://127.0.0.1:9", "--start=2026-01-12T04:04Z")) == 0
    assert "nothing to collect yet" in capsys.readouterr().out


def test_one_window_is_fetched_anew(capsys: pytest.CaptureFixture[str]) -> None:
    """Proven or not, that one alone."""
    arguments = ("--start=2026-01-12T00:00Z", "--hour=4")
    with served(PLAN) as server:
        assert main(_arguments(server.origin, *arguments)) == 0
        asked = len(server.seen.queries)
        assert main(_arguments(server.origin, *arguments)) == 0
        assert len(server.seen.queries) == asked
        assert main(_arguments(server.origin, *arguments, "--again")) == 0
        assert len(server.seen.queries) == 2 * asked
    assert capsys.readouterr().out.splitlines()[-1].startswith("window 4: 0 new rows, proven from")


def test_any_stretch_of_time_can_be_collected(tmp_path: Path) -> None:
    """Without a soak, from one time to another."""
    times = ("--since=2026-01-12T00:00Z", "--until=2026-01-12T04:00Z")
    with served(PLAN) as server:
        assert main(_arguments(server.origin, *times, "--out=elsewhere")) == 0
    (log,) = (tmp_path / "elsewhere").glob("*.jsonl")
    assert len(log.read_bytes().split(b"\n")) == 121


def test_what_is_not_whole_has_a_code_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    """A source that refuses leaves no file, and says why."""
    with served(Plan(always=Fault(status=403, body=b"{}"))) as server:
        assert main(_arguments(server.origin, "--start=2026-01-12T00:00Z")) == NOT_WHOLE
    out = capsys.readouterr().out
    assert "NOT WHOLE" in out
    assert "VERCEL_TOKEN" in out


MISTAKES = {
    "no start is known": ([], "it is not known when the soak started"),
    "a source that nobody knows": (["--source=fax"], "there is no such source"),
    "a time without a zone": (["--since=2026-01-12T00:00"], "has no time zone"),
    "an end before the beginning": (["--since=2026-01-12T04:00Z", "--until=2026-01-12T00:00Z"], "not before the end"),
    "no window to fetch anew": (["--again", "--start=2026-01-12T00:00Z"], "say which, like --hour=8 --again"),
    "no one window to fetch anew": (["--again", "--hour=due", "--start=2026-01-12T00:00Z"], "say which"),
    "an hour that is none": (["--hour=5", "--start=2026-01-12T00:00Z"], "no such checkpoint"),
    "a setting that nobody knows": (["-o", "colour=red"], "there is no such setting"),
    "a setting without a value": (["-o", "colour"], "NAME=VALUE"),
    "an option that nobody knows": (
        ["--colour=red"],
        "unrecognized arguments: --colour=red; see logparse collect --help",
    ),
}


@pytest.mark.parametrize(("arguments", "said"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_are_told_in_one_line(capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    """Nothing is fetched, the exit code is that of usage, and no traceback is shown."""
    assert main(_arguments("http://127.0.0.1:9", *arguments)) == USAGE
    err = capsys.readouterr().err
    assert err.startswith("ERROR: ")
    assert said in err
    assert err.count("\n") == 1
