"""Frozen values back from JSON, by the types of their fields: what ``dataclasses.asdict`` made of them, read again."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Value = TypeVar("Value")
Reader = Callable[[Any], Any]
"""Makes a value of what JSON holds; NotAsWritten where that is of another type."""


class NotAsWritten(ValueError):
    """A JSON value that no value of ours became: at which place in it, and why."""

    def __init__(self, why: str, place: str = "") -> None:
        super().__init__(f"{place} {why}".lstrip())
        self._why, self._place = why, place

    def within(self, step: str) -> "NotAsWritten":
        """The same, told from one step further out: the name of a key, or a number in brackets."""
        between = "." if self._place and not self._place.startswith("[") else ""
        return NotAsWritten(self._why, f"{step}{between}{self._place}")


def revived(kind: type[Value], value: object) -> Value:
    """The value of a dataclass that stands in JSON.

    Keys that the class does not know are left out, fields without a key have their default. NotAsWritten for a value of
    another type, and for a field that has neither.
    """
    return cast(Value, _reader(cast(Any, kind))(value))


@cache
def _reader(kind: Any) -> Reader:
    """How a type is read; looked up once for each, because a verdict holds thousands of values."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _of_one(inner)
    if origin is Sequence or (origin is tuple and inner[-1] is Ellipsis):
        return _of_many(_reader(inner[0]))
    if origin is tuple:
        return _of_each(tuple(map(_reader, inner)))
    if origin is Mapping:
        return _of_mapping(_reader(inner[1]))
    if isinstance(kind, type) and is_dataclass(kind):
        return _of_dataclass(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _of_enum(kind)
    return {float: _number, datetime: _moment}.get(kind) or _of_plain(kind)


_NAMES = {dict: "object", list: "list", str: "text", int: "whole number", bool: "true or false"}


def _of_plain(kind: Any) -> Reader:
    def read(value: Any) -> Any:
        # NOTE: not isinstance, for True is no number here.
        if type(value) is not kind:
            raise NotAsWritten(f"is no {_NAMES[kind]}")
        return value

    return read


_text, _list, _object = _of_plain(str), _of_plain(list), _of_plain(dict)


def _of_one(kinds: tuple[Any, ...]) -> Reader:
    """A value of one of several types; a whole number that may be one stays one."""
    readers = {kind: _reader(kind) for kind in kinds if kind is not NoneType}
    first, optional = next(iter(readers.values())), NoneType in kinds

    def read(value: Any) -> Any:
        return None if value is None and optional else readers.get(type(value), first)(value)

    return read


def _of_many(reader: Reader) -> Reader:
    def read(value: Any) -> tuple[Any, ...]:
        return tuple(_inside(f"[{at}]", reader, one) for at, one in enumerate(_list(value)))

    return read


def _of_each(readers: tuple[Reader, ...]) -> Reader:
    def read(value: Any) -> tuple[Any, ...]:
        if len(_list(value)) != len(readers):
            raise NotAsWritten(f"has {len(value)} values, not {len(readers)}")
        return tuple(_inside(f"[{at}]", *pair) for at, pair in enumerate(zip(readers, value, strict=True)))

    return read


def _of_mapping(reader: Reader) -> Reader:
    def read(value: Any) -> dict[str, Any]:
        return {key: _inside(key, reader, one) for key, one in _object(value).items()}

    return read


def _of_dataclass(kind: Any) -> Reader:
    hints = get_type_hints(kind)
    known = {one.name: _reader(hints[one.name]) for one in fields(kind)}
    needed = [one.name for one in fields(kind) if one.default is MISSING and one.default_factory is MISSING]

    def read(value: Any) -> Any:
        values = _object(value)
        for name in needed:
            if name not in values:
                raise NotAsWritten("is missing", name)
        return kind(**{name: _inside(name, reader, values[name]) for name, reader in known.items() if name in values})

    return read


def _of_enum(kind: type[Enum]) -> Reader:
    def read(value: Any) -> Enum:
        try:
            return kind(value)
        except ValueError:
            raise NotAsWritten(f"is no {kind.__name__}") from None

    return read


def _number(value: Any) -> float:
    try:
        number = float(value) if type(value) in (int, float) else math.nan
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise NotAsWritten("is no number")
    return number


def _moment(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(value))
        if moment.tzinfo:
            return moment.astimezone(UTC)
    except NotAsWritten:
        raise
    except (ValueError, OverflowError):
        pass
    raise NotAsWritten("is no time with a zone")


def _inside(step: str, reader: Reader, value: Any) -> Any:
    try:
        return reader(value)
    except NotAsWritten as problem:
        raise problem.within(step) from None
