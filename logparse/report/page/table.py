"""A table of the page: its rows are limited in number and in size, so that the page stays small for any log."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from logparse.text.templates import templates

MOST_ROWS = 200
"""The most rows of a table that are shown."""

MOST_CHARACTERS = 60_000
"""The most characters of HTML that the rows of one table may take."""


@dataclass(frozen=True)
class Row:
    """A row of texts, of which the first is its heading, and its CSS class."""

    cells: Sequence[str]
    css: str = ""


@dataclass(frozen=True)
class Table:
    """As many rows of HTML as fit, and how many were left out; its title and heads are in the template."""

    rows: Sequence[Markup]
    left_out: str = ""


def table(rows: Iterable[Row], of: int, end: Row | None = None) -> Table | None:
    """Builds a table with as many of its ``of`` rows as fit; None if there is none.

    ``end`` is always the last row. Rows that are left out are counted.
    """
    if not of:
        return None
    shown = list(bounded(rows))
    left_out = f"{of - len(shown):,}" if len(shown) < of else ""
    last = [_html(end)] if end else []
    return Table([*shown, *last], left_out)


def bounded(rows: Iterable[Row]) -> Iterator[Markup]:
    """Yields as many rows as fit, as HTML."""
    size = 0
    for number, row in enumerate(map(_html, rows)):
        size += len(row.encode())
        if number >= MOST_ROWS or size > MOST_CHARACTERS:
            return
        yield row


def _html(row: Row) -> Markup:
    macros: Any = templates("logparse.report").get_template("table.html").module
    row_of_table: Markup = macros.row(row.cells, row.css)
    return row_of_table
