"""The Metrics Summary table: its rows are known by their first cell, and people's rows and columns stay."""

import re
from collections.abc import Sequence

from logparse.monitoring_log.fields import replace_line
from logparse.monitoring_log.lines import Body, Line

HEAD = ("Metric", "Value", "Status")
_WIDTHS = (20, 58, 6)
_PIPE = re.compile(r"(?<!\\)\|")


def row_text(cells: Sequence[str]) -> str:
    """One row, its own columns padded so that the table can be read as plain text as well."""
    widths = (*_WIDTHS, *(0 for _ in cells[len(_WIDTHS) :]))
    return f"| {' | '.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=False))} |"


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """A whole table as lines of text."""
    return [row_text(HEAD), row_text(["-" * width for width in _WIDTHS]), *(row_text(row) for row in rows)]


def put_rows(body: Body, rows: Sequence[tuple[str, str, str]]) -> Body:
    """The section with these rows in its table; a table or a row that is missing is added."""
    if _find(body, HEAD[0]) is None:
        return (*body, Line(""), *(Line(text) for text in table_lines(rows)), Line(""))
    above = HEAD[0]
    for row in rows:
        body = _put_row(body, row, above)
        above = row[0]
    return body


def _put_row(body: Body, row: tuple[str, str, str], above: str) -> Body:
    at = _find(body, row[0])
    if at is not None:
        cells = _cells(body[at]) or []
        same = tuple(cells[: len(row)]) == row
        return body if same else replace_line(body, at, row_text([*row, *cells[len(row) :]]))
    # NOTE: the rule beneath the head is no row; a first row goes below it.
    before = (_find(body, above) or 0) + (2 if above == HEAD[0] else 1)
    return (*body[:before], Line(row_text(row)), *body[before:])


def _find(body: Body, name: str) -> int | None:
    """The index of the row that begins with this cell."""
    for index, line in enumerate(body):
        cells = _cells(line)
        if cells and cells[0] == name:
            return index
    return None


def _cells(line: Line) -> list[str] | None:
    """The cells of a table row, without the space around them; None where the line is no row."""
    text = line.text.strip()
    if line.literal or not text.startswith("|"):
        return None
    cells = [cell.strip() for cell in _PIPE.split(text[1:])]
    return cells[:-1] if not cells[-1] else cells
