"""The JSON Schema of a transcript's line ships, and says what is read."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import logparse
from tests.builders.transcripts import OWN, read
from tests.unit.transcripts.test_reading import NO_MESSAGES

PATH = Path(logparse.__file__).parent / "transcripts" / "transcript.schema.json"
PAGE = Path(logparse.__file__).parents[1] / "docs" / "transcripts.md"


@cache
def _validator() -> Draft202012Validator:
    schema = json.loads(PATH.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


VALID: dict[str, Any] = {
    "every key": {**OWN, "reply_to": "wamid.0", "anything": [1]},
    "a number for a time": {**OWN, "time": 1768197603.5},
    "an empty text": {**OWN, "text": ""},
    "a time without a zone": {**OWN, "time": "2026-01-12 06:00"},
}


@pytest.mark.parametrize("line", VALID.values(), ids=VALID)
def test_what_fits_the_schema_is_read(tmp_path: Path, line: Any) -> None:
    """Nothing that the schema allows is told as no message."""
    assert list(_validator().iter_errors(line)) == []
    assert read(tmp_path, [line]).problems == ()


OBJECTS = {name: line for name, (line, _) in NO_MESSAGES.items() if isinstance(line, dict)}


@pytest.mark.parametrize("line", OBJECTS.values(), ids=OBJECTS)
def test_what_is_no_message_does_not_fit(line: Any) -> None:
    """Nothing that is told as no message is allowed by the schema."""
    assert not _validator().is_valid(line)


def test_the_page_shows_lines_that_fit_and_names_each_key() -> None:
    """The example is valid, and the table has the keys of the schema, and which are needed."""
    text = PAGE.read_text("utf-8")
    example = text.split("```json\n", 1)[1].split("```", 1)[0].splitlines()
    assert [list(_validator().iter_errors(json.loads(line))) for line in example] == [[], []]
    table = [line.split("|")[1:3] for line in text.splitlines() if line.startswith("| `")][:6]
    needed = {name.strip(" `"): said.strip() == "yes" for name, said in table}
    schema = json.loads(PATH.read_text("utf-8"))
    assert needed == {name: name in schema["required"] for name in schema["properties"]}
