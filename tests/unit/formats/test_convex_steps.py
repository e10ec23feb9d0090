"""The steps from rows of Convex to records: of each, two rows of one run in, and what comes out of it."""

import json
from typing import Any

import duckdb
import pytest

from logparse.formats.convex_rows import STEPS
from logparse.formats.sql.steps import statement

_WORDS = {"messages": ["'halo'"], "isTruncated": False, "timestamp": 1768219200000, "level": "WARN"}
_RUN = {"kind": "Progress", "identifier": "f", "timestamp": 1768219201, "requestId": "r", "logLines": [_WORDS]}
LINES = (
    json.dumps(_RUN),
    json.dumps({**_RUN, "kind": "Completion", "logLines": [_WORDS, "[LOG] 'bye'"], "error": "Uncaught"}),
    json.dumps(_RUN),
    "a tool speaks",
)

CASES: list[tuple[str, str, list[tuple[Any, ...]]]] = [
    ("parsed", "row.kind", [("Progress",), ("Completion",), ("Progress",), (None,)]),
    ("entries", "row.requestId", [("r",), ("r",), ("r",), (None,)]),
    ("placed", "epoch(row_time)", [(1768219201,), (1768219201,), (1768219201,), (None,)]),
    (
        "said",
        "list_transform(written, lambda each: each.level)",
        [(["WARN"],), (["WARN", "LOG"],), (["WARN"],), (None,)],
    ),
    ("messages", "position, entry.messages[1]", [(1, "'halo'"), (1, "'halo'"), (2, "'bye'"), (1, "'halo'")]),
    (
        "told",
        "level, message",
        [("warn", "halo"), ("warn", "halo"), ("info", "bye"), ("error", "Uncaught"), ("warn", "halo"), (None, "")],
    ),
    ("counted", "words, occurrence", [("halo", 1), ("halo", 1), ("bye", 1), ("Uncaught", 1), ("halo", 1), ("", 1)]),
    ("identified", "split_part(id, '|', 1)", [("r",)] * 5 + [(None,)]),
    ("ranked", "rank", [(1,), (2,), (1,), (1,), (3,), (1,)]),
    ("kept", "all_repeated", [(False,)] * 4 + [(True,), (False,)]),
    ("once", "message, is_repeat", [("halo", False), ("bye", False), ("Uncaught", False), ("halo", True), ("", False)]),
    ("records", "line_class", [("records",)] * 3 + [("duplicate",), ("rejected",)]),
]


@pytest.mark.parametrize(("step", "columns", "rows"), CASES)
def test_a_step(step: str, columns: str, rows: list[tuple[Any, ...]]) -> None:
    """The second row brings the message of the first again; the third brings nothing new; the last one is no row."""
    order = "number, position" if step in list(STEPS)[list(STEPS).index("messages") : -1] else "number"
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("CREATE TABLE lines (file INTEGER, number BIGINT, line VARCHAR, place VARCHAR)")
        connection.executemany(
            "INSERT INTO lines VALUES (0, ?, ?, 'opens')", [list(row) for row in enumerate(LINES, 1)]
        )
        found = connection.execute(f"SELECT {columns} FROM ({statement(STEPS, step)}) ORDER BY {order}").fetchall()
    assert found == rows


def test_each_step_has_a_case() -> None:
    """A new step is to be looked at too."""
    assert [step for step, _, _ in CASES] == list(STEPS)
