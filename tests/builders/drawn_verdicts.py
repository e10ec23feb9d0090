"""Verdicts drawn by hypothesis from the types of their fields alone, so that a new field is drawn without a word here.

They are no sensible verdicts: what holds for these holds whatever a verdict says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from logparse.values.schedule import CHECKPOINTS
from logparse.verdicts.verdict import Verdict

_PLAIN: Mapping[Any, st.SearchStrategy[Any]] = {
    NoneType: st.none(),
    bool: st.booleans(),
    int: st.integers(0, 1 << 60),
    float: st.floats(0, 1e9),
    str: st.text(max_size=8),
    datetime: st.datetimes(datetime(1970, 1, 1), datetime(9998, 1, 1), timezones=st.just(UTC)),
}


def of_type(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a type."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return st.one_of([of_type(one) for one in inner])
    if origin is Mapping:
        return st.dictionaries(of_type(inner[0]), of_type(inner[1]), max_size=2)
    if origin is Sequence or (origin is tuple and inner[-1] is Ellipsis):
        return st.lists(of_type(inner[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(of_type, inner))
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return st.builds(kind, **{field.name: of_type(hints[field.name]) for field in fields(kind)})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    return _PLAIN[kind]


def any_verdicts() -> st.SearchStrategy[Verdict]:
    """Verdicts with anything in any field, of an hour that there is."""
    hints = get_type_hints(Verdict)
    drawn = {field.name: of_type(hints[field.name]) for field in fields(Verdict)}
    return st.builds(Verdict, **{**drawn, "hour": st.sampled_from(CHECKPOINTS)})
