"""A verdict read back from JSON: the same value, or one line that says what is wrong with the file."""

import json
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logparse.errors import UsageProblem
from logparse.outcome import State
from logparse.values.metrics import Metrics
from logparse.verdicts.history import read_verdict
from logparse.verdicts.verdict import SCHEMA, Verdict, from_json, to_json, unfinished
from tests.builders.drawn_verdicts import any_verdicts
from tests.builders.examples import examples
from tests.builders.verdicts import verdict

CALM = verdict(24)


@examples(150)
@given(drawn=any_verdicts())
def test_a_verdict_comes_back_as_it_was(drawn: Verdict) -> None:
    """Whatever its fields hold, the value that is read equals the one that was written, and is written alike."""
    back = from_json(to_json(drawn), "verdict.json")
    assert back == drawn
    assert to_json(back) == to_json(drawn)


def test_a_real_verdict_comes_back_as_it_was() -> None:
    """One with windows, kinds of error and judgements; only two fields have another name in JSON."""
    assert from_json(to_json(CALM), "verdict.json") == CALM
    assert {field.name for field in fields(Verdict)} - set(json.loads(to_json(CALM))) == {"state", "earlier"}


def test_keys_that_are_newer_than_a_file_have_their_defaults() -> None:
    """A file of an older version is read, and what it could not know is not known."""
    document = json.loads(to_json(CALM))
    old = {key: document[key] for key in ("schema", "hour", "verdict", "start", "start_source")}
    assert from_json(json.dumps(old), "old") == Verdict(24, State.READY, CALM.start, CALM.start_source)
    assert from_json(json.dumps({**old, "metrics": {"deliveries": 3}}), "old").metrics == Metrics(deliveries=3)
    assert from_json(json.dumps({**document, "colour": 1}), "new") == CALM


DAMAGED = {
    "nothing": ("", "is no verdict as a run writes it: Expecting value"),
    "half a file": (to_json(CALM)[:400], "is no verdict as a run writes it: "),
    "a list": ("[]", "it is no object"),
    "deep": ("[" * 100_000, "is no verdict as a run writes it: "),
    "another schema": (json.dumps({"schema": SCHEMA + 1}), f"its schema is {SCHEMA + 1}; this version reads {SCHEMA}"),
    "no schema": ("{}", "its schema is None"),
    "what stands in for one": (unfinished(24), "holds no verdict: the run did not finish"),
}


@pytest.mark.parametrize(("text", "said"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_named(text: str, said: str) -> None:
    """One line: the file, and what is wrong."""
    with pytest.raises(UsageProblem) as problem:
        from_json(text, "reports/verdict.json")
    assert str(problem.value).startswith("reports/verdict.json: ")
    assert said in str(problem.value)
    assert "\n" not in str(problem.value)


SPOILED = {
    "an unknown verdict": ({"verdict": "GOOD"}, "state is no State"),
    "no verdict": ({"verdict": None}, "state is no State"),
    "an unknown outcome": (
        {"criteria": [{"name": "a", "title": "a", "outcome": "?", "reason": ""}]},
        "criteria[0].out",
    ),
    "a criterion without a name": ({"criteria": [{}]}, "criteria[0].name is missing"),
    "a criterion that is a text": ({"criteria": ["silence"]}, "criteria[0] is no object"),
    "criteria that are none": ({"criteria": 7}, "criteria is no list"),
    "an hour that is true": ({"hour": True}, "hour is no whole number"),
    "an hour in words": ({"hour": "24"}, "hour is no whole number"),
    "half a delivery": ({"metrics": {"deliveries": 0.5}}, "metrics.deliveries is no whole number"),
    "no number": ({"metrics": {"response_ms_p50": float("nan")}}, "metrics.response_ms_p50 is no number"),
    "a start without a zone": ({"start": "2026-01-12T00:00:00"}, "start is no time with a zone"),
    "a start at the edge": ({"start": "0001-01-01T00:00:00+14:00"}, "start is no time with a zone"),
    "windows without a time": (
        {"windows": [{"hour": 4, "judged": True, "metrics": {}}]},
        "windows[0].span.start is no text",
    ),
    "lines that are no counts": ({"lines": {"records": "many"}}, "lines.records is no whole number"),
    "an interval of three": (
        {"criteria": [{"name": "a", "title": "a", "outcome": "PASS", "reason": "", "interval": [1, 2, 3]}]},
        "criteria[0].interval has 3 values, not 2",
    ),
}


@pytest.mark.parametrize(("change", "said"), SPOILED.values(), ids=SPOILED)
def test_a_spoiled_value_is_named_with_its_place(change: dict[str, Any], said: str) -> None:
    """Nothing is taken for what it is not."""
    with pytest.raises(UsageProblem) as problem:
        from_json(json.dumps({**json.loads(to_json(CALM)), **change}), "verdict.json")
    assert said in str(problem.value)


_JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, -1, 0.5, "", "PASS", [], {}, [[]], [None], {"a": None}, 10**400, float("inf")]
)


@examples(200)
@given(junk=_JUNK, data=st.data())
def test_whatever_is_changed_it_is_read_or_named(junk: Any, data: st.DataObject) -> None:
    """A value put anywhere into a verdict ends in a verdict or in one line, and never in another way."""
    document = json.loads(to_json(CALM))
    at: Any = document
    while True:
        key = data.draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
        if not isinstance(at[key], dict | list) or not at[key] or data.draw(st.booleans()):
            break
        at = at[key]
    at[key] = junk
    with suppress(UsageProblem):
        assert isinstance(from_json(json.dumps(document), "verdict.json"), Verdict)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """So is a folder in its place, and one of other bytes."""
    (tmp_path / "latin").write_bytes(b"\xe9")
    for name in ("gone", "", "latin"):
        with pytest.raises(UsageProblem, match=str(tmp_path / name)):
            read_verdict(tmp_path / name)
