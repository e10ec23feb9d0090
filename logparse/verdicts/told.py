"""What a verdict.json tells, read key by key: somebody may have changed it, so nothing in it is taken for granted."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

JUDGE = "judge the soak with pytest --hour=24"
"""What mends a verdict that does not tell what it should."""


class Untold(Exception):
    """What the verdict does not tell, and what mends that."""

    def __init__(self, reason: str, mend: str = JUDGE) -> None:
        super().__init__(reason)
        self.mend = mend


def document_of(text: str, name: str) -> Mapping[str, Any]:
    """The keys of the verdict. One that stands there twice is refused: readers of JSON differ in which they see."""
    try:
        document = json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Untold(f"{name} is no verdict: it is no JSON ({error})") from None
    if not isinstance(document, Mapping):
        raise Untold(f"{name} is no verdict: it is no JSON object")
    return document


def key_of(document: Mapping[str, Any], name: str, kind: type | Callable[..., Any]) -> Any:
    """What stands under a key; Untold where nothing of its type does."""
    value = document.get(name)
    if type(value) is not kind:
        raise Untold(f"the verdict lacks its key {name}")
    return value


def objects_of(document: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The objects in a list; Untold where anything else stands in it."""
    found = key_of(document, name, list)
    if not all(isinstance(one, Mapping) for one in found):
        raise Untold(f"the verdict lacks its key {name}")
    return list(found)


def time_of(document: Mapping[str, Any], name: str) -> datetime:
    """A time with a zone, far enough from the ends of the calendar; Untold where none stands there."""
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
