"""Values from and to JSON: strictly by the types of their fields, and what is wrong is told with its place."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from logparse.outcome import Outcome
from logparse.values.json_form import NotAsWritten, iso, text_of, value_of


@dataclass(frozen=True)
class Inner:
    """A value within another."""

    time: datetime
    share: float | None = None


@dataclass(frozen=True)
class Outer:
    """A value with one of each kind of field."""

    name: str
    count: int = 0
    amount: float | int | None = None
    good: bool = False
    outcome: Outcome = Outcome.PASS
    pair: tuple[float, float] | None = None
    inner: Inner | None = None
    many: tuple[Inner, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    anything: Any = None


NOON = datetime(2026, 1, 12, 12, tzinfo=UTC)
WHOLE = Outer(
    "a", 2, 3, True, Outcome.FAIL, (1.0, 2.5), Inner(NOON), (Inner(NOON, 0.5),), {"a": 1}, {"b": Outcome.WARN}
)


def test_a_value_comes_back_as_it_was() -> None:
    """Enumerations by their words, tuples as tuples, whole numbers whole, times in UTC."""
    assert value_of(json.loads(text_of(WHOLE)), Outer) == WHOLE
    assert value_of(json.loads(text_of((WHOLE, WHOLE))), tuple[Outer, ...]) == (WHOLE, WHOLE)
    assert type(value_of({"name": "a", "amount": 3}, Outer).amount) is int


def test_times_are_written_in_utc() -> None:
    """Whatever their zone, within a value too; to the precision that is asked for."""
    east = NOON.astimezone(timezone(timedelta(hours=7)))
    assert json.loads(text_of({"at": Inner(east)})) == {"at": {"time": "2026-01-12T12:00:00Z", "share": None}}
    assert iso(east + timedelta(microseconds=1500), "milliseconds") == "2026-01-12T12:00:00.001Z"


def test_keys_that_are_not_known() -> None:
    """They are left out, or refused where only known ones may stand there."""
    assert value_of({"name": "a", "new": 1}, Outer) == Outer("a")
    with pytest.raises(NotAsWritten, match="new is not known"):
        value_of({"name": "a", "new": 1}, Outer, known_only=True)


NAIVE = {"time": "2026-01-12T12:00:00"}
REFUSED: Mapping[str, tuple[Any, str]] = {
    "no object": ([], "is no object"),
    "no name": ({}, "name is missing"),
    "no time within": ({"inner": {}}, "inner.time is missing"),
    "no text": ({"name": None}, "name is no text"),
    "true as a number": ({"count": True}, "count is no whole number"),
    "a number of several kinds": ({"amount": "1"}, "amount is no number"),
    "one for true": ({"good": 1}, "good is no true or false"),
    "an unknown word": ({"outcome": "GOOD"}, "outcome is no Outcome"),
    "an unknown word by a key": ({"outcomes": {"a": "PASS", "b": "GOOD"}}, "outcomes.b is no Outcomes"),
    "a pair of three": ({"pair": [1, 2, 3]}, "pair has 3 values, not 2"),
    "no list": ({"many": {}}, "many is no list"),
    "no count by a key": ({"counts": {"a": 1, "b": "x", "c": 2}}, "counts.b is no whole number"),
    "a time without a zone": (
        {"many": [{"time": "2026-01-12T12:00:00Z"}, NAIVE]},
        "many[1].time is no time with a zone",
    ),
    "a time of another zone": ({"inner": {"time": "2026-01-12T12:00:00+07:00"}}, "inner.time is no time with a zone"),
    "no time": ({"inner": {"time": "soon"}}, "inner.time is no time with a zone"),
    "a time that is a number": ({"inner": {"time": 7}}, "inner.time is no text"),
    "infinite": ({"inner": {"time": "2026-01-12T12:00:00Z", "share": float("inf")}}, "inner.share is no number"),
    "too large": ({"pair": [1, 10**400]}, "pair[1] is no number"),
    "none in anything": ({"anything": {"a": [float("nan")]}}, "anything.a[0] is no number"),
}


@pytest.mark.parametrize(("change", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_of_another_type_is_told_with_its_place(change: Any, said: str) -> None:
    """In fields of fields too."""
    with pytest.raises(NotAsWritten) as problem:
        value_of({"name": "a", **change} if change else change, Outer)
    assert str(problem.value).startswith(said)
