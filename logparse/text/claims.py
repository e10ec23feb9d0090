"""A claim of readiness in a foreign text, broken up: it looks the same, but no search for the verdict finds it."""

import re
from typing import Any

_CLAIM = re.compile(r"(production[\s_-]*ready\W{0,6}?)[\s_]*(yes|no)\b", re.IGNORECASE)
NBSP = "\u00a0"


def disarmed(text: str) -> str:
    """The text with a claim of readiness broken up by a no-break space."""
    return _CLAIM.sub(lambda match: f"{match[1].rstrip()}{NBSP}{match[2]}", text)


def disarmed_values(value: Any) -> Any:
    """A value of JSON, each text in it disarmed."""
    if isinstance(value, str):
        return disarmed(value)
    if isinstance(value, dict):
        return {key: disarmed_values(inner) for key, inner in value.items()}
    return [disarmed_values(inner) for inner in value] if isinstance(value, list | tuple) else value
