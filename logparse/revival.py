"""Frozen values back from JSON, by the types of their fields: what ``dataclasses.asdict`` made of them, read again."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Value = TypeVar("Value")


class NotAsWritten(ValueError):
    """A JSON value that no value of ours became; its text names the place in it."""


def revived(kind: type[Value], value: object, at: str = "") -> Value:
    """The value of a dataclass that stands in JSON at the place ``at``.

    Keys that the class does not know are left out, fields without a key have their default. NotAsWritten for a value of
    another type, and for a field that has neither.
    """
    revived_value: Value = _value(kind, value, at)
    return revived_value


def _value(kind: Any, value: Any, at: str) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _one_of(inner, value, at)
    if origin is tuple:
        return _tuple(inner, value, at)
    if origin is Sequence:
        return _tuple((*inner, Ellipsis), value, at)
    if origin is Mapping:
        return {str(key): _value(inner[1], one, f"{at}.{key}") for key, one in _checked(value, dict, at).items()}
    if is_dataclass(kind):
        return _dataclass(kind, _checked(value, dict, at), at)
    if kind is datetime:
        return _moment(_checked(value, str, at), at)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _member(kind, value, at)
    if kind is float:
        return _number(value, at)
    return _checked(value, kind, at)


def _one_of(kinds: tuple[Any, ...], value: Any, at: str) -> Any:
    """A value of one of several types; a whole number that may be one stays one."""
    if value is None and NoneType in kinds:
        return None
    chosen = [kind for kind in kinds if kind is type(value)] or [kind for kind in kinds if kind is not NoneType]
    return _value(chosen[0], value, at)


def _tuple(kinds: tuple[Any, ...], value: Any, at: str) -> tuple[Any, ...]:
    values = _checked(value, list, at)
    if kinds[-1] is not Ellipsis and len(values) != len(kinds):
        raise NotAsWritten(f"{at} has {len(values)} values, not {len(kinds)}")
    of_each = kinds if kinds[-1] is not Ellipsis else kinds[:1] * len(values)
    return tuple(_value(kind, one, f"{at}[{n}]") for n, (kind, one) in enumerate(zip(of_each, values, strict=True)))


def _dataclass(kind: Any, values: Mapping[str, Any], at: str) -> Any:
    given = {}
    for name, (hint, needed) in _fields(kind).items():
        place = f"{at}.{name}".lstrip(".")
        if name in values:
            given[name] = _value(hint, values[name], place)
        elif needed:
            raise NotAsWritten(f"{place} is missing")
    return kind(**given)


@cache
def _fields(kind: Any) -> Mapping[str, tuple[Any, bool]]:
    """Each field of a class with its type, and whether it has no default."""
    hints = get_type_hints(kind)
    return {
        one.name: (hints[one.name], one.default is MISSING and one.default_factory is MISSING) for one in fields(kind)
    }


def _checked(value: Any, kind: Any, at: str) -> Any:
    # NOTE: not isinstance, for True is no number here.
    if type(value) is not kind:
        raise NotAsWritten(f"{at} is no {_NAMES.get(kind, kind)}")
    return value


_NAMES = {dict: "object", list: "list", str: "text", int: "whole number", float: "number", bool: "true or false"}


def _number(value: Any, at: str) -> float:
    try:
        number = float(value) if type(value) in (int, float) else math.nan
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise NotAsWritten(f"{at} is no number")
    return number


def _moment(text: str, at: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise NotAsWritten(f"{at} is no time with a zone")


def _member(kind: type[Enum], value: Any, at: str) -> Enum:
    try:
        return kind(value)
    except ValueError:
        raise NotAsWritten(f"{at} is no {kind.__name__}") from None
