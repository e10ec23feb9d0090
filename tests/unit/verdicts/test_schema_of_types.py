"""The published schema of verdict.json, held to the types that are written: the same keys, of the same kinds."""

import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec
import pytest

from logparse.verdicts.verdict import Verdict
from tests.builders.verdict_schema import schema

Part = Mapping[str, Any]

OTHER_NAMES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "Verdict": {"state": ("verdict",), "earlier": ("checkpoints",)},
    "WindowResult": {"span": ("from", "to")},
    "SettingInForce": {"origin": ("from",)},
}
"""Fields that stand in verdict.json under another name, or as two keys."""

DERIVED: Mapping[str, tuple[str, ...]] = {
    "Verdict": ("schema", "final", "title", "waivers", "records"),
    "Metrics": ("success_rate", "error_rate", "response_ms_mean"),
    "Budget": ("left",),
}
"""Keys that follow from the fields, and are none."""

KINDS = {bool: "boolean", int: "integer", str: "string"}


class Differences:
    """In what a published schema and that of the types differ, one line each."""

    def __init__(self, published: Mapping[str, Any]) -> None:
        self.published = published
        self.typed = msgspec.json.schema(Verdict)

    def __iter__(self) -> Iterator[str]:
        """All of them, from the top on."""
        return self._of({"$ref": "#/$defs/finished"}, {"$ref": self.typed["$ref"]}, "verdict")

    def _of(self, published: Part, typed: Part, where: str) -> Iterator[str]:
        ours, theirs = list(_choices(published, self.published)), list(_choices(typed, self.typed))
        if (told := _kinds(ours)) != (meant := _kinds(theirs)):
            yield f"{where} is published as {told}, and written as {meant}"
            return
        if (words := _words(theirs)) and (unknown := _words(ours) - words):
            yield f"{where} is published with {sorted(unknown)}, which are not written"
        for one in _items(ours):
            for other in _items(theirs):
                yield from self._of(one, other, f"{where}[]")
        for one in ours:
            for other in _with(theirs, "properties"):
                yield from self._of_keys(one, other, where)
            for other in _with(theirs, "additionalProperties"):
                for inner in [*one.get("properties", {}).values(), one.get("additionalProperties")]:
                    yield from self._of(inner, other["additionalProperties"], f"{where}.*") if inner else ()

    def _of_keys(self, published: Part, typed: Part, where: str) -> Iterator[str]:
        """What differs in the keys of an object; ``typed`` is that of a dataclass, by its name."""
        if published.get("type") != "object":
            return
        keys, others = dict(published["properties"]), OTHER_NAMES.get(typed["title"], {})
        for name in DERIVED.get(typed["title"], ()):
            if keys.pop(name, None) is None:
                yield f"{where}.{name} is written, and not published"
        for name, field in typed["properties"].items():
            for key in others.get(name, (name,)):
                told = keys.pop(key, None)
                if told is None or key not in published["required"]:
                    yield f"{where}.{key} is written, and not published"
                elif name not in others or len(others[name]) == 1:
                    yield from self._of(told, field, f"{where}.{key}")
        yield from (f"{where}.{key} is published, and not written" for key in keys)


def _choices(part: Part, root: Mapping[str, Any]) -> Iterator[Part]:
    """What a part may be, behind its references and choices."""
    if "$ref" in part:
        at: Any = root
        for step in part["$ref"].removeprefix("#/").split("/"):
            at = at[step]
        yield from _choices(at, root)
        return
    choices = part.get("oneOf", part.get("anyOf"))
    if choices is None:
        yield part
    for one in choices or ():
        yield from _choices(one, root)


def _kinds(parts: list[Part]) -> set[str]:
    """The kinds of JSON values that are meant; a number may be whole."""
    found: set[str] = set()
    for part in parts:
        words = part.get("enum", [part["const"]] if "const" in part else None)
        kinds = part["type"] if words is None else [KINDS[type(word)] for word in words]
        found |= {kinds} if isinstance(kinds, str) else set(kinds)
    return found - {"integer"} if "number" in found else found


def _words(parts: list[Part]) -> set[str]:
    """The words that a text may be; none where the types know no words, as for the kinds of suspicion."""
    return {word for part in parts for word in [*part.get("enum", ()), part.get("const")] if isinstance(word, str)}


def _items(parts: list[Part]) -> list[Part]:
    """What stands in lists; of each place in those of a fixed length."""
    return [item for part in parts for item in part.get("prefixItems", [part.get("items")]) if item]


def _with(parts: list[Part], key: str) -> list[Part]:
    return [part for part in parts if part.get(key)]


def test_the_published_schema_is_that_of_the_types() -> None:
    """Each field is a key of its kind, each key a field or derived from some, and no word is published that is none."""
    assert list(Differences(schema())) == []


Spoil = Callable[[dict[str, Any]], Any]

SPOILED: Mapping[str, tuple[Spoil, str]] = {
    "a field that is not published": (
        lambda them: them["flag"]["properties"].pop("cause"),
        "verdict.flags[].cause is written, and not published",
    ),
    "one that need not stand there": (
        lambda them: them["place"]["required"].remove("line"),
        "verdict.windows[].error_kinds[].place.line is written, and not published",
    ),
    "a key that is no field": (
        lambda them: them["bar"]["properties"].update(colour={"type": "string"}),
        "verdict.response_times[].colour is published, and not written",
    ),
    "another kind": (
        lambda them: them["slot"]["properties"].update(errors={"type": "string"}),
        "verdict.slots[].errors is published as {'string'}, and written as {'integer'}",
    ),
    "null left out": (
        lambda them: them["finished"]["properties"].update(judged_at={"$ref": "#/$defs/time"}),
        "verdict.judged_at is published as {'string'}, and written as ",
    ),
    "a word that is not known": (
        lambda them: them["setting"]["properties"]["from"]["enum"].append("dream"),
        "verdict.settings[].from is published with ['dream'], which are not written",
    ),
    "another kind by a key": (
        lambda them: them["lines"]["properties"].update(blank={"type": "string"}),
        "verdict.lines.* is published as {'string'}, and written as {'integer'}",
    ),
    "a derived key that is not published": (
        lambda them: them["budget"]["properties"].pop("left"),
        "verdict.budgets[].left is written, and not published",
    ),
}


@pytest.mark.parametrize(("spoil", "said"), SPOILED.values(), ids=SPOILED)
def test_a_schema_that_is_spoiled_is_told(spoil: Spoil, said: str) -> None:
    """Where, and what: the test above would fail."""
    spoiled = copy.deepcopy(dict(schema()))
    spoil(spoiled["$defs"])
    assert said in "\n".join(Differences(spoiled))
