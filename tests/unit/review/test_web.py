"""The page of a review answers to itself alone, and what is chosen there stands in the document."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import requests
from flask.testing import FlaskClient

from logparse.review.card import card_of
from logparse.review.guard import HEADERS, Door
from logparse.review.serving import serve
from logparse.review.sitting import Said, Sitting
from logparse.review.web import application
from logparse.values.ratings import Quality, Tag
from tests.builders.talks import FIRST, cards, fine, plain, sitting, talk

DOOR = Door(4711, "secret-token")
OWN = {"Host": "127.0.0.1:4711"}
SENDING = {**OWN, "Origin": DOOR.origin, "Content-Type": "application/json"}
BEFORE: Mapping[str, Any] = {"quality_before": None, "tags_before": []}
RATING = json.dumps({"quality": "appropriate", "tags": [], "notes": "", "notes_before": "", **BEFORE})


@pytest.fixture
def held(tmp_path: Path) -> Sitting:
    """A sitting over three conversations."""
    return sitting(tmp_path, cards("a", "b", "c"))


@pytest.fixture
def ended() -> list[str]:
    """Notes that the review was ended."""
    return []


@pytest.fixture
def client(held: Sitting, ended: list[str]) -> FlaskClient:
    """A client of its application."""
    return application(held, DOOR, lambda: ended.append("ended")).test_client()


REFUSED: Mapping[str, tuple[str, str, Mapping[str, str | None]]] = {
    "another origin": ("PUT", "/secret-token/1", {"Origin": "http://evil.example.com"}),
    "the same machine on another port": ("PUT", "/secret-token/1", {"Origin": "http://127.0.0.1:80"}),
    "no origin at all, as from another program": ("PUT", "/secret-token/1", {"Origin": None}),
    "an origin without a name, as of a file or a frame": ("PUT", "/secret-token/1", {"Origin": "null"}),
    "no token": ("PUT", "/1", {}),
    "an empty token": ("PUT", "//1", {}),
    "a wrong token": ("PUT", "/secret-tokem/1", {}),
    "the token in other letters": ("PUT", "/SECRET-TOKEN/1", {}),
    "a name that was made to point here": ("PUT", "/secret-token/1", {"Host": "evil.example.com:4711"}),
    "the name localhost, which somebody may have taken": ("PUT", "/secret-token/1", {"Host": "localhost:4711"}),
    "another port": ("PUT", "/secret-token/1", {"Host": "127.0.0.1"}),
    "another site, as the browser says": ("PUT", "/secret-token/1", {"Sec-Fetch-Site": "cross-site"}),
    "another page of the same machine": ("PUT", "/secret-token/1", {"Sec-Fetch-Site": "same-site"}),
    "a form": ("PUT", "/secret-token/1", {"Content-Type": "application/x-www-form-urlencoded"}),
    "a text, for which no browser asks first": ("PUT", "/secret-token/1", {"Content-Type": "text/plain"}),
    "a question whether another origin may": ("OPTIONS", "/secret-token/1", {"Origin": "http://evil.example.com"}),
    "the end, from elsewhere": ("POST", "/secret-token/end", {"Origin": "http://evil.example.com"}),
    "reading it without the token": ("GET", "/1", {}),
    "reading it by another name": ("GET", "/secret-token/1", {"Host": "evil.example.com:4711"}),
    "reading it from another page": ("GET", "/secret-token/1", {"Sec-Fetch-Site": "cross-site"}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_nobody_else_may_ask(name: str, client: FlaskClient, held: Sitting, ended: list[str]) -> None:
    """What does not come from the page itself is refused, tells nothing of the conversations, and changes nothing."""
    method, path, changed = REFUSED[name]
    before = held.document.read_bytes()
    headers = {key: value for key, value in {**SENDING, **changed}.items() if value is not None}
    answer = client.open(path, method=method, data=RATING, headers=headers)
    assert answer.status_code == 403
    assert "parcel" not in answer.text
    assert not [key for key, _ in answer.headers.items() if key.startswith("Access-Control")]
    assert held.document.read_bytes() == before
    assert ended == []


def test_the_page_itself_may(client: FlaskClient, held: Sitting) -> None:
    """The same request with nothing wrong is answered, and stands in the document."""
    answer = client.put("/secret-token/2", data=RATING, headers={**SENDING, "Sec-Fetch-Site": "same-origin"})
    assert answer.get_json() == {"quality": "appropriate", "tags": [], "notes": "", "whole": True, "rated": 1}
    assert held.ratings() == {"b": fine("b")}


@pytest.mark.parametrize(
    "path", ["/secret-token/1", "/secret-token/end", "/secret-token/review.js", "/x", "/secret-token/9"]
)
def test_every_answer_is_kept_from_others(path: str, client: FlaskClient) -> None:
    """No script or frame of another page, no copy in a cache, no token in a Referer."""
    answer = client.get(path, headers=OWN)
    assert {name: answer.headers[name] for name in HEADERS} == dict(HEADERS)
    assert "Set-Cookie" not in answer.headers
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_page_has_no_script_of_its_own(client: FlaskClient) -> None:
    """All scripts and styles are files, as the policy demands."""
    for path in ("/secret-token/1", "/secret-token/end"):
        text = client.get(path, headers=OWN).text
        assert re.findall(r"<script[^>]*>(.+?)</script>|\son\w+=|\sstyle=", text, flags=re.DOTALL) == []


def test_foreign_text_is_text(tmp_path: Path) -> None:
    """Whatever users or the bot wrote, the machine noticed or people noted."""
    hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"
    shown = (card_of(talk(hostile, hostile, hostile, key=hostile), (), FIRST, plain, "https://x.example.com/{key}"),)
    held = sitting(tmp_path, shown)
    client = application(held, DOOR, lambda: None).test_client()
    held.rate(1, Said(Quality.NEEDS_IMPROVEMENT, (Tag.HARMFUL,), hostile))
    for path in ("/secret-token/1", "/secret-token/end"):
        text = client.get(path, headers=OWN).text
        assert "<script>alert" not in text
        assert "<img" not in text
        assert "49" not in re.sub(r"<[^>]*>", "", text)
        assert "&lt;script&gt;alert(1)" in text


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        "appropriate",
        {},
        {"quality": "fine", "tags": [], "notes": "", "notes_before": "", **BEFORE},
        {"quality": "appropriate", "tags": "harmful", "notes": "", "notes_before": "", **BEFORE},
        {"quality": "appropriate", "tags": ["rude"], "notes": "", "notes_before": "", **BEFORE},
        {"quality": "appropriate", "tags": [1], "notes": "", "notes_before": "", **BEFORE},
        {"quality": ["appropriate"], "tags": [], "notes": "", "notes_before": "", **BEFORE},
        {"quality": "appropriate", "tags": [], "notes": 7, "notes_before": "", **BEFORE},
        {"quality": "appropriate", "tags": [], "notes": "", "notes_before": "", **BEFORE, "more": 1},
        {"quality": "appropriate", "tags": [], "notes": "", "notes_before": ""},
        {"quality": "appropriate", "tags": [], "notes": "", "notes_before": "", **BEFORE, "quality_before": "fine"},
        {"quality": "appropriate", "tags": [], "notes": "", "notes_before": "", **BEFORE, "tags_before": None},
    ],
    ids=repr,
)
def test_what_is_no_rating_is_refused(sent: Any, client: FlaskClient, held: Sitting) -> None:
    """It changes nothing."""
    before = held.document.read_bytes()
    assert client.put("/secret-token/1", data=json.dumps(sent), headers=SENDING).status_code == 400
    assert held.document.read_bytes() == before


def test_what_is_too_large_or_not_there_is_refused(client: FlaskClient, held: Sitting) -> None:
    """With the reason, in words."""
    long = {"quality": "appropriate", "tags": [], "notes": "x" * 1001, "notes_before": "", **BEFORE}
    answer = client.put("/secret-token/1", data=json.dumps(long), headers=SENDING)
    assert (answer.status_code, "too long" in answer.text) == (409, True)
    assert client.put("/secret-token/1", data="x" * 70_000, headers=SENDING).status_code == 413
    assert client.put("/secret-token/1", data="{", headers=SENDING).status_code == 400
    for path in ("/secret-token/0", "/secret-token/4"):
        assert client.get(path, headers=OWN).status_code == 404
        assert client.put(path, data=RATING, headers=SENDING).status_code == 404
    assert client.get("/secret-token/../../web.py", headers=OWN).status_code in (403, 404)
    assert client.get("/secret-token/web.py", headers=OWN).status_code == 404
    held.document.write_text("# damaged\n", "utf-8")
    answer = client.put("/secret-token/1", data=RATING, headers=SENDING)
    assert (answer.status_code, "missing" in answer.text) == (409, True)


def test_it_begins_with_what_is_left(client: FlaskClient, held: Sitting) -> None:
    """At the first conversation that is not rated; where all are, at the end."""
    for number, place in ((1, "1"), (2, "2"), (3, "3")):
        assert client.get("/secret-token/", headers=OWN).location == f"/secret-token/{place}"
        held.rate(number, Said(Quality.APPROPRIATE))
    assert client.get("/secret-token/", headers=OWN).location == "/secret-token/end"
    assert "All conversations are rated" in client.get("/secret-token/end", headers=OWN).text


def test_what_was_rated_is_shown_again(client: FlaskClient, held: Sitting) -> None:
    """The choice, the tags and the notes, as they stand in the document."""
    held.rate(1, Said(Quality.NEEDS_IMPROVEMENT, (Tag.OFF_TOPIC,), "about the weather"))
    text = client.get("/secret-token/1", headers=OWN).text
    assert re.findall(r'value="([^"]+)"[^>]* checked', text) == ["needs-improvement", "off-topic"]
    assert ">about the weather</textarea>" in text
    assert "1</span> of 3 rated" in text


def test_the_end_is_called_once_it_is_asked_for(client: FlaskClient, ended: list[str]) -> None:
    """It says how far the review has come, and ends only when that was sent."""
    answer = client.post("/secret-token/end", data="{}", headers=SENDING)
    assert ended == []
    assert answer.get_json()["said"].startswith("check 1 (hour 4): 0 of 3 conversations rated, 0 need improvement.")
    answer.close()
    assert ended == ["ended"]


@pytest.fixture
def address(held: Sitting, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where a real server serves the sitting."""
    said: list[str] = []
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: not opened.append(url))  # type: ignore[func-returns-value]
    server = Thread(target=serve, args=(held, said.append, True), daemon=True)
    server.start()
    while not opened:
        server.join(0.01)
    assert opened[0] in said[0]
    yield opened[0]
    own = opened[0].split("/")[2]
    requests.post(f"{opened[0]}end", json={}, headers={"Origin": f"http://{own}"}, timeout=60)
    server.join(10)
    assert not server.is_alive()


def test_a_real_server_listens_on_loopback_alone_and_refuses_others(address: str, held: Sitting) -> None:
    """The address holds a long token; the machine's other addresses have nobody at the port; the end ends it."""
    own, token = re.fullmatch(r"http://(127\.0\.0\.1:\d+)/([\w-]{32})/", address).groups()  # type: ignore[union-attr]
    assert requests.get(address, timeout=60).status_code == 200
    assert requests.get(f"http://{own}/", timeout=60).status_code == 403
    assert (
        requests.get(address, headers={"Host": f"evil.example.com:{own.split(':')[1]}"}, timeout=60).status_code == 403
    )
    body = json.loads(RATING)
    for headers in ({}, {"Origin": "http://evil.example.com"}, {"Origin": f"http://localhost:{own.split(':')[1]}"}):
        assert requests.put(f"{address}1", json=body, headers=headers, timeout=60).status_code == 403
    assert (
        requests.put(
            f"http://{own}/{'x' * 32}/1", json=body, headers={"Origin": f"http://{own}"}, timeout=60
        ).status_code
        == 403
    )
    assert held.ratings() == {}
    assert requests.put(f"{address}1", json=body, headers={"Origin": f"http://{own}"}, timeout=60).status_code == 200
    assert list(held.ratings()) == ["a"]
    with pytest.raises(requests.ConnectionError):
        requests.get(f"http://127.0.0.2:{own.split(':')[1]}/{token}/", timeout=60)
