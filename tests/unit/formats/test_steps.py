"""Named steps: one statement of several SELECTs, and the rows after each of them."""

import duckdb
import pytest

from logparse.formats.sql.steps import common_tables, statement

STEPS = {
    "counted": "SELECT unnest(range(4)) AS n",
    "even": "SELECT * FROM counted WHERE n % 2 = 0",
    "added": "SELECT sum(n) AS total FROM even -- of the even ones",
}


@pytest.mark.parametrize(
    ("until", "rows"), [("counted", [(0,), (1,), (2,), (3,)]), ("even", [(0,), (2,)]), ("added", [(2,)]), ("", [(2,)])]
)
def test_a_statement_gives_the_rows_of_its_last_step_or_of_any(until: str, rows: list[tuple[int]]) -> None:
    """Each step reads those before it."""
    assert duckdb.execute(statement(STEPS, until)).fetchall() == rows


def test_a_step_alone_is_its_own_statement() -> None:
    """With nothing before it there is no WITH."""
    assert statement(STEPS, "counted") == STEPS["counted"]


def test_a_comment_at_the_end_of_a_step_does_not_take_what_follows() -> None:
    """The steps stand on lines of their own."""
    assert duckdb.execute(f"WITH {common_tables(STEPS)} SELECT total FROM added").fetchall() == [(2,)]


def test_what_is_no_step_is_refused() -> None:
    """A misspelt name is a mistake of ours."""
    with pytest.raises(ValueError, match="odd"):
        statement(STEPS, "odd")
