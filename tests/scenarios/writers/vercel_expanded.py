"""What the Vercel command line prints for people: a line for each request, its messages below, times without a date."""

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo

from tests.scenarios.traffic import PRODUCTION, Request
from tests.scenarios.writers.vercel_rows import severity
from tests.scenarios.writers.writer import Writer

HOST = "bot.example.com"
HEADING = (
    'Vercel CLI 60.0.0 (Node.js 20.20.2)\nFetching project "bot"\nFetching logs...\n'
    "TIME         HOST             LEVEL\n"
)


def expanded_request(request: Request, zone: tzinfo = UTC, with_dates: bool = False) -> str:
    """One request as the tool prints it: the clock of a time zone, and the level of its worst message."""
    local = datetime.fromtimestamp(request.time_ms // 1000, zone)
    clock = f"{local:%b %d %H:%M:%S}" if with_dates else f"{local:%H:%M:%S}"
    level = max((message.level for message in request.messages), key=severity, default="info")
    head = f"{clock}.{request.time_ms % 1000 // 10:02d}  {HOST}  {level:<5}  λ {request.method} {request.path:<20}"
    # The tool keeps each message on one line.
    lines = [" ".join(message.text.split("\n")) for message in request.messages]
    return "".join(f"{line}\n" for line in [head, *lines, ""])


def write_expanded(
    requests: Sequence[Request], zone: tzinfo = UTC, with_dates: bool = False, newest_first: bool = True
) -> bytes:
    """The requests of production as the tool prints them, with its own lines around them."""
    shown = [request for request in requests if request.environment == PRODUCTION]
    ordered = sorted(shown, key=lambda request: request.time_ms, reverse=newest_first)
    printed = "".join(expanded_request(request, zone, with_dates) for request in ordered)
    return f"{HEADING}{printed}Fetched {len(shown)} logs for acme/bot\n".encode()


VERCEL_EXPANDED = Writer(
    "vercel-expanded",
    write_expanded,
    suffix=".txt",
    times="request",
    step_ms=10,
    dated=False,
    levels=False,
    empty_requests=True,
)
