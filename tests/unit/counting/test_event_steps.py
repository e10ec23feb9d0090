"""The steps from records to events: of each, a row in, and what it adds to the row."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any

import duckdb
import pytest

from logparse.counting.codes import CODES, bits
from logparse.counting.engine import set_variables
from logparse.counting.events import CRASHED, KIND_LENGTH, TRACED, event_rules, event_steps
from logparse.counting.meanings import meanings_for
from logparse.formats.sql.steps import statement
from logparse.values.records import COLUMNS
from tests.builders.counted import BOT

NOON = datetime(2026, 1, 12, 12)
MINUTE = 29_470_320
"""The minute of noon, since 1970."""

WEBHOOK = {"method": "POST", "path": BOT.webhook_path}
REPLY = "[ARI] Response sent in 2704ms"
CRASH = "FATAL ERROR: out of memory"
TRACEBACK = "Traceback (most recent call last):"
LONG = "error: " + "word " * 100

Row = dict[str, Any]


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine with a table of records, and with what the default bot asks of a message."""
    with duckdb.connect(config={"threads": 1}) as opened:
        kinds = {name: meaning.split(":")[0].split(" ")[0] for name, meaning in COLUMNS.items()}
        opened.execute(f"CREATE TABLE records ({', '.join(f'{name} {kind}' for name, kind in kinds.items())})")
        set_variables(opened, event_rules(BOT, 2_000).variables)
        yield opened


def _after(connection: duckdb.DuckDBPyConnection, step: str, record: Row) -> Row:
    """A record of no meaning, but for what is told of it, after a step."""
    plain = {"line_class": "records", "time": NOON, "message": "some words"}
    flags = {"partial": False, "truncated": False, "ambiguous": False}
    connection.execute("TRUNCATE records")
    values = {**plain, **flags, **record}
    places = ", ".join(f"${name}" for name in values)
    connection.execute(f"INSERT INTO records ({', '.join(values)}) VALUES ({places})", values)
    row = connection.execute(statement(event_steps(meanings_for(BOT)), step)).fetchall()[0]
    return dict(zip([column[0] for column in connection.description or ()], row, strict=True))


def _line(line_class: str, message: str) -> Row:
    """A line that holds no record."""
    return {"line_class": line_class, "time": None, "message": message}


ADDED: list[tuple[str, Row, Row]] = [
    ("replied", {"message": REPLY}, {"reply_ms": 2704}),
    ("replied", {"message": "[ARI] Response sent in " + "9" * 20 + "ms"}, {"reply_ms": 2**31 - 1}),
    ("replied", {}, {"reply_ms": None}),
    ("coded", {"message": REPLY}, {"code": CODES["reply"], "on_webhook": False}),
    ("coded", {"message": f"{REPLY} (fallback)"}, {"code": CODES["fallback_reply"]}),
    ("coded", {"message": REPLY, "environment": "preview"}, {"code": CODES["left_out"]}),
    ("coded", {"message": "[Webhook] Received payload (masked): {}", **WEBHOOK}, {"on_webhook": True}),
    ("coded", _line("banner", "a tool"), {"code": CODES["banner"]}),
    ("coded", _line("unheard of", "a tool"), {"code": CODES["rejected"]}),
    ("heard", {"message": "error: no route"}, {"sounds_bad": True}),
    ("heard", {"message": "error: no route", "level": "info"}, {"sounds_bad": None}),
    ("heard", {"level": "error"}, {"sounds_bad": True}),
    ("heard", {"message": f"{REPLY} error", "level": "warn"}, {"sounds_bad": False}),
    ("shaped", {"message": CRASH, "level": "info"}, {"crash_shape": True}),
    ("shaped", {"message": "error: no route"}, {"crash_shape": False}),
    ("shaped", _line("rejected", CRASH), {"crash_shape": True}),
    ("shaped", _line("banner", CRASH), {"crash_shape": False}),
    ("suspected", {"message": CRASH, "level": "info"}, {"suspect": True}),
    ("suspected", {"message": "error: no route", "level": "info"}, {"suspect": False}),
    ("suspected", {"message": "done: 0 errors"}, {"suspect": False}),
    ("suspected", {"message": "at run (/app/a.js:1:2)", "level": "error"}, {"suspect": False}),
    ("marked", {"message": CRASH}, {"message_marks": bits("error", "critical_error"), "also_marks": 0}),
    ("marked", {"message": TRACEBACK}, {"message_marks": bits("traceback")}),
    ("marked", {"status": 401, **WEBHOOK}, {"status_marks": bits("signature_failure", "unauthorized")}),
    ("marked", {"status": 401}, {"status_marks": 0}),
    ("worded", {"message": "error: one\nand two"}, {"words": "error: one", "ms": None}),
    ("worded", {"message": REPLY}, {"words": None, "ms": 2704}),
    ("worded", {"message": REPLY, "environment": " Preview "}, {"words": "preview", "ms": None}),
    ("worded", _line("rejected", CRASH), {"words": CRASHED}),
    ("worded", _line("continuation", "Killed"), {"words": CRASHED}),
    ("worded", _line("rejected", TRACEBACK), {"words": TRACED}),
    ("cut", {"message": LONG}, {"kind": LONG[:KIND_LENGTH].rpartition(" ")[0] + " …"}),
    ("cut", {"message": "error: short"}, {"kind": "error: short"}),
    ("meant", {"message": "error: no route to 17"}, {"minute": MINUTE, "detail": "error: no route to N"}),
    ("meant", {"message": REPLY, "truncated": True}, {"marks": bits("slow_reply", "truncated"), "detail": None}),
    ("meant", {"partial": True, "truncated": True, "ambiguous": True}, {"marks": bits("partial", "ambiguous")}),
]


@pytest.mark.parametrize(("step", "record", "added"), ADDED)
def test_a_step_adds_to_a_row(connection: duckdb.DuckDBPyConnection, step: str, record: Row, added: Row) -> None:
    """What it adds follows from the row alone."""
    after = _after(connection, step, record)
    assert {name: after[name] for name in added} == added


def test_each_step_has_a_case(connection: duckdb.DuckDBPyConnection) -> None:
    """A new step is to be looked at too, and none takes a column away."""
    steps = list(event_steps(meanings_for(BOT)))
    assert list(dict.fromkeys(step for step, _, _ in ADDED)) == steps
    columns = [list(_after(connection, step, {})) for step in steps]
    assert all(one == other[: len(one)] for one, other in pairwise(columns))
