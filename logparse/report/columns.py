"""Tables of text: in aligned columns for a terminal of any width or a log of CI, and in Markdown."""

from collections.abc import Iterable, Iterator, Sequence


def aligned(rows: Sequence[Sequence[str]], *, right: bool = False) -> Iterator[str]:
    """The rows, two spaces between their columns: all to the left, or all to the right but the last column."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.rjust(width) if right else cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join([*cells[:-1], row[-1]]).rstrip()


def markdown_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The rows below their heads; what is foreign in a cell is escaped already."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
