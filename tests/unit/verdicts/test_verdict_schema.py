"""The JSON Schema of verdict.json: it ships, describes every key, fits what is written, and nothing that is spoiled."""

import copy
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from logparse.judge import judge
from logparse.outcome import Outcome, State
from logparse.settings.checked import parse
from logparse.values.ratings import Check, Quality, Rating, Sampled, Tag
from logparse.values.schedule import CHECKPOINTS, StartSource
from logparse.values.waiver import Waived, Waiver
from logparse.verdicts.baseline import with_trend
from logparse.verdicts.verdict import NOTHING_JUDGED, SCHEMA, Verdict, to_json, unfinished
from tests.builders.asked import asked
from tests.builders.counted import START
from tests.builders.verdict_schema import PATH, faults, schema
from tests.scenarios import traps
from tests.scenarios.scenario import steady
from tests.scenarios.writers import write_vercel

Document = dict[str, Any]


@pytest.fixture(scope="module")
def verdict(tmp_path_factory: pytest.TempPathFactory) -> Verdict:
    """What is concluded of a day with a wrong signature and every harmless trap: flags, kinds of error, and files."""
    folder: Path = tmp_path_factory.mktemp("schema")
    (folder / "log").write_bytes(write_vercel(traps.rejected_signature(traps.all_harmless(steady()))))
    (folder / "broken").write_text("no log\n", "utf-8")
    request = asked(
        24, ("log", "broken", "gone"), folder, START, StartSource.OPTION, START + timedelta(hours=25), folder, folder
    )
    poor = Rating("a", "b", "c", Quality.NEEDS_IMPROVEMENT, (Tag.HARMFUL,))
    checks = (Check(1, 4, (poor,), Sampled("seed", 1, 1)), Check(2, 12))
    return judge(replace(request, checks=checks), parse())


@pytest.fixture
def document(verdict: Verdict) -> Document:
    """The same as a machine reads it, to be spoiled."""
    read: Document = json.loads(to_json(verdict))
    return read


def test_the_schema_is_one_and_ships() -> None:
    """It is itself as the standard says, of the version that verdict.json names, and part of the package."""
    Draft202012Validator.check_schema(schema())
    assert schema()["$defs"]["finished"]["properties"]["schema"]["const"] == SCHEMA
    project = tomllib.loads((PATH.parents[1] / "pyproject.toml").read_text("utf-8"))
    assert PATH.name in project["tool"]["setuptools"]["package-data"]["logparse"]


def _objects(part: Any, where: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every part of the schema that describes the keys of an object."""
    if isinstance(part, Mapping):
        if "description" in part and "properties" in part:
            yield where, part
        for name, inner in part.items():
            yield from _objects(inner, f"{where}/{name}")


def test_every_key_is_described_and_stands_there() -> None:
    """Each key of each object has a description and is always written, and no other is known."""
    objects = dict(_objects(schema()))
    assert len(objects) >= len(schema()["$defs"]) - 1
    for where, part in objects.items():
        assert part["required"] == list(part["properties"]), where
        assert part["additionalProperties"] is False, where
        for name, key in part["properties"].items():
            assert key.get("description", "").endswith("."), f"{where}: {name}: say what it holds, in a sentence"


def test_what_is_written_fits(document: Document, verdict: Verdict) -> None:
    """Every key that a verdict holds is in the schema, with a value that it allows; each list has something in it."""
    assert [
        name
        for name in ("flags", "error_kinds", "files", "windows", "criteria", "quality_checks")
        if not document[name]
    ] == []
    assert faults(document) == []
    waiver = Waiver("signatures", "known", "Rina", START)
    waived = tuple(
        replace(one, outcome=Outcome.PASS, waived=Waived(Outcome.FAIL, one.reason, waiver))
        if one.name == "silence"
        else one
        for one in verdict.criteria
    )
    assert faults(json.loads(to_json(replace(verdict, criteria=waived)))) == []
    earlier = replace(verdict, state=State.READY, start=START - timedelta(days=2))
    assert faults(json.loads(to_json(with_trend(verdict, earlier, parse().trend)))) == []
    baseline = replace(verdict, hour=0, state=verdict.state.STARTED, criteria=(), windows=(), baseline=verdict.metrics)
    assert faults(json.loads(to_json(baseline))) == []


@pytest.mark.parametrize("hour", CHECKPOINTS)
def test_what_stands_there_meanwhile_fits(hour: int) -> None:
    """A run that did not finish has a form of its own."""
    document = json.loads(unfinished(hour))
    assert faults(document) == []
    assert faults({**document, "verdict": "READY"}) == ["verdict.json.verdict: 'NOT JUDGED' was expected"]
    assert faults({**document, "reason": ""}) != []
    assert faults(json.loads(unfinished(hour, f"{NOTHING_JUDGED}a mistake"))) == []


Spoil = Callable[[Document], None]


def _put(value: Any, *path: str | int) -> Spoil:
    """Puts a value at a place."""

    def spoil(document: Document) -> None:
        at: Any = document
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = value

    return spoil


def _without(*path: str | int) -> Spoil:
    """Takes a key away."""

    def spoil(document: Document) -> None:
        at: Any = document
        for step in path[:-1]:
            at = at[step]
        del at[path[-1]]

    return spoil


def _ready_all_the_same(document: Document) -> None:
    """The word alone is changed; a required criterion is FAIL still."""
    document["verdict"] = "READY"


SPOILED: Mapping[str, tuple[Spoil, str]] = {
    "a key that nobody described": (_put(1, "colour"), "describe the key in logparse/verdict.schema.json"),
    "one of a criterion": (_put(1, "criteria", 0, "colour"), "verdict.json.criteria[0]: "),
    "no verdict": (_without("verdict"), "'verdict' is a required property"),
    "no deployments": (_without("deployments"), "'deployments' is a required property"),
    "a criterion without its outcome": (_without("criteria", 2, "outcome"), "verdict.json.criteria[2]: "),
    "a verdict that there is not": (_put("MAYBE", "verdict"), "verdict.json.verdict: 'MAYBE'"),
    "READY with a required criterion that is FAIL": (_ready_all_the_same, ".outcome: 'FAIL' is not one of"),
    "STARTED at hour 24": (_put("STARTED", "verdict"), "verdict.json.verdict: 'STARTED'"),
    "judged without a criterion": (_put([], "criteria"), "verdict.json.criteria: "),
    "an hour that is no checkpoint": (_put(5, "hour"), "verdict.json.hour: 5"),
    "hour 24 that is not final": (_put(False, "final"), "verdict.json.final: "),
    "another version": (_put(SCHEMA + 1, "schema"), "verdict.json.schema: "),
    "a time without a zone": (_put("2026-01-12T06:00:00", "start"), "verdict.json.start: "),
    "a time of another zone": (_put("2026-01-12T06:00:00+07:00", "judged_at"), "verdict.json.judged_at: "),
    "a count below zero": (_put(-1, "metrics", "deliveries"), "verdict.json.metrics.deliveries: "),
    "a count that is no whole number": (_put(1.5, "criteria", 1, "count"), "verdict.json.criteria[1].count: "),
    "an outcome that is no word": (_put(True, "criteria", 0, "outcome"), "verdict.json.criteria[0].outcome: "),
    "an interval of one end": (_put([1.0], "criteria", 1, "interval"), "verdict.json.criteria[1].interval: "),
    "a class of lines too many": (_put(0, "lines", "torn"), "verdict.json.lines: "),
    "a waiver of what was never judged": (_put({"outcome": "FAIL"}, "criteria", 0, "waived"), "[0].waived: 'reason'"),
    "the place of a flag without a line": (_put({"file": "a"}, "flags", 0, "place"), "verdict.json.flags[0].place: "),
}


@pytest.mark.parametrize(("spoil", "said"), SPOILED.values(), ids=SPOILED)
def test_what_is_spoiled_does_not_fit(document: Document, spoil: Spoil, said: str) -> None:
    """It is told where, and what is wrong there."""
    spoiled = copy.deepcopy(document)
    spoil(spoiled)
    assert said in "\n".join(faults(spoiled))
    assert not Draft202012Validator(schema()).is_valid(spoiled)


@pytest.mark.parametrize("document", [None, [], "READY", 0, {}], ids=repr)
def test_what_is_no_verdict_at_all_does_not_fit(document: Any) -> None:
    """Any other JSON."""
    assert faults(document) != []
