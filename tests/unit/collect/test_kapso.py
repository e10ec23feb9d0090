"""The source ``kapso``: the whole list of deliveries, page by page, each in the window of its last attempt."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from logparse.collect.collection import Collection
from logparse.collect.kapso.webhooks import make_kapso
from logparse.collect.windows import Round, collect_windows, up_to
from logparse.errors import UsageProblem
from logparse.settings.checked import parse
from logparse.values.schedule import Soak
from tests.builders.sources.delivery_server import KEY, PATH, deliveries_served, delivery
from tests.builders.sources.fetching import LATER, SETTLE, START, WINDOW
from tests.builders.sources.log_server import Served
from tests.builders.sources.patience import patient_clock

MANY = [delivery(START + timedelta(seconds=10 * at), at) for at in range(250)][::-1]
"""Three pages, the newest first, all in the first window."""


def _collected(server: Served, folder: Path, key: str = KEY, now: datetime = LATER, hour: int = 4) -> list[Collection]:
    clock = replace(patient_clock([]), now=lambda: now)
    source = make_kapso(parse({"kapso_api": server.origin}).collecting, {"KAPSO_API_KEY": key}, clock)
    round_ = Round(Soak(START), up_to(hour), source, folder, SETTLE, lambda: now)
    return [collection for _, collection in collect_windows(round_)]


def _file(folder: Path, hour: int = 4) -> Path:
    return folder / "2026-01-12T0600Z" / f"kapso-hour-{hour:02d}.jsonl"


def _rows(folder: Path, hour: int = 4) -> list[Mapping[str, object]]:
    return [json.loads(line) for line in _file(folder, hour).read_text("utf-8").splitlines()]


@pytest.mark.parametrize("paging", ["cursors", "cursor behind the end", "bare"])
def test_every_page_is_fetched(paging: str, tmp_path: Path) -> None:
    """All deliveries once, the oldest first, as they came; the end is where no cursor leads on."""
    with deliveries_served(MANY, paging) as server:
        (collection,) = _collected(server, tmp_path)
    assert (collection.problem, collection.manifest.covered) == ("", (WINDOW,))
    assert _rows(tmp_path) == MANY[::-1]
    assert {(query["period"], query["errors_only"], query["limit"]) for query in server.seen.queries} == {
        ("24h", "false", "100")
    }
    assert len(server.seen.queries) == 3
    assert set(server.seen.paths) == {PATH}
    (fetch,) = collection.manifest.fetches
    assert (fetch.source, fetch.pages, fetch.rows) == ("kapso", 3, 250)
    assert (fetch.first, fetch.last) == (START, START + timedelta(seconds=2490))


def test_list_without_deliveries_is_proof_of_none(tmp_path: Path) -> None:
    """An empty answer is an answer."""
    with deliveries_served([]) as server:
        (collection,) = _collected(server, tmp_path)
    assert (collection.problem, collection.manifest.covered) == ("", (WINDOW,))
    assert _file(tmp_path).read_bytes() == b""


def test_pages_that_repeat_prove_nothing(tmp_path: Path) -> None:
    """Whatever the reason, the next page is not there."""
    with deliveries_served(MANY, "repeats") as server:
        (collection,) = _collected(server, tmp_path)
    assert "gives the same page again" in collection.problem
    assert not _file(tmp_path).exists()


def test_one_list_serves_every_window_that_it_holds(tmp_path: Path) -> None:
    """Each delivery is in the window of its last attempt; the period is the shortest that reaches back."""
    entries = [delivery(START + timedelta(hours=hour), hour) for hour in (1, 5, 9, 30)]
    now = START + timedelta(hours=34)
    with deliveries_served(entries[::-1]) as server:
        collections = _collected(server, tmp_path, now=now, hour=12)
    assert [collection.problem for collection in collections] == ["", "", ""]
    assert [[row["id"] for row in _rows(tmp_path, hour)] for hour in (4, 8, 12)] == [["d00001"], ["d00005"], ["d00009"]]
    assert [query["period"] for query in server.seen.queries] == ["7d"]


def test_window_that_has_just_settled_is_asked_for_anew(tmp_path: Path) -> None:
    """A list from before a window's end does not hold it."""
    now = START + timedelta(hours=2)
    clock = [now]
    with deliveries_served([]) as server:
        settings, environment = parse({"kapso_api": server.origin}).collecting, {"KAPSO_API_KEY": KEY}
        source = make_kapso(settings, environment, replace(patient_clock([]), now=lambda: clock[0]))
        for hours in (2, 5):
            clock[0] = START + timedelta(hours=hours)
            list(collect_windows(Round(Soak(START), (4,), source, tmp_path, SETTLE, lambda: clock[0])))
    assert len(server.seen.queries) == 2


def test_delivery_that_tells_no_time_is_kept(tmp_path: Path) -> None:
    """It may belong to any window; it is judged once."""
    with deliveries_served([delivery(None, 7)]) as server:
        _collected(server, tmp_path, now=START + timedelta(hours=9), hour=8)
    assert [len(_rows(tmp_path, hour)) for hour in (4, 8)] == [1, 1]


def test_key_is_written_nowhere(tmp_path: Path) -> None:
    """Not even where the server repeats it."""
    wrong = f"{KEY}-expired"
    with deliveries_served(MANY) as server:
        (collection,) = _collected(server, tmp_path, wrong)
        assert "does not accept KAPSO_API_KEY (HTTP 401)" in collection.problem
        _collected(server, tmp_path)
    assert server.seen.tokens == {KEY, wrong}
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not any(KEY.encode() in path.read_bytes() for path in files)


def test_file_that_was_changed_is_collected_anew(tmp_path: Path) -> None:
    """Lines in it that are no deliveries stay, and are told of where it is judged."""
    with deliveries_served(MANY) as server:
        _collected(server, tmp_path)
        _file(tmp_path).write_text("[1]\n{torn\n", "utf-8")
        (collection,) = _collected(server, tmp_path)
    assert (collection.problem, collection.manifest.covered) == ("", (WINDOW,))
    assert len(_file(tmp_path).read_text("utf-8").splitlines()) == 252


@pytest.mark.parametrize(
    ("written", "environment", "problem"),
    [
        pytest.param({}, {}, "KAPSO_API_KEY is not set", id="no key"),
        pytest.param({"kapso_api": "http://api.kapso.ai"}, {"KAPSO_API_KEY": KEY}, "is not HTTPS", id="no HTTPS"),
    ],
)
def test_mistake_is_told(written: Mapping[str, str], environment: Mapping[str, str], problem: str) -> None:
    """Before anything is asked for."""
    with pytest.raises(UsageProblem, match=problem):
        make_kapso(parse(written).collecting, environment)
