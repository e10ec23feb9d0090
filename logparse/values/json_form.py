"""The JSON form of values: written from frozen values, and parsed strictly by the types of their fields.

msgspec converts between values and plain objects; the text itself is the standard library's, which writes numbers and
half surrogate pairs as files of earlier versions have them.
"""

import json
import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import Any, TypeVar, cast

Value = TypeVar("Value")


class NotAsWritten(ValueError):
    """A JSON value that cannot be converted: its path, and the reason."""

    def __init__(self, why: str, place: str = "") -> None:
        super().__init__(f"{place} {why}".lstrip())


def iso(moment: datetime, precision: str = "auto") -> str:
    """Writes a time as every file has it: ISO 8601 in UTC, to the ``timespec`` of ``datetime.isoformat``."""
    return moment.astimezone(UTC).isoformat(timespec=precision).replace("+00:00", "Z")


def plain(value: Any) -> Any:
    """Converts a value to the objects, lists and texts of JSON; times stay times, for ``text_of``."""
    import msgspec  # noqa: PLC0415  # a run of pytest that judges nothing does without it

    return msgspec.to_builtins(value, builtin_types=(datetime, timedelta))


def text_of(value: Any, **layout: Any) -> str:
    """Writes a value as JSON text; ``layout`` are options of ``json.dumps``."""
    return json.dumps(plain(value), default=iso, **layout)


def value_of(document: Any, kind: type[Value], *, known_only: bool = False) -> Value:
    """Converts parsed JSON to a value.

    Unknown keys are ignored, or refused with ``known_only``; missing ones get the default of their field. Raises
    NotAsWritten for a value of another type, a missing field without a default, a number that is none, and a time that
    is not in UTC.
    """
    if known_only and (strange := set(document) - {field.name for field in fields(kind)}):  # type: ignore[arg-type]
        raise NotAsWritten("is not known", min(strange))
    value, refused = _converted(document, kind)
    if refused:
        raise _told(refused, document, kind)
    _check(plain(value))
    return cast(Value, value)


def _converted(document: Any, kind: Any) -> tuple[Any, str]:
    """Returns the value, or the message of msgspec if it refuses."""
    import msgspec  # noqa: PLC0415  # as above

    try:
        return msgspec.convert(document, kind), ""
    except msgspec.ValidationError as problem:
        return None, str(problem)


def _check(inside: Any, *steps: str | int) -> None:
    """Raises NotAsWritten for what msgspec accepts: a number that is none, and a time that is not in UTC."""
    for step, value in inside.items() if isinstance(inside, dict) else enumerate(inside):
        if isinstance(value, dict | list | tuple):
            _check(value, *steps, step)
        elif isinstance(value, float) and not isfinite(value):
            raise NotAsWritten("is no number", _place(*steps, step))
        elif isinstance(value, datetime) and value.utcoffset() != timedelta(0):
            raise NotAsWritten("is no time with a zone, in UTC", _place(*steps, step))


def _place(*steps: str | int) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")


_NAMES: Mapping[str, str] = {
    "object": "object",
    "array": "list",
    "str": "text",
    "int": "whole number",
    "float": "number",
    "bool": "true or false",
    "datetime": "text",
}


def _told(said: str, document: Any, kind: Any) -> NotAsWritten:
    """Translates a message of msgspec into this project's words."""
    what, _, path = said.rstrip("`").partition(" - at `$")
    place = path.removeprefix(".").replace("[...]", f".{_key_at(path, said, document, kind)}")
    if found := re.match(r"Object missing required field `(\w+)", what):
        return NotAsWritten("is missing", f"{place}.{found[1]}".removeprefix("."))
    if found := re.match(r"Expected `array` of length (\d+), got (\d+)", what):
        return NotAsWritten(f"has {found[2]} values, not {found[1]}", place)
    if found := re.match(r"Expected `(?:.* \| )?(?!null)(\w+)", what):
        return NotAsWritten(f"is no {_NAMES.get(found[1], found[1])}", place)
    if what.startswith("Invalid enum value"):
        return NotAsWritten(f"is no {re.findall('[a-z_]+', path)[-1].replace('_', ' ').title()}", place)
    return NotAsWritten("is no number" if "range" in what else "is no time with a zone", place)


def _key_at(path: str, said: str, document: Any, kind: Any) -> str:
    """Returns the key that msgspec shows as ``[...]`` in a path: the one without which the message changes."""
    before, inside, _ = path.partition("[...]")
    at = rest = deepcopy(document)
    for step in re.findall(r"\w+", before):
        at = at[int(step) if step.isdigit() else step]
    for key in list(at) if inside else ():
        del at[key]
        if _converted(rest, kind)[1] != said:
            return str(key)
    return ""
