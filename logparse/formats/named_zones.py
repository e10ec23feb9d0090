"""Detection of files whose times name no zone: these are read in the zone of the setting ``timezone``."""

import re
from collections.abc import Sequence

ALWAYS_LOCAL = frozenset({"vercel-tail", "vercel-expanded", "convex-text", "syslog-text"})
"""Formats without zones in any line."""

_DATED = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?"
_NO_ZONE = r"(?!\d|[.,]\d|Z| ?UTC| ?[+-]\d\d:?\d\d)"
_TEXT = re.compile(rf"[^\d]{{0,80}}{_DATED}{_NO_ZONE}")
_JSON = re.compile(rf'.{{0,2000}}?"(?:@?timestamp|time|ts|date|datetime)"\s?:\s?"{_DATED}{_NO_ZONE}"')
_SHAPES = {"iso-text": _TEXT, "led-text": _TEXT, "json-lines": _JSON}

LINES_LOOKED_AT = 20


def names_no_zone(log_format: str, lines: Sequence[str]) -> bool:
    """Tells whether most of the first lines of a file have a time without a zone."""
    if log_format in ALWAYS_LOCAL:
        return True
    shape = _SHAPES.get(log_format)
    seen = [line for line in lines if line.strip()][:LINES_LOOKED_AT]
    return shape is not None and 2 * sum(bool(shape.match(line)) for line in seen) > len(seen)
