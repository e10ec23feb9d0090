"""A server on this machine that answers as Vercel does, for real requests; what it does wrong, a plan says."""

import gzip
import json
import threading
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from logparse.collect.vercel.row import milliseconds_of

TOKEN = "vcp_TheTokenOfTheTests0123456789"
LOGS = "/api/logs/request-logs"
PAGE = 50


@dataclass(frozen=True)
class Fault:
    """What is done in place of an answer, or with it: a status, a cut or trickling body, a body of another kind."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    cut: bool = False
    trickle: float = 0.0
    silent: bool = False


@dataclass(frozen=True)
class Plan:
    """The rows that the server has, in the API's shape, and how it behaves.

    ``faults`` are those of single requests for logs, by their number from 0; ``always`` is that of all of them.
    ``repeats``: each page is the first one (vercel/vercel#16286). ``ends`` are whether the first and the last
    millisecond that are asked for belong to the answer. ``pause`` is a wait before each answer, in seconds.
    ``billed`` is what the team pays for; nothing is told of it where it is empty. ``forgets`` is the time before which
    the server has no rows any more, when it is asked.
    """

    rows: Sequence[Mapping[str, Any]] = ()
    repeats: bool = False
    faults: Mapping[int, Fault] = field(default_factory=dict)
    always: Fault | None = None
    gzipped: bool = False
    ends: tuple[bool, bool] = (True, True)
    pause: float = 0.0
    billed: str = "pro"
    forgets: Callable[[], datetime] | None = None


@dataclass
class Seen:
    """What was asked of the server: the queries for logs, all paths, the tokens, how many connections, and when."""

    queries: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    connections: int = 0
    times: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Served:
    """A running server: its address, and what it saw."""

    origin: str
    seen: Seen = field(default_factory=Seen)


@contextmanager
def served(plan: Plan) -> Iterator[Served]:
    """A server with a plan, on a free port, as long as the block lasts."""
    seen = Seen()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(plan, seen))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield Served(f"http://127.0.0.1:{server.server_address[1]}", seen)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Answers:
    """What the API answers, from the rows of a plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._rows = sorted(plan.rows, key=lambda row: str(row["timestamp"]))
        self._times = [milliseconds_of(row["timestamp"]) for row in self._rows]

    def logs(self, query: Mapping[str, str]) -> Mapping[str, Any]:
        """A page of the rows of a stretch, the newest first."""
        first, last = int(query["startDate"]), int(query["endDate"])
        if self._plan.forgets:
            first = max(first, milliseconds_of(self._plan.forgets().isoformat()))
        begin = (bisect_left if self._plan.ends[0] else bisect_right)(self._times, first)
        end = (bisect_right if self._plan.ends[1] else bisect_left)(self._times, last)
        rows = self._rows[begin:end][::-1]
        if "environment" in query:
            rows = [row for row in rows if row.get("environment") == query["environment"]]
        page = int(query.get("page", 0))
        at = 0 if self._plan.repeats else PAGE * page
        return {"rows": rows[at : at + PAGE], "hasMoreRows": len(rows) > PAGE * (page + 1)}

    def other(self, path: str) -> Mapping[str, Any] | None:
        """What is known of users, teams and projects."""
        if path.endswith("/user"):
            user = {"id": "u1", "uid": "u1", "username": "op", "email": "op@example.com", "version": "northstar"}
            return {"user": {**user, "defaultTeamId": "team_1"}}
        if "/teams" in path:
            team: Mapping[str, Any] = {"id": "team_1", "slug": "acme", "name": "acme"}
            if self._plan.billed:
                team = {**team, "billing": {"plan": self._plan.billed}}
            return {**team, "teams": [team], "pagination": {}}
        if path in ("/v9/projects/bot", "/v9/projects/prj_1"):
            return {"id": "prj_1", "name": "bot", "accountId": "team_1"}
        return None


def _handler(plan: Plan, seen: Seen) -> type[BaseHTTPRequestHandler]:
    answers, lock = Answers(plan), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # A small answer is not held back for the next one.
        disable_nagle_algorithm = True

        def setup(self) -> None:
            super().setup()
            with lock:
                seen.connections += 1

        def log_message(self, format: str, *arguments: Any) -> None:
            pass

        def do_GET(self) -> None:
            url = urlsplit(self.path)
            query = {key: values[0] for key, values in parse_qs(url.query).items()}
            token = self.headers.get("Authorization", "")
            with lock:
                seen.paths.append(url.path)
                seen.tokens.add(token)
                number = len(seen.queries)
                if url.path == LOGS:
                    seen.queries.append(query)
                    seen.times.append(time.monotonic())
            if token != f"Bearer {TOKEN}":
                self._send(403, _error("forbidden", f"Not authorized: {token}"))
            elif url.path == LOGS:
                time.sleep(plan.pause)
                self._logs(query, plan.faults.get(number) or plan.always or Fault())
            else:
                answer = answers.other(url.path)
                self._send(200, answer) if answer else self._send(404, _error("not_found", "There is no such thing."))

        do_POST = do_GET

        def _logs(self, query: Mapping[str, str], fault: Fault) -> None:
            if fault.silent:
                # Nothing is said until the other side hangs up, however long that takes it.
                self.connection.recv(1)
                self.close_connection = True
                return
            if fault.status != 200:
                self._send(fault.status, _error("failed", "The server failed."), fault)
            else:
                self._send(200, answers.logs(query), fault)

        def _send(self, status: int, answer: Mapping[str, Any], fault: Fault | None = None) -> None:
            fault = fault or Fault()
            body = json.dumps(answer).encode() if fault.body is None else fault.body
            headers = {"Content-Type": "application/json", **fault.headers}
            if plan.gzipped and "gzip" in self.headers.get("Accept-Encoding", ""):
                body, headers["Content-Encoding"] = gzip.compress(body), "gzip"
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            if fault.cut:
                self.wfile.write(body[: len(body) // 2])
                self.close_connection = True
            elif fault.trickle:
                self._trickle(body, fault.trickle)
            else:
                self.wfile.write(body)

        def _trickle(self, body: bytes, pause: float) -> None:
            """The body byte by byte, until nobody wants it any more."""
            try:
                for at in range(len(body)):
                    self.wfile.write(body[at : at + 1])
                    time.sleep(pause)
            except OSError:
                self.close_connection = True

    return Handler


def _error(code: str, message: str) -> Mapping[str, Any]:
    return {"error": {"code": code, "message": message}}
