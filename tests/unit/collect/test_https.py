"""Requests, against a real server: tried again where that helps, never for long, and no secret is told."""

import logging
import socket
import traceback
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from itertools import count
from typing import Any

import pytest

from logparse.collect.https import Clock, Patience, Service, checked_origin, patience_for
from logparse.collect.secret import Secret, secret_of
from logparse.collect.source import SourceFailed
from logparse.errors import UsageProblem
from tests.builders.sources.log_server import LOGS, TOKEN, Fault, Plan, served
from tests.builders.sources.patience import LONG, NOW, SECRET, service

pytestmark = pytest.mark.counts

QUERY = {"projectId": "prj_1", "startDate": "0", "endDate": "9", "page": "0"}
EMPTY: dict[str, Any] = {"rows": [], "hasMoreRows": False}

PASSING = {
    "a limit of requests, with a time to wait": (Fault(429, {"Retry-After": "7"}), [7.0]),
    "a limit of requests, with a date to wait for": (
        Fault(429, {"Retry-After": format_datetime(NOW + timedelta(seconds=9), usegmt=True)}),
        [9.0],
    ),
    "a date that is over": (Fault(503, {"Retry-After": format_datetime(NOW - timedelta(1), usegmt=True)}), [0.0]),
    "a limit of requests without a time": (Fault(429), [1.0]),
    "a time to wait that is none": (Fault(429, {"Retry-After": "soon"}), [1.0]),
    "an error of the server": (Fault(500), [1.0]),
    "a gateway without its server": (Fault(502), [1.0]),
    "a connection that is cut in the middle of a body": (Fault(cut=True), [1.0]),
    "a body that trickles": (Fault(body=b"[" * 100, trickle=0.02), [1.0]),
    "a server that falls silent": (Fault(silent=True), [1.0]),
}


def _impatient(fault: Fault, seconds: float) -> Patience:
    """So short a patience for the one thing that the fault draws out, and a long one for all else."""
    return replace(LONG, piece=seconds if fault.silent else 60, answer=seconds if fault.trickle else 60)


@pytest.mark.parametrize(("fault", "pauses"), PASSING.values(), ids=PASSING)
def test_fault_that_passes_is_outlived(fault: Fault, pauses: list[float]) -> None:
    """What goes wrong once is tried again, after the pause that was asked for, or a short one."""
    waited: list[float] = []
    with served(Plan(faults={0: fault})) as server:
        # The answer to the second try comes within this on any machine.
        assert service(server.origin, waited, _impatient(fault, 1.5)).get(LOGS, QUERY) == EMPTY
    assert (len(server.seen.queries), waited) == (2, pauses)


LASTING = {
    "errors without end": (Fault(500), "answers with HTTP 500 (tried 3 times)", 3),
    "a limit without end": (Fault(429), "answers with HTTP 429 (tried 3 times)", 3),
    "a wait that is too long": (Fault(429, {"Retry-After": "3600"}), "asks to wait 3,600 s; run it again then", 1),
    "a connection that is always cut": (Fault(cut=True), "cut the connection (tried 3 times)", 3),
    "a trickle without end": (Fault(body=b"[" * 100, trickle=0.02), "takes over 0.5 s for one answer", 3),
    "a server that never answers": (Fault(silent=True), "stopped answering (tried 3 times)", 3),
    "what is no JSON": (Fault(body=b"<html>"), "answers with what is no JSON", 1),
    "half of JSON": (Fault(body=b'{"rows": ['), "answers with what is no JSON", 1),
    "JSON that is nested without end": (Fault(body=b"[" * 100_000), "answers with what is no JSON", 1),
    "what is no gzip": (
        Fault(headers={"Content-Encoding": "gzip"}, body=b"[]"),
        "answers with what cannot be unpacked",
        3,
    ),
    "another error": (Fault(400), "answers with HTTP 400: The server failed.", 1),
    "another host": (
        Fault(307, {"Location": "https://elsewhere.example/x"}),
        "sends on to elsewhere.example; it is not followed",
        1,
    ),
}


@pytest.mark.parametrize(("fault", "problem", "tried"), LASTING.values(), ids=LASTING)
def test_fault_that_lasts_is_told_in_one_line(fault: Fault, problem: str, tried: int) -> None:
    """After a few tries, or at once where another would not help; in words, with the server's name."""
    with served(Plan(always=fault)) as server, pytest.raises(SourceFailed) as failed:
        service(server.origin, [], _impatient(fault, 0.5)).get(LOGS, QUERY)
    assert problem in failed.value.problem
    assert failed.value.problem.startswith("127.0.0.1:")
    assert "\n" not in failed.value.problem
    assert len(server.seen.queries) == tried


def test_pauses_grow_and_end() -> None:
    """Each pause is twice the one before, up to the longest; chance takes up to half of it away."""
    waited: list[float] = []
    with served(Plan(always=Fault(500))) as server, pytest.raises(SourceFailed):
        service(server.origin, waited, Patience(tries=8, longest_wait=20, together=1_000)).get(LOGS, QUERY)
    assert waited == [1, 2, 4, 8, 16, 20, 20]
    waited.clear()
    clock = Clock(pause=waited.append, chance=lambda: 1.0)
    with served(Plan(always=Fault(500))) as server, pytest.raises(SourceFailed):
        Service(server.origin, SECRET, patience=Patience(tries=4), clock=clock).get(LOGS, QUERY)
    assert waited == [0.5, 1, 2]


def test_all_tries_together_have_a_limit() -> None:
    """Many tries that are allowed each end where they together take too long."""
    seconds = [0.0]

    def pause(wait: float) -> None:
        seconds[0] += wait

    clock = Clock(seconds=lambda: seconds[0], pause=pause, chance=lambda: 0.0)
    with served(Plan(always=Fault(429, {"Retry-After": "50"}))) as server, pytest.raises(SourceFailed):
        Service(server.origin, SECRET, patience=Patience(tries=100, together=200), clock=clock).get(LOGS, QUERY)
    assert (seconds[0], len(server.seen.queries)) == (200, 5)


def test_last_try_does_not_outlast_the_limit_of_all() -> None:
    """As collect_timeout says: no answer is waited for beyond it, however slowly and steadily it comes."""
    seconds = count(0, 40)
    clock = Clock(seconds=lambda: float(next(seconds)), pause=lambda wait: None, chance=lambda: 0.0)
    with served(Plan(always=Fault(trickle=0.001))) as server, pytest.raises(SourceFailed, match="for one answer"):
        Service(server.origin, SECRET, patience=patience_for(60), clock=clock).get(LOGS, QUERY)
    assert len(server.seen.queries) == 1


def test_server_that_is_not_there_is_told() -> None:
    """The cause stands in the message, not in a traceback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        origin = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(SourceFailed, match=r"cannot be reached \(Connection refused\)"):
        service(origin, []).get(LOGS, QUERY)


@pytest.mark.parametrize("gzipped", [False, True], ids=["plain", "gzip"])
def test_one_connection_serves_many_requests(gzipped: bool) -> None:
    """A connection is kept from request to request, packed answers included."""
    with served(Plan(gzipped=gzipped)) as server:
        asking = service(server.origin, [])
        assert [asking.get(LOGS, QUERY) for _ in range(20)] == [EMPTY] * 20
    assert server.seen.connections == 1


def test_token_that_is_not_accepted_is_named_and_mended() -> None:
    """One line that names the variable and what to do; no second try, and not what the server says: it repeats it."""
    with served(Plan()) as server, pytest.raises(SourceFailed) as failed:
        Service(server.origin, Secret("VERCEL_TOKEN", "make a new one", "expired")).get(LOGS, QUERY)
    assert failed.value.problem.endswith("does not accept VERCEL_TOKEN (HTTP 403): make a new one")
    assert len(server.seen.queries) == 1


def test_login_of_a_netrc_file_is_not_sent(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The token of the environment goes out, whatever else the user has for that host."""
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login user password other\n", "utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with served(Plan()) as server:
        service(server.origin, []).get(LOGS, QUERY)
    assert server.seen.tokens == {f"Bearer {TOKEN}"}


@pytest.mark.parametrize("fault", [*(one[0] for one in LASTING.values())], ids=LASTING)
def test_token_is_in_no_message_and_no_traceback(fault: Fault, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever goes wrong, and with all that libraries log."""
    caplog.set_level(logging.DEBUG)
    with served(Plan(always=fault)) as server, pytest.raises(SourceFailed) as failed:
        service(server.origin, [], _impatient(fault, 0.5)).get(LOGS, QUERY)
    assert TOKEN not in "".join(traceback.format_exception(failed.value)) + caplog.text + repr(SECRET)
    assert f"Bearer {TOKEN}" in server.seen.tokens


def test_words_of_a_server_are_shown_without_the_token() -> None:
    """An error that repeats the token is told without it, and not at length."""
    body = f'{{"error": {{"message": "no: {TOKEN}\\n{"x" * 1_000}"}}}}'.encode()
    with served(Plan(always=Fault(404, body=body))) as server, pytest.raises(SourceFailed) as failed:
        service(server.origin, []).get(LOGS, QUERY)
    assert "HTTP 404: no: *** xxx" in failed.value.problem
    assert len(failed.value.problem) < 300


ORIGINS = {
    "https://vercel.com": "https://vercel.com",
    "https://vercel.com/": "https://vercel.com",
    "http://127.0.0.1:9911": "http://127.0.0.1:9911",
    "http://localhost:9911": "http://localhost:9911",
    "http://[::1]:9911": "http://[::1]:9911",
}


@pytest.mark.parametrize(("url", "origin"), ORIGINS.items())
def test_hosts_that_are_asked(url: str, origin: str) -> None:
    """HTTPS anywhere, and this machine."""
    assert checked_origin(url, "setting vercel_api") == origin


@pytest.mark.parametrize(
    "url",
    [
        "http://vercel.com",
        "http://127.0.0.1.example.com",
        "ftp://vercel.com",
        "vercel.com",
        "https://user:word@vercel.com",
        "https://vercel.com/api?x=1",
        "https://",
        "",
    ],
)
def test_hosts_that_are_refused(url: str) -> None:
    """Where a secret would be readable on its way, or where the address is none."""
    with pytest.raises(UsageProblem, match="setting vercel_api"):
        checked_origin(url, "setting vercel_api")


@pytest.mark.parametrize("value", ["", "  ", "two words", "line\nbreak", "täken", "nul\0"])
def test_secret_that_is_none_is_refused(value: str) -> None:
    """A token that is missing or cannot be sent is named by its variable, without its value."""
    with pytest.raises(UsageProblem, match="VERCEL_TOKEN") as problem:
        secret_of({"VERCEL_TOKEN": value}, "VERCEL_TOKEN", "make a new one")
    assert not value.strip() or value not in str(problem.value)


def test_secret_may_end_in_a_line_break() -> None:
    """As it comes out of a file."""
    assert secret_of({"VERCEL_TOKEN": f"{TOKEN}\n"}, "VERCEL_TOKEN", "") == Secret("VERCEL_TOKEN", "", TOKEN)
