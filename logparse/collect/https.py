"""HTTPS requests with retries, which obey Retry-After, follow no redirects and never show a secret."""

import ipaddress
import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase
from urllib3.exceptions import DecodeError, HTTPError

from logparse.collect.secret import Secret
from logparse.collect.source import SourceFailed
from logparse.errors import UsageProblem

CHUNK = 1 << 16
LARGEST = 1 << 28
"""The largest answer, in bytes; a page of logs has a few megabytes at most."""

SHOWN = 200
"""The number of characters shown of a server's message."""


@dataclass(frozen=True)
class Patience:
    """Timeouts in seconds: to connect, for a chunk, for an answer, between tries, in all; and the most tries."""

    connection: float = 10
    piece: float = 30
    answer: float = 90
    first_wait: float = 1
    longest_wait: float = 60
    together: float = 300
    tries: int = 6


def patience_for(seconds: float) -> Patience:
    """Returns the usual timeouts, limited to a total of so many seconds for a request with all its tries."""
    usual = Patience()
    connection, piece, answer = (min(each, seconds) for each in (usual.connection, usual.piece, usual.answer))
    return Patience(connection, piece, answer, together=seconds)


@dataclass(frozen=True)
class Clock:
    """The clock of requests: a monotonic one in seconds, the time of day, a sleep, and a random number from 0 to 1."""

    seconds: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    pause: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


REAL = Clock()
"""The clock of this machine."""


class _Again(Exception):
    """A failed try that is worth repeating; ``wait`` is in seconds, if the server asks for a pause."""

    def __init__(self, problem: str, wait: float | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.wait = wait


class _Header(AuthBase):
    """The secret as a header. Set as the session's authentication, it also keeps credentials of a netrc file out."""

    def __init__(self, name: str, value: str) -> None:
        self._name, self._value = name, value

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers[self._name] = self._value
        return request


def checked_origin(url: str, where: str) -> str:
    """Returns scheme and host of a URL; raises UsageProblem unless it is HTTPS or a host on this machine."""
    parts = urlsplit(url.strip())
    host = parts.hostname or ""
    if parts.username or parts.password or parts.query or parts.path.strip("/") or not host:
        raise UsageProblem(f"{where}: it must be the address of a host, like https://vercel.com")
    if parts.scheme != "https" and not (parts.scheme == "http" and _on_this_machine(host)):
        raise UsageProblem(f"{where}: {parts.scheme}://{host} is not HTTPS, and a secret would be readable on its way")
    return f"{parts.scheme}://{parts.netloc}"


def _on_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Service:
    """A host that is asked with a secret, over one session."""

    def __init__(
        self,
        origin: str,
        secret: Secret,
        header: tuple[str, str] = ("Authorization", "Bearer "),
        patience: Patience | None = None,
        clock: Clock = REAL,
    ) -> None:
        """Opens a session. ``origin`` as from ``checked_origin``; ``header``: name and prefix of its secret header."""
        self.origin = origin
        self._secret = secret
        self.patience = patience or Patience()
        self._clock = clock
        self._session = requests.Session()
        self._session.auth = _Header(header[0], header[1] + secret.value)
        self._session.headers["User-Agent"] = "logparse"
        # A proxy for other hosts does not lead to this machine.
        self._session.trust_env = not _on_this_machine(urlsplit(origin).hostname or "")

    def get(self, path: str, query: Mapping[str, str]) -> Any:
        """Returns the answer to a request, parsed as JSON; raises SourceFailed, in one line, if all tries fail."""
        patience, begun = self.patience, self._clock.seconds()
        for tried in range(1, patience.tries + 1):
            try:
                return self._try(path, query, begun + patience.together)
            except _Again as again:
                wait = self._wait(tried) if again.wait is None else again.wait
                problem = f"{self._name} {again.problem}"
            if wait > patience.longest_wait:
                raise SourceFailed(f"{problem}, and asks to wait {wait:,.0f} s; run it again then")
            if tried == patience.tries or self._clock.seconds() - begun + wait > patience.together:
                break
            self._clock.pause(wait)
        raise SourceFailed(f"{problem} (tried {tried} times); run it again later")

    @property
    def _name(self) -> str:
        return urlsplit(self.origin).netloc

    def _wait(self, tried: int) -> float:
        """Returns the seconds to the next try: doubled each time, less up to a half at random, so tries spread out."""
        longest = min(self.patience.first_wait * 2.0 ** (tried - 1), self.patience.longest_wait)
        return longest * (1 - self._clock.chance() / 2)

    def _try(self, path: str, query: Mapping[str, str], until: float) -> Any:
        timeout = (self.patience.connection, self.patience.piece)
        try:
            with self._session.get(
                self.origin + path, params=query, timeout=timeout, stream=True, allow_redirects=False
            ) as response:
                body = self._body(response, until)
        except requests.exceptions.SSLError:
            # From None: the causes hold the headers.
            raise SourceFailed(f"{self._name} has no certificate that this machine trusts") from None
        except (requests.RequestException, HTTPError, OSError) as error:
            raise _Again(_why(error)) from None
        return self._read(response, body)

    def _body(self, response: requests.Response, until: float) -> bytes:
        """Reads the whole body, decompressed; by chunks, so that a slow trickle is noticed."""
        begun, body = self._clock.seconds(), bytearray()
        longest = min(self.patience.answer, max(0.0, until - begun))
        while piece := response.raw.read1(CHUNK, decode_content=True):
            body += piece
            if len(body) > LARGEST:
                raise SourceFailed(f"{self._name} answers with over {LARGEST >> 20} MB; that is no page of logs")
            if self._clock.seconds() - begun > longest:
                raise _Again(f"takes over {longest:,.3g} s for one answer")
        return bytes(body)

    def _read(self, response: requests.Response, body: bytes) -> Any:
        status = response.status_code
        if status == requests.codes.ok:
            try:
                return json.loads(body)
            except (ValueError, RecursionError):
                raise SourceFailed(f"{self._name} answers with what is no JSON") from None
        if status in (401, 403):
            variable, mend = self._secret.variable, self._secret.mend
            raise SourceFailed(f"{self._name} does not accept {variable} (HTTP {status}): {mend}")
        if status == 429 or status >= 500:
            raise _Again(f"answers with HTTP {status}", _told_wait(response.headers, self._clock.now()))
        if 300 <= status < 400:
            to = urlsplit(response.headers.get("Location", "")).netloc or "another path"
            raise SourceFailed(f"{self._name} sends on to {self._secret.masked(to)[:SHOWN]}; it is not followed")
        raise SourceFailed(f"{self._name} answers with HTTP {status}{self._secret.masked(_words(body))[:SHOWN]}")


def _told_wait(headers: Mapping[str, str], now: datetime) -> float | None:
    """Parses Retry-After, in seconds or as a date, into seconds; returns None if it is missing or invalid."""
    text = headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return float(text[:9])
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (ValueError, TypeError):
        return None


def _words(body: bytes) -> str:
    """Returns the server's error message as one line after a colon; empty if it has none."""
    try:
        message = json.loads(body)["error"]["message"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return f": {' '.join(str(message).split())}"


def _why(error: BaseException) -> str:
    """Describes a network error without the URL, which may hold private data."""
    if isinstance(error, requests.ConnectTimeout):
        return "cannot be reached in time"
    if isinstance(error, DecodeError):
        return "answers with what cannot be unpacked"
    below: BaseException | None = error
    while below:
        if isinstance(below, TimeoutError):
            return "stopped answering"
        if isinstance(below, ConnectionResetError | BrokenPipeError):
            return "cut the connection"
        if isinstance(below, OSError) and below.strerror:
            return f"cannot be reached ({below.strerror})"
        below = below.__cause__ or below.__context__
    return "cut the connection"
