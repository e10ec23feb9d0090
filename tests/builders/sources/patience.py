"""A clock for requests that does not wait, and remembers what it was asked to wait."""

from collections.abc import Callable
from datetime import UTC, datetime

from logparse.collect.https import Clock, Patience, Service
from logparse.collect.secret import Secret
from tests.builders.sources.log_server import TOKEN

NOW = datetime(2026, 1, 12, 6, tzinfo=UTC)
LONG = Patience(connection=60, piece=60, answer=60, tries=3)
"""Real time that the tests' server is given: an answer comes at once, on a machine that is busy too."""

SECRET = Secret("VERCEL_TOKEN", "make a new one", TOKEN)


def patient_clock(pauses: list[float]) -> Clock:
    """Real seconds for answers, which take next to none; pauses are noted in place of being kept."""
    waited: Callable[[float], None] = pauses.append
    return Clock(now=lambda: NOW, pause=waited, chance=lambda: 0.0)


def service(origin: str, pauses: list[float], patience: Patience = LONG) -> Service:
    """The server as the sources ask it."""
    return Service(origin, SECRET, patience=patience, clock=patient_clock(pauses))
