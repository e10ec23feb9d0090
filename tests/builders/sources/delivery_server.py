"""A server on this machine that lists deliveries as Kapso does, for real requests."""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.builders.sources.log_server import Seen, Served

KEY = "kapso_TheKeyOfTheTests0123456789"
PATH = "/platform/v1/webhook_deliveries"
PAGINGS = ("cursors", "cursor behind the end", "bare", "repeats")


def delivery(moment: datetime | None, number: int = 0, **changes: object) -> dict[str, Any]:
    """One delivery, with more than is known of it."""
    entry = {
        "id": f"d{number:05d}",
        "event": "whatsapp.message.received",
        "status": "delivered",
        "error": None,
        "last_attempt_at": moment.isoformat().replace("+00:00", "Z") if moment else None,
        "response_status": 200,
        "attempt_count": 1,
        "unheard_of": {"deep": ["é", None]},
    }
    return {**entry, **changes}


@contextmanager
def deliveries_served(entries: Sequence[Mapping[str, Any]], paging: str = "cursors") -> Iterator[Served]:
    """A server with a list, newest first, on a free port; ``paging`` is one of PAGINGS."""
    seen = Seen()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(entries, paging, seen))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield Served(f"http://127.0.0.1:{server.server_address[1]}", seen)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _page(entries: Sequence[Mapping[str, Any]], paging: str, query: Mapping[str, str]) -> Mapping[str, Any]:
    size, after = int(query["limit"]), query.get("after", "")
    ids = [entry.get("id") for entry in entries]
    begin = 0 if paging == "repeats" or not after else ids.index(after.removeprefix("cursor-")) + 1
    page = list(entries[begin : begin + size])
    more = len(entries) > begin + size
    if paging == "bare":
        return {"data": page}
    cursor = f"cursor-{page[-1].get('id')}" if page and (more or paging == "cursor behind the end") else None
    return {"data": page, "paging": {"cursors": {"after": cursor}, "next": "https://x" if more else None}}


def _handler(entries: Sequence[Mapping[str, Any]], paging: str, seen: Seen) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *arguments: Any) -> None:
            pass

        def do_GET(self) -> None:
            url = urlsplit(self.path)
            query = {key: values[0] for key, values in parse_qs(url.query).items()}
            seen.paths.append(url.path)
            seen.queries.append(query)
            key = self.headers.get("X-API-Key", "")
            seen.tokens.add(key)
            if key != KEY:
                self._send(401, {"error": {"message": f"the key {key} is not known"}})
            else:
                self._send(200, _page(entries, paging, query))

        def _send(self, status: int, answer: Mapping[str, Any]) -> None:
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler
