"""A table of the page: its rows are bounded in number and in size, so that the page stays small for any log."""

from collections.abc import Iterable, Iterator, Sequence

from logparse.text.escape import html, seen

MOST_ROWS = 200
"""Rows of a table that are shown."""

MOST_CHARACTERS = 60_000
"""Characters of HTML that the rows of one table may take."""

LONGEST_CELL = 600
"""Characters of a cell that are shown; what a log says is cut before, what is said of many files is not."""


def cell(text: str) -> str:
    """A text for a cell, cut and escaped."""
    return html(seen(text, LONGEST_CELL))


def plain_row(cells: Sequence[str], css: str = "") -> str:
    """A row of texts; the first cell is its heading."""
    kind = f' class="{css}"' if css else ""
    rest = "".join(f"<td>{cell(text)}</td>" for text in cells[1:])
    return f'<tr{kind}><th scope="row">{cell(cells[0])}</th>{rest}</tr>'


def table(
    name: str, heads: Sequence[str], rows: Iterable[str], of: int, anchor: str = "", end: str = ""
) -> Iterator[str]:
    """A table under its name with as many rows as there is room for, out of so many; nothing where there is none.

    ``end`` is a row that always stands last. What is left out is counted.
    """
    if not of:
        return
    anchor = anchor or name.lower().replace(" ", "-")
    shown = list(bounded(rows))
    yield f'<section class="listed" id="{anchor}"><h3 id="{anchor}-name">{html(name)}</h3>'
    yield from framed(f"{anchor}-name", heads, [*shown, end])
    if len(shown) < of:
        yield f'<p class="more">and {of - len(shown):,} more, all in verdict.json</p>'
    yield "</section>"


def framed(labelled_by: str, heads: Sequence[str], rows: Iterable[str]) -> Iterator[str]:
    """A table that can be scrolled sideways where it is wider than the screen, by the keyboard too."""
    yield f'<div class="scroll" tabindex="0" role="region" aria-labelledby="{labelled_by}"><table><thead><tr>'
    yield "".join(f'<th scope="col">{html(head)}</th>' for head in heads)
    yield "</tr></thead><tbody>"
    yield from rows
    yield "</tbody></table></div>"


def bounded(rows: Iterable[str]) -> Iterator[str]:
    """As many rows as there is room for."""
    size = 0
    for number, row in enumerate(rows):
        size += len(row.encode())
        if number >= MOST_ROWS or size > MOST_CHARACTERS:
            return
        yield row
