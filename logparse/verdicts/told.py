"""The keys of a verdict.json, read one by one for a gate: somebody may have changed the file, so each is checked."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

JUDGE = "judge the soak with pytest --hour=24"
"""The remedy for a verdict that lacks what it should hold."""


class Untold(Exception):
    """A reason why a verdict cannot be relied on, and the remedy."""

    def __init__(self, reason: str, mend: str = JUDGE) -> None:
        super().__init__(reason)
        self.mend = mend


def document_of(text: str, name: str) -> Mapping[str, Any]:
    """Parses a verdict. A repeated key is refused: readers of JSON differ in which one they take."""
    try:
        document = json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Untold(f"{name} is no verdict: it is no JSON ({error})") from None
    if not isinstance(document, Mapping):
        raise Untold(f"{name} is no verdict: it is no JSON object")
    return document


def key_of(document: Mapping[str, Any], name: str, kind: type | Callable[..., Any]) -> Any:
    """Returns the value of a key; raises Untold if it is missing or of another type."""
    value = document.get(name)
    if type(value) is not kind:
        raise Untold(f"the verdict lacks its key {name}")
    return value


def objects_of(document: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Returns the objects in a list; raises Untold if it holds anything else."""
    found = key_of(document, name, list)
    if not all(isinstance(one, Mapping) for one in found):
        raise Untold(f"the verdict lacks its key {name}")
    return list(found)


def time_of(document: Mapping[str, Any], name: str) -> datetime:
    """Parses a time with a zone, within the years 2 to 9998; raises Untold if there is none."""
    try:
        moment = datetime.fromisoformat(key_of(document, name, str))
    except ValueError:
        raise Untold(f"its key {name} is no time") from None
    if moment.tzinfo is None or not 1 < moment.year < 9999:
        raise Untold(f"its key {name} is no time with a zone")
    return moment.astimezone(UTC)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = dict(pairs)
    if len(keys) < len(pairs):
        raise ValueError("a key stands there twice")
    return keys


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")
