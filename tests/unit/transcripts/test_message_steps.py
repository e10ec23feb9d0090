"""The steps from a line of JSON to a message: of each, a line in, and the rows after it."""

import json
from datetime import datetime
from typing import Any

import duckdb
import pytest

from logparse.formats.sql.steps import statement
from logparse.transcripts.shape import message_steps

ENTRY = json.dumps({"chat_id": "c", "time": "2026-01-12T12:00:00Z", "direction": "Inbound", "text": "halo", "id": "m"})
STEPS = message_steps("SELECT 0 AS file, 1 AS number, getvariable('line')::VARCHAR AS line")


def _after(step: str, columns: str, line: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("SET VARIABLE line = ?", [line])
        return connection.execute(f"SELECT {columns} FROM ({statement(STEPS, step)})").fetchall()


CASES = [
    ("whole", "line", '{"text": "half \\ud83d"}', [('{"text": "half \\ufffd"}',)]),
    ("whole", "line", "no JSON", [("no JSON",)]),
    ("typed", "type, answer", '{"data": []}', [("OBJECT", True)]),
    ("typed", "type, answer", "[1]", [("ARRAY", False)]),
    ("typed", "type, answer", "no JSON", [(None, False)]),
    ("entries", "entry, type", '[{"a":1}, 2]', [('{"a":1}', "OBJECT"), ("2", "UBIGINT")]),
    ("entries", "entry, type", '{"data": [{"a":1}]}', [('{"a":1}', "OBJECT")]),
    ("entries", "entry, type", "no JSON", [(None, None)]),
    ("shaped", "row.chat_id, row.time", ENTRY, [("c", "2026-01-12T12:00:00Z")]),
    ("named", "conversation, direction, said, id", ENTRY, [("c", "inbound", "halo", "m")]),
    ("named", "conversation, said", '{"from": "c", "text": {"body": "halo"}}', [(None, "halo")]),
    ("read", "time, own, text, reply_to", ENTRY, [(datetime(2026, 1, 12, 12), False, "halo", "")]),
    ("read", "own, text", '{"fromMe": true, "type": "Image"}', [(True, "[image]")]),
    ("judged", "problem", ENTRY, [(None,)]),
    ("judged", "problem", '{"chat_id": "c"}', [("time",)]),
    ("judged", "problem", "2", [("json",)]),
]


@pytest.mark.parametrize(("step", "columns", "line", "rows"), CASES)
def test_a_step(step: str, columns: str, line: str, rows: list[tuple[Any, ...]]) -> None:
    """What comes out of it follows from the line alone."""
    assert _after(step, columns, line) == rows


def test_each_step_has_a_case() -> None:
    """A new step is to be looked at too."""
    assert list(dict.fromkeys(step for step, *_ in CASES)) == list(STEPS)
