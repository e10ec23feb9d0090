"""Rows in aligned columns, for a terminal of any width, a log of CI, and whoever copies them from there."""

from collections.abc import Iterator, Sequence


def aligned(rows: Sequence[Sequence[str]], *, right: bool = False) -> Iterator[str]:
    """The rows, two spaces between their columns: all to the left, or all to the right but the last column."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.rjust(width) if right else cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join([*cells[:-1], row[-1]]).rstrip()
