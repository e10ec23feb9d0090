"""The source ``kapso-messages``: every message, page by page, each in the window in which it was sent."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from logparse.collect.collection import Collection
from logparse.collect.kapso.messages import KapsoMessages, make_kapso_messages, sent_at
from logparse.collect.windows import Round, collect_windows, up_to
from logparse.errors import UsageProblem
from logparse.settings.checked import parse
from logparse.values.schedule import Soak
from tests.builders.sources.delivery_server import KEY, deliveries_served
from tests.builders.sources.fetching import LATER, SETTLE, START, WINDOW
from tests.builders.sources.log_server import Served
from tests.builders.sources.message_server import message
from tests.builders.sources.patience import patient_clock
from tests.builders.transcripts import read_files

MANY = [message(START + timedelta(seconds=10 * at), at) for at in range(250)][::-1]
"""Three pages, the newest first, all in the first window."""


def _collected(server: Served, folder: Path, now: datetime = LATER, hour: int = 4, **settings: str) -> list[Collection]:
    clock = replace(patient_clock([]), now=lambda: now)
    collecting = parse({"kapso_api": server.origin, **settings}).collecting
    source = make_kapso_messages(collecting, {"KAPSO_API_KEY": KEY}, clock)
    round_ = Round(Soak(START), up_to(hour), source, folder, SETTLE, lambda: now)
    return [collection for _, collection in collect_windows(round_)]


def _file(folder: Path, hour: int = 4) -> Path:
    return folder / "2026-01-12T0600Z" / f"transcript-hour-{hour:02d}.jsonl"


def _rows(folder: Path, hour: int = 4) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in _file(folder, hour).read_text("utf-8").splitlines()]


@pytest.mark.parametrize("paging", ["cursors", "cursor behind the end", "bare"])
def test_every_page_is_fetched(paging: str, tmp_path: Path) -> None:
    """All messages once, the oldest first, as they came, with a proof; the end is where no cursor leads on."""
    with deliveries_served(MANY, paging) as server:
        (collection,) = _collected(server, tmp_path)
    assert (collection.problem, collection.manifest.covered) == ("", (WINDOW,))
    assert _rows(tmp_path) == MANY[::-1]
    assert set(server.seen.paths) == {KapsoMessages.path}
    assert [query["limit"] for query in server.seen.queries] == ["100"] * 3
    (fetch,) = collection.manifest.fetches
    assert (fetch.source, fetch.pages, fetch.rows) == ("kapso-messages", 3, 250)
    assert (fetch.first, fetch.last) == (START, START + timedelta(seconds=2490))


def test_what_is_collected_is_a_transcript(tmp_path: Path) -> None:
    """It is read as the conversation that it is."""
    reply = message(START + timedelta(seconds=2495), 900, kapso={**MANY[0]["kapso"], "direction": "outbound"})
    with deliveries_served([reply, *MANY]) as server:
        _collected(server, tmp_path)
    said = read_files([(_file(tmp_path), "transcript")], tmp_path)
    (talk,) = said.conversations
    assert (len(talk.messages), talk.messages[0].text, talk.messages[-1].direction) == (251, "halo 0", "bot")
    assert said.problems == ()


def test_only_the_pages_back_to_the_window_are_asked_for(tmp_path: Path) -> None:
    """Years of messages before it cost nothing, and those after it stand in windows of their own."""
    before = [message(START - timedelta(days=1, minutes=at), 1000 + at) for at in range(1000)]
    after = [message(START + timedelta(hours=5), 3000)]
    with deliveries_served([*after, *MANY, *before]) as server:
        collections = _collected(server, tmp_path, hour=8, now=START + timedelta(hours=9))
    assert [collection.problem for collection in collections] == ["", ""]
    assert [len(_rows(tmp_path, hour)) for hour in (4, 8)] == [250, 1]
    assert len(server.seen.queries) == 4


def test_list_without_messages_is_proof_of_none(tmp_path: Path) -> None:
    """An empty answer is an answer."""
    with deliveries_served([]) as server:
        (collection,) = _collected(server, tmp_path)
    assert (collection.problem, collection.manifest.covered) == ("", (WINDOW,))
    assert _file(tmp_path).read_bytes() == b""


BAD: dict[str, tuple[Sequence[Mapping[str, Any]], str, str]] = {
    "pages that repeat": (MANY, "repeats", "gives the same page again"),
    "the oldest first": (MANY[::-1], "cursors", "does not begin with the newest"),
}


@pytest.mark.parametrize(("entries", "paging", "problem"), BAD.values(), ids=BAD)
def test_a_list_that_cannot_be_followed_proves_nothing(
    entries: Sequence[Mapping[str, Any]], paging: str, problem: str, tmp_path: Path
) -> None:
    """Nothing is written where it cannot be known whether that is all."""
    with deliveries_served(entries, paging) as server:
        (collection,) = _collected(server, tmp_path)
    assert problem in collection.problem
    assert collection.manifest.covered == ()
    assert not _file(tmp_path).exists()


def test_the_number_of_the_bot_is_asked_for(tmp_path: Path) -> None:
    """Where several share a project; and the request is in the proof, without the key."""
    with deliveries_served(MANY[-3:]) as server:
        (collection,) = _collected(server, tmp_path, kapso_number="123456")
    assert [query["phone_number_id"] for query in server.seen.queries] == ["123456"]
    (fetch,) = collection.manifest.fetches
    assert fetch.request["phone_number_id"] == "123456"
    assert not any(KEY.encode() in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_a_message_that_tells_no_time_is_kept(tmp_path: Path) -> None:
    """It may belong to any window; the transcript says that it tells none."""
    with deliveries_served([message(None, 7)]) as server:
        (collection,) = _collected(server, tmp_path)
    assert collection.problem == ""
    assert "tells no time" in read_files([(_file(tmp_path), "transcript")], tmp_path).problems[0]


@pytest.mark.parametrize(
    ("entry", "seconds"),
    [
        pytest.param({"timestamp": "1768197603"}, 1768197603, id="a text of seconds"),
        pytest.param({"timestamp": 1768197603}, 1768197603, id="seconds"),
        pytest.param({"created_at": "2026-01-12T06:00:03Z"}, 1768197603, id="ISO 8601"),
        pytest.param(
            {"timestamp": "soon", "created_at": "2026-01-12T13:00:03+07:00"}, 1768197603, id="one that is none"
        ),
        pytest.param({"timestamp": "9" * 30}, None, id="a number that is no time"),
        pytest.param({}, None, id="none at all"),
    ],
)
def test_the_time_of_a_message(entry: Mapping[str, Any], seconds: int | None) -> None:
    """Seconds since 1970, as the provider writes them, or ISO 8601."""
    moment = sent_at(entry)
    assert (moment.timestamp() if moment else None) == seconds


def test_a_missing_key_is_told() -> None:
    """Before anything is asked for."""
    with pytest.raises(UsageProblem, match="KAPSO_API_KEY is not set"):
        make_kapso_messages(parse().collecting, {})
