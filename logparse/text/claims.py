"""Claims of readiness in foreign text, broken up: the text looks the same, but no search for the verdict finds it."""

import re
from typing import Any

_CLAIM = re.compile(r"(production[\s_-]*ready\W{0,6}?)[\s_]*(yes|no)\b", re.IGNORECASE)
NBSP = "\u00a0"


def disarmed(text: str) -> str:
    """Breaks up claims of readiness in a text by a no-break space."""
    return _CLAIM.sub(lambda match: f"{match[1].rstrip()}{NBSP}{match[2]}", text)


def disarmed_values(value: Any) -> Any:
    """Disarms each text in a JSON value."""
    if isinstance(value, str):
        return disarmed(value)
    if isinstance(value, dict):
        return {key: disarmed_values(inner) for key, inner in value.items()}
    return [disarmed_values(inner) for inner in value] if isinstance(value, list | tuple) else value
