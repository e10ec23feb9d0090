"""Tables of words and expressions: TOML files beside the modules that use them, each read once."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_BREAK = re.compile(r"^ +|\n", re.MULTILINE)
_PART = re.compile(r"\(\?&(\w+)\)")


@cache
def table(name: str) -> dict[str, Any]:
    """Reads a table; ``name`` is the path of its file in the package, without the ending."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))


@cache
def expressions(name: str) -> dict[str, Any]:
    """Reads a table of regular expressions; their line breaks and indents do not count.

    ``(?&name)`` in an expression stands for the text of that name under ``parts``.
    """
    read = table(name)
    whole: dict[str, Any] = _whole(read, read.get("parts", {}))
    return whole


def _whole(value: Any, parts: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _whole(inner, parts) for key, inner in value.items()}
    if isinstance(value, list):
        return [_whole(inner, parts) for inner in value]
    if isinstance(value, str):
        return _PART.sub(lambda part: _whole(parts[part[1]], parts), _BREAK.sub("", value))
    return value
