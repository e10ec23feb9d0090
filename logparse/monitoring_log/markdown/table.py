"""The Metrics Summary table: its rows are recognised by their first cell, and people's rows and columns stay."""

import re
from collections.abc import Sequence
from itertools import takewhile

from logparse.monitoring_log.markdown.fields import replace_line
from logparse.monitoring_log.markdown.lines import Body, Line
from logparse.monitoring_log.markdown.own_values import is_own_row

HEAD = ("Metric", "Value", "Status")
LEAST_ROWS = 2
"""The number of rows like the suite's that make up its table, even without a head."""

OWN, CUT_OFF, REWRITTEN, LIKE_OWN, FOREIGN = range(5)
"""The ranks of rows with a name of the suite's, the most certain first.

A rewritten one has no status of the suite; cut off, like its own, and foreign are rows in other tables.
"""

_WIDTHS = (20, 58, 6)
_PIPE = re.compile(r"(?<!\\)\|")


def row_text(cells: Sequence[str]) -> str:
    """Returns one row, its own columns padded so that the table is readable as plain text too."""
    widths = (*_WIDTHS, *(0 for _ in cells[len(_WIDTHS) :]))
    return f"| {' | '.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=False))} |"


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """Returns a whole table as lines of text."""
    return [row_text(HEAD), row_text(["-" * width for width in _WIDTHS]), *(row_text(row) for row in rows)]


def put_rows(body: Body, rows: Sequence[tuple[str, str, str]]) -> Body:
    """Writes these rows into the section's table; adds the table or a row if it is missing.

    The suite's table is the one with its head, and rows outside of any table; other tables with the same names are
    people's.
    """
    names = [name for name, _, _ in rows]
    body = _with_head(body, names)
    head = next(iter(_heads(body, names)), None)
    if head is None:
        return (*body, Line(""), *(Line(text) for text in table_lines(rows)), Line(""))
    # NOTE: the rule beneath the head is no row; a first row goes below it.
    above = head + 1
    for row in rows:
        at = _find(body, row[0], names)
        if at is None:
            at = above + 1
            body = (*body[:at], Line(row_text(row)), *body[at:])
        else:
            body = _with_row(body, at, row)
        above = at
    return body


def hidden_row(body: Body) -> int | None:
    """Returns the index of a row of the suite's in code or a comment, if no such row of its name is seen."""
    rows = [
        (at, cells) for at, line in enumerate(body) if (cells := _cells_in(line.text.strip())) and _looks_own(cells)
    ]
    seen = {cells[0] for at, cells in rows if not body[at].literal}
    return next((at for at, cells in rows if cells[0] not in seen), None)


def _with_row(body: Body, at: int, row: tuple[str, str, str]) -> Body:
    cells = _cells(body[at]) or []
    if tuple(cells[: len(row)]) == row:
        return body
    # The cells after the suite's columns are people's, and kept exactly.
    pipes = [found.start() for found in _PIPE.finditer(body[at].text)]
    rest = body[at].text[pipes[len(row)] + 1 :] if len(pipes) > len(row) else ""
    return replace_line(body, at, row_text(row) + rest)


def _with_head(body: Body, names: Sequence[str]) -> Body:
    """Adds the head and its rule above the suite's rows if somebody removed them."""
    cells = [_cells(line) or [""] for line in body]
    rows = [at for at in range(len(body)) if cells[at][0] in names and _looks_own(cells[at])]
    if _heads(body, names) or len(rows) < LEAST_ROWS:
        return body
    head, rule = (Line(text) for text in table_lines([]))
    alone = next((at for at in range(len(body)) if tuple(cells[at][: len(HEAD)]) == HEAD), None)
    if alone is not None:
        return (*body[: alone + 1], rule, *body[alone + 1 :])
    apart = [] if rows[0] and body[rows[0] - 1].blank else [Line("")]
    return (*body[: rows[0]], *apart, head, rule, *body[rows[0] :])


def _heads(body: Body, names: Sequence[str]) -> Sequence[int]:
    """Returns the heads of tables like the suite's, the one with the most rows like the suite's first: its own."""
    found = [at for at in range(len(body)) if _is_head(body, at) and tuple((_cells(body[at]) or [])[:3]) == HEAD]
    return sorted(found, key=lambda at: (-_known(body, at, names), at))


def _is_head(body: Body, at: int) -> bool:
    rule = _cells(body[at + 1]) if at + 1 < len(body) else None
    return bool(_cells(body[at]) and rule and all(re.fullmatch(":?-+:?", cell) for cell in rule))


def _known(body: Body, head: int, names: Sequence[str]) -> int:
    """Counts the rows beneath a head that begin with one of these names and look like the suite's."""
    rows = takewhile(lambda cells: cells is not None, map(_cells, body[head:]))
    return sum(_looks_own(cells) for cells in rows if cells and cells[0] in names)


def _looks_own(cells: Sequence[str]) -> bool:
    return len(cells) >= len(HEAD) and is_own_row(cells[0], cells[1], cells[2])


def _find(body: Body, name: str, names: Sequence[str]) -> int | None:
    """Returns the index of the suite's row with this first cell; None if there is none, or if several may be.

    Text that people pasted may have cut it off, into another table. There it is known by the suite's own spacing, and
    otherwise the last choice.
    """
    own = next(iter(_heads(body, names)), None)
    foreign = False
    found: dict[int, list[int]] = {}
    for at, line in enumerate(body):
        cells = _cells(line)
        if cells is None:
            foreign = False
        elif _is_head(body, at) and (at == own or not _cells(body[at - 1]) or at in _heads(body, names)):
            foreign = at != own
        elif cells[0] == name:
            rank = _rank(line, cells, foreign=foreign)
            found.setdefault(rank, []).append(at)
    best = min(found, default=FOREIGN)
    return None if best == FOREIGN or (best == REWRITTEN and len(found[best]) > 1) else found[best][0]


def _rank(line: Line, cells: Sequence[str], *, foreign: bool) -> int:
    """Returns how certainly a row with a name of the suite's is its own; the lowest is the most certain."""
    own = _looks_own(cells)
    if not foreign:
        return OWN if own else REWRITTEN
    if not own:
        return FOREIGN
    return CUT_OFF if line.text.strip().startswith(row_text(cells[: len(HEAD)])) else LIKE_OWN


def _cells(line: Line) -> list[str] | None:
    """Returns the cells of a table row, stripped; None if the line is not a row."""
    return None if line.literal else _cells_in(line.text.strip())


def _cells_in(text: str) -> list[str] | None:
    if not text.startswith("|"):
        return None
    cells = [cell.strip() for cell in _PIPE.split(text[1:])]
    return cells[:-1] if not cells[-1] else cells
