"""The server of the review's page: on loopback only, until the review ends."""

import webbrowser
from collections.abc import Callable
from contextlib import suppress
from secrets import token_urlsafe
from threading import Thread

from werkzeug.serving import WSGIRequestHandler, make_server

from logparse.review.guard import LOOPBACK, Door
from logparse.review.sitting import Sitting
from logparse.review.web import application

TOKEN_BYTES = 24


class _Silent(WSGIRequestHandler):
    """A handler that logs no requests, because their addresses hold the token."""

    server_version, sys_version = "logparse", ""

    def log(self, type: str, message: str, *args: object) -> None:
        """Logs nothing."""


def serve(sitting: Sitting, say: Callable[[str], None], browse: bool) -> None:
    """Serves the page of a sitting until the rater ends it; prints its address, and opens it in the browser.

    The port is a free one, so that two reviews do not collide. KeyboardInterrupt ends it too, without any loss.
    """
    with make_server(LOOPBACK, 0, lambda _, __: (), threaded=True, request_handler=_Silent) as server:
        door = Door(server.server_port, token_urlsafe(TOKEN_BYTES))
        # Another thread shuts it down: the one of a request cannot wait for all requests to end.
        server.app = application(sitting, door, lambda: Thread(target=server.shutdown, daemon=True).start())
        say(f"the review is at {door.address} (Ctrl-C ends it; what was rated is kept)")
        if browse and not _opened(door.address):
            say("no browser could be opened; open the address yourself")
        server.serve_forever()


def _opened(address: str) -> bool:
    with suppress(webbrowser.Error, OSError):
        return webbrowser.open(address)
    return False
