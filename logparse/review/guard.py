"""Access control of the review's page: only the page itself may ask, opened by the printed address."""

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
        # The token is in the address: no link may pass it on, and nothing may cache the page.
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
)
"""Headers of every response: nothing from other sites, no frames, no caching."""


@dataclass(frozen=True)
class Door:
    """The secrets of the page: its port, and the token in its address."""

    port: int
    token: str

    @property
    def origin(self) -> str:
        """The origin of the page."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def address(self) -> str:
        """The URL of the page."""
        return f"{self.origin}/{self.token}/"

    def refusal(self, method: str, path: str, headers: Mapping[str, str]) -> str:
        """Returns why a request is refused; empty if it is allowed.

        - Its Host is the page's own, not a name that was made to point here (DNS rebinding).
        - Its path begins with the token, which no other page knows.
        - A change comes from the page itself: browsers send Origin with each, so a request without one is refused,
          and so is a form, which any site could send.
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
