"""The shapes of secrets: by the name before them, by their context, and by the form that their maker gives them.

They are listed in secrets.toml. Each is only tried if one of its hints occurs, so that the time is linear in the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from logparse.tables import expressions

Extent = tuple[int, int]


@dataclass(frozen=True)
class SecretShape:
    """A shape of secret, matched by its group ``secret``. ``hints``: lower-case texts of which one must occur."""

    hints: tuple[str, ...]
    expression: re.Pattern[str]


SHAPES = tuple(
    SecretShape(tuple(shape.get("hints", ())), re.compile(shape["expression"]))
    for shape in expressions("text/secrets")["shapes"]
)

_MAIL = re.compile(r"(?<![\w.+-])(?P<secret>[\w.+-]{1,200})(?P<host>@[\w-][\w.-]{0,200}\.[^\W\d_]{2,})")


def secrets_in(text: str) -> Iterator[Extent]:
    """Yields the places of secrets; of a quoted one, without the quotes."""
    small, credentials = text.lower(), set()
    for shape in SHAPES:
        if shape.hints and not any(hint in small for hint in shape.hints):
            continue
        for found in shape.expression.finditer(text):
            start, end = found.span("secret")
            quoted = end - start > 1 and text[start] in "\"'" and text[end - 1] == text[start]
            credentials.add(end)
            yield (start + 1, end - 1) if quoted else (start, end)
    if "@" in text:
        # The host of an address with credentials is no part of an e-mail address.
        yield from (found.span() for found in _MAIL.finditer(text) if found.end("secret") not in credentials)
