"""The source ``vercel``, against a server that answers as Vercel does: every request once, whatever goes wrong."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from logparse.errors import UsageProblem
from logparse.storage.manifest import from_json, manifest_path
from logparse.values.schedule import Span
from tests.builders.sources.fetching import (
    SETTLE,
    START,
    WINDOW,
    collected,
    ids_in,
    log_in,
    rows_in,
    told_token,
)
from tests.builders.sources.log_server import PAGE, TOKEN, Fault, Plan, Served, served
from tests.builders.sources.made_requests import made_requests

pytestmark = pytest.mark.counts

HOBBY = {"vercel_retention": "1"}


def _ids(plan: Plan) -> list[str]:
    return [row["requestId"] for row in plan.rows]


PLANS: Mapping[str, Mapping[str, Any]] = {
    "all is well": {},
    "the pages repeat": {"repeats": True},
    "answers are packed": {"gzipped": True},
    "the first millisecond does not belong to an answer": {"ends": (False, True)},
    "the last millisecond does not belong to an answer": {"ends": (True, False)},
    "neither does": {"ends": (False, False)},
    "some requests fail, each in its way": {
        "faults": {
            0: Fault(500),
            3: Fault(429, {"Retry-After": "3"}),
            7: Fault(cut=True),
            8: Fault(cut=True),
            9: Fault(503),
        }
    },
}


@pytest.mark.parametrize("changes", PLANS.values(), ids=PLANS)
def test_every_request_is_fetched_once(changes: Mapping[str, Any], tmp_path: Path) -> None:
    """In the order of time, with a proof of the whole window; nothing is asked but first pages."""
    plan = Plan(made_requests(WINDOW, 1_000), **changes)
    with served(plan) as server:
        collection = collected("vercel", server, tmp_path / "logs")
    assert (collection.problem, collection.new_rows) == ("", 1_000)
    assert ids_in(tmp_path / "logs") == _ids(plan)
    (fetch,) = collection.manifest.fetches
    assert (fetch.covered, fetch.rows, fetch.source, fetch.exit_code) == (WINDOW, 1_000, "vercel", 0)
    assert (fetch.first, fetch.last) == (START, WINDOW.end - timedelta(milliseconds=1))
    assert fetch.pages == len(server.seen.queries) - len(plan.faults)
    assert {query["page"] for query in server.seen.queries} == {"0"}
    assert {query["environment"] for query in server.seen.queries} == {"production"}
    assert (fetch.request["projectId"], fetch.request["ownerId"]) == ("prj_1", "team_1")


def test_windows_share_no_request(tmp_path: Path) -> None:
    """A request at the very end of a window belongs to the next one; outside and other environments are left out."""
    wide = Span(WINDOW.start - timedelta(seconds=1), WINDOW.end + timedelta(seconds=1))
    rows = [
        *made_requests(WINDOW, 3),
        {**made_requests(wide, 2)[0], "requestId": "before"},
        {**made_requests(wide, 2)[1], "requestId": "after"},
        {**made_requests(Span(WINDOW.end, wide.end), 2)[0], "requestId": "at the end"},
        {**made_requests(WINDOW, 2)[0], "requestId": "preview", "environment": "preview"},
    ]
    with served(Plan(rows)) as server:
        collected("vercel", server, tmp_path)
    assert len(set(ids_in(tmp_path)) & {"before", "after", "at the end", "preview"}) == 0
    assert len(ids_in(tmp_path)) == 3


def test_server_that_ignores_the_environment_is_checked(tmp_path: Path) -> None:
    """Rows of another environment are left out, whoever sends them."""
    body = (
        b'{"rows":[{"requestId":"r","timestamp":"2026-01-12T07:00:00Z","environment":"preview"}],"hasMoreRows":false}'
    )
    with served(Plan(always=Fault(body=body))) as server:
        assert collected("vercel", server, tmp_path).problem == ""
    assert log_in(tmp_path).read_bytes() == b""


UNKNOWN = {
    "no rows": b'{"hasMoreRows": false}',
    "no word on whether more follow": b'{"rows": []}',
    "a word for it that is none": b'{"rows": [], "hasMoreRows": "no"}',
    "a list": b"[]",
    "nothing": b"null",
    "a row without an id": b'{"rows": [{"timestamp": "2026-01-12T07:00:00Z"}], "hasMoreRows": false}',
}


@pytest.mark.parametrize("body", UNKNOWN.values(), ids=UNKNOWN)
def test_answer_that_is_not_known_is_no_empty_window(body: bytes, tmp_path: Path) -> None:
    """It proves nothing, and the manifest says what came."""
    with served(Plan(always=Fault(body=body))) as server:
        collection = collected("vercel", server, tmp_path)
    assert "in a way that is not known" in collection.problem
    assert collection.manifest.covered == ()
    assert not log_in(tmp_path).exists()


def test_failure_half_way_is_told_and_mended_by_the_next_run(tmp_path: Path) -> None:
    """A page that fails for good leaves no log file; what was fetched before it is not fetched again."""
    plan = Plan(made_requests(WINDOW, 2_000), faults={at: Fault(500) for at in range(30, 40)})
    with served(plan) as server:
        failed = collected("vercel", server, tmp_path)
        assert "answers with HTTP 500 (tried 6 times)" in failed.problem
        assert not log_in(tmp_path).exists()
        noted = from_json(manifest_path(log_in(tmp_path)).read_text("utf-8"))
        assert (noted.covered, noted.fetches[0].request["projectId"]) == ((), "prj_1")
    with served(Plan(plan.rows)) as server:
        assert collected("vercel", server, tmp_path).problem == ""
        assert int(server.seen.queries[0]["startDate"]) > START.timestamp() * 1_000 + 3_600_000
    assert ids_in(tmp_path) == _ids(plan)


def test_token_that_is_not_accepted_fails_at_once(tmp_path: Path) -> None:
    """One line with the variable and the mend, in the manifest too; and nowhere the token."""
    with served(Plan()) as server:
        failed = collected("vercel", server, tmp_path, token=f"{TOKEN}-expired")
    assert "does not accept VERCEL_TOKEN (HTTP 403): make a token in your account settings" in failed.problem
    assert failed.manifest.fetches[0].problem == failed.problem
    assert told_token(tmp_path, failed.problem) == []


def test_token_is_written_nowhere(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Not in rows, manifest, journal or output, whether a fetch comes to its end or not."""
    plan = Plan(made_requests(WINDOW, 1_000), faults={at: Fault(500) for at in range(20, 40)})
    with served(plan) as server:
        assert collected("vercel", server, tmp_path).problem
    assert list(tmp_path.rglob(".*.part"))
    assert told_token(tmp_path) == []
    with served(Plan(plan.rows)) as server:
        assert collected("vercel", server, tmp_path).problem == ""
    assert told_token(tmp_path, *capfd.readouterr()) == []
    assert server.seen.tokens == {f"Bearer {TOKEN}"}


@pytest.mark.parametrize(
    ("written", "token", "problem"),
    [
        ({}, "", "VERCEL_TOKEN is not set"),
        ({"vercel_project": ""}, TOKEN, "setting vercel_project"),
        ({"vercel_api": "http://vercel.com"}, TOKEN, "is not HTTPS"),
    ],
)
def test_what_is_missing_is_named_before_anything_is_asked(
    written: Mapping[str, str], token: str, problem: str, tmp_path: Path
) -> None:
    """A setting or a variable, in one line."""
    with pytest.raises(UsageProblem, match=problem):
        collected("vercel", Served("https://vercel.com"), tmp_path, token=token, written=written)


def test_what_retention_took_is_said_and_never_proven(tmp_path: Path) -> None:
    """With one hour of retention and a run at the window's end, its first hours are gone: the rest is kept."""
    plan = Plan(made_requests(WINDOW, 400))
    now = WINDOW.end + SETTLE
    with served(plan) as server:
        collection = collected("vercel", server, tmp_path, now=now, written=HOBBY)
        oldest = now - timedelta(minutes=55)
        assert collection.manifest.covered == (Span(oldest, WINDOW.end),)
        assert "vercel has nothing older than 2026-01-12 09:07 UTC any more" in collection.problem
        assert "from 2026-01-12 06:00 UTC on it was not collected in time" in collection.problem
        before = manifest_path(log_in(tmp_path)).read_bytes()
        again = collected("vercel", server, tmp_path, now=now + timedelta(minutes=30), written=HOBBY)
    assert again.problem == collection.problem
    assert manifest_path(log_in(tmp_path)).read_bytes() == before
    assert 50 < len(rows_in(tmp_path)) < 150


@pytest.mark.parametrize(
    ("billed", "retention", "problem"),
    [
        ("hobby", "24", "the hobby plan of this team keeps request logs for 1 hour, not for 24"),
        ("hobby", "1", ""),
        ("pro", "24", ""),
        ("pro", "720", ""),
        ("", "24", ""),
    ],
)
def test_plan_that_keeps_less_than_the_setting_says_is_found_out(
    billed: str, retention: str, problem: str, tmp_path: Path
) -> None:
    """Hours that are gone would come back empty, and be taken for quiet ones."""
    now = START + timedelta(minutes=30)
    with served(Plan(made_requests(WINDOW, 10), billed=billed)) as server:
        collection = collected("vercel", server, tmp_path, now=now, written={"vercel_retention": retention})
    assert problem in collection.problem
    assert bool(collection.manifest.covered) is not bool(problem)


def test_short_retention_is_no_loss_where_one_collects_in_time(tmp_path: Path) -> None:
    """A run every half hour has the whole window although the source keeps an hour."""
    plan = Plan(made_requests(WINDOW, 400))
    with served(replace(plan, billed="hobby")) as server:
        for minutes in range(30, 300, 30):
            now = START + timedelta(minutes=minutes)
            last = collected("vercel", server, tmp_path, now=now, written=HOBBY)
    assert (last.problem, last.manifest.covered) == ("", (WINDOW,))
    assert ids_in(tmp_path) == _ids(plan)


def test_rows_of_one_busy_millisecond_are_all_there(tmp_path: Path) -> None:
    """Pages are turned where time cannot be cut; where they repeat, the window is not whole."""
    crowd = [{**made_requests(WINDOW, 2)[0], "requestId": f"r{at}"} for at in range(2 * PAGE + 5)]
    with served(Plan(crowd)) as server:
        assert collected("vercel", server, tmp_path / "turned").problem == ""
    assert sorted(ids_in(tmp_path / "turned")) == sorted(row["requestId"] for row in crowd)
    with served(Plan(crowd, repeats=True)) as server:
        failed = collected("vercel", server, tmp_path / "repeated")
    assert "vercel/vercel#16286" in failed.problem
    assert failed.manifest.covered == ()
