"""Foreign text made harmless for where it stands: a terminal, or HTML."""

import re
from html import escape

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """A text without signs that drive a terminal or turn its direction: each becomes a question mark."""
    return _CONTROLS.sub("?", text)


def html(text: str) -> str:
    """A text for HTML, also inside a quoted attribute."""
    return escape(printable(text), quote=True)
