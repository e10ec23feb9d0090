"""Who may ask for the page of a review: the page itself alone, opened by the address that was printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from types import MappingProxyType

LOOPBACK = "127.0.0.1"

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        # The token stands in the address: no link may hand it on, and nothing may keep the page.
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
)
"""What every answer tells the browser: nothing from elsewhere, in no frame, kept nowhere."""


@dataclass(frozen=True)
class Door:
    """What a request has to know: the port that the page is on, and the token in its address."""

    port: int
    token: str

    @property
    def origin(self) -> str:
        """The one origin that the page has."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"{self.origin}/{self.token}/"

    def refusal(self, method: str, path: str, headers: Mapping[str, str]) -> str:
        """Why a request is refused; empty where it may be answered.

        - Its Host is the page's own, and no name that somebody made to point here (DNS rebinding).
        - Its path begins with the token, which no other page knows.
        - What it changes comes from the page itself: a browser names the Origin of every such request, so one without
          is refused as well, and so is a form, which could be sent from anywhere.
        """
        if headers.get("Host", "") != f"{LOOPBACK}:{self.port}":
            return "this is not the host of the review"
        if not compare_digest(path.split("/")[1].encode() if "/" in path else b"", self.token.encode()):
            return "the token is missing or wrong; use the address that the command printed"
        if headers.get("Origin", self.origin) != self.origin:
            return "no other page may ask for this"
        if headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            return "no other page may ask for this"
        if method in ("GET", "HEAD"):
            return ""
        if "Origin" not in headers:
            return "what changes anything has to come from the page itself"
        if headers.get("Content-Type", "").split(";")[0].strip() != "application/json":
            return "what changes anything has to be JSON"
        return ""
