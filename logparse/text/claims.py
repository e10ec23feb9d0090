"""Claims of readiness in foreign text, broken up: what gates search for is written by the suite alone."""

import re

NBSP = "\u00a0"
"""The no-break space, by which a broken claim is told from the verdict's own line."""

_CLAIM = re.compile(r"(production[\s_-]*ready\W{0,6}?)[\s_]*(yes|no)\b", re.IGNORECASE)


def disarmed(text: str) -> str:
    """The text with a claim of readiness broken up: it looks the same, but no search for the verdict finds it."""
    return _CLAIM.sub(lambda match: f"{match[1].rstrip()}{NBSP}{match[2]}", text)
