"""The JSON Schema of verdict.json, and in what a document is not as it says."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

import logparse

PATH = Path(logparse.__file__).with_name("verdict.schema.json")


@cache
def schema() -> Mapping[str, Any]:
    """The schema as it ships."""
    read: Mapping[str, Any] = json.loads(PATH.read_text("utf-8"))
    return read


def faults(document: Any) -> list[str]:
    """In what a document is not as the schema says, one line each: where, and what; nothing where it is."""
    short = isinstance(document, Mapping) and document.keys() <= schema()["$defs"]["unfinished"]["properties"].keys()
    # NOTE: One of the two forms is looked at: where neither fits, their errors together say nothing.
    form = Draft202012Validator({**schema(), "oneOf": [{"$ref": f"#/$defs/{'unfinished' if short else 'finished'}"}]})
    found = [_told(error) for error in form.iter_errors(document) for error in _causes(error)]
    if not found and not Draft202012Validator(schema()).is_valid(document):
        found.append("it fits none or both of the two forms")
    return found


def _causes(error: ValidationError) -> Iterator[ValidationError]:
    """What is behind an error of a choice."""
    if not error.context:
        yield error
    for inner in error.context:
        yield from _causes(inner)


def _told(error: ValidationError) -> str:
    where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.absolute_path)
    text = f"verdict.json{where}: {error.message}"
    unknown = error.validator == "additionalProperties"
    return f"{text}; describe the key in logparse/{PATH.name}" if unknown else text
